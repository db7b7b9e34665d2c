"""The different parts of names in a block of cards, each kept once.

Names repeat: twenty thousand cards hold some ten thousand different parts. Only those are compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from casework.search.ragged import Array
from casework.search.sounds import kin, skeletons

_ENTRY, _READING = b"\n", b"/"
_ENTRY_BYTE = 10


@dataclass(frozen=True)
class Vocabulary:
    r"""Different parts of names.

    Attributes:
        text: entries with `\n` between, the readings of an entry with `/` between.
        abjad: for each entry whether its short vowels are missing.
    """

    text: bytes
    abjad: Array

    @classmethod
    def of(cls, entries: Iterable[tuple[str, bool]]) -> "Vocabulary":
        """A vocabulary of entries: readings joined by `/`, and whether short vowels are missing."""
        some = list(entries)
        return cls("\n".join(text for text, _ in some).encode(), np.array([a for _, a in some], np.uint8))

    @classmethod
    def join(cls, parts: Iterable["Vocabulary"]) -> "Vocabulary":
        """Several, one after another; the entries of the second follow those of the first."""
        some = [part for part in parts if len(part)]
        if not some:
            return cls(b"", np.empty(0, np.uint8))
        return cls(_ENTRY.join(p.text for p in some), np.concatenate([p.abjad for p in some]))

    def __len__(self) -> int:
        return len(self.abjad)

    @cached_property
    def entries(self) -> list[tuple[str, bool]]:
        """Each entry: its readings joined by `/`, and whether short vowels are missing."""
        texts = self.text.decode("ascii").split("\n") if len(self) else []
        return list(zip(texts, self.abjad.astype(bool).tolist(), strict=True))

    @cached_property
    def _flat(self) -> bytes:
        """All readings with line breaks between."""
        return self.text.replace(_READING, _ENTRY)

    @cached_property
    def ends(self) -> Array:
        """Where each reading ends in the text."""
        return _ends(self._flat)

    @cached_property
    def lengths(self) -> Array:
        """How many sounds each reading has."""
        return np.diff(self.ends, prepend=-1) - 1

    @cached_property
    def kin(self) -> list[str]:
        """Each reading with kin consonants as one."""
        return kin(self._flat).decode("ascii").split("\n")

    @cached_property
    def _bones_flat(self) -> bytes:
        return skeletons(self._flat)

    @cached_property
    def bones(self) -> list[str]:
        """The skeleton of each reading."""
        return self._bones_flat.decode("ascii").split("\n") if len(self) else []

    @cached_property
    def measures(self) -> Array:
        """Of each reading, where each entry has one: sounds, consonants, i and u; whether short vowels are missing."""
        if not len(self):
            return np.zeros((4, 0), np.int64)
        bones = np.diff(_ends(self._bones_flat), prepend=-1) - 1
        raw = np.frombuffer(self._flat, np.uint8)
        running = np.append(0, np.cumsum((raw == ord("i")) | (raw == ord("u"))))
        high = running[self.ends] - running[self.ends - self.lengths]
        return np.stack([self.lengths, bones, high, self.abjad])

    @cached_property
    def firsts(self) -> Array:
        """The number of each entry's first reading."""
        separators = np.frombuffer(self.text, np.uint8)[self.ends[:-1]]
        return np.append(0, np.flatnonzero(separators == _ENTRY_BYTE) + 1)

    def some(self, readings: Array) -> "Vocabulary":
        """Some readings as a vocabulary of their own, kin consonants as one."""
        short = np.repeat(self.abjad, np.diff(np.append(self.firsts, len(self.ends))))[readings]
        return Vocabulary("\n".join([self.kin[i] for i in readings.tolist()]).encode(), short)

    def readings_of(self, entry: int) -> list[str]:
        """The readings of one entry."""
        first = self.firsts[entry]
        last = self.firsts[entry + 1] if entry + 1 < len(self.firsts) else len(self.ends)
        start = self.ends[first - 1] + 1 if first else 0
        return self._flat[start : self.ends[last - 1]].decode("ascii").split("\n")

    def beginning(self, sounds: str) -> Array:
        """The numbers of the readings that begin so."""
        return self._at([_ENTRY + sounds.encode()])

    def exactly(self, *some: str) -> Array:
        """The numbers of the readings that are any of these sounds."""
        return self._at([_ENTRY + sounds.encode() + _ENTRY for sounds in some])

    @cached_property
    def _framed(self) -> bytes:
        return _ENTRY + self._flat + _ENTRY

    def _at(self, needles: Iterable[bytes]) -> Array:
        """The readings at whose beginning one of some needles stands, each led by a line break."""
        places = []
        for needle in needles:
            place = self._framed.find(needle)
            while place >= 0:
                places.append(place)
                place = self._framed.find(needle, place + 1)
        return np.searchsorted(self.ends, np.array(places, np.int64))


def _ends(flat: bytes) -> Array:
    breaks = np.flatnonzero(np.frombuffer(flat, np.uint8) == _ENTRY_BYTE)
    return np.append(breaks, len(flat))
