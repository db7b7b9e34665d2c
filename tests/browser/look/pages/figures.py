"""Published figures: a release of a large network, one of a small one, and the windows that they come from."""

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from casework.trends import noise, plans, releasing, windows
from casework.trends.domains import RESPONDENT, domain
from casework.trends.frozen import Cell, Numbers, Table
from casework.trends.ledger import Line
from casework.trends.plans import Plan, TablePlan
from casework.trends.releases import Release
from casework.trends.windows import Window
from casework.web import trends_over_time, trends_shown
from casework.web.forms.trends import Announce, FromElsewhere
from tests.browser.look.pages.register import shows

ID = UUID("7d9a3c1e-0000-4000-8000-000000000008")
CODE = "48213 90577 16024 33981 70265 11840"
DIGEST = "9f" * 32
#: How often each table shows what, the commonest first: a long tail, as caseloads have.
_LARGEST, _SMALLEST = 2700, 230


def _numbers(plan: Plan, part: str, most: int) -> Numbers:
    about = plan.parts[part]
    made = noise.scheme(about)
    tables = zip(about.tables, made.scales, noise.widths(made), strict=True)
    return Numbers(
        plan.name, plan.digest, part, made.mechanism, about.epsilon, about.delta, noise.OPENDP,
        tuple(
            _table(one, scale, within, releasing.threshold(plan, about, one, scale, made), most)
            for one, scale, within in tables
        ),
    )  # fmt: skip


def _table(one: TablePlan, scale: float, within: int, least: int, most: int) -> Table:
    """Numbers that fall off until they are too few."""
    rng, cells, count = Random(one.name), [], most
    while count >= least and len(cells) < min(one.cells if not one.keyed else 6, 40):
        if one.columns == (RESPONDENT,):
            codes: tuple[str, ...] = (f"{rng.randrange(16**8):08x}-0000-4000-8000-000000000000",)
        else:
            codes = tuple(domain(column)[len(cells) * 7 % len(domain(column))] for column in one.columns)
        cells.append(Cell(codes, count, max(count - within, 0), count + within))
        count = int(count * rng.uniform(0.55, 0.9))
    return Table(one.name, one.columns, scale, within, least, tuple(cells))


def release(plan_name: str, most: int, first_on: date) -> Release:
    """A release as two stewards would have made it, of numbers that nobody counted."""
    plan = plans.every()[plan_name]
    last_on = windows.last_day(first_on, plan.months)
    parts = {part: _numbers(plan, part, most) for part in plan.parts}
    cost = [
        Line(part, plan.name, plan.digest, 1, {}, one.epsilon, one.delta, one.opendp, DIGEST)
        for part, one in parts.items()
    ]
    window = Window(
        ID, ID, plan.name, plan.digest, first_on, last_on, last_on + timedelta(20), (ID, ID), done=True
    )
    made_on = last_on + timedelta(22)
    return Release(window, parts, DIGEST, made_on, made_on, (ID, ID), cost)


def _large() -> list[Release]:
    starts = (date(2026, 4, 1), date(2026, 1, 1), date(2025, 10, 1))
    return [release("large", most, on) for most, on in zip((_LARGEST, 2400, 1900), starts, strict=True)]


def _listing(found: list[Release]) -> dict[str, Any]:
    series = trends_over_time.over_time(found)
    return {"lines": [trends_shown.line(one) for one in found], "series": series}


@shows("trends", "trends/list")
def listing() -> dict[str, Any]:
    return _listing(_large())


@shows("trends/none", "trends/list")
def nothing() -> dict[str, Any]:
    return _listing([])


@shows("trends/one", "trends/one")
def large() -> dict[str, Any]:
    return {"release": trends_shown.whole(_large()[0])}


@shows("trends/small", "trends/one")
def small() -> dict[str, Any]:
    return {"release": trends_shown.whole(release("small", _SMALLEST, date(2025, 7, 1)))}


@shows("trends/too_few", "trends/one")
def too_few() -> dict[str, Any]:
    return {"release": trends_shown.whole(release("small", 5, date(2024, 7, 1)))}


def _window(**more: Any) -> dict[str, Any]:
    return {
        "id": ID, "days": "1 Jul 2025 to 30 Jun 2026", "closes": "20 Jul 2026", "begins": "30 Jun 2026",
        "plan": "Small: fewer than 1,000 cases a year; two tables, once a year",
        "closed": True, "taking": False, "done": False, **more,
    }  # fmt: skip


@shows("trends/windows", "trends/windows")
def windows_page() -> dict[str, Any]:
    form = Announce()
    form.offer([(ID, "Mei"), (UUID(int=1), "أمينة عبد الرحمن"), (UUID(int=2), "सुशीला")])
    lines = [_window(closed=False), _window(), _window(done=True)]
    return {"lines": lines, "withdrawn": ["1 Jul 2024 to 30 Jun 2025"], "form": form, "token": ID}


_STEWARDS = [("Mei", True), ("أمينة عبد الرحمن", False), ("सुशीला", False)]
_NOTHING = {
    "may_agree": False, "may_run": False, "may_release": False, "waiting": None, "digest": "", "lost": False, "problem": "",
}  # fmt: skip


@shows("trends/window", "trends/window")
def window() -> dict[str, Any]:
    may = {"may_agree": True, "may_run": True, "problem": "Nobody has agreed yet."}
    return {**_NOTHING, "window": _window(), "stewards": _STEWARDS, "came": 4, **may}


@shows("trends/window_waiting", "trends/window")
def waiting() -> dict[str, Any]:
    made = trends_shown.whole(_large()[0])
    told = {"waiting": made, "may_release": True, "digest": DIGEST}
    return {**_NOTHING, "window": _window(done=True), "stewards": _STEWARDS, "came": 0, **told}


@shows("trends/window_lost", "trends/window")
def lost() -> dict[str, Any]:
    return {**_NOTHING, "window": _window(), "stewards": _STEWARDS, "came": 1, "lost": True}


@shows("trends/returns", "trends/returns")
def returns() -> dict[str, Any]:
    plain = {"sent": "", "opening": 41, "closing": 17, "lacking": False}
    lines = [
        _window(closed=False, taking=True, **plain),
        _window(closed=False, taking=True, **(plain | {"sent": "3 Jul 2026"})),
        _window(closed=False, taking=True, **(plain | {"lacking": True})),
        _window(closed=False, **plain),
        _window(**plain),
    ]
    return {"lines": lines, "problem": "Returns of this window are not taken today."}


@shows("trends/elsewhere", "trends/elsewhere")
def elsewhere() -> dict[str, Any]:
    lines = [{"days": "1 Jul 2025 to 30 Jun 2026", "number": n, "code": CODE, "stale": n > 1} for n in (1, 2)]
    return {"lines": lines, "form": FromElsewhere()}


@shows("trends/from_elsewhere", "trends/from_elsewhere")
def from_elsewhere() -> dict[str, Any]:
    told = {"days": "1 Jul 2025 to 30 Jun 2026", "code": CODE, "taking": True, "brought": 2}
    return {"window_id": ID, "form": FromElsewhere(), **told}
