"""Finding those who are answerable by whatever somebody remembers: a misspelt name in any script, the end of a number.

The register is small beside the cases of a desk, so it is laid out anew for each search and kept nowhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from casework.respondents.records import Answerable
from casework.respondents.register import Register
from casework.search.match import Match, Reason
from casework.search.names import Index
from casework.search.numbers import document_tail, phone_tail

#: Likeness from which on two names may be one firm.
_LIKE = 0.86
_SHOWN = 40
_DOUBLES = 4


@dataclass(frozen=True)
class _Findable:
    """An entry laid out as the search takes it; it has no reference."""

    called: str
    variants: tuple[str, ...]
    phones: tuple[str, ...]
    documents: tuple[str, ...]
    ref: str = ""


@dataclass(frozen=True)
class Likely:
    """An entry that a search found.

    Attributes:
        one: the entry.
        score: from 0 to 1.
        reason: why.
    """

    one: Answerable
    score: float
    reason: Reason


def find(everybody: Register, text: str) -> tuple[Likely, ...]:
    """Entries that fit, the likeliest first.

    Args:
        everybody: the register, as it opened for whoever asks.
        text: a name in any script, the end of a telephone or licence number.
    """
    return tuple(_found(everybody.known, text, _SHOWN))


def alike(everybody: Register, names: Iterable[str], besides: Answerable | None = None) -> tuple[Likely, ...]:
    """Entries that may be the one that is called so: to choose from before it is entered twice.

    Args:
        everybody: the register.
        names: what it is called.
        besides: an entry that is not to be shown, nor its doubles.
    """
    own = {one.id for one in everybody.same(besides.id)} if besides else set()
    best: dict[Any, Likely] = {}
    for name in names:
        for likely in _found(everybody.known, name, _SHOWN):
            if likely.score >= _LIKE and likely.one.id not in own:
                now = best.get(likely.one.id)
                best[likely.one.id] = likely if now is None or now.score < likely.score else now
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.one.name)))[:_DOUBLES]


def numbers(one: Answerable) -> tuple[str, ...]:
    """The telephone and licence numbers of an entry, to search by."""
    return (*_phones(one), *_licences(one))


def _found(known: tuple[Answerable, ...], text: str, most: int) -> Iterator[Likely]:
    if not known or not text.strip():
        return
    matches: list[Match] = Index.of([_laid_out(one) for one in known]).find(text, most)
    for match in matches:
        yield Likely(known[match.place], match.score, match.reason)


def _laid_out(one: Answerable) -> _Findable:
    phones = tuple(filter(None, map(phone_tail, _phones(one))))
    documents = tuple(filter(None, map(document_tail, _licences(one))))
    return _Findable(one.name, one.names[1:], phones, documents)


def _phones(one: Answerable) -> Iterator[str]:
    for row in one.answers.get("phones", ()):
        if number := (row.get("phone") or {}).get("digits"):
            yield number


def _licences(one: Answerable) -> Iterator[str]:
    for row in one.answers.get("licences", ()):
        if number := row.get("number"):
            yield number
