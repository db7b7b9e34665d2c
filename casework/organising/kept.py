"""What a case keeps of whom its person was introduced to: rows of its profile, and how each of them stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from casework import clock
from casework.cases import neutral
from casework.cases.opening import OpenCase
from casework.errors import Refused
from casework.organising import boxes
from casework.organising.offers import Offer
from casework.organising.spans import spans
from casework.vault import Section

#: What such a row of the case is.
ENTRY = "introduced"
SECTION = Section.PROFILE


class Standing(StrEnum):
    """How it stands with what was passed to an organiser, as the desk can tell."""

    ENDED = "ended"
    WAITING = "waiting"
    READ = "read"
    #: Nobody has read it for too long.
    UNREAD = "unread"
    #: The organiser is chosen by nobody any more: they stepped back, did not say it again, or left.
    AWAY = "away"
    #: The organiser gave it back, or its days are over.
    BACK = "back"


#: It may be lost: the person is asked again, or whom they named beforehand steps in.
LOST = frozenset({Standing.UNREAD, Standing.AWAY, Standing.BACK})


class Row(NamedTuple):
    """A row of the case with what it holds."""

    id: UUID
    body: dict[str, Any]


@dataclass(frozen=True)
class Introduced:
    """What was passed, as the case keeps it; what exactly stands in the box only, unless somebody may step in.

    Attributes:
        id: of the row in the case.
        to: the organiser and the organisation, as they were called.
        channel: of the list `contact_channels`.
        at: when.
        by: who passed it.
        ended: why it ended, `withdrawn`, `stood_in` or `over`; empty while it stands.
        read_on: the day on which the organiser read it; None where they did not, or it is gone.
        stand_in: who may step in if this organiser is away; empty for nobody.
    """

    id: UUID
    to: str
    channel: str
    at: datetime
    by: UUID
    ended: str
    read_on: date | None
    stand_in: str = ""


def listing(case: OpenCase) -> list[Introduced]:
    """To whom somebody was introduced, newest first."""
    found = [_introduced(one) for one in rows(case)]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def _introduced(row: Row) -> Introduced:
    body, at, by = row.body, datetime.fromisoformat(row.body["at"]), UUID(row.body["by"])
    lies = boxes.find(UUID(body["row"]))
    stand_in = body.get("stand_in", {}).get("to", "")
    return Introduced(
        row.id, body["to"], body["channel"], at, by, body["ended"], lies[1] if lies else None, stand_in
    )


def rows(case: OpenCase) -> Iterator[Row]:
    """The rows themselves; one that does not open is left out, and recorded."""
    for row in list(neutral.rows(case, SECTION)):
        try:
            body = neutral.opened(case, row, SECTION)
        except Refused:
            case.complain(neutral.BODY.name)
            continue
        if body.get("type") == ENTRY:
            yield Row(row.id, body)


def change(case: OpenCase, row: Row, **told: Any) -> None:
    """Say something else in a row of a case that is held; what is None is kept no more."""
    body = {key: one for key, one in (row.body | told).items() if key != "fill" and one is not None}
    neutral.write(case, neutral.row(case, row.id, SECTION), SECTION, body)


def standing(row: Row, offered: list[Offer]) -> Standing:
    """How it stands with one of them today.

    Args:
        row: of the case.
        offered: who meets people today, as a desk reads it.
    """
    if row.body["ended"]:
        return Standing.ENDED
    lies = boxes.find(UUID(row.body["row"]))
    if lies is None:
        return Standing.BACK
    to_id, read_on = lies
    if all(one.user_id != to_id for one in offered):
        return Standing.AWAY
    if read_on is not None:
        return Standing.READ
    late = datetime.fromisoformat(row.body["at"]) + spans().unread <= clock.now()
    return Standing.UNREAD if late else Standing.WAITING
