"""Today of a desk with 5,000 open cases, and counting 20,000 of them anew after a rule changed, with their database.

Cases are a row, a card and the row of their dates each, sealed as the rooms seal them; Today opens no case, so it
cannot tell them from cases that were logged. Their dates are those of cases that began on one of 730 days, counted by the engine.
"""

import gc
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select

from bench import _filled
from bench._rows import Row, row, took
from casework import clock
from casework.access.actor import Actor
from casework.access.models import Desk
from casework.db import db
from casework.deadlines import days, marking, packing, sealing, sweeping, telling
from casework.deadlines.days import Counted
from casework.deadlines.facts import Spell, happened
from casework.deadlines.happenings import Told
from casework.deadlines.models import CaseDates
from casework.search.card import Card
from tests import factories, prepared, services
from tests.search.made import full_card
from tests.web.visitor import Visitor

CASES, RECOUNTED = 5_000, 20_000
ROUNDS, WARM = 40, 4
#: Emergencies among the open cases that nobody has taken.
UNTAKEN = 12
#: Days on which the cases began, two years: some 27 of 20,000 have theirs in common.
DAYS = 730
_TOGETHER = 2_000
_FILL = 2_030


def run() -> list[Row]:
    """Measure, in milliseconds."""
    with tempfile.TemporaryDirectory() as name, _quiet(Path(name)):
        return [*_in(Path(name) / "today", _today), *_in(Path(name) / "recount", _recount)]


@contextmanager
def _quiet(folder: Path) -> Iterator[None]:
    with (folder / "said").open("w", encoding="utf-8") as said, redirect_stderr(said):
        yield


def _in(folder: Path, measure: Any) -> list[Row]:
    folder.mkdir()
    with services.valkey() as valkey:
        made = prepared.make(f"sqlite:///{folder / 'casework.sqlite'}", valkey, folder)
        try:
            found: list[Row] = measure(made.app)
        finally:
            prepared.forget_connections(made.app)
    return found


def _today(app: Any) -> list[Row]:
    with app.app_context():
        world = factories.world()
        code = db.session.get_one(Desk, world.host_id).code
        mei = world.actor(world.mei)
        _lay_out(mei, CASES, marking.stamp(marking.counting(mei)))
        db.session.commit()
    # As a worker does when it begins to serve (deploy/gunicorn.conf.py).
    gc.collect()
    gc.freeze()
    return [
        _page(f"today of {CASES:,} open cases, a {who}", _visitor(app, code, human), CASES)
        for who, human in (("volunteer", world.asha), ("coordinator", world.mei))
    ]


def _visitor(app: Any, code: str, human: Any) -> Visitor:
    visitor = Visitor(app.test_client(), code)
    visitor.sign_in(human)
    return visitor


def _page(name: str, visitor: Visitor, n: int) -> Row:
    path = visitor.at("")
    for _ in range(WARM):
        assert visitor.client.get(path).status_code == 200  # noqa: PLR2004 - all is well
    times = [took(lambda: visitor.client.get(path)) for _ in range(ROUNDS)]
    return row(name, statistics.median(times), None, "ms", n)


def _recount(app: Any) -> list[Row]:
    """A rule that bears on every case has changed, and nothing comes out otherwise: each is counted, none is opened."""
    with app.app_context():
        mei = factories.world()
        actor = mei.actor(mei.mei)
        _lay_out(actor, RECOUNTED, bytes(8))
        db.session.commit()
        started = time.perf_counter()
        while sweeping.sweep(actor):
            db.session.commit()
            db.session.expunge_all()
        db.session.commit()
        passed = (time.perf_counter() - started) * 1000
        assert not db.session.scalar(select(func.count()).where(CaseDates.stamp == bytes(8)))
    return [row(f"{RECOUNTED:,} cases counted anew, with their database", passed, None, "ms", RECOUNTED)]


@dataclass(frozen=True)
class _Made:
    """What the engine made of a few answers, to be given to many cases."""

    told: dict[str, Any]
    counted: Counted
    lines: list[dict[str, Any]]


def _lay_out(actor: Actor, count: int, stamp: bytes) -> None:
    cards = [full_card(number, status="action", home="NP", host="QA") for number in range(count)]
    _filled._lay_out(actor, cards)  # noqa: SLF001 - the two benches fill desks alike
    made = [_counted(actor, number) for number in range(DAYS)]
    for start in range(0, count, _TOGETHER):
        some = cards[start : start + _TOGETHER]
        rows = [_dates(actor, card, made[n % len(made)], stamp, n) for n, card in enumerate(some)]
        db.session.add_all(rows)
        db.session.flush()
        db.session.expunge_all()
    _untaken(actor, cards[:UNTAKEN])


def _counted(actor: Actor, number: int) -> _Made:
    kind = ("detention", "deportation", "wage_theft")[number % 3]
    day = clock.today() - timedelta(days=number)
    events = (
        happened("first_contact", day.isoformat(), "09:30"),
        happened("decision", day.isoformat(), "16:00"),
        happened("final_order", day.isoformat()),
        happened("employment_end", day.isoformat()),
    )
    host, zone = (("US", "America/Chicago"), ("BE", "Europe/Brussels"))[number % 2]
    told = Told((kind,), host, "NP", zone, events, (Spell(day),) if kind == "detention" else ())
    marks = marking.counting(actor)
    asked = telling.counted(told, clock.today(), marks)
    counted = Counted("", "", telling.fingerprint(asked))
    lines = [
        {
            "id": str(uuid4()),
            "ref": "",
            "sort": "clock",
            "due_on": one.clocks[0].day.isoformat(),
            "strikes": one.clocks[0].strikes.isoformat(),
            "zone": one.clocks[0].zone,
            "exact": one.clocks[0].moment is not None,
            "title": one.clocks[0].label,
            "meaning": one.clocks[0].meaning.value,
            "verified": one.clocks[0].verified,
            "owner": "",
            "backup": "",
            "moved": False,
            "about": "",
        }
        for one in asked
    ]
    return _Made(telling.as_value(told), counted, lines)


def _dates(actor: Actor, card: Card, made: _Made, stamp: bytes, number: int) -> CaseDates:
    shift = timedelta(days=random.Random(number).randrange(-20, 300))
    lines = [_line(one, card.ref, shift) for one in made.lines]
    return _sealed(actor, card.case_id, made, lines, stamp)


def _line(one: dict[str, Any], ref: str, shift: timedelta) -> dict[str, Any]:
    on = date.fromisoformat(one["due_on"]) + shift
    return one | {"id": str(uuid4()), "ref": ref, "due_on": on.isoformat()}


def _sealed(
    actor: Actor, case_id: UUID, made: _Made, lines: Sequence[dict[str, Any]], stamp: bytes
) -> CaseDates:
    counted = made.counted._replace(stamp=stamp.hex())
    signs = "".join(
        one["due_on"].replace("-", "") + ("*" if one["sort"] == "emergency" else ".") for one in lines
    )
    text = ("".join(part.ljust(16) for part in counted) + signs).ljust(500)
    value = packing.packed({"told": made.told, "lines": lines}, _FILL)
    return CaseDates(
        case_id=case_id,
        desk_id=actor.desk.desk_id,
        stamp=stamp,
        days=actor.desk.seal(sealing.DAYS, case_id, text),
        body=actor.desk.seal(sealing.BODY, case_id, value),
    )


def _untaken(actor: Actor, cards: Sequence[Card]) -> None:
    """Emergencies that wait for somebody, beside the other dates of their cases."""
    for number, card in enumerate(cards):
        found = db.session.get_one(CaseDates, card.case_id)
        value = sealing.in_lines(actor.desk, found)
        begins = clock.now() - timedelta(hours=number)
        emergency = value["lines"][0] | {
            "id": str(uuid4()),
            "sort": "emergency",
            "due_on": begins.date().isoformat(),
            "strikes": (begins + timedelta(hours=1)).isoformat(),
            "zone": "UTC",
            "exact": True,
            "title": "",
            "meaning": "",
            "begins": begins.isoformat(),
            "taken": False,
        }
        lines = [*value["lines"], emergency]
        text = days.counted(actor.desk.open(sealing.DAYS, card.case_id, found.days))
        made = _Made(value["told"], text, lines)
        new = _sealed(actor, card.case_id, made, lines, found.stamp)
        found.days, found.body = new.days, new.body
    db.session.flush()
