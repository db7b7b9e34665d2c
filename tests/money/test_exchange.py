from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import Invalid
from casework.money.amounts import Money
from casework.money.exchange import ExchangeRate

STEADY = settings(max_examples=80)

RATE = ExchangeRate("MYR", "BDT", Decimal(26), date(2026, 3, 3), "Bangladesh Bank")


def test_it_converts_both_ways():
    assert RATE.convert(Money.of(1500, "MYR"), date(2026, 3, 3)) == Money.of(39000, "BDT")
    assert RATE.convert(Money.of(39000, "BDT"), date(2026, 3, 3)) == Money.of(1500, "MYR")


def test_each_currency_keeps_its_own_coins():
    yen = ExchangeRate("KWD", "JPY", Decimal("487.65"), date(2026, 3, 3), "central bank")
    assert yen.convert(Money.of("275.500", "KWD"), date(2026, 3, 3)) == Money(134348, "JPY")
    assert yen.convert(Money(134348, "JPY"), date(2026, 3, 3)) == Money.of("275.501", "KWD")


def test_a_rate_of_the_day_needs_no_word():
    assert list(RATE.cautions(date(2026, 3, 3))) == []


def test_a_rate_of_another_day_says_so():
    (caution,) = RATE.cautions(date(2026, 3, 10))
    assert caution.text() == "The rate is of 3 March 2026, not of 10 March 2026."


def test_a_rate_more_than_a_year_away_is_refused_until_somebody_keeps_it():
    day = date(2027, 3, 5)
    with pytest.raises(Invalid) as refused:
        RATE.convert(Money.of(1, "MYR"), day)
    assert refused.value.field == "rate"
    kept = ExchangeRate("MYR", "BDT", Decimal(26), date(2026, 3, 3), "newspaper", kept_although_old=True)
    assert kept.convert(Money.of(1, "MYR"), day) == Money.of(26, "BDT")
    assert "more than a year away" in next(kept.cautions(day)).text()


def test_a_rate_says_where_it_comes_from():
    with pytest.raises(Invalid) as refused:
        ExchangeRate("MYR", "BDT", Decimal(26), date(2026, 3, 3), " ")
    assert refused.value.field == "source"


@pytest.mark.parametrize("value", ["0", "-26", "NaN"])
def test_a_rate_is_more_than_nothing(value):
    with pytest.raises(Invalid):
        ExchangeRate("MYR", "BDT", Decimal(value), date(2026, 3, 3), "bank")


def test_a_rate_is_for_its_own_two_currencies():
    with pytest.raises(Invalid):
        RATE.convert(Money.of(1, "USD"), date(2026, 3, 3))
    with pytest.raises(Invalid):
        ExchangeRate("MYR", "MYR", Decimal(1), date(2026, 3, 3), "bank")


@STEADY
@given(st.integers(0, 10**9), st.decimals("0.01", "1000", places=4))
def test_there_and_back_is_the_same_but_for_a_coin(minor, value):
    rate = ExchangeRate("MYR", "BDT", value, date(2026, 3, 3), "bank")
    money = Money(minor, "MYR")
    back = rate.convert(rate.convert(money, rate.day), rate.day)
    # Half a poisha is at most 0.005 / value ringgit, and half a sen of rounding.
    assert abs(back.exact - money.exact) <= Decimal("0.005") / value + Decimal("0.005")
