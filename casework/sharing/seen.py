"""What an ally opened and took along, and when: written by their own requests, read by the desk before it revokes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from casework import clock
from casework.errors import Refused
from casework.vault.catalogue import field
from casework.vault.grant import TalkKey
from casework.vault.models import Grant

_SEEN = field("grant.seen")
#: Bytes up to which nobody sees how much was read.
_FILL = 3_000
_MOST = 60


@dataclass(frozen=True)
class Opened:
    """One thing that an ally opened.

    Attributes:
        what: a section, or the id of a piece of evidence.
        first, last: when.
        taken: whether it was downloaded.
    """

    what: str
    first: datetime
    last: datetime
    taken: bool


def nothing(grant_id: UUID, talk: str) -> bytes:
    """What is there before anything was opened."""
    return _sealed(TalkKey(grant_id, talk), grant_id, {})


def read(talk: TalkKey, row: Grant) -> tuple[Opened, ...]:
    """What was opened, in the order of the first time; nothing where it does not open."""
    try:
        value = _value(talk, row)
    except Refused:
        return ()
    found = [
        Opened(what, datetime.fromisoformat(one[0]), datetime.fromisoformat(one[1]), bool(one[2]))
        for what, one in value.items()
    ]
    return tuple(sorted(found, key=lambda one: one.first))


def note(talk: TalkKey, row: Grant, what: str, *, taken: bool = False) -> None:
    """The ally opens something now."""
    try:
        value = _value(talk, row)
    except Refused:
        value = {}
    now = clock.now().replace(microsecond=0).isoformat()
    first, _, before = value.get(what, (now, now, False))
    if what in value or len(value) < _MOST:
        value[what] = (first, now, taken or before)
    row.seen = _sealed(talk, row.id, value)


def _value(talk: TalkKey, row: Grant) -> dict[str, Any]:
    value = talk.open(_SEEN, row.id, row.seen)
    if not isinstance(value, dict):
        raise Refused
    return dict(value["seen"])


def _sealed(talk: TalkKey, grant_id: UUID, value: dict[str, Any]) -> bytes:
    return talk.seal(_SEEN, grant_id, {"seen": value, "fill": " " * (_FILL - len(str(value)))})
