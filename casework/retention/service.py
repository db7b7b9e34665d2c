"""What coordinators decide about closed cases: kept longer, held, without names now; and what stays of others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hmac import compare_digest
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import opening, person_held, references, saved, sections
from casework.cases.changing import CLOSED, changing
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.db import db
from casework.deadlines.closing import running
from casework.errors import Denied, Invalid, NotFound, Refused
from casework.retention import following, periods, pseudonymising, stays
from casework.retention.models import Kept
from casework.retention.stays import Stay, What
from casework.vault import Section, keeping

LONGEST_WHY = 400
#: Cases on one list; what is decided makes room for the next.
MOST = 50


@dataclass(frozen=True)
class Due:
    """A closed case that a coordinator looks at.

    Attributes:
        ref, called: of the case.
        closed_on: the day of its last closing.
        ends_on: the first day on which it loses its names by itself.
        stays: what keeps it longer, also what has ended.
        open_loop: those who sent the person still have to hear how it ended.
        ask_on: the day on which somebody asks how they are.
        runs: a date that was taken up again still runs.
    """

    ref: str
    called: str | None
    closed_on: date
    ends_on: date
    stays: tuple[Stay, ...]
    open_loop: bool
    ask_on: date | None
    runs: bool


def standing(case: OpenCase) -> Due | None:
    """How long a closed case that is open to somebody is kept; None for one that is not closed."""
    if case.row.status != CLOSED:
        return None
    open_loop, ask_on = stays.asks(case)
    return Due(
        ref=case.row.ref,
        called=case.called,
        closed_on=stays.closed_on(case),
        ends_on=stays.ends(case).ends_on,
        stays=tuple(stays.of(case)),
        open_loop=open_loop,
        ask_on=ask_on,
        runs=bool(running(case)),
    )


def due(actor: Actor) -> list[Due]:
    """The closed cases that wait for a decision, the longest waiting first; those closed to the reader are left out.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.RETENTION_DECIDE)
    query = (
        select(Case.ref)
        .join(Kept, Kept.case_id == Case.id)
        .where(Kept.review_on <= clock.today(), Case.status == CLOSED)
        .order_by(Kept.review_on, Case.ref)
    )
    refs = db.session.scalars(policy.visible(actor, query, Kept.desk_id, Action.RETENTION_DECIDE)).all()
    found = []
    for one in _standing(actor, refs):
        found.append(one)
        if len(found) == MOST:
            break
    return found


def waiting(actor: Actor) -> int:
    """How many closed cases wait for a decision; restricted ones are in no count.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.RETENTION_DECIDE)
    query = select(func.count()).select_from(Kept).join(Case, Case.id == Kept.case_id)
    here = query.where(
        Kept.review_on <= clock.today(),
        Case.status == CLOSED,
        Case.id.not_in(keeping.all_restricted(actor.desk)),
    )
    return db.session.scalar(policy.visible(actor, here, Kept.desk_id, Action.RETENTION_DECIDE)) or 0


def mend(actor: Actor) -> int:
    """Put plain months right that are not those under the seal: somebody else wrote them. Each is recorded.

    Args:
        actor: a coordinator who looks at the list.

    Returns:
        How many were mended.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.RETENTION_DECIDE)
    query = select(Kept).join(Case, Case.id == Kept.case_id).where(Case.status == CLOSED)
    rows = db.session.scalars(policy.visible(actor, query, Kept.desk_id, Action.RETENTION_DECIDE)).all()
    return sum(_mended(actor, row) for row in rows)


def _mended(actor: Actor, row: Kept) -> bool:
    try:
        following.opened(actor.desk, row)
    except Refused:
        try:
            case = opening.for_upkeep(actor, db.session.get_one(Case, row.case_id).ref)
        except (Refused, NotFound):
            # Whoever can open it mends it.
            return False
        case.complain(following.BODY.name)
        following.follow(actor, case)
        return True
    return False


def _standing(actor: Actor, refs: Any) -> Iterator[Due]:
    for ref in refs:
        try:
            one = standing(opening.for_upkeep(actor, ref))
        except (Refused, Denied, NotFound):
            # It is on the list of somebody who can open it, or was recorded as broken.
            continue
        if one is not None:
            yield one


def stay(actor: Actor, ref: str, what: What, why: str, until: date) -> None:
    """Keep a case longer than its months, with a reason and an end.

    Args:
        actor: a coordinator.
        ref: the case's reference.
        what: a hold for legal proceedings, or the person's wish.
        why: in words, without names.
        until: the last day.

    Raises:
        NotFound, Denied: not for this person.
        Invalid: no reason, or a day that has passed or is too far.
    """
    why = _reason(why)
    _check_until(until)
    with changing(actor, ref, Action.RETENTION_DECIDE, also_closed=True) as case:
        one = Stay(what, why, until, actor.user_id, clock.today())
        _put(case, **{what.value: stays.as_value(one)})
        said: dict[str, Any] = {"what": what.value, "until": until.isoformat(), "reason": why}
        audit.record(actor.desk, Event.CASE_STAYS, case=case.keys, **said)


def lift(actor: Actor, ref: str, what: What, why: str) -> None:
    """What kept a case is over, before its end.

    Raises:
        NotFound, Denied: not for this person.
        Invalid: no reason, or nothing keeps it.
    """
    why = _reason(why)
    with changing(actor, ref, Action.RETENTION_DECIDE, also_closed=True) as case:
        if what not in {one.what for one in stays.of(case)}:
            raise Invalid("Nothing of this kind keeps the case.")
        _put(case, **{what.value: None})
        audit.record(actor.desk, Event.CASE_STAYS, case=case.keys, what=what.value, until=None, reason=why)


def looked(actor: Actor, ref: str) -> None:
    """A coordinator has seen to what somebody had to be told or asked after the end.

    Raises:
        NotFound, Denied: not for this person.
    """
    with changing(actor, ref, Action.RETENTION_DECIDE, also_closed=True) as case:
        _put(case, looked_on=clock.today().isoformat())


def pseudonymise(actor: Actor, ref: str, ref_again: str) -> None:
    """Take the names of a closed case now. It cannot be taken back.

    Args:
        actor: a coordinator.
        ref: the case's reference.
        ref_again: typed by hand, so that nobody means another case.

    Raises:
        NotFound, Denied: not for this person.
        Invalid: it is open, held, a date runs, or another reference was typed.
    """
    held = person_held.take(actor, Action.RETENTION_DECIDE, ref)
    case = opening.hold(actor, ref, Action.RETENTION_DECIDE)
    person_held.check(case, held)
    if not compare_digest(references.read(ref_again) or "", case.row.ref):
        raise Invalid("This is another reference. Type the one of this case.", "ref_again")
    check_free(case)
    if case.row.status != CLOSED:
        raise Invalid("This case is open. Close it first.", "ref_again")
    if running(case):
        raise Invalid("A date of this case still runs. End it first.", "ref_again")
    kept = db.session.scalar(select(Kept).where(Kept.case_id == case.id))
    if kept is None:
        raise NotFound
    # Whoever has keys also takes it out of what is sealed to the desk, and out of the cases that it is joined with.
    saved.announce_erasing(case)
    pseudonymising.take_away(case.row, kept, actor)


def check_free(case: OpenCase, *_: object) -> None:
    """Go on only where no hold stands on a case: before it is erased, or loses its names.

    Raises:
        Invalid: one stands.
    """
    hold = stays.hold(case)
    if hold is not None:
        raise Invalid(
            "This case is held until %(until)s. A coordinator can end the hold first.",
            "ref_again",
            until=hold.until.isoformat(),
        )


@dataclass(frozen=True)
class Remains:
    """What stays of a case that lost its names.

    Attributes:
        id: of its row.
        what: codes, sums and months; empty for a case that only named people could see.
    """

    id: UUID
    what: dict[str, Any]


def remains(actor: Actor) -> list[Remains]:
    """What stays of the cases of this desk that lost their names; of restricted ones nothing does.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.RETENTION_DECIDE)
    query = select(Kept).where(Kept.case_id.is_(None)).order_by(Kept.id)
    rows = db.session.scalars(policy.visible(actor, query, Kept.desk_id, Action.RETENTION_DECIDE))
    found = []
    for row in rows:
        try:
            what = following.opened(actor.desk, row)
        except Refused:
            continue
        if what:
            found.append(Remains(row.id, what))
    return sorted(found, key=lambda one: one.what["closed"], reverse=True)


def forget(actor: Actor, kept_id: UUID) -> None:
    """Delete also what stays of a case, because the person asks for it.

    Raises:
        NotFound, Denied: not for this person, or a case that still has its names.
    """
    policy.require(actor, Action.RETENTION_DECIDE)
    query = select(Kept).where(Kept.id == kept_id, Kept.case_id.is_(None))
    row = db.session.scalar(policy.visible(actor, query, Kept.desk_id, Action.RETENTION_DECIDE))
    db.session.delete(policy.found(row))
    audit.record(actor.desk, Event.REMAINS_FORGOTTEN)


def _put(case: OpenCase, **parts: Any) -> None:
    sections.put(case, Section.HEADER, stays.changed(case, **parts))


def _reason(why: str) -> str:
    why = " ".join(why.split())
    if not why:
        raise Invalid("Say why, in a few words. Leave names out.", "why")
    if len(why) > LONGEST_WHY:
        raise Invalid("This is too long: %(most)s characters at most.", "why", most=LONGEST_WHY)
    return why


def _check_until(until: date) -> None:
    last = periods.month_after(clock.today(), periods.load().longest)
    if not clock.today() < until <= last:
        raise Invalid("Choose a day to come, within five years.", "until")
