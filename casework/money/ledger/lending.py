"""Loans: what was said, what was handed over, what has to be paid back."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from casework.errors import Invalid
from casework.money import checks
from casework.money.amounts import Money, exponent
from casework.money.records import versioned

#: Periods of a year, for loans that are paid back at regular times.
PERIODS_A_YEAR: Final = {"day": 365, "week": 52, "fortnight": 26, "month": 12}

#: Percent for one period. More is a slip of the finger: 1,000 % a month turns 100 into 1,100 at once.
MOST_PERCENT: Final = Decimal(1000)

_MOST_INSTALMENTS: Final = 1200


def percent(value: Decimal, field: str) -> None:
    """Interest that somebody may really have asked for.

    Raises:
        Invalid: it is negative or absurd.
    """
    checks.not_negative(value, field)
    if value > MOST_PERCENT:
        raise Invalid("Interest of more than 1,000 percent cannot be meant. Write 3 for 3 percent.", field)


def regular(every: str, field: str = "every") -> None:
    """A period that loans are paid back in.

    Raises:
        Invalid: it is none.
    """
    if every not in PERIODS_A_YEAR:
        raise Invalid("Choose day, week, two weeks or month.", field)


@versioned("told_interest")
@dataclass(frozen=True, slots=True)
class Told:
    """The interest as the lender told it.

    Args:
        percent: 3 for 3 %.
        every: for which time.
        terms: code of `interest_terms`.
    """

    percent: Decimal
    every: str = "month"
    terms: str = "unknown"

    def __post_init__(self) -> None:
        percent(self.percent, "percent")
        regular(self.every)
        checks.code("interest_terms", self.terms, "terms")


@versioned("instalment")
@dataclass(frozen=True, slots=True)
class Instalment:
    """Something that is paid back, once or again and again.

    Args:
        amount: each time.
        after: how many periods after the loan the first of them is paid; 0 is the day of the loan.
        times: how often, one period after the other.
        day: the day itself, where days are known; then every part of the loan needs one.
    """

    amount: Money
    after: int = 1
    times: int = 1
    day: date | None = None

    def __post_init__(self) -> None:
        checks.amount(self.amount, "amount")
        if self.after < 0 or self.times < 1 or self.after + self.times > _MOST_INSTALMENTS:
            raise Invalid("Count the instalments from 1 to 1,200.", "times")
        if self.day is not None and self.times != 1:
            raise Invalid("An instalment with a day is paid once. Write each of them.", "times")


@versioned("loan")
@dataclass(frozen=True, slots=True)
class Loan:
    """A loan as the borrower knows it.

    Args:
        currency: three letters of ISO 4217.
        stated: the sum on the paper or in the lender's words.
        kept_back: a fee that was taken off before anything was handed over.
        received: cash that really came into the borrower's hands; stated less kept back if None.
        instalments: all that is or has to be paid back.
        every: time between instalments: day, week, fortnight or month.
        day: of the loan, if known.
        outstanding: what still has to be paid at once after the last instalment, if anything.
        told: the interest as the lender told it.
        lender: code of `lenders`.
        collateral: codes of `collateral`.
        pressures: codes of `pressures`.
    """

    currency: str
    stated: Money
    instalments: tuple[Instalment, ...]
    kept_back: Money | None = None
    received: Money | None = None
    every: str = "month"
    day: date | None = None
    outstanding: Money | None = None
    told: Told | None = None
    lender: str = "unknown"
    collateral: tuple[str, ...] = ()
    pressures: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        exponent(self.currency)
        for name in ("stated", "kept_back", "received", "outstanding"):
            if (value := getattr(self, name)) is not None:
                checks.same_currency(self.currency, value, name)
                checks.amount(value, name)
        for part in self.instalments:
            checks.same_currency(self.currency, part.amount, "instalments")
        self._check_codes()
        self._check_cash()

    def _check_codes(self) -> None:
        regular(self.every)
        checks.code("lenders", self.lender, "lender")
        for key in self.collateral:
            checks.code("collateral", key, "collateral")
        for key in self.pressures:
            checks.code("pressures", key, "pressures")

    def _check_cash(self) -> None:
        if self.cash.minor <= 0:
            raise Invalid("Nothing was handed over by these figures. Check what was kept back.", "received")

    @property
    def cash(self) -> Money:
        """What the borrower really got: interest is counted on this."""
        if self.received is not None:
            return self.received
        return self.stated - (self.kept_back or Money.zero(self.currency))

    @property
    def repaid(self) -> Money:
        """All that is paid back, with what is still outstanding."""
        back = sum(
            (part.amount.times(part.times) for part in self.instalments), start=Money.zero(self.currency)
        )
        return back + (self.outstanding or Money.zero(self.currency))
