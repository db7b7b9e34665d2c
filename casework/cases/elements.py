"""Act, means, purpose and the eleven signs of forced labour: what is there, and what nobody knows yet.

Counts and gaps, never a verdict: nothing here says that somebody is or is not anything, adds up to a score, or
sends anybody anywhere. Sources: Palermo Protocol, article 3; International Labour Organization, indicators of forced labour.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.cases.kinds import code_list
from casework.cases.values import answer_of, beside

ELEMENTS = {"acts": "trafficking_acts", "means": "trafficking_means", "purposes": "trafficking_purposes"}
INDICATORS, SIGNS = "indicators", "ilo_indicators"
PRESENT, STRONG, SOME = "present", "strong", "some"
_OPEN = frozenset({"", "unknown", "not_asked"})


@dataclass(frozen=True, slots=True)
class Column:
    """What is known of one element.

    Attributes:
        key: of the question.
        present: codes of what is there, in the order of the list.
        sourced: how many of them name a source and a day.
        open: how many items nobody has an answer to.
        of: how many items there are.
    """

    key: str
    present: tuple[str, ...]
    sourced: int
    open: int
    of: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What is known in all.

    Attributes:
        columns: act, means and purpose.
        signs: the eleven, as a column of their own.
        strong: how many of the signs are strong.
        missing: keys of elements of which nothing is there yet.
        means_not_needed: the person is taken to be under 18: article 3 (c) asks for no means.
    """

    columns: tuple[Column, ...]
    signs: Column
    strong: int
    missing: tuple[str, ...]
    means_not_needed: bool


def tally(answers: Mapping[str, Any]) -> Tally:
    """Count what is there.

    Args:
        answers: to the questions of trafficking, under the questions' own keys.
    """
    columns = tuple(_column(key, listed, answers.get(key), (PRESENT,)) for key, listed in ELEMENTS.items())
    young = answers.get("minor") == "yes"
    told = answers.get(INDICATORS) or {}
    return Tally(
        columns=columns,
        signs=_column(INDICATORS, SIGNS, told, (STRONG, SOME)),
        strong=sum(answer_of(stored) == STRONG for stored in told.values()),
        missing=tuple(one.key for one in columns if not one.present and not (one.key == "means" and young)),
        means_not_needed=young,
    )


def _column(key: str, listed: str, told: Any, counts: tuple[str, ...]) -> Column:
    stored = told if isinstance(told, Mapping) else {}
    items = [code.key for code in code_list(listed)]
    present = tuple(item for item in items if answer_of(stored.get(item)) in counts)
    return Column(
        key=key,
        present=present,
        sourced=sum({"from", "on"} <= beside(stored[item]).keys() for item in present),
        open=sum(answer_of(stored.get(item)) in _OPEN for item in items),
        of=len(items),
    )
