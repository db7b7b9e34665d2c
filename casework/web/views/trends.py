"""Released figures: pages, charts and files. From none of them a way leads to a case."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, g, jsonify, make_response, render_template, url_for
from flask_babel import gettext

from casework.access.policy import Action
from casework.errors import NotFound
from casework.trends import exports, interface, releases
from casework.web import trends_shown
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
        series=trends_shown.over_time(found),
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
@needs(Action.TREND_VIEW)
def one(window_id: UUID) -> str:
    """One release: charts, each with its table."""
    return render_template("trends/one.html", release=trends_shown.whole(releases.get(g.actor, window_id)))


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


@pages.get("/<uuid:window_id>/figures.xlsx")
@needs(Action.TREND_VIEW)
def as_xlsx(window_id: UUID) -> Response:
    """One release as a workbook."""
    return _file(exports.as_xlsx(releases.get(g.actor, window_id)), _XLSX, "figures.xlsx")


@pages.get("/<uuid:window_id>/<part>/<table>.svg")
@needs(Action.TREND_VIEW)
def chart(window_id: UUID, part: str, table: str) -> Response:
    """One chart as a file."""
    shown = trends_shown.whole(releases.get(g.actor, window_id))
    found = [each for each in shown["tables"] if (each["part"], each["name"]) == (part, table)]
    if not found:
        raise NotFound
    note = gettext("Cases seen by desks, not a sample. Lines are 95 percent intervals.")
    drawn = render_template("trends/chart.svg", release=shown, table=found[0], note=note)
    return _file(drawn, "image/svg+xml", "chart.svg")


def _file(content: Any, kind: str, name: str) -> Response:
    answer = make_response(content)
    answer.headers["Content-Type"] = kind
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
