"""How far the money came, in the reader's language: of a case, of a desk, as tables and as bars."""

from decimal import Decimal
from typing import Any, Final

from flask_babel import get_locale, gettext

from casework.cases.values.money import exponent
from casework.cases.values.numbers import spoken
from casework.money.amounts import Money
from casework.money.working import Working
from casework.search.sums import Sums
from casework.web.cases_shown import word
from casework.web.money_shown import amount

_STAGES: Final = ("paid", "awarded", "documented", "claimed")
#: How wide the longest bar is, in the units of its drawing.
_WIDE: Final = 300


def standing(working: Working | None) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The table of stages: for each subject its sums, paid first."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for line in working.lines if working else ():
        if isinstance(line.value, Money):
            label = word("money_stages", line.key) if line.key != "to_come" else None
            words = label[1] if label else str(gettext("Still to come"))
            found.setdefault(line.group, []).append((line.key, words, amount(line.value)))
    return [((word("money_subjects", key) or ("", key))[1], rows) for key, rows in found.items()]


def desk_sums(sums: tuple[Sums, ...]) -> list[dict[str, Any]]:
    """Sums of a desk: for each currency all its cases, and those that stand at each status."""
    found: dict[str, dict[str, Any]] = {}
    for one in sums:
        shown = found.setdefault(one.currency, {"currency": one.currency, "all": [], "rows": []})
        stages = [(word("money_stages", key) or ("", key), one.stages[key]) for key in _STAGES]
        if not one.status:
            shown["cases"] = one.cases
            shown["bars"] = _bars(one, stages)
            shown["all"] = [(label, _of(minor, one.currency)) for label, minor in stages]
        else:
            status = word("statuses", one.status)
            cells = [_of(minor, one.currency) for _label, minor in stages]
            shown["rows"].append([status[1] if status else one.status, str(one.cases), *cells])
    return list(found.values())


def _bars(one: Sums, stages: list[tuple[tuple[str, str], int | None]]) -> list[dict[str, Any]]:
    """One bar a stage, as long as its part of the largest sum; the table beside it says the figures."""
    most = max((minor or 0 for _label, minor in stages), default=0)
    return [
        {
            "key": label[0],
            "words": label[1],
            "sum": _of(minor, one.currency),
            "width": length(minor or 0, most, _WIDE),
            "y": place,
        }
        for place, (label, minor) in enumerate(stages)
    ]


def length(number: int, most: int, longest: int) -> int:
    """Of a bar; what is not nothing can be seen.

    Args:
        number: what it stands for.
        most: what the longest bar stands for.
        longest: its length, in the units of the drawing.
    """
    return max(round(longest * number / most), 2) if most and number > 0 else 0


def _of(minor: int | None, currency: str) -> str:
    if minor is None:
        return "–"
    places = exponent(currency)
    return spoken(Decimal(minor).scaleb(-places), get_locale(), places, places)
