"""The campaign's copy of a story: given, opened, changed by either side, emptied at once when it is taken back.

Each change counts the version under the seal up and records, at the network, an event whose id only the copy's key
foretells. So an older copy that was put back, with its words, is betrayed by the event of the version after it. The
event lies in the network's record and names no case: who reads the record of a desk finds nothing of it.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from casework import clock
from casework.access.actor import Actor
from casework.audit import service as audit
from casework.audit import thread
from casework.audit.events import Event
from casework.db import db
from casework.errors import Refused
from casework.stories import clocks, moments
from casework.stories.clocks import Moment
from casework.stories.models import StoryCopy
from casework.vault import keeping
from casework.vault.catalogue import field
from casework.vault.passed import PassedKeys

_BODY = field("story_copy.body")
#: Copies up to this size look alike: four thousand letters of any script, and two dozen places.
_FILL = 24_000
_VERSION = "version"

Stored = dict[str, Any]


@dataclass(frozen=True)
class Use:
    """Where a story was used.

    Attributes:
        id: of the use.
        where: the place.
        who: can take it down there.
        at: when it was written down.
        by: how whoever used it is called.
        result: what came of taking it down (`story_downs`); empty before anybody tried.
        text: that in words.
    """

    id: UUID
    where: str
    who: str
    at: datetime
    by: str
    result: str
    text: str


@dataclass(frozen=True)
class Copy:
    """A copy as either side reads it.

    Attributes:
        id: of the copy.
        title, language: of the story.
        text: the exact words; empty once they were taken back, or nobody may use them today.
        asked: when the person said yes last, by both clocks.
        ends_on: the last day of their agreement.
        ended: when it was taken back; None while it stands.
        wanted: whether the campaign asks that they are asked again.
        uses: where it was used, oldest first.
    """

    id: UUID
    title: str
    language: str
    text: str
    asked: Moment
    ends_on: date
    ended: datetime | None
    wanted: bool
    uses: tuple[Use, ...]

    @property
    def usable(self) -> bool:
        """Whether it may be used at this moment."""
        now = moments.now()
        return self.ended is None and clocks.clock().holds(self.asked, now) and now.at.date() <= self.ends_on

    @property
    def to_take_down(self) -> tuple[Use, ...]:
        """The places that are still to be seen to, of a story that was taken back."""
        return tuple(one for one in self.uses if one.result in ("", "asked")) if self.ended else ()


def give(
    actor: Actor, network_id: UUID, words: Mapping[str, str], asked: Moment, ends_on: date
) -> PassedKeys:
    """Make a copy under a key of its own.

    Args:
        actor: who gives it, of the network.
        network_id: whose campaign gets it.
        words: its title, language and text.
        asked: when the person said yes last.
        ends_on: the last day of their agreement.
    """
    keys = PassedKeys.fresh(network_id, uuid4())
    row = StoryCopy(id=keys.team_id, desk_id=network_id, body=b"")
    value: Stored = {key: words[key] for key in ("title", "language", "text")}
    value |= {"asked": moments.stored(asked), "ends_on": ends_on.isoformat(), "ended": None, "wanted": False}
    value |= {"uses": [], _VERSION: 1}
    _seal(keys, row, value)
    db.session.add(row)
    db.session.flush()
    _record(actor, row, None)
    return keys


def look(keys: PassedKeys) -> Copy:
    """A copy.

    Raises:
        Refused: it is gone, does not open, or is an older one that was put back.
    """
    return _read(keys.team_id, _newest(keys, _row(keys.team_id)))


@contextmanager
def changing(actor: Actor, keys: PassedKeys) -> Iterator[Stored]:
    """Change a copy; nobody else does before this transaction ends.

    Args:
        actor: a worker of the case's desk, one of the campaign's team, or a legal ally who reads the story.
        keys: of the copy.

    Raises:
        Refused: as for `look`.
    """
    row = _row(keys.team_id, held=True)
    value = _newest(keys, row)
    before = keys.event_id(value[_VERSION])
    yield value
    value[_VERSION] += 1
    _seal(keys, row, value)
    db.session.flush()
    _record(actor, row, before)


def empty(actor: Actor, keys: PassedKeys) -> None:
    """Take the words away. Where they were used stays, so that each place can be seen to.

    A copy that is gone or does not open has nothing more to lose; that is recorded where it is looked at.
    """
    try:
        with changing(actor, keys) as value:
            value |= {"text": "", "wanted": False, "ended": value["ended"] or clock.now().isoformat()}
    except Refused:
        return


def _row(copy_id: UUID, *, held: bool = False) -> StoryCopy:
    found = db.session.get(StoryCopy, copy_id, populate_existing=True, with_for_update=held)
    if found is None:
        raise Refused
    return found


def _newest(keys: PassedKeys, row: StoryCopy) -> Stored:
    for _ in range(2):
        value = keys.open(_BODY, row.id, row.body)
        if not isinstance(value, dict):
            raise Refused
        if not thread.there([keys.event_id(value[_VERSION])]):
            return {key: one for key, one in value.items() if key != "fill"}
        # Somebody may have changed it between the row and the record.
        db.session.refresh(row)
    raise Refused


def _seal(keys: PassedKeys, row: StoryCopy, value: Stored) -> None:
    size = len(json.dumps(value, ensure_ascii=False).encode())
    row.body = keys.seal(_BODY, row.id, value | {"fill": " " * (_FILL - size)})


def _record(actor: Actor, row: StoryCopy, event_id: UUID | None) -> None:
    """A legal ally is of the desk and not of its network: they know no history of it, and cannot sign there."""
    known = row.desk_id in actor.person.pins
    audit.record_keyless(
        keeping.load(row.desk_id, actor.person if known else None),
        Event.STORY_COPY_WRITTEN,
        actor.user_id,
        event_id=event_id,
        signer=actor.person if known else None,
        rows=audit.digest(row.body),
    )


def _read(copy_id: UUID, said: Mapping[str, Any]) -> Copy:
    return Copy(
        id=copy_id,
        title=said["title"],
        language=said["language"],
        text=said["text"],
        asked=moments.read(said["asked"]),
        ends_on=date.fromisoformat(said["ends_on"]),
        ended=datetime.fromisoformat(said["ended"]) if said["ended"] else None,
        wanted=said["wanted"],
        uses=tuple(map(_use, said["uses"])),
    )


def _use(said: Mapping[str, Any]) -> Use:
    told = {key: said.get(key, "") for key in ("where", "who", "by", "result", "text")}
    return Use(UUID(said["id"]), at=datetime.fromisoformat(said["at"]), **told)
