"""The life of a case: from the first contact to its end, and back where life goes on.

Source: casework practice §4. What may follow what stands in `config/codes/statuses.toml`.
"""

from typing import Any

from casework import clock, codes
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import assignment, ending, joined, letting_go, sections
from casework.cases.changing import CLOSED, Differing, changing
from casework.cases.ending import Ending
from casework.cases.first_contact import FIRST
from casework.cases.opening import OpenCase
from casework.cases.person_held import changing_all
from casework.errors import Invalid
from casework.vault import Section

#: Where the endings of a case are kept in its header: a reopened one has had several.
CLOSINGS = "closings"


def move(actor: Actor, ref: str, to: str, seen: str) -> OpenCase:
    """Move a case on, or back.

    Args:
        actor: who moves it.
        ref: its reference.
        to: the new status; closing and reopening have doors of their own.
        seen: the status that the sender had seen.

    Raises:
        Differing: somebody else moved it meanwhile.
        Invalid: this status does not follow, or a worker is missing.
    """
    with changing(actor, ref, Action.CASE_WORK) as case:
        _same(case, to, seen)
        check_move(case.row.status, to)
        put(case, to)
    return case


def put(case: OpenCase, to: str) -> None:
    """Move a case that is being changed, and record it; `check_move` comes first."""
    seen = case.row.status
    _go(case, to)
    moved: dict[str, Any] = {"from": seen, "to": to}
    audit.record(case.actor.desk, Event.STATUS_MOVED, case=case.keys, **moved)


def check_move(at: str, to: str) -> None:
    """Whether a case may be moved from one status to another; closing and reopening have their own doors.

    Raises:
        Invalid: it may not.
    """
    if at == CLOSED:
        raise Invalid("This case is closed. Reopen it before you change it.", "status")
    if to == CLOSED:
        raise Invalid("To close a case, give the reason.", "status")
    _follows(at, to)


def close(actor: Actor, ref: str, told: Ending, seen: str) -> OpenCase:
    """Close a case; it can then be read, and reopened.

    Args:
        actor: who closes it.
        ref: its reference.
        told: how it ends.
        seen: the status that the sender had seen.

    Raises:
        Differing: somebody else moved it meanwhile.
        Invalid: it is closed already, or what this reason asks for is missing, or a date still runs.
    """
    ending.check_codes(told)
    with changing_all(actor, ref, Action.CASE_CLOSE) as case:
        _same(case, CLOSED, seen)
        ending.check(case, told)
        _end(case, told)
        # What leads to it ends with it: it would run on where no list shows it.
        for other in joined.each(case) if joined.into(case) is None else ():
            if other.row.status != CLOSED:
                ending.check(other, told)
                _end(other, told)
    return case


def _end(case: OpenCase, told: Ending) -> None:
    ends = case.section(Section.HEADER).values.get(CLOSINGS, [])
    sections.put(case, Section.HEADER, {CLOSINGS: [*ends, _written(case, told)]})
    letting_go.let_go(case)
    _go(case, CLOSED)
    audit.record(case.actor.desk, Event.CASE_CLOSED, case=case.keys, reason=told.reason)


def reopen(actor: Actor, ref: str, motive: str, to: str) -> OpenCase:
    """Take a closed case up again.

    Args:
        actor: who reopens it.
        ref: its reference.
        motive: why, in words; without names.
        to: the status that it comes back to.

    Raises:
        Invalid: no motive, the case is not closed, or it has not both of its workers.
    """
    motive = " ".join(motive.split())
    if not motive:
        raise Invalid("Say why the case is opened again.", "motive")
    with changing(actor, ref, Action.CASE_CLOSE, also_closed=True) as case:
        if case.row.status != CLOSED:
            raise Invalid("This case is open.")
        _go(case, to)
        audit.record(actor.desk, Event.CASE_REOPENED, case=case.keys, motive=motive)
    return case


def outcome(case: OpenCase) -> str | None:
    """Why a closed case was closed; None while it is open, or when its header does not open."""
    ends: list[dict[str, Any]] = case.section(Section.HEADER).values.get(CLOSINGS, [])
    return ends[-1]["reason"] if ends and case.row.status == CLOSED else None


def _same(case: OpenCase, to: str, seen: str) -> None:
    if case.row.status != seen:
        raise Differing(case.row.status, to, seen)


def _follows(at: str, to: str) -> None:
    statuses = codes.load("statuses")
    statuses.code(to)
    if to not in statuses.fact(at, "moves"):
        raise Invalid("A case cannot go from where it is to there.", "status")


def _go(case: OpenCase, to: str) -> None:
    _follows(case.row.status, to)
    if to not in (FIRST, CLOSED) and not assignment.complete(case.row):
        raise Invalid(
            "An accepted case needs a worker and somebody who stands in. Choose both first.", "status"
        )
    case.row.status = to


def _written(case: OpenCase, told: Ending) -> dict[str, Any]:
    return {
        **told.as_value(),
        "from": case.row.status,
        "on": clock.today().isoformat(),
        "by": str(case.actor.user_id),
    }
