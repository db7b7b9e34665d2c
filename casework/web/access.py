"""How a route declares who may come in. A route that declares nothing answers 403."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from flask_babel import LazyString

from casework.access.policy import Action

V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True)
class Declared:
    """What a route declares.

    Attributes:
        signed_in: whether somebody must be signed in.
        action: what they must be allowed to do at the desk that the address names.
        writes: whether opening the page writes (an audited view does); forms always do.
        network: whether the page needs the keys of the network.
        reads_first: whether a form begins by reading only, and writes after `guard.begin_to_write`:
            where a passphrase is tried, half a second of work must not keep every writer waiting.
        draft: what the form of this route is called among its sender's drafts; None where nothing is kept.
        takes_file: whether its form brings a file; other forms are too short for one.
    """

    signed_in: bool
    action: Action | None = None
    writes: bool = False
    network: bool = False
    reads_first: bool = False
    draft: LazyString | None = None
    takes_file: bool = False


def public(view: V) -> V:
    """Anybody may come: sign-in, one-time links, health, language."""
    view.access = Declared(signed_in=False)  # type: ignore[attr-defined] # read by the guard and by a test of the URL map
    return view


def signed_in(view: V) -> V:
    """Anybody who is signed in, at no desk: their own account, the choice of a desk."""
    view.access = Declared(signed_in=True)  # type: ignore[attr-defined] # as above
    return view


def needs(action: Action, *, writes: bool = False, network: bool = False) -> Callable[[V], V]:
    """Somebody who may do this at the desk that the address names.

    Args:
        action: of `access.policy`.
        writes: whether a plain GET writes as well, because the view is audited.
        network: whether the page needs the keys of the network.
    """

    def declare(view: V) -> V:
        view.access = Declared(True, action, writes, network)  # type: ignore[attr-defined] # as above
        return view

    return declare


def reads_first(view: V) -> V:
    """Put above the declaration of a form that works long before it writes; see `Declared.reads_first`."""
    view.access = replace(view.access, reads_first=True)  # type: ignore[attr-defined] # as above
    return view


def drafted(words: LazyString) -> Callable[[V], V]:
    """Put above the declaration of a form whose pauses are kept for its sender (`web.drafting`).

    The page with this form stands at the same address, and its template uses `pieces/drafts.html`.

    Args:
        words: what the form is called among somebody's drafts; it names nobody.
    """

    def declare(view: V) -> V:
        view.access = replace(view.access, draft=words)  # type: ignore[attr-defined] # as above
        return view

    return declare


def takes_file(view: V) -> V:
    """Put above the declaration of a form that brings a file. It begins by reading: a file comes slowly."""
    view.access = replace(view.access, reads_first=True, takes_file=True)  # type: ignore[attr-defined] # as above
    return view
