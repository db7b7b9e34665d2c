"""Released figures in the reader's language: charts with intervals, the same as tables, sentences to quote."""

from collections.abc import Sequence
from typing import Any, Final

from flask_babel import gettext, ngettext

from casework import codes
from casework.trends.domains import ELSEWHERE, LISTS
from casework.trends.frozen import Cell, Table
from casework.trends.releases import Release
from casework.trends.windows import Window
from casework.web.cases_shown import day, kind_word, word
from casework.web.sums_shown import length

#: How wide a chart is drawn, in its own units.
_WIDE: Final = 300
#: Lines of a chart; the table beside it has all of them.
_DRAWN: Final = 15
_QUOTED: Final = 5
#: How tall a column of the small charts is.
_TALL: Final = 40


def titles() -> dict[str, str]:
    """What each table of the plans is called."""
    return {
        "kind": str(gettext("Kind of case")),
        "corridor": str(gettext("From where to where")),
        "sector": str(gettext("Sector of work")),
        "host": str(gettext("Country of work")),
        "kind_corridor": str(gettext("Kind, by from where to where")),
        "kind_sector": str(gettext("Kind, by sector of work")),
        "kind_host": str(gettext("Kind, by country of work")),
        "kind_person": str(gettext("Kind, by gender and age")),
        "outcome": str(gettext("How closed cases ended")),
        "paid": str(gettext("What was paid, of what was claimed")),
        "days": str(gettext("How long a case was open")),
        "months": str(gettext("What recruitment cost, in months of wages")),
    }


def days_of(window: Window) -> str:
    """The days of a window."""
    return str(gettext("%(first)s to %(last)s", first=day(window.first_on), last=day(window.last_on)))


def line(release: Release) -> dict[str, Any]:
    """A release in a list."""
    shown = sum(len(table.cells) for one in release.parts.values() for table in one.tables)
    return {
        "id": release.window.id,
        "days": days_of(release.window),
        "released": day(release.released_on),
        "shown": str(ngettext("%(num)s number", "%(num)s numbers", shown)),
    }


def whole(release: Release) -> dict[str, Any]:
    """A release as its page shows it."""
    return {
        **line(release),
        "digest": release.digest[:16],
        "tables": [
            _table(release, part, table)
            for part in sorted(release.parts, reverse=True)
            for table in release.parts[part].tables
        ],
        "cost": [
            {"part": part_word(one.part), "epsilon": f"{one.epsilon:.3g}", "delta": f"{one.delta:.1g}", "opendp": one.opendp,
             "plan": one.plan}
            for one in release.cost
        ],
    }  # fmt: skip


def part_word(part: str) -> str:
    """Of which cases a part is."""
    return str(gettext("Cases that opened") if part == "opening" else gettext("Cases that closed"))


def _table(release: Release, part: str, table: Table) -> dict[str, Any]:
    title = titles().get(table.name, table.name)
    return {
        "id": f"{part}-{table.name}",
        "part": part,
        "name": table.name,
        "title": title,
        "of": part_word(part),
        "within": table.within,
        "least": table.threshold,
        "bars": bars(table),
        "heads": [
            title,
            (gettext("Cases"), "number"),
            (gettext("At least"), "number"),
            (gettext("At most"), "number"),
        ],
        "lines": [
            [words(table, cell), str(cell.count), str(cell.low), str(cell.high)] for cell in table.cells
        ],
        "quotes": [quote(release, part, table, cell) for cell in table.cells[:_QUOTED]],
    }


def bars(table: Table) -> list[dict[str, Any]]:
    """What is drawn: a bar to the number, and a line over its interval; all of one table to one measure."""
    most = max((cell.high for cell in table.cells), default=0)
    return [
        {
            "words": words(table, cell),
            "count": cell.count,
            "low": cell.low,
            "high": cell.high,
            "width": length(cell.count, most, _WIDE),
            "from": length(cell.low, most, _WIDE),
            "to": length(cell.high, most, _WIDE),
        }
        for cell in table.cells[:_DRAWN]
    ]


def words(table: Table, cell: Cell) -> str:
    """The codes of a cell in words; two countries are a way from one to the other."""
    told = [code_word(column, code) for column, code in zip(table.columns, cell.codes, strict=True)]
    if table.columns[-2:] == ("home", "host"):
        told = [*told[:-2], " → ".join(told[-2:])]
    return ", ".join(told)


def code_word(column: str, code: str) -> str:
    """One code in words."""
    if not code:
        return str(gettext("not known"))
    if code == ELSEWHERE:
        return str(gettext("another country"))
    if column == "kind":
        return kind_word(code)[1]
    if column in ("home", "host"):
        found = word("countries", code)
    else:
        found = word(LISTS[column], code) if column in LISTS and code in codes.load(LISTS[column]) else None
    return found[1] if found else code


def quote(release: Release, part: str, table: Table, cell: Cell) -> str:
    """A sentence that can be quoted: with its interval, its window and its source."""
    told = {
        "count": cell.count,
        "what": words(table, cell),
        "table": titles().get(table.name, table.name),
        "low": cell.low,
        "high": cell.high,
        "days": days_of(release.window),
        "of": part_word(part),
        "mark": release.digest[:16],
    }
    return str(
        gettext(
            "About %(count)s cases (95 percent interval: %(low)s to %(high)s). %(table)s: %(what)s. %(of)s, %(days)s. "
            "Cases seen by the desks of this network, not a sample; each number has noise so that nobody can be found. "
            "Release %(mark)s.",
            **told,
        )
    )


def over_time(releases: Sequence[Release]) -> dict[str, Any] | None:
    """Kinds in all windows that were released, the oldest first: a small chart each, and one table of them."""
    series = [(one.window, _kinds(one)) for one in reversed(releases)]
    kinds = sorted({kind for _w, found in series for kind in found}, key=lambda k: -_sum(series, k))
    most = max((found.get(kind, 0) for _w, found in series for kind in kinds), default=0)
    if len(series) < 2 or not kinds:  # noqa: PLR2004 - one window is no series
        return None
    return {
        "charts": [
            {
                "title": code_word("kind", kind),
                "columns": [
                    (n, length(found.get(kind, 0), most, _TALL)) for n, (_w, found) in enumerate(series)
                ],
            }
            for kind in kinds
        ],
        "heads": [gettext("Window"), *((code_word("kind", kind), "number") for kind in kinds)],
        "lines": [
            [days_of(window), *(str(found[k]) if k in found else gettext("too few") for k in kinds)]
            for window, found in series
        ],
    }


def _sum(series: Sequence[tuple[Window, dict[str, int]]], kind: str) -> int:
    return sum(found.get(kind, 0) for _window, found in series)


def _kinds(release: Release) -> dict[str, int]:
    tables = release.parts["opening"].tables if "opening" in release.parts else ()
    return {cell.codes[0]: cell.count for table in tables if table.name == "kind" for cell in table.cells}
