"""The row of a case's dates, sealed and opened: whole for the case, in lines and days for the lists of the desk.

The whole is a part of the case's statement, and so are the lines: neither is put back or taken out alone without
being noticed. A restricted case shows the desk nothing, at the same size.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import delete, select

from casework.access import policy
from casework.cases.opening import OpenCase
from casework.db import db
from casework.deadlines import climbing, days, held, packing, starts
from casework.deadlines.days import Counted
from casework.deadlines.held import Held, Sort
from casework.deadlines.models import CaseDates, HeldDates
from casework.errors import Refused
from casework.vault import ChainState, DeskKeys, Section
from casework.vault.catalogue import field

HELD = field("held_dates.body")
BODY = field("case_dates.body")
DAYS = field("case_dates.days")
#: What the statement of a case calls them.
_WHOLE, _LINES = "dates", "dates in lines"
#: Characters up to which the rows of all cases look alike: some thirty dates with their working, as many lines.
_WHOLE_FILL, _LINES_FILL = 8_180, 2_030


R = TypeVar("R", HeldDates, CaseDates)


def _row(table: type[R], case_id: UUID) -> R | None:
    """The row of a case, as it is stored now."""
    query = select(table).where(table.case_id == case_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def read(case: OpenCase) -> list[Held]:
    """Every date of a case, running or not.

    Raises:
        Refused: they do not open, or are not what was last saved.
    """
    said = case.keys.statement
    while True:
        row = _row(HeldDates, case.id)
        if said.holds(_WHOLE, row.body if row else None):
            break
        if not said.renew():
            raise Refused
    if row is None:
        return []
    found = packing.unpacked(case.keys.open(HELD, case.id, Section.LEGAL, row.body))
    return [staffed(case.actor.desk.state, held.from_value(one)) for one in found]


def all_of(case: OpenCase) -> list[Held]:
    """Every date of a case; that they do not open is recorded."""
    try:
        return read(case)
    except Refused:
        case.complain(HELD.name)
        return []


def staffed(state: ChainState, one: Held) -> Held:
    """A date as far as its people still have a place at the desk: where one left, the other takes over.

    Where nobody is left it is of whoever works on the case.
    """
    there = [who for who in (one.owner_id, one.backup_id) if works_here(state, who)]
    if one.owner_id is None or works_here(state, one.owner_id):
        return replace(one, backup_id=one.backup_id if one.backup_id in there else None)
    return replace(one, owner_id=there[0] if there else None, backup_id=None)


def works_here(state: ChainState, who: UUID | None) -> bool:
    """Whether the signed chain of the desk has somebody among those who work on its cases."""
    member = state.members.get(who) if who else None
    return member is not None and policy.works_cases(member.role)


def put(case: OpenCase, one: Held) -> None:
    """Keep one date, new or changed; what lists show of it follows at the end of the save.

    Args:
        case: held for a change.
        one: in place of what had its id.

    Raises:
        Refused: the dates do not open; writing over them would hide what was done to them.
    """
    dates = {each.id: each for each in read(case)}
    _write_whole(case, list((dates | {one.id: one}).values()))


def _write_whole(case: OpenCase, dates: Sequence[Held]) -> None:
    """Seal all dates to the case, and state it."""
    row = _row(HeldDates, case.id) or HeldDates(case_id=case.id, desk_id=case.desk_id)
    text = packing.packed([one.as_value() for one in dates], _WHOLE_FILL)
    row.body = case.keys.seal(HELD, case.id, Section.LEGAL, text)
    case.keys.statement.put(_WHOLE, row.body)
    db.session.add(row)
    db.session.flush()


def write(case: OpenCase, dates: Sequence[Held], told: Mapping[str, Any] | None, counted: Counted) -> None:
    """Seal everything that is kept of the dates of a case.

    Args:
        case: held for a change.
        dates: all of them.
        told: what they were counted from, ready for JSON; None where that could not be said.
        counted: with what.
    """
    _write_whole(case, dates)
    _show(case, dates, told, counted)


def _show(case: OpenCase, dates: Iterable[Held], told: Mapping[str, Any] | None, counted: Counted) -> None:
    """Seal to the desk what its lists show; nothing of a restricted case."""
    row = _row(CaseDates, case.id) or CaseDates(case_id=case.id, desk_id=case.desk_id)
    shown = [one for one in dates if one.running and not one.loose]
    if case.keys.restricted:
        row.body, row.days = _to_desk(case, None, days.hidden())
    else:
        value = {"told": told, "lines": [brief_of(case, one) for one in shown]}
        row.body, row.days = _to_desk(case, value, days.written(counted, shown))
    row.stamp = bytes.fromhex(counted.stamp or "00" * 8)
    case.keys.statement.put(_LINES, row.body)
    db.session.add(row)
    db.session.flush()


def _to_desk(case: OpenCase, value: Any, text: str) -> tuple[bytes, bytes]:
    desk = case.actor.desk
    return desk.seal(BODY, case.id, packing.packed(value, _LINES_FILL)), desk.seal(DAYS, case.id, text)


def brief_of(case: OpenCase, what: Held) -> dict[str, Any]:
    """What lists show of a running date."""
    lead = what.lead
    waits = {"begins": climbing.begins(what).isoformat(), "taken": what.acknowledged is not None}
    return (waits if what.sort is Sort.EMERGENCY else {}) | {
        "id": str(what.id),
        "ref": case.row.ref,
        "sort": what.sort.value,
        "due_on": what.due_on.isoformat(),
        "strikes": what.strikes.isoformat(),
        "zone": what.zone,
        "exact": what.exact,
        "title": lead.label if lead else what.title,
        "meaning": lead.meaning.value if lead else "",
        "verified": lead.verified if lead else True,
        "owner": str(what.owner_id or ""),
        "backup": str(what.backup_id or ""),
        "moved": what.moved,
        "about": about(what),
    }


def about(what: Held) -> str:
    """The word of the room that made a task; of a date at which somebody speaks with the person, the word for that."""
    if what.sort is Sort.TASK:
        return what.base.partition(":")[0]
    return starts.SPOKEN if what.lead and what.lead.rule in starts.load().spoken else ""


def in_lines(desk: DeskKeys, row: CaseDates) -> dict[str, Any]:
    """What was sealed to the desk of a case: `told`, and its `lines`.

    Raises:
        Refused: it does not open, or it shows nothing because the case is restricted.
    """
    return lines_in(desk, row.case_id, row.body)


def lines_in(desk: DeskKeys, case_id: UUID, body: bytes) -> dict[str, Any]:
    """The same of a row whose columns were read alone.

    Raises:
        Refused: as for `in_lines`.
    """
    value = packing.unpacked(desk.open(BODY, case_id, body))
    if not isinstance(value, dict):
        raise Refused
    return value


def opens(case: OpenCase) -> bool | None:
    """Whether the dates of a case open, whatever its statement says; None where it has none."""
    row = _row(HeldDates, case.id)
    if row is None:
        return None
    try:
        packing.unpacked(case.keys.open(HELD, case.id, Section.LEGAL, row.body))
    except Refused:
        return False
    return True


def as_left(case: OpenCase) -> bool:
    """Whether they are what was last saved."""
    row = _row(HeldDates, case.id)
    return case.keys.statement.holds(_WHOLE, row.body if row else None)


def accept(case: OpenCase) -> None:
    """Let the dates stand as they are; where they do not open, they are counted anew from the answers."""
    if opens(case):
        row = _row(HeldDates, case.id)
        case.keys.statement.put(_WHOLE, row.body if row else None)
        return
    for table in (HeldDates, CaseDates):
        db.session.execute(delete(table).where(table.case_id == case.id))


def check(case: OpenCase, dates: Sequence[Held]) -> None:
    """Record where the lists of the desk show something else of a case than it holds itself."""
    row = _row(CaseDates, case.id)
    if row is None or case.keys.restricted:
        return
    if not case.keys.statement.holds(_LINES, row.body):
        case.complain(BODY.name)
    try:
        seen = days.read(case.actor.desk.open(DAYS, case.id, row.days))
    except Refused:
        seen = []
    running = [one for one in dates if one.running and not one.loose]
    shown = [(f"{one.due_on:%Y%m%d}", days.sign(one.sort, moved=one.moved)) for one in running]
    if [(on, sign) for on, _place, sign in seen] != shown:
        case.complain(DAYS.name)
