"""What was written, as it lies under its seal: few sizes, so that a length says nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from casework import clock
from casework.errors import Refused

#: How long what was begun is given back.
LIFE = timedelta(hours=72)
#: 4, 16, 64, 256 KiB and so on. The vault adds five bytes and goes up to the next power of two itself.
_SMALLEST, _STEP, _LEAD = 4096, 4, 5

Texts = Mapping[str, list[str]]


@dataclass(frozen=True)
class Written:
    """What a page held.

    Attributes:
        page: the token of the page that it was typed on.
        address: the path of the form.
        texts: what was typed, by the names of the inputs.
        where: a mark of the session that kept it; empty for one that had ended.
        at: when it was kept.
    """

    page: UUID
    address: str
    texts: Texts
    where: str
    at: datetime

    @property
    def fresh(self) -> bool:
        """Whether it is still given back."""
        return clock.now() < self.at + LIFE

    @property
    def purge_on(self) -> date:
        """The first day that begins after it is given back no more: then a job without keys deletes it."""
        return (self.at + LIFE).date() + timedelta(days=1)


def pack(written: Written) -> str:
    """As text of one of few sizes."""
    value = {
        "page": str(written.page),
        "address": written.address,
        "texts": dict(written.texts),
        "where": written.where,
        "at": written.at.isoformat(),
    }
    packed = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return packed + " " * (_size(len(packed.encode()) + _LEAD) - len(packed.encode()) - _LEAD)


def _size(needed: int) -> int:
    size = _SMALLEST
    while size < needed:
        size *= _STEP
    return size


def unpack(text: Any) -> Written:
    """What `pack` made.

    Raises:
        Refused: it is something else. Whoever packs a box for somebody may put anything into it.
    """
    try:
        found = json.loads(text)
        return Written(
            UUID(found["page"]),
            _text(found["address"]),
            {_text(name): [_text(one) for one in texts] for name, texts in found["texts"].items()},
            _text(found["where"]),
            datetime.fromisoformat(found["at"]),
        )
    except (TypeError, ValueError, LookupError, AttributeError, RecursionError):
        raise Refused from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
