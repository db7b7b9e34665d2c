"""All that was entered for a claim of wages, checked as a whole."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter

from casework.errors import Invalid
from casework.money import checks
from casework.money.amounts import Money, exponent
from casework.money.ledger import Deduction, Entitlement, Payment, PayPeriod, PayRate, Work
from casework.money.ledger.hours import MINIMUM
from casework.money.months import days_touched
from casework.money.records import versioned

_SUNDAY = 6


class Way(StrEnum):
    """From which side what is owed is counted."""

    NET = "net"
    """From the money that was really received."""
    GROSS = "gross"
    """From what the payslips show."""


@versioned("wage_claim")
@dataclass(frozen=True, slots=True)
class WageClaim:
    """What the calculator of wages is given.

    Args:
        currency: of everything in the claim.
        work: what was done.
        rates: what was promised and what the law says is the least.
        periods: pay periods; without any, the whole job is one.
        payments: money received.
        deductions: money taken off.
        entitlements: owed besides pay for work.
        contract: the basis of the rates that the claim rests on, where several were promised.
        overtime: id of the rule that divides hours, or empty.
        week_starts: first day of the work week, 0 is Monday; read from the weeks that were entered if None.
        gross_shown: pay before deductions on all payslips together, where they are known only as a sum.
        way: from which side the answer is counted; the other one is shown beside it.

    Raises:
        Invalid: two currencies, more hours than a day has, a period that does not exist, two of one name.
    """

    currency: str
    work: tuple[Work, ...] = ()
    rates: tuple[PayRate, ...] = ()
    periods: tuple[PayPeriod, ...] = ()
    payments: tuple[Payment, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    entitlements: tuple[Entitlement, ...] = ()
    contract: str = ""
    overtime: str = ""
    week_starts: int | None = None
    gross_shown: Money | None = None
    way: Way = Way.NET

    def __post_init__(self) -> None:
        exponent(self.currency)
        checks.one_currency(self.currency, *self._amounts())
        for rate in self.rates:
            checks.one_currency(self.currency, Money.zero(rate.currency))
        if self.week_starts is not None and not 0 <= self.week_starts <= _SUNDAY:
            raise Invalid("Choose the day on which the work week starts.", "week_starts")
        if self.gross_shown is not None:
            checks.amount(self.gross_shown, "gross_shown")
        _check_periods(self)
        _check_days(self.work)

    def _amounts(self) -> Iterator[Money | None]:
        yield self.gross_shown
        yield from (period.gross_shown for period in self.periods)
        for parts in (self.payments, self.deductions, self.entitlements):
            yield from (part.amount for part in parts)
        yield from (payment.given_back for payment in self.payments)

    def basis(self) -> str:
        """The contract that the claim rests on.

        Raises:
            Invalid: several were entered and none was chosen.
        """
        promised = {rate.basis for rate in self.rates} - {MINIMUM}
        if self.contract:
            return self.contract
        if len(promised) > 1:
            raise Invalid("Several contracts were entered. Say which one the claim rests on.", "contract")
        return next(iter(promised), "")

    def in_order(self) -> list[PayPeriod]:
        """Pay periods from the first to the last."""
        return sorted(self.periods, key=attrgetter("start", "end", "key"))


def _check_periods(claim: WageClaim) -> None:
    keys = [period.key for period in claim.periods]
    if len(set(keys)) != len(keys):
        raise Invalid("Two pay periods have the same name.", "periods")
    if "" in keys:
        raise Invalid("A pay period needs a name of its own.", "periods")
    groups = (claim.work, claim.payments, claim.deductions, claim.entitlements)
    if missing := {line.period for lines in groups for line in lines} - set(keys) - {""}:
        raise Invalid("There is no pay period “%(period)s”.", "period", period=min(missing))


def _check_days(work: tuple[Work, ...]) -> None:
    """No days with more hours than they have, also when the hours stand in several lines."""
    hours: dict[tuple[date, date], Decimal] = defaultdict(Decimal)
    for line in work:
        if line.unit == "hour":
            hours[line.start, line.end] += line.quantity
    spans = sorted(hours)
    for start, end in spans:
        # A line of a week and lines of its days may tell of the same hours.
        inside = spans[bisect_left(spans, (start, start)) : bisect_right(spans, (end, end))]
        together = sum((hours[span] for span in inside if span[1] <= end), Decimal(0))
        checks.hours(together, days_touched(start, end))
