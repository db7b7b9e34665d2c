"""The emergency: somebody is in danger and cannot be asked. 72 hours, then consent or no names.

Source: casework practice §5, rule 1 (vital interest).
"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import emergency as emergencies
from casework.cases import gate, rows, saved, stating
from casework.cases.changing import changing
from casework.cases.emergency import HOUR, Emergency
from casework.cases.models import Case, CaseSection
from casework.cases.opening import OpenCase, State
from casework.cases.questions import CALLED
from casework.db import db
from casework.errors import Invalid, Refused
from casework.people import consents
from casework.people.consents import CASEWORK
from casework.vault import Section, keeping
from casework.vault.catalogue import field

LASTS = timedelta(hours=72)
#: Evidence goes with the names; its rows are counted by the room above.
_EVIDENCE = (field("attachment.body"), field("attachment.keys"))


def claim(actor: Actor, ref: str, reason: str) -> OpenCase:
    """Say that the person is in danger and cannot be asked now.

    Args:
        actor: who says so.
        ref: the case's reference.
        reason: why, in words; without names.

    Raises:
        Invalid: no reason, or the person has answered: a yes, a no, one taken back, one that ran out.
        Denied: an emergency lapsed on this case before, and this is not a coordinator.
    """
    with changing(actor, ref, Action.CASE_WORK) as case:
        begin(case, reason)
    return case


def begin(case: OpenCase, reason: str) -> None:
    """Start the 72 hours of a case that is held; a second claim does not make them longer.

    Raises:
        As `claim`.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise Invalid("Say why the person cannot be asked now.", "reason")
    if gate.emergency(case):
        return
    _check_unanswered(case)
    if case.section(Section.IDENTITY).state is State.REMOVED:
        policy.require(case.actor, Action.EXCEPTION_RENEW, case)
        end(case)
        rows.write(case, Section.IDENTITY, {})
    begun = Emergency(clock.now() + LASTS, _identity_row(case), uuid4())
    stating.put_emergency(case.keys, case.row, begun)
    where = begun.claimed(case.id)
    audit.record(case.actor.desk, Event.EXCEPTION_CLAIMED, case=case.keys, event_id=where, reason=reason)


def _identity_row(case: OpenCase) -> UUID:
    row_id = case.section(Section.IDENTITY).row_id
    if row_id is None:
        raise Refused
    return row_id


def _check_unanswered(case: OpenCase) -> None:
    found = consents.listing(case.actor, case.keys)
    answered = found.newest(CASEWORK)
    if answered is None and not found.missing() and found.whole:
        return
    if answered is None or not found.counts(answered):
        raise Invalid(
            "An answer of this person cannot be read any more, and it may have been a no; ask again."
        )
    if answered.holds(clock.today()):
        raise Invalid("The person has agreed to casework: no exception is needed.")
    if not answered.answer.given:
        raise Invalid("The person said no. Danger does not change that answer; ask again.")
    if answered.withdrawn_at is not None:
        raise Invalid("The person took their consent back. Danger does not change that; ask again.")
    # What was kept while it ran was kept lawfully: the end of an emergency must not take that away.
    raise Invalid("The person agreed before, and that has run out. Ask again; what was kept then stays.")


def settle(case: OpenCase) -> None:
    """Consent came: what was kept in an emergency that runs stays. One that has run out ends."""
    running = case.emergency
    if running is None:
        return
    if case.lapsed:
        end(case)
        return
    stating.put_emergency(case.keys, case.row, None)
    audit.record(case.actor.desk, Event.EXCEPTION_SETTLED, case=case.keys, event_id=running.ended(case.id))
    db.session.flush()
    case.forget()


def end(case: OpenCase) -> None:
    """What was kept in the emergency goes now: its time is over, or the person was asked and said no."""
    ending = case.emergency
    if ending is None:
        return
    there = case.row.exception_ends_at is not None
    _take_away(case.row, ending)
    stating.put_emergency(case.keys, case.row, None)
    for part in (Section.IDENTITY, CALLED):
        case.keys.statement.put(part, None)
    for column in _EVIDENCE:
        case.keys.statement.empty(column)
    db.session.flush()
    case.forget()
    if there:
        # Otherwise the job was here first, and has said so.
        where = ending.ended(case.id)
        audit.record(case.actor.desk, Event.EXCEPTION_LAPSED, case=case.keys, event_id=where)
        saved.announce_erased(case.id, case.actor)


def ends_at(actor: Actor, case_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When the emergencies of some cases end, by case; those that ended and wait for the job are left out.

    It opens no case, so it knows the hour only, and says the full hour before the end.

    Args:
        actor: who looks.
        case_ids: cases that they can list.
    """
    if not case_ids:
        return {}
    running = select(Case).where(Case.id.in_(case_ids), Case.exception_ends_at > clock.now())
    found = db.session.scalars(policy.visible(actor, running, Case.desk_id, Action.CASE_LIST))
    return {row.id: row.exception_ends_at - HOUR for row in found if row.exception_ends_at}


def lapse(moment: datetime | None = None) -> Counter[UUID]:
    """Take away what identifies people whose 72 hours ended without consent. A job: needs no keys.

    It believes the columns of a case only where the record has the event that began this emergency,
    and none that ended it. A case that somebody is changing at this moment is left for the next time.

    Args:
        moment: up to when; now, if left out.

    Returns:
        How many cases of each desk lost their names; restricted ones are not counted.
    """
    ended = (
        select(Case)
        .where(Case.exception_ends_at <= (moment or clock.now()))
        .order_by(Case.desk_id, Case.id)
        .with_for_update(skip_locked=True, key_share=True)
    )
    found = db.session.scalars(ended.execution_options(populate_existing=True)).all()
    gone = [(row, true) for row in found if (true := begun(row)) is not None]
    # First all rows, then all events, then all cards: the same order of locks as everybody else's.
    for row, emergency in gone:
        _take_away(row, emergency)
    db.session.flush()
    for row, emergency in gone:
        _record(row, emergency)
    for row, _ in gone:
        saved.announce_erased(row.id)
    return Counter(row.desk_id for row, _ in gone if not keeping.is_restricted(row.id))


def begun(row: Case) -> Emergency | None:
    """The emergency that plain columns claim, if the record says that it was begun and nobody ended it."""
    claimed = emergencies.from_columns(row)
    if claimed is None or not audit.stands(row.desk_id, row.id, claimed.claimed(row.id)):
        return None
    return None if audit.stands(row.desk_id, row.id, claimed.ended(row.id)) else claimed


def _take_away(row: Case, ending: Emergency) -> None:
    db.session.execute(
        delete(CaseSection).where(CaseSection.id == ending.section_id, CaseSection.case_id == row.id)
    )
    row.called = None
    emergencies.to_columns(row, None)


def _record(row: Case, ending: Emergency) -> None:
    where = ending.ended(row.id)
    try:
        chain = keeping.load(row.desk_id)
        audit.record_keyless(chain, Event.EXCEPTION_LAPSED, case_id=row.id, event_id=where)
    except Refused:
        # A chain that does not verify cannot be written for; that must not keep names alive.
        return
