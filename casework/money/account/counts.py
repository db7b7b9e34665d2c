"""One calculation of a case: counted, or why it cannot be yet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from casework.errors import Invalid
from casework.money.calculators import calculate
from casework.money.rules import RuleBook
from casework.money.working import Working


@dataclass(frozen=True)
class Count:
    """One calculation of a case.

    Attributes:
        name: of `counting.ORDER`.
        about: id of the line that it is about, where there may be several of a name; or id of a rule.
        working: the result with everything that led to it; None where it cannot be counted yet.
        trouble: why not, in words for whoever entered the lines.
    """

    name: str
    about: str
    working: Working | None
    trouble: Invalid | None = None


def count(name: str, make: Callable[[], Any], book: RuleBook, about: str = "") -> Count:
    """Make a question and count it; what is wrong with it becomes its trouble.

    Args:
        name, about: of the count.
        make: gives the question.
        book: of rules.
    """
    try:
        return Count(name, about, calculate(make(), book))
    except Invalid as refused:
        return Count(name, about, None, refused)
