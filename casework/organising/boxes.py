"""What lies for an organiser: a box to their key alone, signed at a desk, that names no desk and no case.

Once the organiser is done with it the row stays, emptied, until its day: so the desk can tell one who met somebody from
one who gave it back, and a box that nobody read in time from both.
"""

import json
from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from casework import clock
from casework.access.actor import Actor
from casework.db import db
from casework.organising.models import Introduction
from casework.organising.spans import spans
from casework.vault import pack_for, to_desk

#: What is signed, and for what the box is.
BOX = "introduction"
_FILL = 1_600


def put(actor: Actor, row: Introduction, public: bytes, value: dict[str, str]) -> None:
    """Box something for an organiser.

    Args:
        actor: who passes it on, and signs.
        row: a new one, all but its body.
        public: the organiser's key, out of the network's chain.
        value: what they are to know.
    """
    row.body = boxed(actor, public, row, value)
    db.session.add(row)


def boxed(actor: Actor, public: bytes, row: Introduction, value: dict[str, str]) -> bytes:
    """The box itself; all of them are of one size."""
    value = value | {"signed": to_desk.sign(actor.person, BOX, *signed(row, value)).hex()}
    size = len(json.dumps(value, ensure_ascii=False).encode())
    return pack_for(public, value | {"fill": " " * (_FILL - size)}, BOX, row.desk_id, row.id, row.to_id)


def signed(row: Introduction, value: dict[str, Any]) -> tuple[UUID | str, ...]:
    """What the one who passed it on signs: with it, a box that somebody else packed is none."""
    told = {key: one for key, one in value.items() if key not in ("signed", "fill")}
    return row.id, row.desk_id, row.to_id, json.dumps(told, sort_keys=True)


def find(row_id: UUID) -> tuple[UUID, date | None] | None:
    """For whom a box lies and on which day it was read; None where it was given back, is over, or was destroyed."""
    query = select(Introduction.to_id, Introduction.opened_on).where(Introduction.id == row_id)
    found = db.session.execute(query.where(Introduction.ends_on >= clock.today())).first()
    return (found.to_id, found.opened_on) if found else None


def destroy(row_id: UUID) -> None:
    """Nobody read it: it is gone. Somebody did: they are told for a while that it was taken back."""
    unread = Introduction.opened_on.is_(None)
    if db.session.execute(
        delete(Introduction).where(Introduction.id == row_id, unread).returning(Introduction.id)
    ).all():
        return
    last = clock.today() + spans().told_back
    db.session.execute(
        update(Introduction)
        .where(Introduction.id == row_id, Introduction.ends_on > last)
        .values(ends_on=last)
    )


def expire() -> Counter[UUID]:
    """Destroy what was passed to an organiser and is over; a job without keys does this, by a clock that did not jump.

    Returns:
        How many, at which network.
    """
    late = delete(Introduction).where(Introduction.ends_on < clock.today()).returning(Introduction.desk_id)
    return Counter(db.session.scalars(late))
