"""Recording what happened, and telling whether the record is whole.

Each event names the hash of the one before it, so that none can be taken out or changed quietly. The
newest hash is signed by whoever is unlocked when an event is written; somebody who can only write to
the database can cut the end off, but cannot sign what is left.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Uuid, bindparam, select

from casework import clock
from casework.audit.events import KEYS, Event
from casework.audit.models import AuditEvent, AuditHead
from casework.db import db
from casework.errors import Refused
from casework.vault import CaseKeys, ChainState, DeskKeys, PersonKeys, audit_seal, keeping, signature
from casework.vault.encoding import bound

_START = bytes(32)
#: What is written where no keys are open.
BOXED = frozenset(
    {
        Event.ACCESS_DENIED,
        Event.SEAL_REFUSED,
        Event.EXCEPTION_LAPSED,
        Event.LEGAL_STATUS_PURGED,
        Event.RULE_MARKED,
        Event.GRANT_READ,
        Event.GRANT_TAKEN,
        Event.GRANT_TALKED,
        Event.UNDERTAKEN,
        Event.CONFLICTS_NAMED,
        Event.CASE_PSEUDONYMISED,
        Event.PURGED,
        Event.CLOCK_STOPPED,
        Event.TEAM_WRITTEN,
        Event.STORY_COPY_WRITTEN,
        Event.STORY_UNSIGNED,
        Event.TREND_TAKEN_BACK,
        Event.TREND_GONE,
    }
)
# Asked by every opening of a case: a statement that is made once costs its parameters alone.
_EVENT = select(AuditEvent.id).where(AuditEvent.id == bindparam("event_id", type_=Uuid()))
_PURPOSE = "audit head"
#: Bytes up to which all events look alike, so that nobody counts how many answers were saved at once.
_FILL = 1_000


@dataclass(frozen=True)
class Seen:
    """An event as it is shown to somebody who may read it.

    Attributes:
        event: what happened; None when its details do not open any more.
        at: when.
        actor_id: who did it; None for a job.
        details: the event's own keys.
    """

    event: Event | None
    at: datetime | None
    actor_id: UUID | None
    details: dict[str, Any]


def digest(*blobs: bytes) -> str:
    """What an event says of the rows it wrote: their SHA-256, so that a later swap can be shown."""
    return sha256(b"".join(sha256(b).digest() for b in blobs)).hexdigest()


def record(
    desk: DeskKeys, event: Event, case: CaseKeys | None = None, event_id: UUID | None = None, **details: Any
) -> None:
    """Write an event by somebody whose keys are open.

    Args:
        desk: where it happened, opened by whoever did it.
        event: of the closed list.
        case: the case it belongs to; its details are then sealed to the case.
        event_id: where somebody without keys must find it again.
        details: exactly the keys of this event.
    """
    event_id = event_id or _drawn(event, case)
    value = _value(event, desk.person.user_id, details)
    if case is None:
        blob = desk.seal_audit(desk.desk_id, event_id, value)
    else:
        blob = case.seal_audit(event_id, value)
    head = _append(desk.desk_id, event_id, case.case_id if case else None, blob)
    _sign(head, desk.person)
    db.session.flush()


def _sign(head: AuditHead, person: PersonKeys) -> None:
    head.signed_seq, head.signed_hash, head.signer_id = head.seq, head.hash, person.user_id
    head.signature = signature.sign(person.ed_private, _PURPOSE, *_signed_parts(head))


def _drawn(event: Event, case: CaseKeys | None) -> UUID:
    """The first event of a save has the id that the case's statement foretells; that something is refused is none."""
    if case is None or event is Event.SEAL_REFUSED:
        return uuid4()
    return case.statement.event_id()


def record_keyless(
    state: ChainState,
    event: Event,
    actor_id: UUID | None = None,
    case_id: UUID | None = None,
    event_id: UUID | None = None,
    signer: PersonKeys | None = None,
    **details: Any,
) -> None:
    """Write an event where no desk is open: a job, a refused request. It is boxed to the desk.

    Args:
        state: the verified chain of the desk.
        event: of the closed list.
        actor_id: who, if anybody.
        case_id: the case it belongs to, if one.
        event_id: where somebody without keys must find it again.
        signer: a member of the chain whose own keys are at hand, though they do not open the desk.
        details: exactly the keys of this event.
    """
    event_id = event_id or uuid4()
    scope = case_id or state.desk_id
    blob = audit_seal.pack(state, scope, event_id, _value(event, actor_id, details))
    head = _append(state.desk_id, event_id, case_id, blob)
    if signer is not None:
        _sign(head, signer)
    db.session.flush()


def stands(desk_id: UUID, case_id: UUID, event_id: UUID) -> bool:
    """Whether an event of a case is in the record of its desk; whoever asks needs no keys."""
    here = (AuditEvent.id == event_id, AuditEvent.desk_id == desk_id, AuditEvent.case_id == case_id)
    return db.session.scalar(select(AuditEvent.id).where(*here)) is not None


def knows_newer(case: CaseKeys) -> bool:
    """Whether the record knows of a save after the one that the case's statement tells of.

    Then somebody has put an older statement back, with everything that fits it.
    """
    after = case.statement.event_of(case.statement.number + 1)
    return db.session.scalar(_EVENT, {"event_id": after}) is not None


def newest_save(case: CaseKeys) -> int:
    """The number of the newest save that the record knows of; for a case whose statement is not to be believed."""
    there = set(db.session.scalars(select(AuditEvent.id).where(AuditEvent.case_id == case.case_id)))
    numbers = range(1, len(there) + 1)
    return max((n for n in numbers if case.statement.event_of(n) in there), default=0)


def _signed_parts(head: AuditHead) -> tuple[UUID, int, bytes]:
    return head.desk_id, head.signed_seq, head.signed_hash


def take_turn(desk_id: UUID) -> None:
    """Be the only one who records at a desk, until the transaction ends.

    `record` does so by itself. It is called before where something is held that others hold only
    after they have recorded, so that two never wait for each other.
    """
    _head(desk_id)


def lacks_witness(desk_id: UUID) -> bool:
    """Whether nobody has yet written today's word of this record into the desk's chain."""
    on = db.session.scalar(select(AuditHead.witnessed_on).where(AuditHead.desk_id == desk_id))
    return on != clock.today()


def witness(desk: DeskKeys) -> None:
    """Write the newest hash into the desk's signed chain, once a day.

    Everybody pins the chain, so from then on not even a member with the database can take back what
    the record said that day. Who has recorded something already in this transaction has taken the
    chain's turn before that: whoever signs for a chain records afterwards.
    """
    head = _head(desk.desk_id)
    if head.witnessed_on != clock.today() and head.seq:
        keeping.append(desk.person, desk.state, "witness", head.hash)
        head.witnessed_on = clock.today()


def newest(desk_id: UUID) -> bytes:
    """The newest hash of a desk's record, for an entry of its chain that names it."""
    return _head(desk_id).hash


def _value(event: Event, actor_id: UUID | None, details: dict[str, Any]) -> dict[str, Any]:
    if set(details) != KEYS[event]:
        raise TypeError(f"{event} carries {sorted(KEYS[event])}, not {sorted(details)}")
    who = str(actor_id) if actor_id else None
    return _filled({"event": event.value, "at": clock.now().isoformat(), "actor": who, "details": details})


def _filled(value: dict[str, Any]) -> dict[str, Any]:
    size = len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
    return {**value, "fill": " " * (_FILL - size)}


def _append(desk_id: UUID, event_id: UUID, case_id: UUID | None, blob: bytes) -> AuditHead:
    """One more row, and the head moved on; its row is locked until the transaction ends. The caller flushes."""
    head = _head(desk_id)
    row = AuditEvent(
        id=event_id,
        desk_id=desk_id,
        case_id=case_id,
        seq=head.seq + 1,
        on=clock.today(),
        blob=blob,
        prev=head.hash,
    )
    row.hash = _hash(row)
    db.session.add(row)
    head.seq, head.hash = row.seq, row.hash
    return head


def _head(desk_id: UUID) -> AuditHead:
    head = db.session.get(AuditHead, desk_id, with_for_update=True, populate_existing=True)
    if head is None:
        head = AuditHead(desk_id=desk_id, seq=0, hash=_START, signed_seq=0, signed_hash=_START)
        db.session.add(head)
    return head


def _hash(row: AuditEvent) -> bytes:
    case = row.case_id.bytes if row.case_id else b""
    return sha256(
        bound("audit chain", row.desk_id, row.seq, row.prev, row.id, case, row.on.isoformat(), row.blob)
    ).digest()


def of_case(desk: DeskKeys, case: CaseKeys) -> list[Seen]:
    """Everything that happened on a case, newest first."""
    rows = db.session.scalars(
        select(AuditEvent).where(AuditEvent.case_id == case.case_id).order_by(AuditEvent.seq.desc())
    )
    return [_seen(desk, row, case) for row in rows]


def of_desk(desk: DeskKeys, limit: int = 100) -> list[Seen]:
    """The newest events of a desk that belong to no case."""
    rows = db.session.scalars(
        select(AuditEvent)
        .where(AuditEvent.desk_id == desk.desk_id, AuditEvent.case_id.is_(None))
        .order_by(AuditEvent.seq.desc())
        .limit(limit)
    )
    return [_seen(desk, row, None) for row in rows]


def lately(desk: DeskKeys, since: date, *events: Event) -> list[Seen]:
    """Events of some sorts that belong to no case, since a day, newest first."""
    rows = db.session.scalars(
        select(AuditEvent)
        .where(AuditEvent.desk_id == desk.desk_id, AuditEvent.case_id.is_(None), AuditEvent.on >= since)
        .order_by(AuditEvent.seq.desc())
    )
    return [seen for row in rows if (seen := _seen(desk, row, None)).event in events]


def _seen(desk: DeskKeys, row: AuditEvent, case: CaseKeys | None) -> Seen:
    """An event opened; one that does not open is shown as such, in its place."""
    try:
        value = _open(desk, row, case)
    except Refused:
        return Seen(None, None, None, {})
    actor = UUID(value["actor"]) if value["actor"] else None
    return Seen(Event(value["event"]), datetime.fromisoformat(value["at"]), actor, value["details"])


def _open(desk: DeskKeys, row: AuditEvent, case: CaseKeys | None) -> dict[str, Any]:
    if case is not None and not audit_seal.is_packed(row.blob):
        value = case.open_audit(row.id, row.blob)
    else:
        value = desk.open_audit(row.case_id or desk.desk_id, row.id, row.blob)
    # Whoever writes to the database can box something to the desk: only what is really boxed is believed.
    if not isinstance(value, dict) or (audit_seal.is_packed(row.blob) and value["event"] not in BOXED):
        raise Refused
    return value


@dataclass(frozen=True)
class Verdict:
    """What a check of one desk's audit found.

    Attributes:
        desk_id: whose.
        events: how many rows were walked.
        broken_at: the number of the first event that does not follow; None when all do.
        unsigned: how many of the newest events nobody has signed yet.
        head_ok: whether the signed head is in the record, signed by a member of the desk.
        witnessed_ok: whether the record still holds every head that the desk's chain names.
    """

    desk_id: UUID
    events: int
    broken_at: int | None
    unsigned: int
    head_ok: bool
    witnessed_ok: bool = True

    @property
    def whole(self) -> bool:
        """Whether nothing was taken out, put in or changed up to the signed head."""
        return self.broken_at is None and self.head_ok and self.witnessed_ok

    @property
    def sentence(self) -> str:
        """What to tell the operator."""
        if self.broken_at is not None:
            return f"BROKEN at event {self.broken_at}: it does not follow from the one before"
        if not self.head_ok:
            return f"BROKEN at the end: {self.events} events, but the signed head is not among them"
        if not self.witnessed_ok:
            return (
                f"BROKEN: {self.events} events, but one that the desk's signed chain names is not among them"
            )
        return f"whole, {self.events} events, {self.unsigned} of them not signed yet"


def verify(state: ChainState) -> Verdict:
    """Walk the events of a desk from the first; needs no keys.

    On a database that others write to, the caller reads as of one moment (`casework.db.at_one_moment`),
    and so does whatever loads the chain.

    Args:
        state: the verified chain of the desk, for its members' public keys and the heads it names.
    """
    head = db.session.get(AuditHead, state.desk_id)
    prev, seq, hashes = _START, 0, {0: _START}
    for row in _rows(state.desk_id):
        if row.seq != seq + 1 or row.prev != prev or row.hash != _hash(row):
            return Verdict(state.desk_id, seq, row.seq, 0, head_ok=False)
        prev, seq = row.hash, row.seq
        hashes[seq] = prev
    signed = head.signed_seq if head else 0
    ok = seq == 0 if head is None else head.hash == prev and _signed(state, head, hashes)
    kept = set(hashes.values()).issuperset(state.witnessed)
    return Verdict(state.desk_id, seq, None, seq - signed, head_ok=ok, witnessed_ok=kept)


def _rows(desk_id: UUID) -> Iterator[AuditEvent]:
    query = select(AuditEvent).where(AuditEvent.desk_id == desk_id).order_by(AuditEvent.seq)
    yield from db.session.scalars(query.execution_options(yield_per=500))


def _signed(state: ChainState, head: AuditHead, hashes: dict[int, bytes]) -> bool:
    """Whether the signed head is one of these hashes and its signature is a member's."""
    if head.signer_id is None:
        return head.signed_seq == 0
    if hashes.get(head.signed_seq) != head.signed_hash or head.signature is None:
        return False
    try:
        signature.verify(state.member(head.signer_id).ed, head.signature, _PURPOSE, *_signed_parts(head))
    except Refused:
        return False
    return True
