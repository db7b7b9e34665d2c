"""Lines of a ledger for tests that need no page."""

from uuid import uuid4

from casework.money.account import lines, sorts
from casework.money.account.lines import New


def day(iso):
    return {"written": iso, "calendar": "gregorian", "date": iso, "precision": "day"}


def money(minor, currency="USD"):
    return {"minor": minor, "currency": currency}


def new(sort, number=0, period=None, **said):
    return New(sorts.get(sort), said, number, period)


def enter(actor, ref, *some, token=None):
    lines.add(actor, ref, some, token or uuid4())


def weeks(count):
    """So many days of work, with their money: five lines a week."""
    import datetime as dt  # noqa: PLC0415 - only dates of a made-up ledger

    monday = dt.date(2024, 1, 1)
    for week in range(count):
        first = monday + dt.timedelta(weeks=week)
        days = {"from": day(first.isoformat()), "to": day((first + dt.timedelta(days=6)).isoformat())}
        start = week * 5
        yield new("period", start, **days)
        yield new(
            "hours", start + 1, start, quantity=str(40 + week % 20), unit="hour", source="diary", **days
        )
        yield new("received", start + 2, start, amount=money(40_000 + week))
        yield new("deduction", start + 3, start, amount=money(1_200), lawful="no", reason="uniform")
        yield new("received", start + 4, start, amount=money(500), method="cash")
