"""A release as a printed brief: its indicators and tables, each number with its interval, and how they were made."""

from typing import Any

from flask_babel import gettext

from casework.papers.blocks import BETWEEN, Paper
from casework.trends.releases import Release
from casework.web import trends_shown
from casework.web.ways import printed

#: Lines of a table on paper; the files have all of them.
_LINES = 12


def paper(release: Release) -> Paper:
    """The brief.

    Args:
        release: any; what is too few to show is said in words.
    """
    shown = trends_shown.whole(release)
    made = Paper(str(gettext("Published figures")), lead=BETWEEN.join((shown["days"], shown["digest"])))
    made.text(
        gettext("Cases seen by desks, not a sample. Each number has noise so that nobody can be found."),
        "strong",
    )
    _indicators(made, shown["indicators"])
    for table in shown["tables"]:
        _table(made, table)
    made.heading(gettext("How these figures were made"))
    made.text(
        gettext(
            "People agreed to be counted. Two stewards added noise before anybody saw a number; the truth lies within "
            "its interval 95 times in 100. The same window is never counted again."
        )
    )
    return made


def _indicators(made: Paper, found: list[dict[str, Any]]) -> None:
    if not found:
        return
    made.heading(gettext("Indicators"))
    for one in found:
        value = BETWEEN.join(filter(None, (one["value"] or gettext("Too few to show."), one["between"])))
        made.facts([(one["title"], value)])
        about = gettext("About %(count)s cases.", count=one["count"]) if one["value"] else ""
        made.text(f"{one['meaning']} {about} {one['source']} {one['address']}".strip(), "note")


def _table(made: Paper, table: dict[str, Any]) -> None:
    made.heading(f"{table['title']} ({table['of']})")
    if not table["lines"]:
        made.text(gettext("Too few to show."))
        return
    head = [table["heads"][0], *(words for words, _ in table["heads"][1:])]
    lines = [[printed(what), *numbers] for what, *numbers in table["lines"][:_LINES]]
    made.table(head, lines, [4, 1, 1, 1], [1, 2, 3])
    within = gettext(
        "The truth is within %(within)s of each number, 95 times in 100.", within=table["within"]
    )
    made.text(within, "note")
