"""Names that are written together on one side and apart on the other: Xiaoming and Xiao Ming."""

from collections.abc import Sequence

import numpy as np

from casework.search.likeness import likeness
from casework.search.name_index import NameIndex, checksum
from casework.search.parts import Part
from casework.search.ragged import Array
from casework.search.sounds import settle
from casework.search.vocabulary import Vocabulary
from casework.search.ways import TOGETHER


def written_together(searched: Sequence[Part], index: NameIndex) -> dict[int, float]:
    """Forms with the skeleton of all searched parts that come apart into more or fewer, and how like they are."""
    orders = (searched, [*searched[1:], *searched[:1]], [*searched[-1:], *searched[:-1]])
    sums = {total for order in orders if (total := checksum(order))}
    same = [index.whole == total for total in sums]
    if not same:
        return {}
    forms = np.flatnonzero(np.logical_or.reduce(same) & (index.parts.counts != len(searched)))
    if not len(forms):
        return {}
    abjad = any(part.abjad for part in searched)
    wholes = [Part((settle("".join(p.sounds[0] for p in order)),), abjad, "") for order in orders]
    like = likeness(wholes, _wholes(forms, index)).score.max(axis=0)
    return {int(form): TOGETHER * float(score) for form, score in zip(forms, like, strict=True)}


def _wholes(forms: Array, index: NameIndex) -> Vocabulary:
    """Some forms of names as if they were written together."""
    entries = [[index.vocabulary.entries[i] for i in index.parts.row(int(form))] for form in forms]
    return Vocabulary.of(
        (settle("".join(text.split("/")[0] for text, _ in some)), any(abjad for _, abjad in some))
        for some in entries
    )
