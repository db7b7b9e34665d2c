"""What a fact can say, column by column: public lists that were fixed before anything was counted.

Cells come from these lists and never from the data: that a cell is there tells nothing.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from casework import codes
from casework.cases import kinds

#: The last code of every column: nothing was said, or something that the list does not have.
UNKNOWN = ""
#: Countries that are not counted apart.
ELSEWHERE = "ZZ"
#: Column → the list of codes that it is chosen from.
LISTS: Mapping[str, str] = MappingProxyType(
    {
        "kind": kinds.KINDS,
        "home": "trend_homes",
        "host": "trend_hosts",
        "sector": "sectors",
        "gender": "gender",
        "age": "age_bands",
        "outcome": "closing_reasons",
        "owed": "trend_owed",
        "paid": "trend_paid",
        "days": "trend_days",
        "months": "trend_months",
        "signs": "trend_signs",
        "dates": "trend_dates",
    }
)
COLUMNS = tuple(LISTS)
#: A column whose codes are not known beforehand: who is answerable. It is in no table with another one.
RESPONDENT = "respondent"


@cache
def domain(column: str) -> tuple[str, ...]:
    """The codes of a column in order, the unknown one last.

    Args:
        column: one of `COLUMNS`.

    Raises:
        KeyError: there is no such column.
    """
    return (*kinds.code_list(LISTS[column]).codes, UNKNOWN)


@cache
def places(column: str) -> Mapping[str, int]:
    """Where each code of a column stands in its domain."""
    return {code: place for place, code in enumerate(domain(column))}


def place(column: str, code: str) -> int:
    """The place that a code is counted at; what the list does not have is elsewhere, or unknown."""
    known = places(column)
    if code in known:
        return known[code]
    return known.get(ELSEWHERE, known[UNKNOWN])


def band(column: str, amount: int | None) -> str:
    """The band that a number lies in.

    Args:
        column: `owed` (whole US dollars), `paid` (thousandths of the claim), `days` (in detention), `months` (tenths of a month) or `signs`.
        amount: the number; None is unknown, and so is a negative one.
    """
    if amount is None or amount < 0:
        return UNKNOWN
    listed = codes.load(LISTS[column])
    return next(one.key for one in listed if amount < one.facts.get("below", amount + 1))
