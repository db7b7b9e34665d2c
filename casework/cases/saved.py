"""What happens elsewhere when a case was saved or lost its names. `app.py` hands the functions in.

Imports go downward, so the search room, which stands above, is told this way.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from casework.access.actor import Actor
from casework.cases import opening
from casework.cases.opening import OpenCase

AfterSave = Callable[[Actor, OpenCase], None]
OnErase = Callable[[UUID, Actor | None], None]
BeforeErasing = Callable[[OpenCase], None]

_before_statement: list[Callable[[OpenCase], None]] = []
_after_save: list[AfterSave] = []
_on_erase: list[OnErase] = []
_before_erasing: list[BeforeErasing] = []
_waiting: ContextVar[dict[UUID, tuple[Actor, str]] | None] = ContextVar("casework_saved", default=None)


def before_statement(tell: Callable[[OpenCase], None]) -> None:
    """Have a function bring up to date, at the end of every change, what follows from a case and belongs to it.

    Args:
        tell: is given the case, still held; what it writes is in the statement of this save.
    """
    if tell not in _before_statement:
        _before_statement.append(tell)


def bring_up_to_date(case: OpenCase) -> None:
    """Let what follows from a case follow, before it is stated."""
    for tell in _before_statement:
        tell(case)


def after_save(tell: AfterSave) -> None:
    """Have a function called once at the end of every change of a case, in its transaction.

    Args:
        tell: is given who changed it and the case, still open. A restricted case is told too:
            `case.keys.restricted` says so.
    """
    if tell not in _after_save:
        _after_save.append(tell)


def on_erase(tell: OnErase) -> None:
    """Have a function called when what identifies a person is taken away, perhaps by a job without keys.

    Args:
        tell: is given the id of the case, and who does it; None where a job does, without keys.
    """
    if tell not in _on_erase:
        _on_erase.append(tell)


def before_erasing(tell: BeforeErasing) -> None:
    """Have a function called when somebody with keys erases a case, while it is still open.

    Args:
        tell: is given the case; takes away what names it and needs keys for that.
    """
    if tell not in _before_erasing:
        _before_erasing.append(tell)


def announce_erasing(case: OpenCase) -> None:
    """A case is about to be erased by whoever has it open."""
    for tell in _before_erasing:
        tell(case)


def announce(case: OpenCase) -> None:
    """A case was changed; long work that holds announcements back hears of it once, at its end."""
    waiting = _waiting.get()
    if waiting is None:
        _tell(case.actor, case)
    else:
        waiting[case.id] = (case.actor, case.row.ref)


def _tell(actor: Actor, case: OpenCase) -> None:
    for tell in _after_save:
        tell(actor, case)


@contextmanager
def told_once() -> Iterator[None]:
    """Announce every case that changes meanwhile once, at the end, and not at all when the work goes wrong.

    For long work in one transaction (a demo, an import): what follows a save costs more than the save.
    """
    token = _waiting.set({})
    try:
        yield
        changed = _waiting.get() or {}
    finally:
        _waiting.reset(token)
    for actor, ref in changed.values():
        _tell(actor, opening.for_upkeep(actor, ref))


def announce_erased(case_id: UUID, actor: Actor | None = None) -> None:
    """A case has lost what identified its person.

    Args:
        case_id: the case.
        actor: who took it away, with keys of its desk; None for a job, which has none.
    """
    for tell in _on_erase:
        tell(case_id, actor)
