"""Finding among cases by whatever somebody remembers: a name in any script, the end of a number, a reference."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from casework.search.match import Match, Reason
from casework.search.name_index import NameIndex
from casework.search.numbers import DOCUMENT, LEAST, PHONE, TAIL, Typed, coded, typed
from casework.search.ragged import Array, Ragged
from casework.search.ranking import ranked

__all__ = ["Findable", "Index", "Match", "Reason", "matches"]

_SAME_END, _SHORT_END = 0.98, 0.9
_ONE_WRONG_LETTER = 0.75
_PIECE_OF_REFERENCE = 0.8
#: What a name counts where a number was typed too and does not fit.
_NAME_ALONE = 0.85


class Findable(Protocol):
    """What can be found: a card, or anything with names and numbers."""

    @property
    def ref(self) -> str:
        """The reference, such as `K7QD-2MXR`."""

    @property
    def called(self) -> str:
        """What the person is called; may be empty."""

    @property
    def variants(self) -> tuple[str, ...]:
        """Other spellings."""

    @property
    def phones(self) -> tuple[str, ...]:
        """The last six digits of telephone numbers."""

    @property
    def documents(self) -> tuple[str, ...]:
        """The last six characters of document numbers."""


@dataclass(frozen=True)
class Index:
    """What is searched, laid out in columns.

    Attributes:
        names: all forms of all names.
        refs: references without their hyphen, eight characters each.
        phones, documents: coded tails of numbers.
    """

    names: NameIndex
    refs: Array
    phones: Ragged
    documents: Ragged

    @classmethod
    def of(cls, things: Sequence[Findable]) -> "Index":
        """Lay out things that can be found."""
        return cls(
            names=NameIndex.of([(thing.called, *thing.variants) for thing in things]),
            refs=np.array([thing.ref.replace("-", "").encode("ascii") for thing in things], "S8"),
            phones=Ragged.of([[coded(t, PHONE) for t in thing.phones] for thing in things], "u4"),
            documents=Ragged.of([[coded(t, DOCUMENT) for t in thing.documents] for thing in things], "u8"),
        )

    @classmethod
    def join(cls, some: Sequence["Index"]) -> "Index":
        """Several, one after another."""
        return cls(
            names=NameIndex.join([index.names for index in some]),
            refs=np.concatenate([index.refs for index in some]),
            phones=Ragged.join(index.phones for index in some),
            documents=Ragged.join(index.documents for index in some),
        )

    def take(self, rows: Array) -> "Index":
        """Some of the things. Nothing of the others stays."""
        return Index(
            self.names.take(rows), self.refs[rows], self.phones.take(rows), self.documents.take(rows)
        )

    def find(self, query: str, most: int) -> list[Match]:
        """What fits a query best, the best first.

        Args:
            query: a name, the end of a number, a reference, or several of them.
            most: how many to give.
        """
        sought = typed(query)
        numbered = {m.place: m for m in self._by_signs(sought)}
        named = {m.place: m for m in ranked(sought.name, self.names, most)}
        found = [_both(numbered.get(place), named.get(place), sought) for place in {*numbered, *named}]
        return sorted(found, key=lambda m: (-m.score, m.reason is not Reason.LETTERS, m.place))[:most]

    def _by_signs(self, sought: Typed) -> list[Match]:
        """By anything but a name; what tells most comes last."""
        return [*self._by_piece(sought), *self._by_number(sought), *self._by_reference(sought)]

    def _by_reference(self, sought: Typed) -> list[Match]:
        if sought.reference is None or not len(self.refs):
            return []
        wanted = np.frombuffer(sought.reference.replace("-", "").encode(), np.uint8)
        letters = np.ascontiguousarray(self.refs).view(np.uint8).reshape(len(self.refs), -1)
        wrong = (letters != wanted).sum(axis=1)
        near = np.flatnonzero(wrong <= 1)
        return [Match(int(i), _ONE_WRONG_LETTER if wrong[i] else 1.0, Reason.REFERENCE) for i in near]

    def _by_piece(self, sought: Typed) -> list[Match]:
        """References that begin or end with what was typed."""
        found = (
            np.char.startswith(self.refs, piece.encode()) | np.char.endswith(self.refs, piece.encode())
            for piece in sought.pieces
            if len(self.refs)
        )
        return [
            Match(int(i), _PIECE_OF_REFERENCE, Reason.REFERENCE) for hit in found for i in np.flatnonzero(hit)
        ]

    def _by_number(self, sought: Typed) -> list[Match]:
        found = [_ends(self.phones, end, PHONE, Reason.PHONE) for end in sought.numbers]
        found += [_ends(self.documents, end, DOCUMENT, Reason.DOCUMENT) for end in sought.numbers]
        found += [_ends(self.documents, end, DOCUMENT, Reason.DOCUMENT) for end in sought.documents]
        found += [_ends(self.documents, mark, DOCUMENT, Reason.ADDRESS) for mark in sought.addresses]
        return [match for some in found for match in some]


def _both(numbered: Match | None, named: Match | None, sought: Typed) -> Match:
    """A number tells more than a name, and both together most."""
    if numbered is None:
        assert named is not None  # noqa: S101 - one of the two was found; this tells the type checker
        alone = sought.numbers or sought.documents or sought.reference or sought.addresses
        return replace(named, score=named.score * _NAME_ALONE) if alone else named
    return replace(numbered, score=1.0) if named else numbered


def _ends(tails: Ragged, end: str, base: int, reason: Reason) -> list[Match]:
    """Which rows have a number that ends so. Six characters must be all of the tail, fewer its end."""
    if len(end) < LEAST:
        return []
    modulus = base ** len(end)
    value = coded(end, base) - modulus
    hit = (tails.flat % modulus == value) & (tails.flat >= modulus)
    score = _SAME_END if len(end) == TAIL else _SHORT_END
    return [Match(int(row), score, reason) for row in np.flatnonzero(tails.where(hit))]


def matches(query: str, candidates: Sequence[Findable], most: int = 25) -> list[Match]:
    """Rank candidates by how well they fit a query.

    Args:
        query: a name in any script, the end of a telephone or document number, a reference, or several.
        candidates: what may be found; `Match.place` is the place in this sequence.
        most: how many to give.
    """
    return Index.of(candidates).find(query, most)
