"""Released figures in the reader's language: charts with intervals, the same as tables, sentences to quote."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask_babel import gettext, lazy_gettext, ngettext

from casework import codes
from casework.trends.domains import ELSEWHERE, LISTS, RESPONDENT
from casework.trends.frozen import Cell, Table
from casework.trends.releases import Release
from casework.trends.windows import Window
from casework.web.cases_shown import day, kind_word, word
from casework.web.indicators_shown import of_release
from casework.web.sums_shown import length
from casework.web.ways import way

#: How wide a chart is drawn, in its own units.
_WIDE: Final = 300
#: Lines of a chart, each with its sentence; the table beside it has all of them.
_DRAWN: Final = 15
#: What stands between two codes of a cell: their words have commas of their own.
_BETWEEN: Final = " · "
#: What each table of the plans is called.
_TITLES: Final = {
    "kind": lazy_gettext("Kind of case"),
    "corridor": lazy_gettext("From where to where"),
    "sector": lazy_gettext("Sector of work"),
    "host": lazy_gettext("Country of work"),
    "kind_corridor": lazy_gettext("Kind, by from where to where"),
    "kind_sector": lazy_gettext("Kind, by sector of work"),
    "kind_host": lazy_gettext("Kind, by country of work"),
    "kind_person": lazy_gettext("Kind, by gender and age"),
    "respondent": lazy_gettext("Who is answerable"),
    "outcome": lazy_gettext("How closed cases ended"),
    "owed": lazy_gettext("What was claimed, in US dollars"),
    "paid": lazy_gettext("What was paid, of what was claimed"),
    "days": lazy_gettext("Days in detention"),
    "months": lazy_gettext("What recruitment cost, in months of wages"),
    "signs": lazy_gettext("How many of the eleven signs of forced labour"),
    "dates": lazy_gettext("Whether legal dates were kept"),
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


def whole(release: Release, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A release as its page shows it.

    Args:
        release: any.
        names: of entries of the register by their codes, where the reader may see them.
    """
    return {
        **line(release),
        "digest": release.digest[:16],
        "tables": [
            table_of(release, part, table, names)
            for part in sorted(release.parts, reverse=True)
            for table in release.parts[part].tables
        ],
        "indicators": of_release(release, source(release)),
        "cost": [
            {"part": part_word(one.part), "epsilon": f"{one.epsilon:.3g}", "delta": f"{one.delta:.1g}", "opendp": one.opendp,
             "plan": one.plan}
            for one in release.cost
        ],
    }  # fmt: skip


def part_word(part: str) -> str:
    """Of which cases a part is."""
    return str(gettext("Cases that opened") if part == "opening" else gettext("Cases that closed"))


def table_of(
    release: Release, part: str, table: Table, names: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """One table: what is drawn of it, what stands beside it, and what may be quoted."""
    title = str(_TITLES.get(table.name, table.name))
    told = (
        _answerable(table, names or {})
        if _of_register(table)
        else [words(table, cell) for cell in table.cells]
    )
    said = {"title": title, "of": part_word(part), "source": source(release)}
    return {
        "id": f"{part}-{table.name}",
        "part": part,
        "name": table.name,
        "title": title,
        "of": part_word(part),
        "within": table.within,
        "least": table.threshold,
        "bars": bars(table, told),
        "heads": [
            title,
            (gettext("Cases"), "number"),
            (gettext("At least"), "number"),
            (gettext("At most"), "number"),
        ],
        "lines": [
            [what, str(cell.count), str(cell.low), str(cell.high)]
            for what, cell in zip(told, table.cells, strict=True)
        ],
        "quotes": [quote(what, cell, said) for what, cell in zip(told, table.cells[:_DRAWN], strict=False)],
    }


def bars(table: Table, told: Sequence[str]) -> list[dict[str, Any]]:
    """What is drawn: a bar to the number, and a line over its interval; all of one table to one measure.

    Args:
        table: with the cells that are shown.
        told: each of them in words.
    """
    most = max((cell.high for cell in table.cells), default=0)
    return [
        {
            "words": what,
            "count": cell.count,
            "low": cell.low,
            "high": cell.high,
            "width": length(cell.count, most, _WIDE),
            "from": length(cell.low, most, _WIDE),
            "to": length(cell.high, most, _WIDE),
        }
        for what, cell in zip(told, table.cells[:_DRAWN], strict=False)
    ]


def register_codes(release: Release) -> list[str]:
    """The entries of the register that a release counts, by their codes."""
    tables = [table for part in release.parts.values() for table in part.tables if _of_register(table)]
    return [cell.codes[0] for table in tables for cell in table.cells]


def _of_register(table: Table) -> bool:
    return table.columns == (RESPONDENT,)


def _answerable(table: Table, names: Mapping[str, str]) -> list[str]:
    """Each by name; whoever may not see it gets a number in this table, because a code says nothing to anybody."""
    return [
        names.get(cell.codes[0]) or gettext("Not named here (%(number)s)", number=number)
        for number, cell in enumerate(table.cells, start=1)
    ]


def words(table: Table, cell: Cell) -> str:
    """The codes of a cell in words; two countries are a way from one to the other."""
    told = [code_word(column, code) for column, code in zip(table.columns, cell.codes, strict=True)]
    if table.columns[-2:] == ("home", "host"):
        told = [*told[:-2], way(told[-2:])]
    return _BETWEEN.join(told)


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


def source(release: Release) -> str:
    """What follows every sentence that is quoted: the window, what was counted, and the release it stands in."""
    return str(
        gettext(
            "%(days)s. Cases seen by the desks of this network, not a sample; each number has noise so that nobody can "
            "be found. Release %(mark)s.",
            days=days_of(release.window),
            mark=release.digest[:16],
        )
    )


def quote(what: str, cell: Cell, said: dict[str, str]) -> str:
    """A sentence that can be quoted: with its interval, its window and its source.

    Args:
        what: the codes of the cell in words.
        cell: the number.
        said: what is the same for the whole table: its `title`, `of` which cases, and the `source`.
    """
    told = {"count": cell.count, "what": what, "low": cell.low, "high": cell.high, **said}
    return str(
        gettext(
            "About %(count)s cases (95 percent interval: %(low)s to %(high)s). %(title)s: %(what)s. %(of)s, %(source)s",
            **told,
        )
    )
