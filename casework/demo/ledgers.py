"""Ledgers of the demo: months of short pay, what a job cost, a loan, and how far the money came."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final
from uuid import uuid4

from casework import clock, codes
from casework.cases import opening
from casework.demo.circumstances import Circumstances
from casework.demo.deeds import Stage
from casework.demo.places import Place
from casework.money import rule_files
from casework.money.account import lines, reading, sorts
from casework.money.account.counting import calculation
from casework.money.account.lines import New
from casework.money.amounts import Money
from casework.money.months import add_days, add_months

#: Result of the calculation that is claimed, by kind of case, and what the money is about.
CLAIMED: Final = {
    "wage_theft": ("wages", "owed", "wages"),
    "recruitment_debt": ("recruitment", "claim over zero", "recruitment"),
}
_FIGURES: Final = 2

Said = dict[str, Any]


@dataclass(frozen=True)
class Enter:
    """Lines are entered, after the first talk through the months."""

    new: tuple[New, ...]

    def do(self, stage: Stage) -> None:
        """Enter them all at once."""
        lines.add(stage.actor, stage.ref, self.new, uuid4())


@dataclass(frozen=True)
class Reach:
    """The money comes further: claimed, then awarded, then paid, each a part of what was counted.

    Attributes:
        kind: of case; of other kinds nothing is claimed here.
        stage: code of `money_stages`.
        part: of the whole, in percent.
    """

    kind: str
    stage: str
    part: int

    def do(self, stage: Stage) -> None:
        """Count what the ledger says now, and enter that part of it."""
        calculator, result, subject = CLAIMED[self.kind]
        ledger = reading.of_case(opening.load(stage.actor, stage.ref))
        working = calculation(ledger, rule_files.house(), clock.today()).working(calculator)
        owed = working.results[result] if working else None
        if not isinstance(owed, Money) or owed.minor <= 0:
            return
        amount = owed.times(Decimal(self.part) / 100)
        said = {"stage": self.stage, "amount": _minor(amount), "on": _day(clock.today()), "subject": subject}
        lines.add(stage.actor, stage.ref, [New(sorts.get("stage"), said)], uuid4())


def entered(of: Circumstances) -> Iterator[Enter]:
    """What is entered once somebody went through it with the person; nothing where the kind is not about money."""
    # Dice of its own: the rest of the demo stays as it is, whatever is thrown here.
    rng = Random(int(of.at.timestamp()))
    made = {"wage_theft": _wages, "recruitment_debt": _debt}.get(of.scene.kind)
    if made is not None:
        yield Enter(_numbered(list(made(rng, of))))


def _numbered(said: list[tuple[str, Said, int | None]]) -> tuple[New, ...]:
    return tuple(
        New(sorts.get(sort), answers, number, period) for number, (sort, answers, period) in enumerate(said)
    )


def _wages(rng: Random, of: Circumstances) -> Iterator[tuple[str, Said, int | None]]:
    """Some months of pay that came short, with what was taken off."""
    month = _amount(rng, of.work, 420, 1500)
    start = add_months(of.at.date().replace(day=1), -rng.randint(4, 8))
    yield "rate", _rate(month), None
    yield "terms", _terms(of.work.code), None
    for number in range(rng.randint(3, 6)):
        first = add_months(start, number)
        days = {"from": _day(first), "to": _day(add_days(add_months(first, 1), -1))}
        period = 2 + number * 4
        yield "period", days, None
        source = rng.choice(("memory", "diary", "diary", "payslip"))
        yield "hours", days | {"quantity": "1", "unit": "month", "source": source}, period
        came = _part(month, rng.choice((0, 40, 55, 70)))
        yield "received", {"amount": came, "method": rng.choice(("cash", "bank"))}, period
        lawful = rng.random() < 0.5  # noqa: PLR2004 - as often as not
        reason = "housing" if lawful else rng.choice(("uniform", "recruitment", "savings"))
        off = {"amount": _part(month, 6), "reason": reason, "lawful": "yes" if lawful else "no"}
        yield "deduction", off | {"in_writing": "yes" if lawful else "no"}, period


def _rate(month: Said) -> Said:
    amount = Decimal(month["minor"]).scaleb(-_places(month["currency"]))
    return {"amount": f"{amount:f}", "currency": month["currency"], "per": "month", "contract": "home"}


def _terms(country: str) -> Said:
    rules = rule_files.house().choose("limitation", country)
    standing = [rule.id for rule in rules if rule.status == "in_force"]
    return {"contract": "home", **({"limitation": standing[0]} if standing else {})}


_FEES: Final = (
    ("fee_recruiter", "origin_agency", 900, 2600, "understated"),
    ("medical", "origin_agency", 30, 70, "full"),
    ("training", "sub_agent", 60, 160, "none"),
    ("administrative", "sub_agent", 80, 220, "none"),
    ("travel", "destination_agency", 250, 600, "taken"),
)


def _debt(rng: Random, of: Circumstances) -> Iterator[tuple[str, Said, int | None]]:
    """What was paid along the chain, the loan for it, and the income that it is paid back from."""
    paid = of.at.date() - timedelta(days=rng.randint(200, 500))
    for item, to, least, most, receipt in _FEES:
        amount = _amount(rng, of.home, least, most)
        shown = {"receipt_amount": _part(amount, 30)} if receipt == "understated" else {}
        on = _day(paid + timedelta(days=rng.randint(0, 60)))
        answers = {
            "amount": amount,
            "on": on,
            "item": item,
            "paid_to": to,
            "receipt": receipt,
            "asked": "yes",
        }
        yield "fee", answers | shown, None
    loan = _amount(rng, of.home, 800, 2400)
    back = [{"amount": _part(loan, 11), "times": 12, "after": 1}]
    lender = rng.choice(("money_lender", "microfinance", "relative"))
    yield (
        "loan",
        {
            "stated": loan,
            "kept_back": _part(loan, 5),
            "every": "month",
            "instalments": back,
            "lender": lender,
        },
        None,
    )
    income = _amount(rng, of.work, 300, 700)
    yield "terms", _income(of, income, paid), None
    left = {"income": income, "living": _part(income, 45), "remittance": _part(income, 25)}
    debt = _part(income, 900)
    yield (
        "budget",
        {"debt": debt, "percent": rng.choice(("2", "3", "4")), "every": "month", "contract": 24, **left},
        None,
    )


def _income(of: Circumstances, income: Said, paid: date) -> Said:
    caps = ["ilo-zero", *(rule.id for rule in rule_files.house().choose("recruitment_cap", of.home.code))]
    said: Said = {"income": income, "recruitment_caps": caps[:2], "count_in": of.home.currency}
    if of.home.currency != of.work.currency:
        rate = Decimal(str(of.home.rate)) / Decimal(str(of.work.rate))
        said |= {"rate_value": f"{rate:.4f}", "rate_of": of.work.currency, "rate_into": of.home.currency}
        said |= {"rate_on": _day(paid), "rate_source": "Made up for the demo", "rate_old": "yes"}
    return said


def _amount(rng: Random, there: Place, least: int, most: int) -> Said:
    """A likely amount: people say round sums, two figures and then zeros."""
    whole = Decimal(rng.randint(least, most)) * Decimal(str(there.rate))
    rounded = whole.quantize(Decimal(1).scaleb(whole.adjusted() - _FIGURES + 1))
    return {"minor": int(rounded.scaleb(_places(there.currency))), "currency": there.currency}


def _part(amount: Said, percent: int) -> Said:
    return _minor(Money(amount["minor"], amount["currency"]).times(Decimal(percent) / 100))


def _minor(money: Money) -> Said:
    return {"minor": money.minor, "currency": money.currency}


def _places(currency: str) -> int:
    return int(codes.load("currencies").fact(currency, "exponent"))


def _day(day: date) -> Said:
    iso = day.isoformat()
    return {"written": iso, "calendar": "gregorian", "date": iso, "precision": "day"}
