"""A desk's own words on its papers, in place of ours: a few named blocks, in each language that a paper has."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import select

from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.deadlines.words import msgid
from casework.errors import Conflict, Invalid, NotFound, Refused
from casework.papers import places
from casework.papers.models import PaperText
from casework.vault.catalogue import field

_BODY = field("paper_text.body")
LONGEST: Final = 2000

#: The blocks that a desk can write, and where each stands (msgids).
BLOCKS: Final[Mapping[str, str]] = {
    "letterhead": msgid("At the top of every paper"),
    "authority": msgid("What the person signs on an authority to act"),
    "demand": msgid("The words of a demand for wages"),
    "refund": msgid("The words of a demand for a refund"),
}


@dataclass(frozen=True)
class Own:
    """A block of a desk's own words.

    Attributes:
        name: of `BLOCKS`.
        language: that it is written in.
        text: with places; empty where ours stand.
        rev: to be sent back with a change; 0 where nothing was ever written.
    """

    name: str
    language: str
    text: str = ""
    rev: int = 0


def listing(actor: Actor) -> list[Own]:
    """Every block that this desk wrote. What does not open is left out.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.PAPER_WORD)
    return [own for _, own in _of_desk(actor)]


def get(actor: Actor, name: str, language: str) -> Own:
    """One block, written or not.

    Raises:
        NotFound: there is no such block.
    """
    if name not in BLOCKS:
        raise NotFound
    found = [own for own in listing(actor) if (own.name, own.language) == (name, language)]
    return found[0] if found else Own(name, language)


def save(actor: Actor, own: Own) -> None:
    """Write a block anew; an empty one gives our words back.

    Args:
        actor: who writes.
        own: with the revision that the writer had seen.

    Raises:
        Invalid: it is too long, or names a place that there is none of.
        Conflict: somebody else wrote it meanwhile.
        NotFound, Denied: no such block, or not for this person.
    """
    policy.require(actor, Action.PAPER_WORD)
    if own.name not in BLOCKS:
        raise NotFound
    if len(own.text) > LONGEST:
        raise Invalid("This is too long: %(most)s characters at most.", "text", most=LONGEST)
    places.check(own.text)
    row = next((row for row, there in _of_desk(actor) if _same(there, own)), None)
    if (row.rev if row else 0) != own.rev:
        raise Conflict("somebody else wrote these words meanwhile")
    if row is None:
        row = PaperText(id=uuid4(), desk_id=actor.desk_id)
        db.session.add(row)
    row.body = actor.desk.seal(_BODY, row.id, _value(own))
    db.session.flush()
    audit.record(actor.desk, Event.PAPER_WORDED, text=str(row.id))


def for_papers(actor: Actor, language: str) -> dict[str, str]:
    """The desk's own words in a language, by name, for whoever makes a paper."""
    return {own.name: own.text for _, own in _of_desk(actor) if own.language == language and own.text}


def _same(one: Own, other: Own) -> bool:
    return (one.name, one.language) == (other.name, other.language)


def _of_desk(actor: Actor) -> list[tuple[PaperText, Own]]:
    rows = db.session.scalars(select(PaperText).where(PaperText.desk_id == actor.desk_id))
    return [(row, own) for row in rows if (own := _open(actor, row))]


def _open(actor: Actor, row: PaperText) -> Own | None:
    value: Any = None
    with suppress(Refused):
        value = actor.desk.open(_BODY, row.id, row.body)
    return Own(value["name"], value["language"], value["text"], row.rev) if isinstance(value, dict) else None


def _value(own: Own) -> dict[str, str]:
    return {"name": own.name, "language": own.language, "text": own.text}
