"""Released figures: pages, charts and files. From none of them a way leads to a case."""

import contextlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, g, jsonify, make_response, render_template, url_for
from flask_babel import get_locale, gettext

from casework.access.policy import Action, can
from casework.errors import NotFound, Refused
from casework.papers import printing
from casework.respondents import register
from casework.trends import exports, interface, packages, releases
from casework.web import languages, trends_brief, trends_over_time, trends_shown, ways
from casework.web.access import needs

pages = Blueprint("trends", __name__, url_prefix="/desk/<desk>/trends")

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/")
@needs(Action.TREND_VIEW)
def listing() -> str:
    """Every release, and kinds over time."""
    found = releases.every(g.actor)
    return render_template(
        "trends/list.html",
        lines=[trends_shown.line(one) for one in found],
        series=trends_over_time.over_time(found),
    )


@pages.get("/releases.json")
@needs(Action.TREND_VIEW)
def every() -> Response:
    """Every release, for programmes."""
    found = [exports.as_value(one) for one in releases.every(g.actor)]
    keys = ("id", "from", "until", "released", "sha256")
    return jsonify({"releases": [{key: one[key] for key in keys} for one in found]})


@pages.get("/openapi.json")
@needs(Action.TREND_VIEW)
def described() -> Response:
    """What the two addresses for programmes give."""
    nobody = UUID(int=0)
    one = url_for("trends.as_json", window_id=nobody).replace(str(nobody), "{window_id}")
    return jsonify(interface.described(url_for("trends.every"), one))


@pages.get("/<uuid:window_id>")
@needs(Action.TREND_VIEW, network=True)
def one(window_id: UUID) -> str:
    """One release: charts, each with its table; who is answerable by name for those who read the register."""
    release = releases.get(g.actor, window_id)
    names = dict(_names(trends_shown.register_codes(release)))
    return render_template("trends/one.html", release=trends_shown.whole(release, names))


def _names(found: list[str]) -> Iterator[tuple[str, str]]:
    """Names of the register by code. Files have none: they go to people who do not read the register."""
    for code in found if can(g.actor, Action.RESPONDENT_VIEW) else ():
        with contextlib.suppress(NotFound, Refused, ValueError):
            yield code, register.get(g.actor, UUID(code)).name


@pages.get("/<uuid:window_id>/figures.json")
@needs(Action.TREND_VIEW)
def as_json(window_id: UUID) -> Response:
    """One release, for programmes."""
    return jsonify(exports.as_value(releases.get(g.actor, window_id)))


@pages.get("/<uuid:window_id>/figures.csv")
@needs(Action.TREND_VIEW)
def as_csv(window_id: UUID) -> Response:
    """One release with HXL tags."""
    return _file(exports.as_csv(releases.get(g.actor, window_id)), "text/csv; charset=utf-8", "figures.csv")


@pages.get("/<uuid:window_id>/datapackage.json")
@needs(Action.TREND_VIEW)
def as_package(window_id: UUID) -> Response:
    """What describes the CSV beside it, as a Frictionless data package."""
    return jsonify(packages.described(releases.get(g.actor, window_id), "figures.csv"))


@pages.get("/<uuid:window_id>/figures.xlsx")
@needs(Action.TREND_VIEW)
def as_xlsx(window_id: UUID) -> Response:
    """One release as a workbook."""
    return _file(exports.as_xlsx(releases.get(g.actor, window_id)), _XLSX, "figures.xlsx")


@pages.get("/<uuid:window_id>/brief.pdf")
@needs(Action.TREND_VIEW)
def as_brief(window_id: UUID) -> Response:
    """One release on paper, in the reader's language."""
    release = releases.get(g.actor, window_id)
    return _file(printing.pdf(trends_brief.paper(release), get_locale()), "application/pdf", "brief.pdf")


@pages.get("/<uuid:window_id>/<part>/<table>.svg")
@needs(Action.TREND_VIEW)
def chart(window_id: UUID, part: str, table: str) -> Response:
    """One chart as a file."""
    return _file(_drawn(window_id, part, table), "image/svg+xml", "chart.svg")


@pages.get("/<uuid:window_id>/<part>/<table>.png")
@needs(Action.TREND_VIEW)
def picture(window_id: UUID, part: str, table: str) -> Response:
    """The same chart as a picture, for where drawings are not taken."""
    return _file(printing.picture_of(_drawn(window_id, part, table)), "image/png", "chart.png")


def _drawn(window_id: UUID, part: str, table: str) -> str:
    release = releases.get(g.actor, window_id)
    tables = release.parts[part].tables if part in release.parts else ()
    found = next((each for each in tables if each.name == table), None)
    if found is None:
        raise NotFound
    shown = {"days": trends_shown.days_of(release.window), "digest": release.digest[:16]}
    said = {
        "note": gettext("Cases seen by desks, not a sample. Lines are 95 percent intervals."),
        "few": gettext("Too few to show."),
        "rtl": languages.direction() == "rtl",
        "drawn": ways.drawn,
    }
    drawn = trends_shown.table_of(release, part, found)
    return render_template("trends/chart.svg", release=shown, table=drawn, **said)


def _file(content: Any, kind: str, name: str) -> Response:
    answer = make_response(content)
    answer.headers["Content-Type"] = kind
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
