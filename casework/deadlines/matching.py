"""Which clock belongs to which row that is there already. Pure: rows in, pairs out.

A corrected day keeps its row, and the row says what it was before. What was done or struck out is never
touched: it stands for the same question, from the same day, however rules change.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from casework.deadlines.clock import Clock
from casework.deadlines.held import Held, Sort


@dataclass(frozen=True, slots=True)
class Question:
    """One question, with every version and reading that answers it.

    Attributes:
        rule, ref, number: what makes it one.
        base: the day that it is counted from, ISO.
        clocks: the leading one first.
    """

    rule: str
    ref: str
    number: int
    base: str
    clocks: tuple[Clock, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """What is to be done.

    Attributes:
        kept: rows with the question that they answer from now on.
        new: questions without a row.
        loose: running rows whose question nobody asks any more.
    """

    kept: tuple[tuple[Held, Question], ...]
    new: tuple[Question, ...]
    loose: tuple[Held, ...]


def questions(found: Iterable[Clock], base_of: Callable[[Clock], str]) -> list[Question]:
    """Clocks by the question that they answer, in the order of the first of each.

    Args:
        found: clocks by the moment at which they strike.
        base_of: the day that a clock is counted from.
    """
    grouped: defaultdict[tuple[str, str, int], list[Clock]] = defaultdict(list)
    for one in found:
        grouped[one.rule, one.ref, one.number].append(one)
    return [
        Question(*key, base_of(some[0]), tuple(sorted(some, key=lambda one: not one.leads)))
        for key, some in grouped.items()
    ]


def matched(rows: Sequence[Held], asked: Sequence[Question]) -> Matched:
    """Match questions with rows, the closest likeness first.

    Args:
        rows: of one case.
        asked: what its clocks answer now.
    """
    ended = {_same(one): one for one in rows if one.sort is Sort.CLOCK and not one.running}
    waiting = [question for question in asked if _name(question) not in ended]
    running = [one for one in rows if one.sort is Sort.CLOCK and one.running]
    kept: list[tuple[Held, Question]] = []
    for likeness in _LIKENESSES:
        kept += _take(running, waiting, likeness)
    return Matched(tuple(kept), tuple(waiting), tuple(running))


Likeness = Callable[[str, str, int, str], tuple[object, ...]]

#: From the very same to a step of a series that has moved on, or a row of a group that moved up.
_LIKENESSES: tuple[Likeness, ...] = (
    lambda rule, ref, number, base: (rule, ref, number, base),
    lambda rule, _ref, number, base: (rule, number, base),
    lambda rule, ref, number, _base: (rule, ref, number),
    lambda rule, ref, _number, base: (rule, ref, base),
)


def _take(running: list[Held], waiting: list[Question], likeness: Likeness) -> list[tuple[Held, Question]]:
    """Take out the pairs that are alike in this way; both lists lose them."""
    found = []
    for question in list(waiting):
        wanted = likeness(*_name(question))
        row = next((one for one in running if likeness(*_same(one)) == wanted), None)
        if row is not None:
            running.remove(row)
            waiting.remove(question)
            found.append((row, question))
    return found


def _name(question: Question) -> tuple[str, str, int, str]:
    return question.rule, question.ref, question.number, question.base


def _same(one: Held) -> tuple[str, str, int, str]:
    lead = one.clocks[0]
    return lead.rule, lead.ref, lead.number, one.base
