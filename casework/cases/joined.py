"""That two cases are of one person: a mark in the header of both, so that each leads to the other.

Nothing of a case is moved or copied: both keep their sections, notes, dates and consents. So taking the marks away
gives both back as they are, and a mark whose other case is gone leads nowhere and counts for nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework.cases import changing, opening, sections
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.db import db
from casework.vault import Section

#: Keys in the header: of the case that leads to another one, and of the one that it leads to.
INTO, TOOK = "joined_into", "joined"


@dataclass(frozen=True)
class Mark:
    """That a case is joined with another one.

    Attributes:
        case_id, ref: of the other one.
        on: since when.
        by: who joined them.
        reason: why it is one person, in words.
    """

    case_id: UUID
    ref: str
    on: date
    by: UUID
    reason: str

    def stored(self) -> dict[str, str]:
        """As it lies in the header."""
        return {
            "id": str(self.case_id),
            "ref": self.ref,
            "on": self.on.isoformat(),
            "by": str(self.by),
            "reason": self.reason,
        }


def into(case: OpenCase) -> Mark | None:
    """Where a case leads; None for a case of its own, and where the other one is gone."""
    said = case.section(Section.HEADER).values.get(INTO)
    return next(iter(_there(case, [said])), None) if said else None


def took(case: OpenCase) -> list[Mark]:
    """The cases that lead to this one, in the order of joining; those that are gone are left out."""
    return _there(case, case.section(Section.HEADER).values.get(TOOK) or [])


def _there(case: OpenCase, said: list[dict[str, Any]]) -> list[Mark]:
    marks = [_mark(one) for one in said]
    if not marks:
        return []
    query = select(Case.id).where(Case.id.in_([one.case_id for one in marks]), Case.desk_id == case.desk_id)
    known = set(db.session.scalars(query))
    return [one for one in marks if one.case_id in known]


def _mark(said: dict[str, Any]) -> Mark:
    on = date.fromisoformat(said["on"])
    return Mark(UUID(said["id"]), said["ref"], on, UUID(said["by"]), said["reason"])


def put(kept: OpenCase, other: OpenCase, on: date, reason: str) -> None:
    """Write into both, which are held, that the one leads to the other."""
    by = kept.actor.user_id
    marks = [*took(kept), Mark(other.id, other.row.ref, on, by, reason)]
    sections.put(kept, Section.HEADER, {TOOK: [one.stored() for one in marks]})
    mark = Mark(kept.id, kept.row.ref, on, by, reason)
    sections.put(other, Section.HEADER, {INTO: mark.stored()})


def drop(case: OpenCase, gone: UUID) -> None:
    """Take out of a case that is held what it says of another one, and of cases that are not there any more."""
    header = case.section(Section.HEADER).values
    kept = [one.stored() for one in took(case) if one.case_id != gone]
    leads = into(case)
    stays = leads.stored() if leads is not None and leads.case_id != gone else None
    changed = {TOOK: kept or None, INTO: stays}
    if any(header.get(key) != said for key, said in changed.items()):
        sections.put(case, Section.HEADER, changed)


def refs(case: OpenCase) -> list[str]:
    """References of all other cases of this person that are joined with this one."""
    leads = into(case)
    if leads is None:
        return [one.ref for one in took(case)]
    head = opening.for_upkeep(case.actor, leads.ref)
    return [leads.ref, *(one.ref for one in took(head) if one.case_id != case.id)]


def each(case: OpenCase) -> Iterator[OpenCase]:
    """All other cases of this person, one after another: held, and saved before the next one comes.

    What the person wants of one of them they want of all. Nobody reads them here, so nobody is asked why.
    """
    for ref in refs(case):
        other = opening.hold_for_upkeep(case.actor, ref)
        changing.prepare(other)
        yield other
        changing.finish(other)
