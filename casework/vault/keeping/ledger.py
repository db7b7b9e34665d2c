"""Chains in the database: read, verified once a process, appended to under a lock."""

from collections import OrderedDict
from threading import Lock
from uuid import UUID

from sqlalchemy import Uuid, bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from casework.db import db
from casework.errors import Conflict, Refused
from casework.vault.chain import ChainState, Entry, extend, next_entry
from casework.vault.encoding import Part, lp, split_lp
from casework.vault.models import ChainEntry
from casework.vault.person_keys import PersonKeys, Pin

#: States that this process has verified from their genesis, by head; the oldest go.
_REMEMBERED = 512
_verified: OrderedDict[bytes, ChainState] = OrderedDict()
_lock = Lock()

# Asked by every request: a statement that is made once costs its parameters alone.
_NEWEST_HEAD = (
    select(ChainEntry.head)
    .where(ChainEntry.desk_id == bindparam("desk_id", type_=Uuid()))
    .order_by(ChainEntry.seq.desc())
    .limit(1)
)


def load(desk_id: UUID, person: PersonKeys | None = None) -> ChainState:
    """The verified chain of a desk.

    Every signature was checked in this process, from the genesis on; a history is recognised by its
    head, which nobody can give another one. For a person it must contain what they have pinned, and
    their pin is moved to its head.

    Args:
        desk_id: which desk.
        person: who relies on it; None only where nothing is opened, as in a job.

    Raises:
        Refused: an entry does not verify, or the history is not the one that the person knows: cut,
            forked, or never compared with a colleague (no pin).
    """
    state = _recall(_newest_head(desk_id), desk_id) or _verify(desk_id)
    if person is not None:
        pin = person.pins.get(desk_id)
        if pin is None or not state.extends(pin.seq, pin.head):
            raise Refused
        person.pin(desk_id, Pin(state.seq, state.head))
    return state


def _newest_head(desk_id: UUID) -> bytes | None:
    return db.session.scalar(_NEWEST_HEAD, {"desk_id": desk_id})


def _recall(head: bytes | None, desk_id: UUID) -> ChainState | None:
    with _lock:
        state = _verified.get(head or b"")
        if state is None or state.desk_id != desk_id:
            return None
        _verified.move_to_end(state.head)
        return state


def _verify(desk_id: UUID) -> ChainState:
    """Verify what this process has not seen yet, starting from the newest entry that it has."""
    known = _newest_known(desk_id)
    rows = db.session.execute(
        select(ChainEntry.seq, ChainEntry.kind, ChainEntry.fields, ChainEntry.signer_id, ChainEntry.signature)
        .where(ChainEntry.desk_id == desk_id, ChainEntry.seq > known.seq)
        .order_by(ChainEntry.seq)
    )
    state = extend(known, (_entry(desk_id, *row) for row in rows))
    if state.seq < 0:
        raise Refused
    with _lock:
        _verified[state.head] = state
        while len(_verified) > _REMEMBERED:
            _verified.popitem(last=False)
    return state


def _newest_known(desk_id: UUID) -> ChainState:
    heads = select(ChainEntry.head).where(ChainEntry.desk_id == desk_id).order_by(ChainEntry.seq.desc())
    found = (_recall(head, desk_id) for head in db.session.scalars(heads))
    return next((state for state in found if state), ChainState(desk_id))


def _entry(desk_id: UUID, seq: int, kind: str, fields: bytes, signer_id: UUID, signature: bytes) -> Entry:
    try:
        return Entry(desk_id, seq, kind, split_lp(fields), signer_id, signature)
    except ValueError:
        raise Refused from None


def hold_chain(desk_id: UUID) -> None:
    """Wait for one's turn to sign for a chain; it lasts until the transaction ends.

    Who needs more than this chain takes them in one order: epochs and chains (desks before their
    network), then heads of the audit, then lists of cards. `append` takes the turn by itself; it is
    taken before where an event is recorded before something is signed.
    """
    turn = select(ChainEntry.seq).where(ChainEntry.desk_id == desk_id, ChainEntry.seq == 0)
    db.session.execute(turn.with_for_update())


def append(person: PersonKeys, state: ChainState, kind: str, *fields: Part) -> ChainState:
    """Sign an entry at the end of a chain, verify that it may stand, and store it.

    Signers of one chain take turns until their transactions end, so that each names the newest head.

    Args:
        person: who signs; their pin moves to the new head.
        state: what the signer knows; what was appended since then is read first.
        kind, fields: what it says.

    Returns:
        The state after it.

    Raises:
        Refused: the signer may not, it makes no sense here, or the chain is not the one of `state`.
        Conflict: the chain was founded by somebody else at this moment.
    """
    hold_chain(state.desk_id)
    newest = load(state.desk_id)
    if not newest.extends(state.seq, state.head):
        raise Refused
    entry = next_entry(newest, person, kind, *fields)
    after = extend(newest, [entry])
    write(entry, after)
    person.pin(state.desk_id, Pin(after.seq, after.head))
    return after


def write(entry: Entry, after: ChainState) -> None:
    """Store a verified entry.

    Raises:
        Conflict: its place is taken.
    """
    row = {
        "desk_id": entry.desk_id,
        "seq": entry.seq,
        "kind": entry.kind,
        "fields": lp(*entry.fields),
        "signer_id": entry.signer_id,
        "signature": entry.signature,
        "head": after.head,
    }
    try:
        db.session.execute(insert(ChainEntry), [row])
    except IntegrityError:
        raise Conflict from None
