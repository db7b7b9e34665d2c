"""Holding all cases of one person before anything is written, always in the same order.

What the person wants of one case they want of all that are joined. Each of those has to be held, and whoever acts
on another of them holds the same: taken one after the other, each as it comes up, two people would wait for
each other for ever. So all are taken at once, in the order of their ids, before the desk's record is.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases import joined, opening
from casework.cases.changing import changing
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Conflict

Refs = frozenset[str]


@contextmanager
def changing_all(actor: Actor, ref: str, action: Action, *, also_closed: bool = False) -> Iterator[OpenCase]:
    """Change a case, with every other one of this person held, for `joined.each` to go through.

    Args:
        actor: who changes it.
        ref: its reference.
        action: what for.
        also_closed: whether this may be done to a closed case.

    Raises:
        As `changing`.
        Conflict: cases were joined at this very moment.
    """
    held = take(actor, action, ref)
    with changing(actor, ref, action, also_closed=also_closed) as case:
        check(case, held)
        yield case


def take(actor: Actor, action: Action, *refs: str) -> Refs:
    """Hold cases and all that are joined with them; nothing was written yet in this transaction.

    Args:
        actor: who will change them.
        action: what for.
        refs: as they stand in addresses.

    Returns:
        The references of all that are held.

    Raises:
        NotFound, Denied, Refused: as for opening them.
    """
    policy.require(actor, action)
    cases = [opening.for_upkeep(actor, ref) for ref in refs]
    found = frozenset(ref for case in cases for ref in (case.row.ref, *joined.refs(case)))
    # Rows may still point to the cases meanwhile, as when a single one is held.
    query = select(Case.id).where(Case.ref.in_(found)).order_by(Case.id).with_for_update(key_share=True)
    db.session.execute(policy.visible(actor, query, Case.desk_id, action)).all()
    return found


def check(case: OpenCase, held: Refs) -> None:
    """Go on only if no other case was joined with it between looking and holding.

    Raises:
        Conflict: one was; whoever sends it again finds it held with the others.
    """
    if not held.issuperset(joined.refs(case)):
        raise Conflict
