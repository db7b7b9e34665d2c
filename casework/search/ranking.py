"""Names ranked by how well they fit a searched name, each with the reason that a page shows.

Nothing is decided here: the best are shown for a person to choose from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from casework.search.likeness import INITIAL, SOUND, Likeness, likeness
from casework.search.match import Match, Reason
from casework.search.name_index import NameIndex
from casework.search.parts import Part, parts
from casework.search.ragged import Array
from casework.search.sounds import hear
from casework.search.together import written_together
from casework.search.ways import Way, ways

#: Below this a name is not shown.
LEAST = 0.58
#: How many of the best are looked at closely.
_CLOSELY = 36
#: What of the score says that everything searched was found; the rest, that nothing else was in the name.
_SEARCHED = 0.7
_SEARCHED_IN_ONE_NAME = 0.5
#: Names so common, and titles, that they tell people apart less.
_COMMON = 0.5
_OFTEN = (
    "abd din allah mohammed muhammad md mohd mamadou abu abou umm begum bibi khatun kaur singh kumar devi "
    "sheikh syed ali khan ahmed haile gebre wolde maria nguyen van thi"
)
_COMMON_NAMES = frozenset(sounds for name in _OFTEN.split() for sounds in hear(name)) | {"mhmd", "ahmd"}


def ranked(name: str, index: NameIndex, most: int) -> list[Match]:
    """The names that fit best.

    Args:
        name: what is searched.
        index: in which names.
        most: how many to give.
    """
    searched = parts(name)
    if not searched or not len(index):
        return []
    sought = _sought(searched, index)
    together = written_together(searched, index)
    closer = _closer(sought, index)
    closer[index.form_cards[list(together)]] = True
    found = (_best_form(int(card), sought, index, together) for card in np.flatnonzero(closer))
    best = sorted((m for m in found if m.score >= LEAST), key=lambda m: (-m.score, m.place))[:most]
    told = [_same_letters(m, name, index) for m in best]
    return sorted(told, key=lambda m: (-m.score, m.reason is not Reason.LETTERS))


def _weight(sounds: Iterable[str]) -> float:
    return _COMMON if any(s in _COMMON_NAMES for s in sounds) else 1.0


@dataclass(frozen=True)
class _Sought:
    """A searched name, compared.

    Attributes:
        like: of each part of each way with each entry of the vocabulary.
        weights: how much each part tells.
        ways: how the parts may stand.
    """

    like: Likeness
    weights: Array
    ways: list[Way]


def _sought(searched: Sequence[Part], index: NameIndex) -> _Sought:
    every, found = ways(searched)
    weights = np.array([_weight(part.sounds) for part in every])
    return _Sought(likeness(every, index.vocabulary), weights, found)


def _closer(sought: _Sought, index: NameIndex) -> Array:
    """Which cards deserve a closer look: those with a form whose parts, in any order, fit best."""
    like = sought.like.score
    fitting: Array = np.any(like, axis=0)
    places = np.flatnonzero(fitting[index.parts.flat])
    forms, of = np.unique(index.part_forms[places], return_inverse=True)
    table = np.zeros((len(like), len(forms)))
    for row, fits in zip(table, like[:, index.parts.flat[places]], strict=True):
        np.maximum.at(row, of, fits)
    counts = index.parts.counts[forms]
    rough = np.max([_rough(table[list(w.places)], w, sought.weights, counts) for w in sought.ways], axis=0)
    picked = np.zeros(len(index), bool)
    picked[index.form_cards[forms[_greatest(rough, _CLOSELY)]]] = True
    return picked


def _rough(table: Array, way: Way, weights: Array, counts: Array) -> Array:
    """How well forms fit in one way, at a first look."""
    own = weights[list(way.places)]
    filled = np.minimum(np.count_nonzero(table, axis=0) / counts, 1)
    fit: Array = way.share * (_SEARCHED * (own @ table) / own.sum() + (1 - _SEARCHED) * filled)
    return fit


def _greatest(values: Array, count: int) -> Array:
    """The places of the greatest values."""
    places: Array = np.argpartition(-values, count)[:count] if len(values) > count else np.arange(len(values))
    return places


def _best_form(card: int, sought: _Sought, index: NameIndex, together: dict[int, float]) -> Match:
    """The best form of the name of one card."""
    best = Match(card, 0, Reason.ALIKE)
    for form in index.forms_of.row(card).tolist():
        entries = index.parts.row(form)
        found = [_form(card, entries, sought, way, index) for way in sought.ways] if len(entries) else []
        whole = Match(card, together.get(form, 0), Reason.SOUND)
        best = max([best, *found, whole], key=lambda m: m.score)
    return best


def _form(card: int, entries: Array, sought: _Sought, way: Way, index: NameIndex) -> Match:
    """One form of a name: each searched part takes the best part that is left."""
    rows = list(way.places)
    table = sought.like.score[rows][:, entries].tolist()
    weights = sought.weights[rows].tolist()
    pairs = _pairs(table)
    if not pairs:
        return Match(card, 0, Reason.ALIKE)
    own = [_weight(index.vocabulary.readings_of(entry)) for entry in entries.tolist()]
    searched = sum(weights[q] * table[q][n] for q, n in pairs) / sum(weights)
    covered = sum(own[n] * table[q][n] for q, n in pairs) / sum(own)
    share = _SEARCHED_IN_ONE_NAME if len(own) == 1 else _SEARCHED
    by_alias = any(sought.like.alias[rows[q], entries[n]] for q, n in pairs)
    reason = Reason.ALIAS if by_alias else _reason(pairs, [table[q][n] for q, n in pairs])
    return Match(card, way.share * (share * searched + (1 - share) * covered), reason)


def _pairs(table: list[list[float]]) -> list[tuple[int, int]]:
    """Which searched part goes with which part of the name: the best pair first, each part once."""
    fits = [(-fit, abs(q - n), q, n) for q, row in enumerate(table) for n, fit in enumerate(row) if fit]
    pairs: dict[int, int] = {}
    for _, _, q, n in sorted(fits):
        if q not in pairs and n not in pairs.values():
            pairs[q] = n
    return sorted(pairs.items())


def _reason(pairs: list[tuple[int, int]], fits: list[float]) -> Reason:
    if INITIAL in fits:
        return Reason.INITIALS
    order = [n for _, n in pairs]
    if order != sorted(order):
        return Reason.REVERSED
    return Reason.SOUND if min(fits) >= SOUND else Reason.ALIKE


def _same_letters(match: Match, name: str, index: NameIndex) -> Match:
    """Say so when the very words that were searched stand in the name."""
    if match.reason is not Reason.SOUND:
        return match
    searched = set(name.casefold().split())
    same = any(searched <= set(form.casefold().split()) for form in index.names(match.place))
    return Match(match.place, match.score, Reason.LETTERS) if same else match
