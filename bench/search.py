"""Search and lists over packed cards, beside opening cards one by one.

Both sides hold the same synthetic cards under AES-256-GCM. "Card by card" opens 20,000 seals and parses
20,000 pieces of JSON, and has then found nothing yet; ours opens the blocks, finds the best 25 and makes
their cards. Neither side reads a disk, except where the name says "from SQLite". The comparison and the
lists from memory are in processor time, which says the same on a busy machine; the rest is by the clock.
"""

import json
import os
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask

from casework.access.models import Desk
from casework.db import db
from casework.search import service
from casework.search.card import Card
from casework.search.figures import figures_of
from casework.search.listing import Filters, Sort, page_of
from casework.search.models import Segment
from casework.search.pack import Pack
from casework.search.packing import from_bytes
from casework.search.writing import MOST_CARDS
from casework.settings import ROOT
from casework.vault import DeskKeys, PersonKeys, keeping
from tests.search.judging import judge, pairs
from tests.search.made import full_card, row

MANY, MOST, LIST = 20_000, 100_000, 5_000
ROUNDS = 25
_QUERIES = (
    "Mohamed Hasan", "Ameena", "أمينة حسن", "Abdurrahman", "Fatoumata Jalloh", "Wang Xiaoming", "M. Traore",
    "Shresta", "Gebre Mariam", "Nguyen", "Maria Reyes", "حسين", "Хасан", "de la Cruz", "Kaur", "٤٤١٢٧٦", "412 345",
    "Bishnu Tamang", "Mamadou Diallo Barry", "Olga Kovalenko",
)  # fmt: skip

Row = dict[str, Any]


def run() -> list[Row]:
    """Measure, in milliseconds and bytes."""
    with _desk() as desk:
        cards, more = _cards()
        _fill(desk, cards[:LIST])
        rows = _lists(desk)
        _fill(desk, cards[LIST:])
        rows += _searches(desk, cards)
        _fill(desk, more)
        return [*rows, *_at_most(desk), *_names()]


def _cards() -> tuple[list[Card], list[Card]]:
    """As many cards as a large desk has, and what is missing to the largest: of so many random references two may well be one."""
    known = {card.ref: card for card in map(full_card, range(MOST))}
    every = [_with_rare_name(card) for card in known.values()]
    return every[:MANY], every[MANY:]


def _searches(desk: DeskKeys, cards: list[Card]) -> list[Row]:
    blocks = _blocks(desk)
    one_by_one = _card_by_card(cards)
    find = _finding(desk, blocks)
    find()
    rounds = [(_worked(find), _worked(one_by_one)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(column) for column in zip(*rounds, strict=True))
    from_disk = [_took(partial(service.find, desk, query, _everybody)) for query in _QUERIES * 5]
    sealed = sum(len(blob) for _, _, blob in blocks)
    packed = sum(len(desk.open_segment(*block).rstrip(b"\0")) for block in blocks)
    return [
        _row(f"search {MANY:,} vs card by card", ours, theirs, "ms", ROUNDS),
        _row(f"search {MANY:,} from SQLite, p50", statistics.median(from_disk), None, "ms", len(from_disk)),
        _row(f"search {MANY:,} from SQLite, p95", _p95(from_disk), None, "ms", len(from_disk)),
        _row(
            f"figures of a desk of {MANY:,}, opened and counted", _figures(desk, blocks), None, "ms", ROUNDS
        ),
        _row("a card packed", packed / MANY, None, "bytes", MANY),
        _row("a card sealed, with padding", sealed / MANY, None, "bytes", MANY),
        _row("a save's card written, from SQLite", *_saves(desk, cards[:60])),
    ]


def _at_most(desk: DeskKeys) -> list[Row]:
    """The largest desk: by the clock, and in processor time, which says the same on a busy machine."""
    searches = [partial(service.find, desk, query, _everybody) for query in _QUERIES * 3]
    clocked, worked = [_took(one) for one in searches], [_worked(one) for one in searches]
    return [
        _row(f"search {MOST:,} from SQLite, p50", statistics.median(clocked), None, "ms", len(clocked)),
        _row(f"search {MOST:,} from SQLite, p95", _p95(clocked), None, "ms", len(clocked)),
        _row(f"search {MOST:,}, processor time, p95", _p95(worked), None, "ms", len(worked)),
    ]


def _saves(desk: DeskKeys, cards: list[Card]) -> tuple[float, None, str, int]:
    times = [_took(partial(service.put, desk, card)) for card in cards]
    return statistics.median(times), None, "ms", len(cards)


def _everybody(_case_id: uuid.UUID) -> bool:
    return True


def _figures(desk: DeskKeys, blocks: list[tuple[uuid.UUID, int, bytes]]) -> float:
    today = date(2026, 1, 1)
    return statistics.median(
        _worked(lambda: figures_of(_opened(desk, blocks), Filters(), today)) for _ in range(ROUNDS)
    )


def _lists(desk: DeskKeys) -> list[Row]:
    blocks = _blocks(desk)
    filters, sort = Filters(kinds=frozenset({"wage_theft", "detention"})), Sort("due", descending=False)

    def from_memory() -> None:
        page_of(_opened(desk, blocks), filters, sort)

    def by_name() -> None:
        page_of(_opened(desk, blocks), Filters(), Sort("called", descending=False))

    def from_disk() -> None:
        service.listing(desk, filters, sort)

    return [
        _row(
            f"list of 25 of {LIST:,}, {what}",
            statistics.median(watch(act) for _ in range(40)),
            None,
            "ms",
            40,
        )
        for what, watch, act in (
            ("opened, filtered, sorted", _worked, from_memory),
            ("opened, sorted by name", _worked, by_name),
            ("from SQLite", _took, from_disk),
        )
    ]


def _names() -> list[Row]:
    verdict = judge(pairs())
    return [
        _row("names: recall@5 of written pairs", 100 * verdict.recall, None, "%", verdict.of[0]),
        _row("names: precision of written pairs", 100 * verdict.precision, None, "%", len(pairs())),
    ]


def _finding(desk: DeskKeys, blocks: list[tuple[uuid.UUID, int, bytes]]) -> Callable[[], None]:
    queries = iter(_QUERIES * ROUNDS)

    def find() -> None:
        pack = _opened(desk, blocks)
        found = pack.index.find(next(queries), 25)
        hits = pack.cards([match.place for match in found if pack.newest[match.place]])
        assert len(hits) <= len(found)

    return find


def _opened(desk: DeskKeys, blocks: list[tuple[uuid.UUID, int, bytes]]) -> Pack:
    return Pack.join([from_bytes(desk.open_segment(*block)) for block in blocks])


def _card_by_card(cards: list[Card]) -> Callable[[], None]:
    """Each card sealed alone, as cheaply as it can be done."""
    cipher = AESGCM(os.urandom(32))
    sealed = []
    for card in cards:
        nonce = os.urandom(12)
        text = json.dumps({k: v for k, v in asdict(card).items() if v}, default=str).encode()
        sealed.append((nonce, cipher.encrypt(nonce, text, card.case_id.bytes), card.case_id.bytes))

    def one_by_one() -> None:
        for nonce, blob, bound in sealed:
            json.loads(cipher.decrypt(nonce, blob, bound))

    return one_by_one


def _blocks(desk: DeskKeys) -> list[tuple[uuid.UUID, int, bytes]]:
    query = sa.select(Segment.id, Segment.seq, Segment.blob).where(Segment.desk_id == desk.desk_id)
    return [(block.id, block.seq, block.blob) for block in db.session.execute(query)]


def _fill(desk: DeskKeys, cards: list[Card]) -> None:
    for start in range(0, len(cards), MOST_CARDS):
        some = {card.case_id: card for card in cards[start : start + MOST_CARDS]}
        db.session.add_all(row(desk.desk_id, card) for card in some.values())
        db.session.flush()
        service.rebuild(desk, some, some.get)
        db.session.commit()


def _with_rare_name(card: Card) -> Card:
    """A third of all people have a name that nobody else has, as in a real list."""
    draw = random.Random(card.ref)
    rare = "".join(draw.choice(["ba", "re", "mi", "sho", "ta", "ngu", "ki", "la", "dze"]) for _ in range(3))
    return replace(card, called=f"{card.called} {rare}") if draw.random() < 1 / 3 else card


@contextmanager
def _desk() -> Iterator[DeskKeys]:
    """A desk in a new SQLite file."""
    with tempfile.TemporaryDirectory() as folder:
        app = Flask("bench", root_path=folder)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{Path(folder, 'bench.sqlite')}"
        for path in sorted((ROOT / "casework").rglob("models.py")):
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        db.init_app(app)
        with app.app_context():
            db.create_all()
            person, desk_id = PersonKeys.create(uuid.uuid4()), uuid.uuid4()
            db.session.add(Desk(id=desk_id, code="BENCHDSK", body=b""))
            db.session.flush()
            keys = keeping.found_desk(person, desk_id)
            db.session.commit()
            yield keys
            db.session.remove()
            db.engine.dispose()


def _took(act: Callable[[], object]) -> float:
    start = time.perf_counter_ns()
    act()
    return (time.perf_counter_ns() - start) / 1e6


def _worked(act: Callable[[], object]) -> float:
    start = time.process_time_ns()
    act()
    return (time.process_time_ns() - start) / 1e6


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _row(name: str, ours: float, theirs: float | None, unit: str, n: int) -> Row:
    ratio = None if theirs is None else round(ours / theirs, 3)
    return {
        "name": name,
        "ours": round(ours, 3),
        "theirs": None if theirs is None else round(theirs, 3),
        "unit": unit,
        "ratio": ratio,
        "n": n,
    }
