"""The conflict check: whom an ally acts for or against, held against the people of a case.

The list is the ally's own business: it is boxed to the desk, and compared only in requests of the desk. It is signed
and numbered, because a box can be made by anybody who knows the desk's public key: an event of the next number in the
record betrays an older list that was put back. What is not the ally's newest list is none, and none blocks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit import thread
from casework.audit.events import Event
from casework.cases import cards
from casework.cases.links import links
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Conflict, Invalid, NotFound, Refused
from casework.respondents import register
from casework.search.name_index import NameIndex
from casework.search.ranking import ranked
from casework.sharing.models import ConflictList
from casework.vault import DeskKeys, Section, keeping, to_desk
from casework.vault.catalogue import field
from casework.vault.keeping import granting

_BODY, _OWN = field("conflict_list.body"), field("conflict_list.own")
_PURPOSE = "conflict list"
MOST_NAMES, LONGEST_NAME = 400, 120
#: Likeness from which on two names are shown to a coordinator; the search shows from 0.58 on.
_LIKE = 0.8
_SHOWN = 10
#: An answer that is no longer than this may be a name; every text of the case is held against the list.
_LONGEST_NAME_HERE = 80


@dataclass(frozen=True)
class Compared:
    """What a comparison found.

    Attributes:
        hits: a name of the case beside the name of the list that is like it.
        unlisted: whether the ally has given no list, so that nothing could be compared.
    """

    hits: list[tuple[str, str]]
    unlisted: bool = False

    @property
    def blocks(self) -> bool:
        """Whether the ally waits for a coordinator."""
        return bool(self.hits) or self.unlisted


@dataclass(frozen=True)
class Own:
    """An ally's own list as they see it.

    Attributes:
        names: one a line.
        rev: to be sent back with a change; 0 before the first.
    """

    names: tuple[str, ...]
    rev: int


def own(actor: Actor) -> Own:
    """The list of the ally who asks; empty before the first."""
    policy.require(actor, Action.REVIEW_READ)
    row = _row(actor.desk_id, actor.user_id)
    if row is None:
        return Own((), 0)
    value = actor.person.open(_OWN, row.id, row.own)
    if not isinstance(value, dict):
        raise Refused
    return Own(tuple(value["names"]), row.rev)


def has_list(actor: Actor) -> bool:
    """Whether the ally has given a list, be it an empty one."""
    return _row(actor.desk_id, actor.user_id) is not None


def save(actor: Actor, text: str, rev: int) -> int:
    """Say whom one acts for or against. What is new makes every grant wait until the desk has compared.

    Args:
        actor: the ally.
        text: a name a line; nothing says that there is nobody.
        rev: the revision that the sender had seen.

    Returns:
        How many grants wait now.

    Raises:
        Invalid: too many names, or too long a one.
        Conflict: it was saved elsewhere meanwhile.
    """
    names, before = _names(text), own(actor)
    if rev != before.rev:
        raise Conflict
    if actor.desk_id is None:
        raise NotFound
    state = keeping.load(actor.desk_id, actor.person)
    keeping.hold_chain(state.desk_id)
    number = _next(state.desk_id, actor.user_id)
    row = _row(state.desk_id, actor.user_id)
    if row is None:
        row = ConflictList(id=uuid4(), desk_id=state.desk_id, user_id=actor.user_id)
        db.session.add(row)
    value = {"user": str(actor.user_id), "names": names}
    row.on, row.own = clock.today(), actor.person.seal(_OWN, row.id, value)
    signed = to_desk.sign(actor.person, _PURPOSE, *_parts(row, number, names))
    row.body = to_desk.pack(state, _BODY, row.id, value | {"number": number, "signed": signed.hex()})
    db.session.flush()
    at = _event(state.desk_id, actor.user_id, number)
    audit.record_keyless(state, Event.CONFLICTS_NAMED, actor.user_id, event_id=at)
    fresh = set(names) - set(before.names)
    return granting.pause(state.desk_id, actor.user_id) if fresh else 0


def _next(desk_id: UUID, user_id: UUID) -> int:
    number = 1
    while thread.there([_event(desk_id, user_id, number)]):
        number += 1
    return number


def _event(desk_id: UUID, user_id: UUID, number: int) -> UUID:
    return thread.public_id(desk_id, f"{_PURPOSE} {user_id}", number)


def _parts(row: ConflictList, number: int, names: list[str]) -> tuple[UUID | int | str, ...]:
    return row.desk_id, row.id, row.user_id, number, *names


def _names(text: str) -> list[str]:
    names = list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))
    if len(names) > MOST_NAMES:
        raise Invalid("At most %(most)s names.", "names", most=MOST_NAMES)
    if any(len(name) > LONGEST_NAME for name in names):
        raise Invalid("One name a line, of %(most)s characters at most.", "names", most=LONGEST_NAME)
    return names


def _row(desk_id: UUID | None, user_id: UUID) -> ConflictList | None:
    mine = select(ConflictList).where(ConflictList.desk_id == desk_id, ConflictList.user_id == user_id)
    return db.session.scalar(mine.execution_options(populate_existing=True))


def compare(case: OpenCase, ally_id: UUID) -> Compared:
    """Hold the names of a case against an ally's list.

    Args:
        case: opened by somebody of the desk, with the network's keys open.
        ally_id: whose list; one that is not as they left it is recorded, and counts as none.
    """
    row = _row(case.desk_id, ally_id)
    if row is None:
        return Compared([], unlisted=True)
    try:
        listed = _listed(case.actor.desk, row, ally_id)
    except Refused:
        case.complain(_BODY.name)
        return Compared([], unlisted=True)
    return Compared(list(_hits(list(names_of(case)), listed))[:_SHOWN])


def _listed(desk: DeskKeys, row: ConflictList, ally_id: UUID) -> list[str]:
    """The names of a list, if its ally signed it and no newer one is known."""
    value = to_desk.unpack(desk, _BODY, row.id, row.body)
    try:
        names, number = list(value["names"]), int(value["number"])  # type: ignore[call-overload, index] # anything else is caught
        signed = bytes.fromhex(value["signed"])  # type: ignore[call-overload, index] # the same
    except (LookupError, TypeError, ValueError):
        raise Refused from None
    theirs = row.user_id == ally_id and to_desk.signed_by(
        desk.state, ally_id, signed, _PURPOSE, *_parts(row, number, names)
    )
    if not theirs or thread.there([_event(desk.desk_id, ally_id, number + 1)]):
        raise Refused
    return names


def as_given(case: OpenCase, found: Compared, before: dict[str, str] | None = None) -> dict[str, Any]:
    """What a comparison found, as a grant keeps it.

    Args:
        case: whose names were compared.
        found: what `compare` gave.
        before: marks of what was compared earlier.
    """
    compared = {**(before or {}), **marks_of(case)}
    return {"hits": found.hits, "unlisted": found.unlisted, "compared": compared}


def marks_of(case: OpenCase) -> dict[str, str]:
    """Digests of what a case holds of names: while they stay, nothing has to be compared again.

    Who is answerable is known by the register, which not every request has open; so that is a digest of its own.
    """
    named = {"texts": audit.digest(*(name.encode() for name in _said(case)))}
    if case.actor.network_keys is not None:
        named["links"] = audit.digest(*(one.respondent_id.bytes for one in links(case)))
    return named


def _hits(here: list[str], listed: list[str]) -> Iterator[tuple[str, str]]:
    if not listed:
        return
    index = NameIndex.of([[name] for name in listed])
    for name in here:
        for match in ranked(name, index, 1):
            if match.score >= _LIKE:
                yield name, listed[match.place]


def names_of(case: OpenCase) -> Iterator[str]:
    """Every name that a case may hold: its person, who is answerable, and every short text in it.

    Who is answerable is left out where the register is not open.
    """
    yield from _said(case)
    if case.actor.network_keys is not None:
        yield from (register.get(case.actor, one.respondent_id).name for one in links(case))


def _said(case: OpenCase) -> list[str]:
    """Its person and every short text in it, each once."""
    identity = case.section(Section.IDENTITY).values
    said = [case.called or "", *cards.lines(identity.get("name_variants") or "")]
    said += [text for section in Section for text in _texts(dict(case.section(section).values))]
    return list(dict.fromkeys(" ".join(text.split()) for text in said if text.strip()))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and len(value) <= _LONGEST_NAME_HERE and " " in value.strip():
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
