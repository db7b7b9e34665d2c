"""The ledger of a case filled through its pages, as a volunteer does it."""

import re

from tests.web.visitor import Visitor, text

#: The worked example of four weeks: hours, what came, rent that was agreed, a uniform that was not.
FOUR_WEEKS = (
    "2026-01-05\t52\t\t400\n2026-01-12\t60\t\t400\n2026-01-19\t48\t\t400\t100\t60\n2026-01-26\t55\t\t0"
)


def day(name: str, iso: str) -> dict:
    year, month, number = iso.split("-")
    return {f"{name}-day": number, f"{name}-month": str(int(month)), f"{name}-year": year}


def money(name: str, amount: str, currency: str = "USD") -> dict:
    return {f"{name}-amount": amount, f"{name}-currency": currency}


def enter(visitor: Visitor, case: str, sort: str, **answers):
    """Enter one line; gives the answer."""
    visitor.get(f"{case}/money/new/{sort}")
    return visitor.post(f"{case}/money/new/{sort}", answers)


def weeks(visitor: Visitor, case: str, pasted: str, **layout):
    """Paste a table, look at it, keep it; gives the last answer."""
    said = {"each": "week", "currency": "USD", **layout}
    visitor.get(f"{case}/money/weeks")
    shown = visitor.post(f"{case}/money/weeks", {**said, "pasted": pasted})
    if shown.status_code != 200:
        return shown
    return visitor.post(f"{case}/money/weeks", {**said, **cells(visitor.last), "keep": "1"})


def cells(html: str) -> dict:
    """The cells of the table as the page shows them."""
    found = re.findall(r'name="(cell-\d+-\w+)" id="[^"]+" value="([^"]*)"', html)
    return dict(found)


def says(visitor: Visitor, path: str) -> str:
    assert visitor.get(path).status_code == 200
    return text(visitor.last)


def four_weeks(visitor: Visitor, case: str) -> None:
    """The wage claim of the worked example."""
    assert weeks(visitor, case, FOUR_WEEKS).status_code == 302
    rate = {"amount": "15.00", "currency": "USD", "per": "hour", "contract": "home"}
    assert enter(visitor, case, "rate", **rate).status_code == 302
    terms = {"overtime": "us-flsa-overtime", **money("shown", "1360")}
    assert enter(visitor, case, "terms", **terms).status_code == 302
