"""Amounts of any currency in US dollars, so that one list of bands serves all. For published figures alone.

The rates are fixed beforehand, in a list: a rate of the day would put the same claim into another band in each window.
"""

from decimal import Decimal

from casework import codes
from casework.cases.values.money import amount

RATES = "trend_dollars"


def whole(minor: int | None, currency: str) -> int | None:
    """An amount in whole dollars, rounded down.

    Args:
        minor: in the currency's smaller unit; None is not known.
        currency: its code, or empty.

    Returns:
        None for what is not known, and for a currency that the list does not have.
    """
    rates = codes.load(RATES)
    if minor is None or currency not in rates:
        return None
    rate = Decimal(rates.fact(currency, "a_dollar"))
    return int(amount({"minor": minor, "currency": currency}) / rate)
