"""All names of a block of cards, laid out for comparing: cards → forms of the name → parts → vocabulary."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from casework.search.coded import moved
from casework.search.parts import Part, parts
from casework.search.ragged import Array, Ragged
from casework.search.sounds import skeleton
from casework.search.vocabulary import Vocabulary

#: The version of the rules by which names become sounds. Raise it when they change: blocks that were packed
#: under other rules are then read again from the names themselves.
RULES = 2


@dataclass(frozen=True)
class NameIndex:
    """The names of some cards.

    Attributes:
        forms: how many forms of the name each card has; the first is what the person is called.
        text: UTF-8 of each form.
        parts: for each form the entries of the vocabulary that it is made of.
        whole: for each form a checksum of the skeleton of the whole, as if written together.
        vocabulary: the parts.
    """

    forms: Array
    text: Ragged
    parts: Ragged
    whole: Array
    vocabulary: Vocabulary

    @classmethod
    def of(cls, names: Sequence[Sequence[str]]) -> "NameIndex":
        """Lay out names.

        Args:
            names: for each card its forms.
        """
        flat = [form for forms in names for form in forms]
        numbers: dict[tuple[str, bool], int] = {}
        taken = [parts(form) for form in flat]
        rows = [[numbers.setdefault(_entry(p), len(numbers)) for p in some] for some in taken]
        return cls(
            forms=np.array([len(forms) for forms in names], np.int64),
            text=Ragged.of([form.encode() for form in flat], "u1"),
            parts=Ragged.of(rows, "i4"),
            whole=np.array([checksum(some) for some in taken], np.uint32),
            vocabulary=Vocabulary.of(numbers),
        )

    @classmethod
    def join(cls, some: Iterable["NameIndex"]) -> "NameIndex":
        """The names of several blocks, one after another."""
        blocks = list(some)
        before = np.cumsum([0] + [len(b.vocabulary) for b in blocks])
        rows = [
            Ragged(b.parts.counts, moved(b.parts.flat, n))
            for b, n in zip(blocks, before.tolist(), strict=False)
        ]
        return cls(
            forms=np.concatenate([b.forms for b in blocks]),
            text=Ragged.join(b.text for b in blocks),
            parts=Ragged.join(rows),
            whole=np.concatenate([b.whole for b in blocks]),
            vocabulary=Vocabulary.join(b.vocabulary for b in blocks),
        )

    def __len__(self) -> int:
        return len(self.forms)

    @cached_property
    def forms_of(self) -> Ragged:
        """For each card the numbers of its forms."""
        return Ragged(self.forms, np.arange(len(self.whole), dtype=np.int32))

    @cached_property
    def form_cards(self) -> Array:
        """For each form its card."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.forms)

    @cached_property
    def part_forms(self) -> Array:
        """For each part of each form the form."""
        return np.repeat(self.forms_of.flat, self.parts.counts)

    def called(self, cards: Array) -> list[str]:
        """The first form of the name of each of some cards."""
        text = self.text.flat.tobytes()
        first = self.forms_of.starts[cards]
        ends = zip(self.text.starts[first].tolist(), self.text.ends[first].tolist(), strict=True)
        return [text[start:end].decode() for start, end in ends]

    def names(self, card: int) -> list[str]:
        """All forms of the name of one card."""
        return [self.text.row(int(form)).tobytes().decode() for form in self.forms_of.row(card)]

    def take(self, cards: Array) -> "NameIndex":
        """The names of some cards. Nothing of the others stays, not in the vocabulary either."""
        forms = self.forms_of.take(cards).flat
        rows = self.parts.take(forms)
        numbers: dict[tuple[str, bool], int] = {}
        entries = self.vocabulary.entries
        used, flat = np.unique(rows.flat, return_inverse=True)
        kept = np.array([numbers.setdefault(entries[i], len(numbers)) for i in used], np.int32)
        return NameIndex(
            forms=self.forms[cards],
            text=self.text.take(forms),
            parts=Ragged(rows.counts, kept[flat] if len(used) else rows.flat),
            whole=self.whole[forms],
            vocabulary=Vocabulary.of(numbers),
        )


def _entry(part: Part) -> tuple[str, bool]:
    return "/".join(part.sounds), part.abjad


def checksum(some: Sequence[Part]) -> int:
    """What the skeletons of these parts give when written together; 0 for no part or a single consonant.

    It finds Xiaoming under Xiao Ming and Gebre Mariam under Gebremariam. Left out is h, which is heard or
    not by what stands before it.
    """
    together = "".join(skeleton(part.sounds[0]) for part in some).replace("h", "")
    return zlib.crc32(together.encode()) if len(together) > 1 else 0
