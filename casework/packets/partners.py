"""Other desks that this one refers people to: their cards, brought here and compared by voice.

A card counts when a coordinator has said that the code is the same on both sides: that is signed into the
desk's chain, so whoever writes to the database cannot put another key in its place.
"""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.packets import desk_cards
from casework.packets.desk_cards import Card
from casework.packets.models import PartnerDesk
from casework.vault import keeping, spoken
from casework.vault.catalogue import field
from casework.vault.chain.state import ChainState
from casework.vault.desk import DeskKeys

_BODY = field("partner_desk.body")
_FILL = 1_800
_NOBODY = bytes(32)


@dataclass(frozen=True)
class Partner:
    """Another desk, as this one knows it.

    Attributes:
        id: of its row.
        card: as it was brought.
        compared: whether its code was compared, and it is what was compared.
        chain: of that desk, where it is in this installation and is the one of the card; None elsewhere.
    """

    id: UUID
    card: Card
    compared: bool
    chain: ChainState | None

    @property
    def here(self) -> bool:
        """Whether it is in this installation: then packets go there without a file."""
        return self.chain is not None

    @property
    def name(self) -> str:
        """As it calls itself, and as a person agrees to it."""
        return self.card.name

    @property
    def public(self) -> tuple[int, bytes]:
        """The epoch and the X25519 key that is sealed to now: of its chain where there is one, else of its card."""
        if self.chain is None:
            return self.card.epoch, self.card.x
        return self.chain.epoch, self.chain.publics[self.chain.epoch]


def bring(actor: Actor, text: str) -> UUID:
    """Write down a card that somebody brought; a newer one of the same desk takes the older one's place.

    Args:
        actor: who brings it.
        text: of the card.

    Returns:
        The id of the row.

    Raises:
        Invalid: it is no card, or this desk's own.
    """
    policy.require(actor, Action.PARTNER_TRUST)
    card = desk_cards.read(text)
    if card.desk_id == actor.desk.desk_id:
        raise Invalid("This is the card of your own desk. The other desk needs it; you need theirs.", "card")
    known = next((row for row, one in _opened(actor.desk) if one.desk_id == card.desk_id), None)
    row = known or PartnerDesk(id=uuid4(), desk_id=actor.desk.desk_id)
    value = {"card": card.text, "by": str(actor.user_id), "on": clock.today().isoformat()}
    row.body = actor.desk.seal(_BODY, row.id, value | {"fill": " " * (_FILL - len(card.text))})
    db.session.add(row)
    db.session.flush()
    audit.record(actor.desk, Event.PARTNER_BROUGHT, partner=str(card.desk_id))
    return row.id


def compared(actor: Actor, partner_id: UUID, digits: str) -> None:
    """A coordinator heard the code from the other desk and typed what they heard: from now on the card counts.

    Args:
        actor: the coordinator.
        partner_id: of the row.
        digits: the code as it was read to them, in any grouping.

    Raises:
        Invalid: it is another code.
        NotFound, Denied: there is none, or not for this person.
    """
    policy.require(actor, Action.PARTNER_TRUST)
    found = one(actor, partner_id)
    if not spoken.heard(found.card.code, digits):
        raise Invalid(
            "This is not the code of this card. If you heard it right, somebody has changed the card on its way:"
            " do not use it, and ask for it by another way.",
            "digits",
        )
    state = keeping.append(actor.person, actor.desk.state, "peer", found.card.desk_id, found.card.digest)
    audit.record(
        actor.desk.at(state),
        Event.PARTNER_COMPARED,
        partner=str(found.card.desk_id),
        card=found.card.digest.hex(),
    )


def drop(actor: Actor, partner_id: UUID) -> None:
    """Nobody is referred there any more, and what comes from there is not accepted.

    Raises:
        NotFound, Denied: there is none, or not for this person.
    """
    policy.require(actor, Action.PARTNER_TRUST)
    row = _row(actor.desk, partner_id)
    card = _card(actor.desk, row)
    desk = actor.desk
    if desk.state.peers.get(card.desk_id, _NOBODY) != _NOBODY:
        desk = desk.at(keeping.append(actor.person, desk.state, "peer", card.desk_id, _NOBODY))
    db.session.delete(row)
    db.session.flush()
    audit.record(desk, Event.PARTNER_DROPPED, partner=str(card.desk_id))


def listing(actor: Actor) -> tuple[list[Partner], int]:
    """Every desk that is known here, by name; and how many cards do not open, or are gone although they were compared."""
    policy.require(actor, Action.PARTNER_VIEW)
    found = [_partner(actor.desk, row, card) for row, card in _opened(actor.desk)]
    known = {one.card.desk_id for one in found}
    gone = [who for who, digest in actor.desk.state.peers.items() if digest != _NOBODY and who not in known]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id)), len(gone)


def one(actor: Actor, partner_id: UUID) -> Partner:
    """One of them.

    Raises:
        NotFound: there is none.
        Refused: it does not open.
    """
    policy.require(actor, Action.PARTNER_VIEW)
    row = _row(actor.desk, partner_id)
    return _partner(actor.desk, row, _card(actor.desk, row))


def of_desk(desk: DeskKeys, desk_id: UUID) -> Partner | None:
    """The partner that another desk is, if its card was ever brought here."""
    return next((_partner(desk, row, card) for row, card in _opened(desk) if card.desk_id == desk_id), None)


def ready(actor: Actor) -> list[Partner]:
    """Those to whom something can be referred now: their code was compared."""
    return [one for one in listing(actor)[0] if one.compared]


def _partner(desk: DeskKeys, row: PartnerDesk, card: Card) -> Partner:
    return Partner(row.id, card, desk.state.peers.get(card.desk_id) == card.digest, _chain(card))


def _chain(card: Card) -> ChainState | None:
    """The chain of a desk of this installation; one that is not the card's is somebody else's doing."""
    try:
        state = keeping.load(card.desk_id)
    except Refused:
        return None
    return state if card.follows(state) else None


def _row(desk: DeskKeys, partner_id: UUID) -> PartnerDesk:
    row = db.session.get(PartnerDesk, partner_id, populate_existing=True)
    if row is None or row.desk_id != desk.desk_id:
        raise NotFound
    return row


def _opened(desk: DeskKeys) -> list[tuple[PartnerDesk, Card]]:
    query = select(PartnerDesk).where(PartnerDesk.desk_id == desk.desk_id).order_by(PartnerDesk.id)
    found = []
    for row in db.session.scalars(query.execution_options(populate_existing=True)):
        try:
            found.append((row, _card(desk, row)))
        except Refused:
            continue
    return found


def _card(desk: DeskKeys, row: PartnerDesk) -> Card:
    value = desk.open(_BODY, row.id, row.body)
    if not isinstance(value, dict):
        raise Refused
    return desk_cards.read(value["card"])
