"""Work: pay periods, what was done in them, and what was promised for it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from casework import codes
from casework.errors import Invalid
from casework.money import checks
from casework.money.amounts import Money, exponent
from casework.money.months import days_touched
from casework.money.records import versioned

MINIMUM: Final = "minimum"

_HOUR: Final = "hour"
_UNITS: Final = "pay_periods"


@versioned("pay_period")
@dataclass(frozen=True, slots=True)
class PayPeriod:
    """One period that is paid together.

    Args:
        key: how lines refer to it; any text without meaning.
        start, end: first and last day.
        pay_day: when the pay fell due; the last day if None. Time limits run from it.
        gross_shown: pay before deductions as the payslip shows it, if there is one.
    """

    key: str
    start: date
    end: date
    pay_day: date | None = None
    gross_shown: Money | None = None

    def __post_init__(self) -> None:
        checks.span(self.start, self.end)
        if self.gross_shown is not None:
            checks.amount(self.gross_shown, "gross_shown")

    @property
    def fell_due(self) -> date:
        """The day from which time limits run."""
        return self.pay_day or self.end


@versioned("work")
@dataclass(frozen=True, slots=True)
class Work:
    """Work of one day or of several days together.

    Args:
        quantity: how much, in `unit`: 52 hours, 1 month, 340 pieces.
        start, end: first and last day; 24 hours a day at most.
        unit: code of `pay_periods`.
        band: code of `hour_bands`; `worked` is divided by the rule about overtime.
        period: key of the pay period; the one that holds the first day if empty.
        multiplier: what pay is multiplied with, where the contract says more than the rule.
        hours_taken: for work that is not paid by the hour, how many hours it took: a minimum wage by the
            hour is compared through them.
        source: code of `hour_sources`.
        confidence: code of `confidence`.
    """

    quantity: Decimal
    start: date
    end: date
    unit: str = _HOUR
    band: str = "worked"
    period: str = ""
    multiplier: Decimal | None = None
    hours_taken: Decimal | None = None
    source: str = "memory"
    confidence: str = "unknown"

    def __post_init__(self) -> None:
        checks.span(self.start, self.end)
        checks.code(_UNITS, self.unit, "unit")
        checks.code("hour_bands", self.band, "band")
        checks.code("hour_sources", self.source, "source")
        checks.code("confidence", self.confidence, "confidence")
        self._check_numbers()

    def _check_numbers(self) -> None:
        if self.unit == _HOUR:
            checks.hours(self.quantity, self.days)
        else:
            checks.not_negative(self.quantity, "quantity")
        if self.hours_taken is not None:
            checks.hours(self.hours_taken, self.days)
        if self.multiplier is not None:
            checks.positive(self.multiplier, "multiplier")

    @property
    def days(self) -> int:
        """Days that it covers."""
        return days_touched(self.start, self.end)

    @property
    def documented(self) -> bool:
        """Does it rest on something that somebody else can look at?"""
        return bool(codes.load("hour_sources").fact(self.source, "documentary"))


@versioned("pay_rate")
@dataclass(frozen=True, slots=True)
class PayRate:
    """What was promised, or what the law says is the least.

    Args:
        amount: in whole currency, with as many decimals as were promised: a piece may be paid 0.125.
        currency: three letters of ISO 4217.
        unit: code of `pay_periods`.
        basis: code of `contract_versions`, or `minimum` for the statutory minimum.
        start, end: days that it covers; None is open.
    """

    amount: Decimal
    currency: str
    unit: str = _HOUR
    basis: str = "home"
    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        exponent(self.currency)
        checks.not_negative(self.amount, "amount")
        checks.code(_UNITS, self.unit, "unit")
        checks.span(self.start, self.end)
        if self.basis != MINIMUM:
            checks.code("contract_versions", self.basis or "?", "basis")

    def covers(self, start: date, end: date) -> bool:
        """Does it hold on all of these days?

        Raises:
            Invalid: on some of them only, so that the work must be divided.
        """
        first = (self.start is None or self.start <= start) and (self.end is None or start <= self.end)
        last = (self.start is None or self.start <= end) and (self.end is None or end <= self.end)
        inside = self.start is not None and start < self.start and self.end is not None and self.end < end
        if first != last or inside:
            raise Invalid(
                "The pay changes between %(start)s and %(end)s. Divide the work there.",
                "start",
                start=start,
                end=end,
            )
        return first
