"""Pages and files of published figures: three released windows with everything that a large network is shown.

The list and a release stand beside the same pages over plain columns, compared word by word before they are timed.
All of it is processor time of the process that serves, which says the same on a busy machine.
"""

import datetime as dt
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient

from bench import _copying, _plain, _plain_releases
from bench._plain_tables import plain
from bench._rows import Row, row
from casework import clock
from casework.access.models import Desk
from casework.db import db
from casework.trends import releases, releasing, stewards, windows
from tests import factories, prepared, services
from tests.trends.caseloads import caseload
from tests.web.visitor import Visitor

WINDOWS, PEOPLE, MONTHS = 3, 20_000, 3
ROUNDS, WARM = 40, 5
_FILES = (
    ("a chart as SVG", "closing/outcome.svg"),
    ("a chart as PNG", "closing/outcome.png"),
    ("CSV", "figures.csv"),
    ("XLSX", "figures.xlsx"),
    ("JSON", "figures.json"),
    ("printed brief", "brief.pdf"),
)


def run() -> list[Row]:
    """Measure, in milliseconds."""
    with tempfile.TemporaryDirectory() as name, _quiet(Path(name)), services.valkey() as valkey:
        made = prepared.make(f"sqlite:///{name}/casework.sqlite", valkey, Path(name))
        theirs = _plain.create_app(made.settings, f"sqlite:///{name}/plain.sqlite")
        _plain_releases.install(theirs)
        with made.app.app_context():
            world = factories.world()
            code = db.session.get_one(Desk, world.network_id).code
            ids = [_release(world, number) for number in range(WINDOWS)]
            db.session.commit()
            copied = _rows(world)
        with theirs.app_context():
            plain.create_all()
            _copying.store(copied)
        visitor = Visitor(made.app.test_client(), code)
        visitor.sign_in(world.mei)
        found = list(_times(visitor, _plain.browser(theirs, world.mei.id), ids[-1]))
        prepared.forget_connections(made.app)
        _plain.forget_connections(theirs)
        return found


@contextmanager
def _quiet(folder: Path) -> Iterator[None]:
    with (folder / "said").open("w", encoding="utf-8") as said, redirect_stderr(said):
        yield


def _release(world: factories.World, number: int) -> UUID:
    """A window with its numbers, made of people who do not exist; the returns that lead to them are not measured here."""
    mei, nina = (world.actor(who, world.network_id) for who in (world.mei, world.nina))
    first_on = dt.date(2024 + number, 1, 1)
    last_on = windows.last_day(first_on, MONTHS)
    plan = windows.plan_of("large")
    with clock.at(dt.datetime.combine(first_on, dt.time(12), dt.UTC)):
        window = windows.announce(
            mei, plan.name, first_on, last_on + dt.timedelta(20), (mei.user_id, nina.user_id), uuid4()
        )
    with clock.at(dt.datetime.combine(last_on, dt.time(12), dt.UTC) + dt.timedelta(22)):
        numbers = {part: releasing.numbers(plan, part, caseload(PEOPLE, seed=number)) for part in plan.parts}
        kept = windows.get(mei.desk.state, window)
        stewards._keep(mei, kept, nina.user_id, numbers)  # noqa: SLF001 - as `run` does once returns are counted
        waiting = releases.waiting(nina, window)
        assert waiting is not None
        stewards.release(nina, window, waiting.digest)
    return window


def _rows(world: factories.World) -> list[Any]:
    found = [_plain_releases.row(one) for one in releases.every(world.actor(world.mei, world.network_id))]
    return [*_copying.people(world.actor(world.mei)), *found]


def _times(visitor: Visitor, theirs: FlaskClient, window: UUID) -> Iterator[Row]:
    ours, here = visitor.client, visitor.at("trends/")
    cells = ours.get(f"{here}{window}/figures.csv").get_data(as_text=True).count("\n") - 2
    yield _pair(f"list of {WINDOWS} releases vs plain columns", ours, theirs, here)
    name = f"a release of {cells} numbers with indicators vs plain columns"
    yield _pair(name, ours, theirs, f"{here}{window}")
    for name, path in _FILES:
        address = f"{here}{window}/{path}"
        yield row(f"a release, {name}", statistics.median(_rounds(ours, address)), None, "ms", ROUNDS)
    for name, path in (("list of windows", "windows/"), ("a window", f"windows/{window}")):
        yield row(name, statistics.median(_rounds(ours, visitor.at(path))), None, "ms", ROUNDS)


def _rounds(browser: FlaskClient, path: str) -> list[float]:
    for _ in range(WARM):
        assert browser.get(path).status_code == 200, path  # noqa: PLR2004 - all is well
    return [_worked(browser, path) for _ in range(ROUNDS)]


def _pair(name: str, ours: FlaskClient, theirs: FlaskClient, path: str) -> Row:
    assert _said(ours, path) == _said(theirs, path), f"{path} is not the same page on both sides"
    for _ in range(WARM):
        ours.get(path)
        theirs.get(path)
    rounds = [(_worked(ours, path), _worked(theirs, path)) for _ in range(ROUNDS)]
    mine, other = (statistics.median(column) for column in zip(*rounds, strict=True))
    return row(name, mine, other, "ms", ROUNDS)


def _said(browser: FlaskClient, path: str) -> str:
    """A page without the tokens of its forms, which differ each time."""
    answer = browser.get(path)
    assert answer.status_code == 200, path  # noqa: PLR2004 - all is well
    return re.sub(r'name="(csrf|form_token)" value="[^"]*"', "", answer.get_data(as_text=True))


def _worked(browser: FlaskClient, path: str) -> float:
    start = time.process_time_ns()
    browser.get(path)
    return (time.process_time_ns() - start) / 1e6
