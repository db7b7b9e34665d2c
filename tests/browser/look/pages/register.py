"""How a page is shown: its template, and a function that makes what it is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Context = Callable[[], dict[str, Any]]


@dataclass(frozen=True)
class Page:
    """A template and what it is given; made anew for every view, inside a request."""

    template: str
    context: Context
    signed_out: bool = False


PAGES: dict[str, Page] = {}


def shows(name: str, template: str, *, signed_out: bool = False) -> Callable[[Context], Context]:
    """Enter a page: the function below makes its context."""

    def enter(context: Context) -> Context:
        PAGES[name] = Page(f"{template}.html", context, signed_out)
        return context

    return enter
