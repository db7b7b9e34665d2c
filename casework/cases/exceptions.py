"""The emergency: somebody is in danger and cannot be asked. 72 hours, then consent or no names.

Source: casework practice §5, rule 1 (vital interest).
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import gate, rows, saved
from casework.cases.changing import changing
from casework.cases.models import Case, CaseSection
from casework.cases.opening import OpenCase, State
from casework.db import db
from casework.errors import Invalid, Refused
from casework.people import consents
from casework.people.consents import CASEWORK
from casework.vault import Section, keeping

LASTS = timedelta(hours=72)


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
    case.row.exception_section_id = case.section(Section.IDENTITY).row_id
    case.row.exception_ends_at = clock.now() + LASTS
    audit.record(case.actor.desk, Event.EXCEPTION_CLAIMED, case=case.keys, reason=reason)


def _check_unanswered(case: OpenCase) -> None:
    answered = consents.listing(case.actor, case.keys).newest(CASEWORK)
    if answered is None:
        return
    if answered.holds(clock.today()):
        raise Invalid("The person has agreed to casework: no exception is needed.")
    if not answered.answer.given:
        raise Invalid("The person said no. Danger does not change that answer; ask again.")
    if answered.withdrawn_at is not None:
        raise Invalid("The person took their consent back. Danger does not change that; ask again.")
    # What was kept while it ran was kept lawfully: the end of an emergency must not take that away.
    raise Invalid("The person agreed before, and that has run out. Ask again; what was kept then stays.")


def settle(case: OpenCase) -> None:
    """Consent came: what was kept in the emergency stays."""
    case.row.exception_ends_at = case.row.exception_section_id = None
    db.session.flush()
    case.forget()


def end(case: OpenCase) -> None:
    """What was kept in the emergency goes now: its time is over, or the person was asked and said no."""
    if case.row.exception_ends_at is None:
        return
    _take_away(case.row)
    db.session.flush()
    case.forget()
    audit.record(case.actor.desk, Event.EXCEPTION_LAPSED, case=case.keys)
    saved.announce_erased(case.id)


def ends_at(actor: Actor) -> dict[UUID, datetime]:
    """When the emergencies of a desk end, by case; those that ended and wait for the job are left out.

    Args:
        actor: who looks; restricted cases are among them, so only ids of cases somebody can list say anything.
    """
    running = select(Case).where(Case.exception_ends_at > clock.now())
    found = db.session.scalars(policy.visible(actor, running, Case.desk_id, Action.CASE_LIST))
    return {row.id: row.exception_ends_at for row in found if row.exception_ends_at}


def lapse(moment: datetime | None = None) -> int:
    """Take away what identifies people whose 72 hours ended without consent. A job: needs no keys.

    A case that somebody is changing at this moment is left for the next time.

    Args:
        moment: up to when; now, if left out.

    Returns:
        How many cases lost their names.
    """
    ended = (
        select(Case)
        .where(Case.exception_ends_at <= (moment or clock.now()))
        .order_by(Case.desk_id, Case.id)
        .with_for_update(skip_locked=True, key_share=True)
    )
    gone = db.session.scalars(ended.execution_options(populate_existing=True)).all()
    # First all rows, then all events, then all cards: the same order of locks as everybody else's.
    for row in gone:
        _take_away(row)
    db.session.flush()
    for row in gone:
        _record(row)
    for row in gone:
        saved.announce_erased(row.id)
    return len(gone)


def _take_away(row: Case) -> None:
    db.session.execute(
        delete(CaseSection).where(CaseSection.id == row.exception_section_id, CaseSection.case_id == row.id)
    )
    row.called = row.exception_ends_at = row.exception_section_id = None


def _record(row: Case) -> None:
    try:
        audit.record_keyless(keeping.load(row.desk_id), Event.EXCEPTION_LAPSED, case_id=row.id)
    except Refused:
        # A chain that does not verify cannot be written for; that must not keep names alive.
        return
