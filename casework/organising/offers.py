"""Who meets people that want to organise: said by themselves, signed, read at the desks of the network.

A desk takes for an organiser only who signed so and is in the network's teams today: nobody who writes to the database
can have a name sent to somebody else.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.formations import service as formations
from casework.organising.models import Organiser
from casework.organising.spans import spans
from casework.teams import keys as team_keys
from casework.teams.records import Item
from casework.vault import ChainState, catalogue, keeping, to_desk
from casework.vault.chain.state import TEAMMATES

_BODY, _OWN = catalogue.field("organiser.body"), catalogue.field("organiser.own")
_PURPOSE = "organiser"
#: Bodies up to this size look alike.
_FILL = 1_200
LONGEST_CALLED, LONGEST_SAYS = 60, 300


@dataclass(frozen=True)
class Offer:
    """Somebody who meets people.

    Attributes:
        id: of the offer.
        user_id: who; what is passed to them is boxed to their key.
        organisation: of the directory, an organisation or a formation.
        named: what it was called when they said so.
        called: how they are called, or what they are there.
        says: what people can expect: languages, where, when.
        until: the last day on which this stands.
    """

    id: UUID
    user_id: UUID
    organisation: UUID
    named: str
    called: str
    says: str
    until: date

    @property
    def recipient(self) -> str:
        """Under which name a person agrees to them."""
        return f"{self.called}, {self.named}"


def listed(actor: Actor) -> list[Item]:
    """Organisations and formations for which somebody may meet people, by name."""
    book = formations.look(actor)
    found = book.of_sort("organisation", "formation") if book else []
    return sorted(found, key=lambda one: (str(one.told["name"]).casefold(), one.id))


def make(actor: Actor, organisation: UUID, called: str, says: str, form_token: UUID) -> UUID:
    """Say that one meets people for an organisation.

    Args:
        actor: of a campaign team, or a coordinator, at the network.
        organisation: of the directory.
        called: how they are called there.
        says: what people can expect.
        form_token: of the form; the same one twice is one offer.

    Returns:
        Its id.

    Raises:
        Invalid: it is not in the directory, or something is missing or too long.
    """
    policy.require(actor, Action.ORGANISER_MEET)
    called, says = " ".join(called.split()), says.strip()
    one = next((each for each in listed(actor) if each.id == organisation), None)
    if one is None:
        raise Invalid("Choose an organisation of the directory.", "organisation")
    _check(called, says)
    if db.session.get(Organiser, form_token) is not None:
        return form_token
    state = team_keys.chain(actor)
    row = Organiser(id=form_token, desk_id=state.desk_id, user_id=actor.user_id)
    told = {
        "organisation": str(one.id),
        "named": str(one.told["name"]),
        "called": called,
        "says": says,
        "until": (clock.today() + spans().stands).isoformat(),
    }
    row.body, row.own = _boxed(actor, state, row, told), actor.person.seal(_OWN, row.id, _filled(told))
    db.session.add(row)
    db.session.flush()
    return row.id


def _check(called: str, says: str) -> None:
    if not called:
        raise Invalid("Please give a name.", "called")
    for key, words, most in (("called", called, LONGEST_CALLED), ("says", says, LONGEST_SAYS)):
        if len(words) > most:
            raise Invalid("This is too long: %(most)s characters at most.", key, most=most)


def _boxed(actor: Actor, state: ChainState, row: Organiser, told: dict[str, str]) -> bytes:
    signed = to_desk.sign(actor.person, _PURPOSE, *_signed(row, told)).hex()
    return to_desk.pack(state, _BODY, row.id, _filled(told | {"signed": signed}))


def _filled(told: dict[str, str]) -> dict[str, Any]:
    return told | {"fill": " " * (_FILL - len(json.dumps(told, ensure_ascii=False).encode()))}


def _signed(row: Organiser, told: Mapping[str, Any]) -> tuple[UUID | str, ...]:
    kept = {key: told[key] for key in ("organisation", "named", "called", "says", "until")}
    return row.id, row.desk_id, row.user_id, json.dumps(kept, sort_keys=True)


def mine(actor: Actor) -> list[Offer]:
    """For whom somebody meets people; what does not open is left out."""
    policy.require(actor, Action.ORGANISER_MEET)
    rows = db.session.scalars(
        select(Organiser).where(Organiser.user_id == actor.user_id, Organiser.desk_id == actor.desk_id)
    )
    found = []
    for row in rows:
        try:
            value = actor.person.open(_OWN, row.id, row.own)
        except Refused:
            continue
        if isinstance(value, dict):
            found.append(_offer(row, value))
    return sorted(found, key=lambda one: (one.named.casefold(), one.id))


def step_back(actor: Actor, offer_id: UUID) -> None:
    """Meet nobody for an organisation any more; what was passed to them already stays until it is settled.

    Raises:
        NotFound: they have no such offer.
    """
    policy.require(actor, Action.ORGANISER_MEET)
    mine_ = Organiser.user_id == actor.user_id
    if not db.session.execute(
        delete(Organiser).where(Organiser.id == offer_id, mine_).returning(Organiser.id)
    ).all():
        raise NotFound


def listing(actor: Actor) -> list[Offer]:
    """Who meets people, as a desk reads it: those who said so themselves and are in the network's teams today.

    Args:
        actor: of a desk, with the network's keys open.
    """
    policy.require(actor, Action.ORGANISER_TELL)
    rows = db.session.scalars(select(Organiser).where(Organiser.desk_id == actor.network.desk_id))
    found = [one for row in rows if (one := _read(actor, row)) is not None]
    return sorted(found, key=lambda one: (one.named.casefold(), one.called.casefold(), one.id))


def _read(actor: Actor, row: Organiser) -> Offer | None:
    try:
        value = to_desk.unpack(actor.network, _BODY, row.id, row.body)
    except Refused:
        return None
    state = actor.network.state
    member = state.members.get(row.user_id)
    if not isinstance(value, dict) or member is None or member.role not in TEAMMATES:
        return None
    signed = bytes.fromhex(value["signed"])
    if not to_desk.signed_with(member.ed, signed, _PURPOSE, *_signed(row, value)):
        return None
    found = _offer(row, value)
    return found if found.until >= clock.today() else None


def _offer(row: Organiser, value: Mapping[str, Any]) -> Offer:
    return Offer(
        row.id,
        row.user_id,
        UUID(value["organisation"]),
        value["named"],
        value["called"],
        value["says"],
        date.fromisoformat(value["until"]),
    )


def network_of(actor: Actor) -> ChainState:
    """The network's chain, as somebody at a desk may rely on it; no key of it is needed.

    Args:
        actor: of a desk.
    """
    network_id = actor.desk.state.network_id or actor.desk.desk_id
    return keeping.load(network_id, actor.person if network_id in actor.person.pins else None)
