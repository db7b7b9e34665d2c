"""What a desk and an ally said to each other, as it is read again; and whether all of it is still there.

Rows of a conversation are only added, so an older one cannot be put back; but one could be taken out. An ally has no
key of the case and cannot state anything there. So each thing that is said carries its place under its seal, and the
event that records it has an id which follows from the place under the key of the conversation: both sides can
foretell it, and nobody else. A gap betrays a row that is gone from between, the event of the next place one that is
gone from the end.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from casework.access.actor import Actor
from casework.audit import service as audit
from casework.audit import thread
from casework.audit.events import Event
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Refused
from casework.sharing import grants
from casework.sharing.models import GrantMessage
from casework.sharing.reading import Reading
from casework.vault import keeping
from casework.vault.catalogue import field
from casework.vault.grant import TalkKey
from casework.vault.models import Grant

MESSAGE = field("grant_message.body")
QUESTION, ANSWER, ADVICE, STORY, UNSIGNED = "question", "answer", "advice", "story", "unsigned"


@dataclass(frozen=True)
class Said:
    """One thing that was said.

    Attributes:
        id: of its row.
        sort: question, answer, advice, the approval of a story, or that such an approval is taken back.
        by: who.
        at: when.
        text: what.
        place: in the conversation, from 1; 0 for what was said before places were written down.
        signed: what stands beside the last two: which story, and the ally's signature.
    """

    id: UUID
    sort: str
    by: UUID
    at: datetime
    text: str
    place: int
    signed: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Heard:
    """A conversation.

    Attributes:
        said: what is there, oldest first.
        missing: how many things were said that are not there, or do not open.
    """

    said: tuple[Said, ...]
    missing: int

    @property
    def awaits_desk(self) -> bool:
        """Whether the ally spoke last, so that the desk has to answer; or nobody can tell who did."""
        return bool(self.missing) or self._last in (QUESTION, UNSIGNED)

    @property
    def unsigned(self) -> bool:
        """Whether what the desk has to answer is that the ally took an approval back."""
        return not self.missing and self._last == UNSIGNED

    @property
    def _last(self) -> str:
        talked = [one.sort for one in self.said if one.sort != STORY]
        return talked[-1] if talked else ""


def of(talk: TalkKey, grant_id: UUID) -> Heard:
    """What was said about a grant.

    Args:
        talk: the key of the conversation.
        grant_id: of the grant.
    """
    for _ in range(2):
        said = _rows(talk, grant_id)
        if not (missing := _missing(talk, said)):
            break
        # Somebody may have spoken between the rows and the record; then a second look finds both.
    return Heard(tuple(said), missing)


def of_case(case: OpenCase, grant_id: UUID) -> Heard:
    """The same for somebody of the desk who has the case open; what is missing is recorded.

    Raises:
        NotFound: this case has no such grant.
    """
    row, given = grants.one(case, grant_id)
    found = of(TalkKey(row.id, given["talk"]), row.id)
    if found.missing:
        case.complain(MESSAGE.name)
    return found


def by_ally(actor: Actor, reading: Reading, row: Grant) -> Heard:
    """The same for the ally, who has the grant open; what is missing is recorded at the desk.

    Args:
        actor: the ally.
        reading, row: the grant.
    """
    found = of(reading.keys.talk, row.id)
    if found.missing:
        state = keeping.load(row.desk_id, actor.person)
        audit.record_keyless(state, Event.SEAL_REFUSED, actor.user_id, row.case_id, where=MESSAGE.name)
    return found


def next_place(talk: TalkKey, grant_id: UUID) -> int:
    """The place of what is said next: after everything that the rows or the record know of.

    Args:
        talk: the key of the conversation.
        grant_id: of the grant; nobody else speaks before this transaction ends.
    """
    return _last(talk, _rows(talk, grant_id)) + 1


def _rows(talk: TalkKey, grant_id: UUID) -> list[Said]:
    """What opens, oldest first; what does not is missed by its place."""
    wanted = select(GrantMessage.id, GrantMessage.body).where(GrantMessage.grant_id == grant_id)
    found = [one for row_id, body in db.session.execute(wanted) if (one := _opened(talk, row_id, body))]
    return sorted(found, key=lambda one: (one.at, one.place))


def _opened(talk: TalkKey, row_id: UUID, body: bytes) -> Said | None:
    try:
        value = talk.open(MESSAGE, row_id, body)
    except Refused:
        return None
    if not isinstance(value, dict):
        return None
    at = datetime.fromisoformat(value["at"])
    by, place, signed = UUID(value["by"]), value.get("place", 0), value.get("signed", {})
    return Said(row_id, value["sort"], by, at, value["text"], place, signed)


def _missing(talk: TalkKey, said: Iterable[Said]) -> int:
    places = {one.place for one in said} - {0}
    return _last(talk, said) - len(places)


def _last(talk: TalkKey, said: Iterable[Said]) -> int:
    """The newest place that a row has, or that the record has an event of."""
    last = max((one.place for one in said), default=0)
    while thread.there([talk.event_id(MESSAGE, last + 1)]):
        last += 1
    return last
