"""Whether a line can stand beside the others: said when it is entered, beside the field that it is about."""

from datetime import date
from decimal import Decimal
from typing import Final

from casework.errors import Invalid
from casework.money import checks
from casework.money.account.ledger import Ledger, LedgerLine, currencies_of
from casework.money.account.sorts import IN_PERIODS, ONCE, Sort, Value
from casework.money.exchange import ExchangeRate
from casework.money.ledger import (
    Deduction,
    Entitlement,
    Payment,
    PayPeriod,
    PayRate,
    RecruitmentPayment,
    Refund,
    Work,
)
from casework.money.months import days_touched
from casework.money.substitution import Stretch

#: Days between an amount and its exchange rate that nobody asks about, across the turn of a year too.
_NEAR: Final = 31
_OF_WAGES: Final = (PayRate, PayPeriod, Payment, Deduction, Entitlement)


def fits(ledger: Ledger, sort: Sort, value: Value) -> None:
    """Go on only if a line can be counted together with the others.

    Args:
        ledger: the other lines.
        sort: of the new line.
        value: what calculators would take it for.

    Raises:
        Invalid: two currencies in one sum, more hours than a day has, two of what there is once, a pay
            period that does not exist.
    """
    if sort.key in ONCE and ledger.lines_of(sort.key):
        raise Invalid("This was said already. Change that line instead of entering another.")
    if isinstance(value, _OF_WAGES):
        field = "currency" if isinstance(value, PayRate) else "amount"
        _one_currency(_currencies(ledger, _OF_WAGES), value, field)
    if isinstance(value, Stretch):
        _one_currency(_currencies(ledger, (Stretch,)), value, "promised")
    if isinstance(value, PayPeriod):
        _not_there_yet(ledger, value)
    if isinstance(value, Work):
        _days(ledger.of(Work), value)
    if isinstance(value, RecruitmentPayment | Refund) and value.rate is not None:
        _same_year(value.rate, value.day)
    if sort.key in IN_PERIODS and (period := getattr(value, "period", "")):
        _known(ledger, period)


def may_go(rest: Ledger, line: LedgerLine) -> None:
    """Go on only if no other line needs this one.

    Raises:
        Invalid: lines belong to this pay period.
    """
    name = str(line.id)
    if any(getattr(other.value, "period", "") == name for other in rest.active()):
        raise Invalid("Other lines belong to this pay period. Strike them out or change them first.")


def _not_there_yet(ledger: Ledger, new: PayPeriod) -> None:
    """No pay period twice: a table that is pasted once more would double what is owed."""
    if any((one.start, one.end) == (new.start, new.end) for one in ledger.of(PayPeriod)):
        raise Invalid(
            "The pay period from %(start)s to %(end)s is entered already. Change it instead of entering another.",
            "from",
            start=new.start,
            end=new.end,
        )


def _known(ledger: Ledger, period: str) -> None:
    if period not in {one.key for one in ledger.of(PayPeriod)}:
        raise Invalid("This pay period is no longer there. Choose one from the list.", "period")


def _currencies(ledger: Ledger, classes: tuple[type, ...]) -> list[str]:
    held = [line.value for line in ledger.active() if isinstance(line.value, classes)]
    return [code for value in held for code in currencies_of(value)]


def _one_currency(known: list[str], value: object, field: str) -> None:
    for currency in currencies_of(value):
        for other in [*known, *currencies_of(value)]:
            if other != currency:
                raise Invalid(
                    "%(one)s and %(other)s cannot stand in one sum. Turn one into the other with a dated rate first.",
                    "shown" if isinstance(value, PayPeriod) else field,
                    one=other,
                    other=currency,
                )


def _same_year(rate: ExchangeRate, day: date) -> None:
    """No rate of another year by mistake: in January one still writes the rate that was looked up in spring."""
    if rate.day.year != day.year and abs((rate.day - day).days) > _NEAR and not rate.kept_although_old:
        raise Invalid(
            "This rate is of %(rate_day)s, the amount of %(day)s: another year. Look for a rate nearer to that day, or"
            " say below that you keep it.",
            "rate_on",
            rate_day=rate.day,
            day=day,
        )


def _days(others: tuple[Work, ...], new: Work) -> None:
    """No days with more hours than they have, also when the hours stand in several lines."""
    if new.unit != "hour":
        return
    hours = [work for work in (*others, new) if work.unit == "hour"]
    for start, end in {(work.start, work.end) for work in hours if _touch(work, new.start, new.end)}:
        inside = [work.quantity for work in hours if start <= work.start and work.end <= end]
        if (together := sum(inside, Decimal(0))) > checks.HOURS_A_DAY * days_touched(start, end):
            raise _crowded(start, end, together)


def _crowded(start: date, end: date, hours: Decimal) -> Invalid:
    """The complaint about hours that fit alone, and not beside those of other lines."""
    if start == end:
        return Invalid(
            "With the other lines of %(day)s this makes %(hours)s hours, and a day has 24. Were some entered twice?",
            "quantity",
            day=start,
            hours=hours,
        )
    return Invalid(
        "With the other lines from %(start)s to %(end)s this makes %(hours)s hours, and those days have %(most)s. Were"
        " some entered twice?",
        "quantity",
        start=start,
        end=end,
        hours=hours,
        most=checks.HOURS_A_DAY * days_touched(start, end),
    )


def _touch(work: Work, start: date, end: date) -> bool:
    return work.start <= end and start <= work.end
