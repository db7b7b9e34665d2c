"""Walks through pages by their links, in a chosen language."""

import re
from urllib.parse import urlsplit

from casework.cases import kinds
from tests.web.spoken import links
from tests.web.visitor import Visitor, how_it_ended

#: More pages than there are; a walk that reaches this many goes in circles.
_MOST = 400

#: Rules of time, and dates that are counted by them, are many and alike.
_COUNTED = re.compile(r"/(rules|dates|services)/[0-9a-f-]{16,}|/(paper-words)/[a-z_]+/[a-z]{2,3}")

#: Pages of a case that are alike in every kind; its sections are not.
_ALIKE = re.compile(r"/cases/[A-Z0-9]{4}-[A-Z0-9]{4}/(?!part/)")


def speak(visitor: Visitor, language: str, page: str = "/account/") -> None:
    """Choose a language as people do: with the menu of a page."""
    visitor.get(page)
    assert visitor.post("/language", {"language": language}).status_code == 302


def reached(visitor: Visitor, starts: list[str], leaving: re.Pattern[str] | None = None) -> list[str]:
    """Addresses of the pages that links lead to; of pages that are alike in every case, one.

    Args:
        visitor: who walks.
        starts: where the walk begins.
        leaving: addresses that it does not go to.
    """
    waiting, seen = list(starts), {}
    while waiting and len(seen) < _MOST:
        path = waiting.pop(0)
        shape = _COUNTED.sub(r"/\1/…", _ALIKE.sub("/cases/…/", path))
        if shape in seen or (leaving and leaving.search(path)):
            continue
        answer = visitor.get(path)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            seen[shape] = path
            waiting += [
                urlsplit(link).path
                for link in links(visitor.last)
                if link.startswith("/") and link != "/exit"
            ]
    assert len(seen) < _MOST
    return list(seen.values())


def a_case_of_each_kind(visitor: Visitor) -> list[str]:
    """Their pages; and that of one more, which is closed."""
    paths = [_logged(visitor, kind.key) for kind in kinds.all()]
    closed = _logged(visitor, "wage_theft")
    visitor.get(f"{closed}/close")
    visitor.post(f"{closed}/close", how_it_ended())
    return [*paths, closed]


def _logged(visitor: Visitor, kind: str) -> str:
    return urlsplit(visitor.log(kind=kind, called=f"Sita {kind}").location).path
