"""What the cases of a desk add up to, in the reader's language: as numbers, as bars, as tables."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from flask_babel import format_date, gettext

from casework.search.figures import Codes, Figures
from casework.web.cases_shown import kind_word, word
from casework.web.sums_shown import length
from casework.web.ways import way

#: How wide the longest bar is, in the units of its drawing.
_WIDE: Final = 300
#: How tall the longest column of a quarter is.
_TALL: Final = 40
#: Lines of a table before the rest is added up.
_MOST: Final = 12
_LEFT: Final = "left_because"
_LISTS: Final = {
    "corridor": "countries",
    "sector": "sectors",
    "status": "statuses",
    "risk": "risk",
    "outcome": "closing_reasons",
}


def figures_in_words(found: Figures) -> dict[str, Any]:
    """The figures as the page shows them.

    Args:
        found: what was counted.

    Returns:
        tiles: words and a number each. tables: title, unit of what is counted, bars (words, number, width).
        quarters: what the small charts and their table say. problems: whether cases are missing in all of it.
    """
    return {
        "tiles": _tiles(found),
        "tables": [_table(title, found.tables[name], name) for name, title in _titles().items()]
        + [_ages(found.ages), _left(found)],
        "quarters": _quarters(found.quarters),
        "found": found.cases,
        "problems": found.lacking,
    }


def _titles() -> dict[str, str]:
    return {
        "kind": str(gettext("Kind")),
        "corridor": str(gettext("From where to where")),
        "sector": str(gettext("Sector of work")),
        "status": str(gettext("Where it stands")),
        "risk": str(gettext("How urgent, of those that are open")),
        "outcome": str(gettext("How closed cases ended")),
    }


def _tiles(found: Figures) -> list[tuple[str, int | str]]:
    tiles: list[tuple[str, int | str]] = [
        (str(gettext("Cases")), found.cases),
        (str(gettext("Open")), found.running),
        (str(gettext("A date has passed")), found.late),
        (str(gettext("Nobody has taken it")), found.unassigned),
    ]
    if found.helped is not None:
        tiles.append((str(gettext("Days to the first help, in the middle")), found.helped))
    if dated := found.kept + found.missed:
        tiles.append(
            (
                str(gettext("Closed with every date kept")),
                str(gettext("%(some)s of %(all)s", some=found.kept, all=dated)),
            )
        )
    return tiles


def _table(title: str, counts: Mapping[Codes, int], name: str) -> dict[str, Any]:
    """A table with its longest lines; what is left over stands in one line of its own."""
    lines = list(counts.items())
    shown = [(_words(name, codes), count) for codes, count in lines[:_MOST]]
    if rest := sum(count for _codes, count in lines[_MOST:]):
        shown.append((str(gettext("All others")), rest))
    return {"title": title, "bars": _bars(shown)}


def _words(name: str, codes: Codes) -> str:
    if name == "corridor":
        return way([_word(_LISTS[name], code) for code in codes])
    if name == "kind":
        return kind_word(codes[0])[1] if codes[0] else str(gettext("not known"))
    return _word(_LISTS[name], codes[0])


def _word(listed: str, code: str) -> str:
    found = word(listed, code)
    return found[1] if found else str(gettext("not known"))


def _ages(counts: tuple[int, ...]) -> dict[str, Any]:
    words = [
        gettext("up to a week"),
        gettext("up to a month"),
        gettext("up to three months"),
        gettext("up to a year"),
        gettext("longer"),
    ]
    title = str(gettext("Open for how long"))
    return {"title": title, "bars": _bars([(str(one), n) for one, n in zip(words, counts, strict=True)])}


def _left(found: Figures) -> dict[str, Any]:
    """Why people left: only those who agreed that this is kept."""
    title = gettext("Why they left; who said it: %(num)s", num=found.left_said)
    return {"title": str(title), "bars": _bars([(_word(_LEFT, code), n) for code, n in found.left.items()])}


def _bars(lines: list[tuple[str, int]]) -> list[tuple[str, int, int]]:
    """Words, number and the length of the bar; what is not nothing can be seen."""
    most = max((count for _words, count in lines), default=0)
    return [(words, count, length(count, most, _WIDE)) for words, count in lines]


def _quarters(found: tuple[tuple[date, Mapping[str, int]], ...]) -> dict[str, Any]:
    """New cases by quarter: a small chart for each kind, all drawn to one measure, and one table of them."""
    names = [format_date(first, "MMM y") for first, _kinds in found]
    kinds = sorted({kind for _first, counts in found for kind in counts}, key=lambda kind: -_sum(found, kind))
    most = max((counts.get(kind, 0) for _first, counts in found for kind in kinds), default=0)
    words = [kind_word(kind)[1] if kind else str(gettext("not known")) for kind in kinds]
    return {
        "charts": [
            {"title": title, "sum": _sum(found, kind), "columns": list(_columns(found, kind, most))}
            for kind, title in zip(kinds, words, strict=True)
        ],
        "heads": [str(gettext("Quarter that begins in")), *((each, "number") for each in words)],
        "lines": [
            [name, *(str(counts.get(kind, 0)) for kind in kinds)]
            for name, (_first, counts) in zip(names, found, strict=True)
        ],
        "from": names[0],
        "to": names[-1],
    }


def _sum(found: tuple[tuple[date, Mapping[str, int]], ...], kind: str) -> int:
    return sum(counts.get(kind, 0) for _first, counts in found)


def _columns(
    found: tuple[tuple[date, Mapping[str, int]], ...], kind: str, most: int
) -> Iterator[tuple[int, int]]:
    """Where each column stands and how tall it is."""
    for place, (_first, counts) in enumerate(found):
        yield place, length(counts.get(kind, 0), most, _TALL)
