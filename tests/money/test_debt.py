from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import Invalid
from casework.money.amounts import Money
from casework.money.debt import DebtQuestion, debt
from casework.money.rules import RuleBook
from casework.money.run_off import LONGEST, periods_to_clear, run_off

STEADY = settings(max_examples=80)

BOOK = RuleBook()


def taka(amount):
    return Money.of(amount, "BDT")


def ask(payment, **more):
    given = {"debt": taka(300000), "percent": Decimal(3), "income": taka(payment), "contract": 24}
    return debt(DebtQuestion(**given | more), BOOK)


@pytest.mark.parametrize("payment", [0, 8000, 9000])
def test_a_payment_that_is_not_more_than_the_interest_never_clears_the_debt(payment):
    working = ask(payment)
    assert working.results["never"] == 1
    assert working.results["periods"] is None
    assert working.results["first_interest"] == taka(9000)
    assert any("never be paid off" in w.text() for w in working.warnings)


def test_at_exactly_the_interest_the_debt_stands_still():
    assert ask(9000).results["at_contract_end"] == taka(300000)
    assert ask(8000).results["at_contract_end"] > taka(300000)


def test_the_worked_debt_is_longer_than_the_contract():
    working = ask(15000)
    assert working.results["never"] == 0
    assert working.results["periods"] == Decimal("31.0")
    assert working.results["payments"] == 31
    assert working.results["at_contract_end"] > taka(0)
    assert any("31 payments" in w.text() and "only 24" in w.text() for w in working.warnings)


def test_what_is_left_after_food_and_remittance_is_the_payment():
    working = ask(39000, living=taka(14000), remittance=taka(10000))
    assert working.results["payment"] == taka(15000)
    assert working.results["periods"] == Decimal("31.0")
    hungry = ask(10000, living=taka(14000))
    assert hungry.results["payment"] == taka(-4000)
    assert hungry.results["never"] == 1


def test_without_interest_it_is_a_division():
    working = ask(15000, percent=Decimal(0))
    assert working.results["periods"] == Decimal("20.0")
    assert working.results["payments"] == 20
    assert working.results["cost"] == taka(0)


def test_one_payment_of_all_with_its_interest():
    working = ask(309000)
    assert (working.results["payments"], working.results["total"], working.results["cost"]) == (
        1,
        taka(309000),
        taka(9000),
    )


def test_no_debt_needs_no_payment():
    working = ask(0, debt=taka(0))
    assert working.results["never"] == 0
    assert working.results["payments"] == 0
    assert working.results["total"] == taka(0)


def test_a_debt_of_many_lives_has_a_number_and_no_simulation():
    working = ask("1000.01", debt=taka("100000"), percent=Decimal(1))
    assert working.results["payments"] == 1158
    longer = ask("9000.01", debt=taka("900000"), percent=Decimal(1))
    assert longer.results["payments"] > LONGEST
    assert longer.results["total"] is None


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"percent": Decimal(-3)}, "percent"),
        ({"percent": Decimal(3000)}, "percent"),
        ({"income": taka(-1)}, "income"),
        ({"debt": taka(-1)}, "debt"),
        ({"living": Money.of(1, "USD")}, "living"),
        ({"every": "moon"}, "every"),
        ({"contract": 0}, "contract"),
    ],
)
def test_impossible_figures_are_refused_beside_their_field(more, field):
    with pytest.raises(Invalid) as refused:
        ask(15000, **more)
    assert refused.value.field == field


@STEADY
@given(
    st.integers(1, 10**9).map(lambda m: Decimal(m) / 100),
    st.decimals(0, 40, places=2).map(lambda p: p / 100),
    st.integers(1, 10**9).map(lambda m: Decimal(m) / 100),
)
def test_the_formula_and_counting_payment_by_payment_agree(owed, rate, payment):
    exact = periods_to_clear(owed, rate, payment)
    steps = list(run_off(owed, rate, payment, 400))
    if exact is None:
        assert payment <= owed * rate
        assert all(step >= owed for step in steps[:50])
    elif exact > 400:
        assert steps[-1] > 0
    else:
        assert steps[-1] == 0
        assert len(steps) - 1 < exact + Decimal("1e-15")
        assert exact - Decimal("1e-15") <= len(steps)


@STEADY
@given(st.integers(1, 10**6), st.integers(0, 30), st.integers(1, 10**6), st.integers(1, 10**4))
def test_paying_more_never_takes_longer(owed, percent, payment, more):
    one = periods_to_clear(Decimal(owed), Decimal(percent) / 100, Decimal(payment))
    other = periods_to_clear(Decimal(owed), Decimal(percent) / 100, Decimal(payment + more))
    assert one is None or (other is not None and other <= one)
