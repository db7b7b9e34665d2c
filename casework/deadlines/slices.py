"""Looking at many cases again after rules changed: slice by slice, so that somebody can watch and stop."""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.deadlines.clock import Clock
from casework.deadlines.evaluate import NO_MARKS, clocks_of
from casework.deadlines.facts import Facts
from casework.deadlines.leading import Mark
from casework.deadlines.rules import Rules


@dataclass(frozen=True, slots=True)
class Case:
    """What the clocks of one case need.

    Attributes:
        key: by which the caller knows it; nothing here looks at it.
        kinds: of the case, the main one and the others.
        facts: what happened.
    """

    key: Hashable
    kinds: tuple[str, ...]
    facts: Facts


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the work that is done.

    Attributes:
        clocks: of each case of this slice, by its key.
        done: cases so far, with those of this slice.
        total: all cases.
    """

    clocks: Mapping[Hashable, list[Clock]]
    done: int
    total: int


def in_slices(
    cases: Sequence[Case],
    rules: Rules,
    on: date,
    *,
    only: Collection[str] | None = None,
    size: int = 100,
    marks: Mapping[str, Mark] = NO_MARKS,
) -> Iterator[Slice]:
    """The clocks of many cases, a slice at a time.

    Args:
        cases: in the order in which they are to be looked at.
        rules: as they stand now.
        on: the day of asking.
        only: ids of the rules that changed; all of them, if None.
        size: cases in one slice, at least 1.
        marks: what allies and coordinators said of rules, by their digests.

    Raises:
        Invalid: as in `evaluate.clocks`; slices before it are done.
    """
    for start in range(0, len(cases), size):
        part = cases[start : start + size]
        found = {case.key: clocks_of(case.kinds, case.facts, rules, on, marks, only) for case in part}
        yield Slice(found, start + len(part), len(cases))
