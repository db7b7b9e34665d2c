from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import Invalid
from casework.money.amounts import Money, exponent, half_up, rounded, total

STEADY = settings(max_examples=80)

CURRENCIES = st.sampled_from(["JPY", "KRW", "USD", "BDT", "KWD", "BHD"])


@pytest.mark.parametrize(
    ("currency", "places"),
    [
        ("JPY", 0),
        ("KRW", 0),
        ("VND", 0),
        ("USD", 2),
        ("NPR", 2),
        ("KWD", 3),
        ("OMR", 3),
        ("TND", 3),
        ("IQD", 3),
    ],
)
def test_each_currency_has_its_own_smallest_coin(currency, places):
    assert exponent(currency) == places


def test_an_amount_is_written_with_all_its_decimals():
    assert str(Money.of("275.5", "KWD")) == "KWD 275.500"
    assert str(Money(1200, "JPY")) == "JPY 1,200"
    assert Money.of("2337.50", "USD").minor == 233750


def test_a_coin_that_does_not_exist_is_refused():
    with pytest.raises(Invalid) as refused:
        Money.of("10.5", "JPY", "wage")
    assert refused.value.field == "wage"
    with pytest.raises(Invalid):
        Money.of("1.234", "EUR")
    for nonsense in ("NaN", "Infinity", "much", ""):
        with pytest.raises(Invalid) as refused:
            Money.of(nonsense, "EUR")
        assert refused.value.field == "amount"


def test_an_unknown_currency_is_refused_beside_its_field():
    with pytest.raises(Invalid) as refused:
        Money(1, "XYZ")
    assert refused.value.field == "currency"


def test_two_currencies_never_stand_in_one_sum():
    ringgit, taka = Money(100, "MYR"), Money(100, "BDT")
    for mixed in (lambda: ringgit + taka, lambda: ringgit - taka, lambda: ringgit < taka):
        with pytest.raises(Invalid) as refused:
            mixed()
        assert refused.value.field == "currency"
    with pytest.raises(Invalid):
        total([ringgit, taka], "MYR")


def test_a_float_is_no_amount():
    with pytest.raises(TypeError):
        Money(1.5, "USD")
    with pytest.raises(TypeError):
        Money(True, "USD")


def test_an_absurd_amount_is_a_slip_of_the_finger():
    with pytest.raises(Invalid):
        Money(10**15 + 1, "USD")


@pytest.mark.parametrize(
    ("exact", "whole"), [("2.5", 3), ("-2.5", -3), ("2.4999", 2), ("0.5", 1), ("-0.4", 0), ("1.5", 2)]
)
def test_a_half_is_rounded_away_from_zero(exact, whole):
    assert half_up(Fraction(exact)) == whole
    assert half_up(Fraction(exact), -1) == -whole


def test_rounding_is_exact_where_floats_are_not():
    assert Money.rounded(Decimal("1.005"), "USD").minor == 101
    assert round(1.005, 2) == 1.0
    assert rounded(Fraction(1, 3), 3) == Decimal("0.333")


@STEADY
@given(st.lists(st.integers(-(10**9), 10**9)), CURRENCIES)
def test_the_order_of_amounts_does_not_change_their_sum(minors, currency):
    amounts = [Money(minor, currency) for minor in minors]
    assert total(amounts, currency) == total(amounts[::-1], currency)


@STEADY
@given(st.integers(-(10**12), 10**12), CURRENCIES)
def test_an_amount_survives_the_way_to_whole_currency_and_back(minor, currency):
    money = Money(minor, currency)
    assert Money.of(money.major, currency) == money
    assert Money.rounded(money.exact, currency) == money


@STEADY
@given(st.decimals(-(10**6), 10**6, places=6), st.integers(0, 3))
def test_rounding_is_never_further_than_half_a_coin(number, places):
    assert abs(rounded(number, places) - number) <= Decimal(5).scaleb(-places - 1)
