"""A desk with 5,000 cases in a new SQLite file, beside a real Valkey: what the pages are measured on.

A thousand cases are logged through the services, with their consents and their record, as volunteers log
them. The other four thousand are a row and a card each, packed as the search room packs them: a list reads
nothing but cards, so it cannot tell them apart. One more case is logged through its page and is looked at.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import text

from casework.access.actor import Actor
from casework.access.models import Desk
from casework.db import db
from casework.respondents import register
from casework.search import service
from casework.search.card import Card
from casework.settings import Settings
from tests import factories, prepared, services
from tests.search.made import full_card, row
from tests.web.visitor import Visitor

LOGGED, CASES = 1_000, 5_000
RESPONDENTS = 60
#: Cases in one transaction; a volunteer's browser makes one of each.
_TOGETHER = 250
_TOLD = {"called": "Sita Kumari Test", "what_happened": "Three months without pay. " * 8}


@dataclass(frozen=True)
class Filled:
    """The real application over a filled desk.

    Attributes:
        app, settings: the application.
        world: the people and desks of `tests.factories`.
        visitor: a browser in which a volunteer of the desk is signed in.
        ref: of the case that was logged through its page.
        logged: the references of the cases that were logged through the services.
        case_bytes: bytes of the database that one of these takes.
    """

    app: Flask
    settings: Settings
    world: factories.World
    visitor: Visitor
    ref: str
    logged: list[str]
    case_bytes: float

    def asha(self) -> Actor:
        """The volunteer, with keys open; to be called in a context of the application."""
        return self.world.actor(self.world.asha)


@contextmanager
def desk(folder: Path) -> Iterator[Filled]:
    """Fill a desk.

    Args:
        folder: an empty one, for the database.
    """
    with services.valkey() as valkey:
        made = prepared.make(f"sqlite:///{folder / 'casework.sqlite'}", valkey, folder)
        with made.app.app_context():
            world = factories.world()
            code = db.session.get_one(Desk, world.host_id).code
            db.session.commit()
            logged, case_bytes = _fill(world.actor(world.asha))
        visitor = Visitor(made.app.test_client(), code)
        visitor.sign_in(world.asha)
        ref = str(visitor.log(**_TOLD).location).rsplit("/", 1)[-1]
        # What the form answered is shown once, on the next page.
        visitor.get(visitor.at("cases/"))
        yield Filled(made.app, made.settings, world, visitor, ref, logged, case_bytes)
        prepared.forget_connections(made.app)


def _fill(asha: Actor) -> tuple[list[str], float]:
    cards = [full_card(number) for number in range(CASES - 1)]
    for number in range(RESPONDENTS):
        register.enter(asha, "employer", f"Synthetic Works {number:03}", "QA", uuid4())
    db.session.commit()
    before, logged = size_of(db.session), list[str]()
    in_batches(cards[:LOGGED], lambda some: logged.extend(_log(asha, card) for card in some), db.session)
    case_bytes = (size_of(db.session) - before) / LOGGED
    _lay_out(asha, cards[LOGGED:])
    return logged, case_bytes


def _log(asha: Actor, card: Card) -> str:
    number = {"written": card.phones[0], "digits": card.phones[0]}
    case = factories.case(
        asha,
        called=card.called,
        kind=card.kind,
        risk=card.risk,
        home=card.home,
        host=card.host,
        what_happened="Three months without pay, and the passport is with the employer.",
        reach=[{"channel": "call", "number": number, "safe": "yes"}],
    )
    return case.ref


def _lay_out(asha: Actor, cards: list[Card]) -> None:
    """Rows and cards alone. Nobody answers in them, because the register does not know those."""
    here = {
        card.case_id: replace(card, primary=asha.user_id, backup=None, respondents=(), changed=card.opened)
        for card in cards
    }
    db.session.add_all(row(asha.desk.desk_id, card) for card in here.values())
    db.session.flush()
    service.rebuild(asha.desk, here, here.get)
    db.session.commit()


def in_batches(things: list[Any], act: Callable[[list[Any]], object], session: Any) -> None:
    """Do something with many things, some of them in one transaction."""
    for start in range(0, len(things), _TOGETHER):
        act(things[start : start + _TOGETHER])
        session.commit()
        session.expunge_all()


def size_of(session: Any) -> int:
    """Bytes of the pages in use of a SQLite database, in its file or still in the log beside it."""
    used = "SELECT (page_count - freelist_count) * page_size FROM "
    pragmas = "pragma_page_count, pragma_freelist_count, pragma_page_size"
    size = int(session.execute(text(used + pragmas)).scalar_one())
    session.rollback()
    return size


def every_card(asha: Actor) -> list[Card]:
    """The cards of the desk, so that the plain side can hold the same."""
    pack = service.open_cards(asha.desk).pack
    return pack.cards([place for place in range(len(pack)) if pack.newest[place]])
