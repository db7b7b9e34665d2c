"""The ways in which the parts of a searched name may stand: as typed, or two neighbours written together.

`Wei Jie` is typed where a card says 伟杰, `Nur Hasanah` where it says Nurhasanah, beside other parts that
fit as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.search.parts import Part
from casework.search.sounds import settle

#: Written together here and apart there is nearly the same.
TOGETHER = 0.95
#: A name of more parts is cut in one way only.
_MOST_PARTS = 5


@dataclass(frozen=True)
class Way:
    """One way to cut a name.

    Attributes:
        places: of its parts, in the order typed, among all parts of all ways.
        share: what a match in this way counts.
    """

    places: tuple[int, ...]
    share: float = 1.0


def ways(searched: Sequence[Part]) -> tuple[list[Part], list[Way]]:
    """Every part of every way, and the ways; the first is as typed.

    Args:
        searched: the parts as typed.
    """
    count = len(searched)
    typed = tuple(range(count))
    if not 1 < count <= _MOST_PARTS:
        return list(searched), [Way(typed)]
    joined = {i: _join(*searched[i : i + 2]) for i in range(count - 1) if _joins(*searched[i : i + 2])}
    found = [Way((*typed[:i], count + number, *typed[i + 2 :]), TOGETHER) for number, i in enumerate(joined)]
    return [*searched, *joined.values()], [Way(typed), *found]


def _joins(first: Part, second: Part) -> bool:
    return not first.is_initial and not second.is_initial


def _join(first: Part, second: Part) -> Part:
    sounds = dict.fromkeys(settle(a + b) for a in first.sounds[:2] for b in second.sounds[:2])
    return Part(tuple(sounds), first.abjad or second.abjad, first.letters + second.letters)
