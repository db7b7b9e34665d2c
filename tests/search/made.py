"""Synthetic cards, and the rows of their cases."""

import random
import uuid
from datetime import date, timedelta
from typing import Any

from casework.cases import references
from casework.cases.models import Case
from casework.db import db
from casework.search.card import Card
from tests.search.judging import others

DAY = date(2026, 1, 1)


def card(case_id: uuid.UUID | None = None, **told: Any) -> Card:
    """A card with a reference and days, and whatever is told."""
    return Card(
        **{
            "case_id": case_id or uuid.uuid4(),
            "ref": references.new(),
            "opened": DAY,
            "changed": DAY,
            **told,
        }
    )


def full_card(number: int, draw: random.Random | None = None, **told: Any) -> Card:
    """A card as desks have them, with something in nearly every place."""
    draw = draw or random.Random(number)
    called, variant = others(2, seed=number)
    some = draw.sample(["en", "ar", "ne", "am", "bn", "tl"], 2)
    return card(
        **{
            "called": called,
            "variants": (variant,) if number % 2 else (),
            "phones": (f"+974 {draw.randrange(10**8):08d}",),
            "documents": (f"A{draw.randrange(10**7):07d}",) if number % 3 == 0 else (),
            "kind": draw.choice(["detention", "wage_theft", "trafficking", "recruitment_debt"]),
            "other_kinds": ("deportation",) if number % 4 == 0 else (),
            "risk": draw.choice(["emergency", "high", "medium", "low"]),
            "status": draw.choice(["contact", "assessment", "action", "closed"]),
            "home": draw.choice(["NP", "ET", "BD", "PH"]),
            "host": draw.choice(["QA", "SA", "IT"]),
            "languages": tuple(some),
            "sector": draw.choice(["F", "T", ""]),
            "primary": uuid.UUID(int=draw.randrange(1, 9)),
            "backup": uuid.UUID(int=draw.randrange(1, 9)),
            "opened": DAY - timedelta(days=draw.randrange(700)),
            "changed": DAY - timedelta(days=draw.randrange(90)),
            "due": DAY + timedelta(days=draw.randrange(60)) if number % 2 else None,
            "claimed": draw.randrange(10**6) if number % 2 else None,
            "currency": "QAR" if number % 2 else "",
            "respondents": (uuid.UUID(int=draw.randrange(2**128)),) if number % 3 else (),
            **told,
        }
    )


def cases(desk_id: uuid.UUID, count: int, **told: Any) -> list[Card]:
    """Cases in the database, and a card of each; nothing is committed."""
    cards = [full_card(number, **told) for number in range(count)]
    db.session.add_all(row(desk_id, one) for one in cards)
    db.session.flush()
    return cards


def row(desk_id: uuid.UUID, of: Card) -> Case:
    """The row of a case."""
    return Case(
        id=of.case_id,
        desk_id=desk_id,
        ref=of.ref,
        status="contact",
        opened_on=of.opened,
        changed_on=of.changed,
        form_token=uuid.uuid4(),
    )
