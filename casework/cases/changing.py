"""The one way to change a case: hold it, check that it is open, act, say so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm.exc import StaleDataError

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import apart, opening, saved, stating
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Conflict, Invalid

#: The status in which a case is only read.
CLOSED = "closed"


Prepare = Callable[[OpenCase], None]
_first: list[Prepare] = []


def first(ready: Prepare) -> None:
    """Have a function called before every change of a case: what must be so before anything new is sealed.

    Args:
        ready: is given the case, held; nothing was recorded yet, so it may sign for the desk's chain.
    """
    if ready not in _first:
        _first.append(ready)


def prepare(case: OpenCase) -> None:
    """Make a held case ready for something new; whoever writes without `changing` calls it, before anything is recorded."""
    for ready in _first:
        ready(case)


class Differing(Conflict):
    """Somebody else changed the same thing meanwhile: the page shows both side by side.

    Args:
        theirs: what is stored now.
        mine: what was sent.
        base: what the sender had seen: a revision, a status, a pair of workers.
    """

    def __init__(self, theirs: Any, mine: Any, base: Any) -> None:
        super().__init__("somebody else changed this meanwhile")
        self.theirs = theirs
        self.mine = mine
        self.base = base


@contextmanager
def changing(actor: Actor, ref: str, action: Action, *, also_closed: bool = False) -> Iterator[OpenCase]:
    """Change a case. At the end, and only when all went well, the others are told once.

    Args:
        actor: who changes it.
        ref: its reference.
        action: what for.
        also_closed: whether this may be done to a closed case.

    Raises:
        NotFound, Denied: not for this person.
        Invalid: the case is closed.
        Conflict: somebody else was faster.
    """
    case = opening.hold(actor, ref, action)
    if case.row.status == CLOSED and not also_closed:
        raise Invalid("This case is closed. Reopen it before you change it.")
    prepare(case)
    try:
        yield case
        finish(case)
    except StaleDataError:
        raise Conflict from None


@contextmanager
def following(actor: Actor, ref: str) -> Iterator[OpenCase]:
    """Write what follows from a case and is no change of it. At the end, and only when all went well, it is stated.

    Args:
        actor: whose request it is; the caller asked the policy.
        ref: of the case, closed or not.

    Raises:
        NotFound, Denied, Refused: as for opening it.
        Conflict: somebody else was faster.
    """
    case = opening.hold_for_upkeep(actor, ref)
    prepare(case)
    try:
        yield case
        keep(case)
    except StaleDataError:
        raise Conflict from None


def finish(case: OpenCase) -> None:
    """Write everything, state it, and tell the others, once."""
    case.row.changed_on = clock.today()
    keep(case)


def keep(case: OpenCase) -> None:
    """The same for what follows from a case and is no change of it."""
    saved.bring_up_to_date(case)
    apart.begin(case)
    if not case.keys.statement.said:
        audit.record(case.actor.desk, Event.CASE_KEPT, case=case.keys)
    stating.keep(case.keys, case.row)
    db.session.flush()
    saved.announce(case)
