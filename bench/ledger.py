"""The money of a case with 500 lines: its page as a browser gets it, and its lines opened beside plain JSON columns.

The page counts everything anew each time it is opened: wages, time limits, overtime, deductions. The plain side of the
second figure selects the same bodies from a column that nobody sealed, reads them as JSON and makes the same lines of
them; nothing is verified there. A case sheet is made through its page too: agreement, opening, printing, sealing, keeping.
"""

import json
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import text

from bench._rows import Row, row, took
from casework.access.models import Desk
from casework.cases import neutral, opening
from casework.cases.neutral import Seen
from casework.db import db
from casework.money.account import lines, reading
from casework.money.account.ledger import LedgerLine
from casework.money.account.lines import New
from casework.vault import Section
from tests import factories, prepared, services
from tests.money.account import new, weeks
from tests.web.visitor import Visitor

ROUNDS, WARM, WEEKS = 20, 2, 100
_OK = 200


def run() -> list[Row]:
    """Medians; milliseconds."""
    with _filled() as (app, world, visitor, ref):
        page = _median(lambda: _get(visitor, f"cases/{ref}/money"))
        sheet = _median(lambda: _print(visitor, ref), rounds=10)
        with app.app_context():
            ours, theirs = _opened(world, ref)
        return [
            row(f"ledger page of {5 * WEEKS} lines, all counted", page, None, "ms", ROUNDS),
            row(f"opening {5 * WEEKS} lines vs plain JSON columns", ours, theirs, "ms", ROUNDS),
            row("case sheet through its page, sealed and kept", sheet, None, "ms", 10),
        ]


@contextmanager
def _filled() -> Iterator[tuple[Flask, factories.World, Visitor, str]]:
    """A desk with one case, and a browser in which a volunteer is signed in."""
    with tempfile.TemporaryDirectory() as name, services.valkey() as valkey:
        folder = Path(name)
        with (folder / "said").open("w", encoding="utf-8") as said, redirect_stderr(said):
            made = prepared.make(f"sqlite:///{folder / 'casework.sqlite'}", valkey, folder)
            with made.app.app_context():
                world = factories.world()
                code = db.session.get_one(Desk, world.host_id).code
                db.session.commit()
            visitor = Visitor(made.app.test_client(), code)
            visitor.sign_in(world.asha)
            ref = str(visitor.log().location).rsplit("/", 1)[-1]
            with made.app.app_context():
                rate = {"amount": "15", "currency": "USD", "per": "hour", "contract": "home"}
                some: list[New] = [*weeks(WEEKS), new("rate", 5 * WEEKS, **rate)]
                some += [new("terms", 5 * WEEKS + 1, overtime="us-flsa-overtime", limitation="us-flsa-2y")]
                lines.add(world.actor(world.asha), ref, some, uuid4())
                db.session.commit()
            yield made.app, world, visitor, ref
            prepared.forget_connections(made.app)


def _get(visitor: Visitor, path: str) -> None:
    assert visitor.get(visitor.at(path)).status_code == _OK


def _print(visitor: Visitor, ref: str) -> None:
    path = visitor.at(f"cases/{ref}/papers/new/case_sheet")
    visitor.get(path)
    told = ["header", "identity", "story", "legal", "money", "evidence", "plan"]
    made = visitor.post(path, {"recipient": "person", "sections": told, "language": "en"})
    assert made.status_code != _OK, visitor.last


def _opened(world: factories.World, ref: str) -> tuple[float, float]:
    """Reading the lines of the case, sealed and plain, in turns."""
    asha = world.actor(world.asha)
    case = opening.load(asha, ref)
    db.session.execute(text("CREATE TABLE plain (id BLOB, rev INT, body TEXT)"))
    for seen in neutral.rows(case, Section.MONEY):
        body = json.dumps(neutral.opened(case, seen, Section.MONEY))
        db.session.execute(
            text("INSERT INTO plain VALUES (:id, :rev, :body)"),
            {"id": seen.id.bytes, "rev": seen.rev, "body": body},
        )
    assert len(_plain()) == len(reading.of_case(opening.load(asha, ref)).lines)
    times = [
        (
            took(lambda: reading.of_case(opening.load(asha, ref))),
            took(lambda: (opening.load(asha, ref), _plain())),
        )
        for _ in range(ROUNDS)
    ]
    ours, theirs = (statistics.median(column) for column in zip(*times, strict=True))
    db.session.rollback()
    return ours, theirs


def _plain() -> list[LedgerLine]:
    found = db.session.execute(text("SELECT id, rev, body FROM plain"))
    return [_line(UUID(bytes=one), rev, json.loads(body)) for one, rev, body in found]


def _line(line_id: UUID, rev: int, body: dict[str, Any]) -> LedgerLine:
    return reading.line_of(Seen(line_id, b"", b"", rev), body)


def _median(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    for _ in range(WARM):
        act()
    return statistics.median(took(act) for _ in range(rounds))
