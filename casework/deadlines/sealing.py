"""Rows of dates and tasks, sealed and opened. Plain columns that are relied on are held against their copies."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from casework.cases.opening import OpenCase
from casework.db import db
from casework.deadlines import held
from casework.deadlines.held import Held, Sort
from casework.deadlines.models import Deadline
from casework.errors import Refused
from casework.vault import CaseKeys, DeskKeys, Section
from casework.vault.catalogue import field

BODY = field("deadline.body")
BRIEF = field("deadline.brief")


def new(case: OpenCase, what: Held, form_token: UUID | None = None) -> Deadline:
    """Write a new row for a case that is held.

    Args:
        case: held for a change.
        what: its id is the row's.
        form_token: of the form it came with; the same one twice cannot be written.
    """
    row = Deadline(id=what.id, case_id=case.id, desk_id=case.desk_id, form_token=form_token or uuid4())
    row.tag = case.keys.tag(Section.LEGAL)
    put(case, row, what)
    db.session.add(row)
    return row


def put(case: OpenCase, row: Deadline, what: Held) -> None:
    """Seal what became of a date into its row, with the plain columns that lists and jobs need.

    The column says an hour and no more: a minute would tell when somebody was taken.
    """
    what = replace(what, wake_at=_full_hour(what.wake_at))
    row.state, row.due_on, row.wake_at = what.state.value, what.due_on, what.wake_at
    row.owner_id, row.backup_id = what.owner_id, what.backup_id
    row.generation = case.keys.generation
    row.body = case.keys.seal(BODY, row.id, Section.LEGAL, what.as_value())
    brief = {} if case.keys.restricted else brief_of(case, what)
    row.brief = case.actor.desk.seal(BRIEF, row.id, brief | {"fill": " " * max(0, 360 - len(str(brief)))})


def _full_hour(moment: datetime | None) -> datetime | None:
    return moment.replace(minute=0, second=0, microsecond=0) if moment else None


def brief_of(case: OpenCase, what: Held) -> dict[str, Any]:
    """What lists of the desk show of a date. Of a restricted case they show nothing."""
    lead = what.lead
    return {
        "ref": case.row.ref,
        "sort": what.sort.value,
        "state": what.state.value,
        "due_on": what.due_on.isoformat(),
        "wake_at": what.wake_at.isoformat() if what.wake_at else None,
        "strikes": what.strikes.isoformat(),
        "zone": what.zone,
        "exact": what.exact,
        "title": lead.label if lead else what.title,
        "meaning": lead.meaning.value if lead else "",
        "verified": lead.verified if lead else True,
        "owner": str(what.owner_id or ""),
        "moved": what.moved,
        "loose": what.loose,
        "about": what.base.partition(":")[0] if what.sort is Sort.TASK else "",
    }


def opened(keys: CaseKeys, row: Deadline) -> Held:
    """A date of a case.

    Raises:
        Refused: it does not open, or a plain column says something else than its sealed copy.
    """
    value = keys.open(BODY, row.id, Section.LEGAL, row.body)
    if not isinstance(value, dict):
        raise Refused
    found = held.from_value(row.id, value)
    plain = (row.state, row.due_on, row.wake_at, row.owner_id, row.backup_id)
    if plain != (found.state.value, found.due_on, found.wake_at, found.owner_id, found.backup_id):
        raise Refused
    return found


def opened_brief(desk: DeskKeys, row: Deadline) -> dict[str, Any]:
    """The line of a list; empty for a restricted case.

    Raises:
        Refused: it does not open, or a plain column says something else than its sealed copy.
    """
    value = desk.open(BRIEF, row.id, row.brief)
    if not isinstance(value, dict):
        raise Refused
    if "ref" not in value:
        return {}
    wake_at = row.wake_at.isoformat() if row.wake_at else None
    plain = (row.state, row.due_on.isoformat(), wake_at)
    if plain != (value["state"], value["due_on"], value["wake_at"]):
        raise Refused
    return value


def rows_of(case_id: UUID) -> list[Deadline]:
    """Every row of a case, the earliest day first."""
    query = select(Deadline).where(Deadline.case_id == case_id).order_by(Deadline.due_on, Deadline.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def all_of(case: OpenCase) -> list[tuple[Held, Deadline]]:
    """Every date of a case with its row; one that does not open is recorded, and left as it is."""
    found = []
    for row in rows_of(case.id):
        try:
            found.append((opened(case.keys, row), row))
        except Refused:
            case.complain(BODY.name)
    return found
