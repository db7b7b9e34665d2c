"""Answers about wages as the values that calculators take."""

from decimal import Decimal
from typing import Final

from casework.errors import Invalid
from casework.money.account.answers import Answers
from casework.money.ledger import Deduction, Entitlement, Payment, PayPeriod, PayRate, Work
from casework.money.ledger.hours import MINIMUM
from casework.money.substitution import Stretch

#: Work on a holiday at night is paid at three times its rate where it is paid best; more is a slip of the finger.
_MOST_TIMES: Final = 10


def rate(of: Answers, _name: str) -> PayRate:
    """What was promised."""
    return _pay(of, of.code("contract", "home"))


def minimum(of: Answers, _name: str) -> PayRate:
    """What the law says is the least."""
    return _pay(of, MINIMUM)


def _pay(of: Answers, basis: str) -> PayRate:
    amount = of.number("amount") or Decimal(0)
    if not amount:
        raise Invalid("Pay of nothing is no pay. Write what was promised, or enter no line for it.", "amount")
    return PayRate(amount, of.code("currency"), of.code("per"), basis, of.day("from"), of.day("to"))


def work(of: Answers, _name: str) -> Work:
    """Work, by band and by where it is known from."""
    start = of.that_day("from")
    unit = of.code("unit", "hour")
    return Work(
        quantity=of.number("quantity") or Decimal(0),
        start=start,
        end=of.day("to") or start,
        unit=unit,
        band=of.code("band", "worked" if unit == "hour" else "ordinary"),
        period=of.code("period"),
        multiplier=_multiplier(of),
        hours_taken=of.number("hours_taken"),
        source=of.code("source", "memory"),
        confidence=of.code("confidence", "unknown"),
    )


def _multiplier(of: Answers) -> Decimal | None:
    found = of.number("multiplier")
    if found is not None and found > _MOST_TIMES:
        raise Invalid(
            "No work is paid at more than %(most)s times its rate. Write 1.5 for one and a half.",
            "multiplier",
            most=_MOST_TIMES,
        )
    return found


def period(of: Answers, name: str) -> PayPeriod:
    """A pay period; other lines know it by the name of its row."""
    return PayPeriod(name, of.that_day("from"), of.that_day("to"), of.day("pay_day"), of.money("shown"))


def received(of: Answers, _name: str) -> Payment:
    """Money received."""
    method = of.code("method", "unknown")
    return Payment(of.amount("amount"), of.day("on"), of.code("period"), of.money("given_back"), method)


def deduction(of: Answers, _name: str) -> Deduction:
    """Money taken off."""
    return Deduction(
        of.amount("amount"),
        of.yes("lawful"),
        of.code("reason", "unknown"),
        of.day("on"),
        of.code("period"),
        of.code("in_writing", "unknown"),
    )


def entitlement(of: Answers, _name: str) -> Entitlement:
    """Something owed besides pay for work."""
    amount, what = of.amount("amount"), of.code("what")
    return Entitlement(amount, what, of.day("on"), of.code("period"), of.yes("documented"))


def stretch(of: Answers, _name: str) -> Stretch:
    """A time in which something else was paid than promised."""
    return Stretch(
        of.amount("promised"),
        of.amount("paid"),
        of.number("periods") or Decimal(0),
        of.number("promised_hours"),
        of.number("real_hours"),
    )
