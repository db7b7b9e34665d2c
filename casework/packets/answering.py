"""What goes back to the desk that referred: that it was opened, accepted or declined, and what came of it.

Each answer replaces the one before and says all of it, boxed to the desk that referred and signed by whoever
answered. Between installations nothing goes back by itself: people speak to each other.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from casework import clock
from casework.access.actor import Actor
from casework.db import db
from casework.errors import Refused
from casework.packets import partners
from casework.packets.models import Arrival
from casework.vault import to_desk
from casework.vault.catalogue import field
from casework.vault.chain import HOLDERS
from casework.vault.desk import DeskKeys

REPLY = field("arrival.reply")
_PURPOSE = "packet reply"
#: What an answer says of what is kept at the other desk.
_SAID = ("opened", "reason", "at", "ref", "feedback")
_FILL = 3_800


@dataclass(frozen=True)
class Feedback:
    """What came of it.

    Attributes:
        outcome: of the list `referral_outcomes`.
        note: in words.
        at: when it was written.
    """

    outcome: str
    note: str
    at: datetime


@dataclass(frozen=True)
class Answer:
    """What the other desk answered.

    Attributes:
        state: `waiting`, `accepted` or `declined`.
        opened: when somebody there first opened it.
        at: when it was accepted or declined.
        reason: why it was declined.
        ref: of the case there; empty where it is closed to all but named people.
        feedback: what came of it, the oldest first.
        number: how many answers came before this one, and this one.
    """

    state: str
    opened: datetime | None
    at: datetime | None
    reason: str
    ref: str
    feedback: tuple[Feedback, ...]
    number: int


def send(desk: DeskKeys, row: Arrival, kept: Mapping[str, Any], *, news: bool = True) -> None:
    """Answer the desk that referred, where it is in this installation and its card was compared.

    Args:
        desk: who answers.
        row: of the packet.
        kept: what is written down of it here.
        news: whether the other desk is to be told of it on Today; that it was opened is none.
    """
    partner = partners.of_desk(desk, row.from_id)
    if partner is None or not partner.compared or partner.chain is None:
        return
    row.answers += news
    said = {name: kept.get(name) for name in _SAID} | {"state": row.state, "number": row.answers}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    signed = to_desk.sign(desk.person, _PURPOSE, row.id, row.from_id, text)
    value = {"said": text, "by": str(desk.person.user_id), "signature": signed.hex()}
    fill = " " * (_FILL - len(text.encode()))
    row.reply = to_desk.pack(partner.chain, REPLY, row.id, value | {"fill": fill})
    db.session.flush()


def of_packet(actor: Actor, packet_id: UUID, to_id: UUID) -> Answer | None:
    """What was answered to a packet of this desk; None where nothing was, or it does not open.

    Args:
        actor: of the desk that referred.
        packet_id: of the packet.
        to_id: the desk that it went to.
    """
    row = db.session.get(Arrival, packet_id, populate_existing=True)
    if row is None or row.desk_id != to_id or row.from_id != actor.desk_id or row.reply is None:
        return None
    try:
        return _opened(actor.desk, row)
    except (Refused, ValueError, LookupError, TypeError):
        return None


def _opened(desk: DeskKeys, row: Arrival) -> Answer:
    value = to_desk.unpack(desk, REPLY, row.id, row.reply)
    partner = partners.of_desk(desk, row.desk_id)
    if not isinstance(value, dict) or partner is None or not partner.compared or partner.chain is None:
        raise Refused
    text, by = value["said"], UUID(value["by"])
    member = partner.chain.member(by)
    parts = (row.id, row.from_id, text)
    if member.role not in HOLDERS or not to_desk.signed_with(
        member.ed, bytes.fromhex(value["signature"]), _PURPOSE, *parts
    ):
        raise Refused
    return _answer(json.loads(text))


def _answer(said: dict[str, Any]) -> Answer:
    opened, at = said["opened"], said["at"]
    return Answer(
        state=said["state"],
        opened=datetime.fromisoformat(opened) if opened else None,
        at=datetime.fromisoformat(at) if at else None,
        reason=said["reason"] or "",
        ref=said["ref"] or "",
        feedback=tuple(feedback_of(said["feedback"] or [])),
        number=int(said["number"]),
    )


def feedback_of(listed: list[dict[str, str]]) -> list[Feedback]:
    """What came of it, as it was written down."""
    return [Feedback(one["outcome"], one["note"], datetime.fromisoformat(one["at"])) for one in listed]


def written(outcome: str, note: str) -> dict[str, str]:
    """What came of it, to be written down now."""
    return {"outcome": outcome, "note": note, "at": clock.now().isoformat()}
