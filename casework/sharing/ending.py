"""A grant ends: by hand, with the person's agreement, by its day, with the ally; and the case gets a key they never had.

What an ally read they may have kept. What is written after the end is under a key that no grant of theirs
reaches: the first change of the case draws it, before anything new is sealed (construction §7).
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from casework import clock
from casework.access.actor import Actor
from casework.access.leaving import Hindrance
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import resealing
from casework.cases.changing import changing
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Invalid
from casework.sharing import grants, terms
from casework.vault import keeping
from casework.vault.grant import GRANTABLE
from casework.vault.keeping import cutting, granting
from casework.vault.models import Grant

#: Rows that are sealed anew at once with what ended; the rest follows in slices.
AT_ONCE = 300
REVOKED, WITHDRAWN = "revoked", "withdrawn"
_GOING = (granting.LIVE, granting.WAITING)
#: Between the end of a grant and the last row under the new key.
UNSETTLED = (granting.DUE, granting.RESEALING)


def revoke(actor: Actor, ref: str, grant_id: UUID) -> None:
    """Anybody of the desk ends a grant; also on a closed case.

    Raises:
        Invalid: it has ended already.
        NotFound, Denied: not for this person.
    """
    with changing(actor, ref, Action.GRANT_END, also_closed=True) as case:
        keeping.hold_chain(actor.desk.desk_id)
        row, given = grants.one(case, grant_id)
        if row.state not in _GOING:
            raise Invalid("This has ended already.")
        _end(case, [(row, given)], REVOKED)


def follow_consents(case: OpenCase) -> None:
    """End every grant whose agreement does not hold any more; called after each answer that is written down."""
    gone = [(row, given) for row, given in _going(case) if terms.agreed(case, given["name"]) is None]
    if gone:
        _end(case, gone, WITHDRAWN)


def _going(case: OpenCase) -> list[tuple[Grant, dict[str, Any]]]:
    query = select(Grant.id).where(Grant.case_id == case.id, Grant.state.in_(_GOING)).limit(1)
    if db.session.scalar(query) is None:
        return []
    return [(row, given) for row, given in grants.rows_of(case) if row.state in _GOING]


def _end(case: OpenCase, some: list[tuple[Grant, dict[str, Any]]], why: str) -> None:
    for row, given in some:
        row.state, row.box = granting.DUE, None
        grants.put(case, row, given | {"ended": {"at": clock.now().isoformat(), "why": why}})
    db.session.flush()
    renew(case)
    for row, _ in some:
        audit.record(case.actor.desk, Event.GRANT_ENDED, case=case.keys, grant=str(row.id), why=why)
    settle(case, AT_ONCE)


def before_change(case: OpenCase) -> None:
    """Nothing new is sealed under a key that an ended grant reaches; `app.py` joins this to every change."""
    due = select(Grant.id).where(Grant.case_id == case.id, Grant.state == granting.DUE)
    if db.session.scalar(due.limit(1)) is not None:
        keeping.hold_chain(case.desk_id)
        renew(case)
        settle(case, AT_ONCE)


def renew(case: OpenCase) -> None:
    """Draw the new key; what is under the old ones waits to be sealed anew."""
    case.keys = cutting.cut(case.actor.desk, case.keys)
    due = update(Grant).where(Grant.case_id == case.id, Grant.state == granting.DUE)
    db.session.execute(
        due.values(state=granting.RESEALING), execution_options={"synchronize_session": "fetch"}
    )


def settle(case: OpenCase, most: int) -> int:
    """Seal rows of a case anew, and when none is left, say so in the chain: an older one opens for nobody then.

    Args:
        case: held for a change.
        most: how many rows now.

    Returns:
        How many rows were sealed anew.
    """
    done = resealing.reseal(case, most)
    if done < most:
        # What is still older does not open; its section gets no floor, so that it may be put right.
        stuck = resealing.left(case)
        whole = [one for one in GRANTABLE if case.keys.tag(one) not in stuck]
        cutting.floor(case.actor.desk, case.keys, whole)
        ended = update(Grant).where(Grant.case_id == case.id, Grant.state == granting.RESEALING)
        db.session.execute(
            ended.values(state=granting.ENDED), execution_options={"synchronize_session": "fetch"}
        )
        audit.record(
            case.actor.desk, Event.GRANT_SETTLED, case=case.keys, generation=str(case.keys.generation)
        )
    return done


def expire() -> int:
    """Take away what has run out; a job without keys does this every ten minutes.

    Returns:
        How many grants ended.
    """
    today: date = clock.today()
    return granting.expire(today)


def leaves(actor: Actor, user_id: UUID) -> None:
    """Somebody left the desk; if they were an ally, all that they were given ends."""
    if actor.desk_id is not None:
        granting.drop(actor.desk_id, user_id)


def hinders_nobody(_actor: Actor, _user_id: UUID) -> list[Hindrance]:
    """An ally has nothing to hand over."""
    return []


def comes_back(actor: Actor, old: UUID, _new: UUID) -> None:
    """An ally lost their keys: what was boxed to the old ones ends, and is given anew."""
    leaves(actor, old)
