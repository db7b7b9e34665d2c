"""What a desk lets the network's campaign teams know of its signals: a name that a coordinator chose, and no number.

A coordinator can let them know only what the desk tells other desks as "3 or more" (`telling`), so nothing here changes by
one person either: it goes when that band goes, and all of it goes at once when somebody who was counted takes their
agreement back. Each of the teams' people has a box of one size, written every week, be there something in it or not.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from casework.access import desks, policy
from casework.access.actor import Actor
from casework.access.models import Desk
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit import thread
from casework.audit.events import Event
from casework.db import db
from casework.errors import Refused
from casework.respondents import register
from casework.signals import book, thresholds
from casework.signals.models import SignalShared
from casework.vault import ChainState, Role, keeping, pack_for, to_desk
from casework.vault.chain.state import HOLDERS, TEAMMATES

#: The band that may be shared.
MANY = "3+"
_PURPOSE = "shared signal"
_FILL = 5_900
#: Signals that a desk shares at once, at most; and letters of what it says to each.
MOST, LONGEST = 12, 200


@dataclass(frozen=True)
class Shared:
    """A signal that a desk's coordinators let campaign teams know.

    Attributes:
        desk: what the desk is called.
        coordinators: whom to turn to there.
        week: the Monday since when it stands.
        name: of who is answerable.
        kinds: of the list `respondent_kinds`.
        country: ISO 3166-1 alpha-2, or empty.
        words: what the coordinator says to it.
    """

    desk: str
    coordinators: tuple[str, ...]
    week: date
    name: str
    kinds: tuple[str, ...]
    country: str
    words: str


def write(actor: Actor, value: book.Stored) -> None:
    """Write the boxes anew; what the desk does not tell as "3 or more" any more is shared no more.

    Args:
        actor: of the desk, with the network's keys open.
        value: the desk's book, held; it is saved by whoever calls.
    """
    before, bands = value.get("shared") or {}, value["told"].get("bands", {})
    names = {one: words for one, words in before.get("names", {}).items() if bands.get(one) == MANY}
    if before.get("end"):
        # Its id stands in every box that is out: one that is put back is betrayed by it.
        audit.record(actor.desk, Event.SIGNALS_SHOWN, None, UUID(before["end"]))
    end = uuid4()
    value["shared"] = {"names": names, "end": str(end)}
    forget_all(actor.desk.desk_id)
    told = _told(actor, names, end)
    for member_id, one in sorted(actor.network.state.members.items()):
        if one.role in TEAMMATES:
            row = SignalShared(id=uuid4(), desk_id=actor.desk.desk_id, member_id=member_id)
            row.body = _box(actor, row, one.x, told)
            db.session.add(row)
    db.session.flush()


def _told(actor: Actor, names: Mapping[str, str], end: UUID) -> dict[str, Any]:
    everybody = register.listing(actor).by_id if names else {}
    known = [(everybody[UUID(key)], words) for key, words in sorted(names.items()) if UUID(key) in everybody]
    lines = desks.lines_of(actor.desk)
    return {
        "desk": desks.body(actor.desk)[0].get("name", ""),
        "coordinators": [one.name for one in lines if one.role is Role.COORDINATOR and one.name][:4],
        "week": book.this_week().isoformat(),
        "signals": [
            {"name": one.name, "kinds": sorted(one.kinds), "country": one.country, "words": words}
            for one, words in known
        ],
        "end": str(end),
        "by": str(actor.user_id),
    }


def _box(actor: Actor, row: SignalShared, public: bytes, told: dict[str, Any]) -> bytes:
    value = told | {"signed": to_desk.sign(actor.person, _PURPOSE, *_parts(row, told)).hex()}
    size = len(json.dumps(value, ensure_ascii=False).encode())
    return pack_for(
        public, value | {"fill": " " * (_FILL - size)}, _PURPOSE, row.desk_id, row.id, row.member_id
    )


def _parts(row: SignalShared, told: Mapping[str, Any]) -> tuple[UUID | str, ...]:
    kept = {key: one for key, one in told.items() if key not in ("signed", "fill")}
    return row.id, row.desk_id, row.member_id, json.dumps(kept, sort_keys=True)


def forget_all(desk_id: UUID) -> None:
    """Take away what a desk shared, without a key."""
    db.session.execute(delete(SignalShared).where(SignalShared.desk_id == desk_id))


def listing(actor: Actor) -> tuple[list[Shared], int]:
    """What coordinators of the network's desks let campaign teams know, and how much of it is not as it was left.

    Args:
        actor: of a campaign team, or a coordinator, at the network.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.CAMPAIGN_VIEW)
    assert actor.desk_id is not None  # noqa: S101 - the rule gives this to nobody who is at no desk
    state, found, refused = keeping.load(actor.desk_id, actor.person), list[Shared](), 0
    for row in _mine(actor):
        try:
            found += _read(actor, state, row)
        except Refused:
            refused += 1
    return sorted(found, key=lambda one: (one.name.casefold(), one.desk)), refused


def _mine(actor: Actor) -> list[SignalShared]:
    """The boxes of somebody, of this network's desks alone: they may be in the teams of another as well."""
    query = select(SignalShared).join(Desk, Desk.id == SignalShared.desk_id)
    here = (SignalShared.member_id == actor.user_id, Desk.network_id == actor.desk_id)
    return list(db.session.scalars(query.where(*here).order_by(SignalShared.id)))


def _read(actor: Actor, state: ChainState, row: SignalShared) -> list[Shared]:
    value = actor.person.unpack(row.body, _PURPOSE, row.desk_id, row.id, row.member_id)
    if not isinstance(value, dict) or not _from_a_desk(state, row, value):
        raise Refused
    if thread.there([UUID(value["end"])]):
        raise Refused
    week = date.fromisoformat(value["week"])
    if week < book.this_week() - timedelta(weeks=thresholds.across().weeks):
        return []
    return [
        Shared(
            value["desk"],
            tuple(value["coordinators"]),
            week,
            one["name"],
            tuple(one["kinds"]),
            one["country"],
            one["words"],
        )
        for one in value["signals"]
    ]


def _from_a_desk(state: ChainState, row: SignalShared, value: Mapping[str, Any]) -> bool:
    member = state.members.get(UUID(value["by"]))
    if member is None or member.role not in HOLDERS:
        return False
    return to_desk.signed_with(member.ed, bytes.fromhex(value["signed"]), _PURPOSE, *_parts(row, value))
