"""Recovery cards as members of a chain: where they are in, and how they know a chain again (construction §9).

Paper has no profile, so no pin. Each time two cards are at hand they sign an entry into the chain. Whoever
comes with them later, and with nothing else, takes a history for the true one only if it has an entry of
theirs: nobody who merely writes to the database can make one.
"""

from uuid import UUID

from sqlalchemy import select

from casework.db import db
from casework.errors import Refused
from casework.vault import signature
from casework.vault.chain import ChainState, Role
from casework.vault.chain.entry import PURPOSE, Entry
from casework.vault.desk import DeskKeys
from casework.vault.encoding import split_lp
from casework.vault.keeping import ledger
from casework.vault.keeping.desks import open_desk
from casework.vault.models import ChainEntry, DeskBox
from casework.vault.person_keys import PersonKeys, Pin


def chains_of(cards: PersonKeys) -> list[ChainState]:
    """The chains that have these cards as a member and an entry of theirs: a desk, and its network."""
    rows = select(DeskBox.desk_id).where(DeskBox.member_id == cards.user_id).order_by(DeskBox.desk_id)
    found = [_whole(desk_id) for desk_id in db.session.scalars(rows).all()]
    return [state for state in found if state and has(state, cards) and has_signed(state, cards)]


def _whole(desk_id: UUID) -> ChainState | None:
    try:
        return ledger.load(desk_id)
    except Refused:
        return None


def has(state: ChainState, cards: PersonKeys) -> bool:
    """Whether a chain has exactly these cards."""
    member = state.members.get(cards.user_id)
    keys = (Role.RECOVERY, cards.x_public, cards.ed_public)
    return member is not None and (member.role, member.x, member.ed) == keys


def has_signed(state: ChainState, cards: PersonKeys) -> bool:
    """Whether two of these cards have signed in a chain: held against the key on paper, not the chain's."""
    rows = db.session.execute(
        select(ChainEntry.seq, ChainEntry.kind, ChainEntry.fields, ChainEntry.signature).where(
            ChainEntry.desk_id == state.desk_id,
            ChainEntry.signer_id == cards.user_id,
            ChainEntry.seq <= state.seq,
            ChainEntry.seq > 0,
        )
    )
    return any(_fits(state, cards, *row) for row in rows)


def _fits(state: ChainState, cards: PersonKeys, seq: int, kind: str, fields: bytes, signed: bytes) -> bool:
    before = state.heads[seq - 1]
    try:
        entry = Entry(state.desk_id, seq, kind, split_lp(fields), cards.user_id, signed)
        signature.verify(cards.ed_public, signed, PURPOSE, *entry.parts(before))
    except (Refused, ValueError):
        return False
    # The row could differ from what was verified into the history.
    return entry.head(before) == state.heads[seq]


def open_by_cards(cards: PersonKeys, state: ChainState) -> DeskKeys:
    """Open a desk, or its network, with two cards and nothing else.

    Args:
        cards: their keys.
        state: one of `chains_of`.

    Raises:
        Refused: they never signed in this history, or something does not open.
        Locked: the desk is locked: that takes a coordinator beside the cards.
    """
    if not has(state, cards) or not has_signed(state, cards):
        raise Refused
    cards.pin(state.desk_id, Pin(state.seq, state.head))
    return open_desk(cards, state.desk_id)


def sign_by_cards(cards: PersonKeys, desk: DeskKeys, audit_head: bytes) -> None:
    """Let two cards that are at hand sign in a chain that somebody else has verified.

    Args:
        cards: their keys.
        desk: opened by that somebody.
        audit_head: the newest hash of the desk's record: what the entry says.
    """
    ledger.append(cards, desk.state, "witness", audit_head)
    # Their own entry has moved the chain on; whoever is at work goes on from there.
    desk.person.pin(desk.desk_id, cards.pins[desk.desk_id])


def ever_signed(set_id: UUID, state: ChainState) -> bool:
    """Whether a set has signed in a verified chain, as its members see it."""
    mine = (ChainEntry.desk_id == state.desk_id, ChainEntry.signer_id == set_id)
    return db.session.scalar(select(ChainEntry.seq).where(*mine, ChainEntry.seq > 0).limit(1)) is not None
