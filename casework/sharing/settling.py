"""The rest of what follows when grants end: cases sealed anew in slices, by any member, resumed where it stopped."""

from dataclasses import dataclass

from sqlalchemy import select

from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases import changing, opening
from casework.cases.models import Case
from casework.db import db
from casework.errors import Refused
from casework.sharing import ending
from casework.vault import keeping
from casework.vault.models import Grant

#: Rows that one slice takes; well below a second.
SLICE = 300


@dataclass(frozen=True)
class Left:
    """What is left to do.

    Attributes:
        cases: how many of them wait that this member can open.
        others: how many wait that only named people open.
    """

    cases: int
    others: int


def left(actor: Actor) -> Left:
    """How many cases are still under a key that an ended grant reaches.

    Raises:
        Denied: not for this person.
    """
    waiting, hidden = _refs(actor)
    return Left(len(waiting), hidden)


def _refs(actor: Actor) -> tuple[list[str], int]:
    policy.require(actor, Action.KEYS_RENEW)
    rows = (
        select(Case.id, Case.ref)
        .join(Grant, Grant.case_id == Case.id)
        .where(Grant.desk_id == actor.desk_id, Grant.state.in_(ending.UNSETTLED))
        .distinct()
        .order_by(Case.id)
    )
    found = db.session.execute(rows).all()
    if not found:
        return [], 0
    closed = keeping.restricted_cases(actor.desk)[1]
    mine = [row.ref for row in found if row.id not in closed]
    return mine, len(found) - len(mine)


def go_on(actor: Actor) -> Left:
    """One slice: rows of the next case, or of several small ones. Whoever presses again goes on.

    Raises:
        Denied: not for this person.
        Conflict: somebody else changed the keys at this moment.
    """
    refs, _ = _refs(actor)
    keeping.hold_chain(actor.desk.desk_id)
    done = 0
    for ref in refs:
        if done >= SLICE:
            break
        done += _one(actor, ref, SLICE - done)
    return left(actor)


def _one(actor: Actor, ref: str, most: int) -> int:
    try:
        case = opening.hold_for_upkeep(actor, ref)
    except Refused:
        return 0
    changing.prepare(case)
    done = ending.settle(case, most)
    changing.keep(case)
    return done
