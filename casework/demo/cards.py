"""Cards of many cases at once: each is made when the play is over, not at each of a thousand saves."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from casework.access.actor import Actor
from casework.cases import opening, saved
from casework.cases.opening import OpenCase


@contextmanager
def made_at_the_end() -> Iterator[None]:
    """Have whoever follows the saves of cases told once of each case, at the end, and not when it goes wrong.

    Writing a card costs more than the save that it follows; nobody looks at a list before the play is over.
    """
    followers, changed = list(saved._after_save), dict[UUID, tuple[Actor, str]]()  # noqa: SLF001 - rooms only add to it; a play of thousands of saves is the one that waits

    def remember(actor: Actor, case: OpenCase) -> None:
        changed[case.id] = (actor, case.row.ref)

    saved._after_save[:] = [remember]  # noqa: SLF001 - as above
    try:
        yield
    finally:
        saved._after_save[:] = followers  # noqa: SLF001 - as above
    for actor, ref in changed.values():
        case = opening.load(actor, ref)
        for tell in followers:
            tell(actor, case)
