from datetime import date
from decimal import Context, Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import Invalid
from casework.money.amounts import Money
from casework.money.interest import InterestQuestion, interest
from casework.money.ledger import Instalment, Loan, Told
from casework.money.loan_flows import flat_loan, flows
from casework.money.solver import Flow, Found, NotFound, solve

STEADY = settings(max_examples=40)


def npr(amount):
    return Money.of(amount, "NPR")


def twelve(amount=22000, **more):
    given = {"kept_back": npr(10000)}
    return Loan("NPR", npr(200000), (Instalment(npr(amount), times=12),), **given | more)


def rates(loan, book, **more):
    results = interest(InterestQuestion(loan, **more), book).results
    return results["period"], results["nominal"], results["effective"]


def test_the_worked_loan(book):
    working = interest(InterestQuestion(twelve()), book)
    assert working.results["cash"] == npr(190000)
    assert working.results["cost"] == npr(74000)
    assert rates(twelve(), book) == (Decimal("5.46"), Decimal("65.6"), Decimal("89.3"))


def test_the_sum_on_the_paper_gives_the_wrong_rate_and_it_is_shown_as_wrong(book):
    lines = {line.key: line for line in interest(InterestQuestion(twelve()), book).lines}
    assert lines["on_stated"].value == Decimal("4.55")
    assert "wrongly" in lines["on_stated"].words.text()
    on_paper = twelve(kept_back=None)
    assert rates(on_paper, book)[:2] == (Decimal("4.55"), Decimal("54.6"))


def test_three_percent_flat_is_not_three_percent(book):
    loan = flat_loan(npr(100000), Told(Decimal(3)), 12)
    assert loan.instalments[0].amount == npr("11333.33")
    assert rates(loan, book) == (Decimal("5.08"), Decimal("61.0"), Decimal("81.2"))
    text = [line.words.text() for line in interest(InterestQuestion(loan), book).lines]
    assert "The lender told 3 % per “Month” (On the first amount, the whole time)." in text


def test_without_interest_the_rate_is_nothing(book):
    assert rates(twelve(amount=10000, kept_back=npr(80000)), book) == (0, 0, 0)


def test_one_payment_of_the_double(book):
    loan = Loan("NPR", npr(100), (Instalment(npr(200)),))
    assert rates(loan, book) == (Decimal("100.00"), Decimal("1200.0"), Decimal("409500.0"))


def test_interest_only_and_the_sum_at_the_end(book):
    loan = Loan("NPR", npr(1000), (Instalment(npr(50), times=12),), outstanding=npr(1000))
    assert rates(loan, book)[0] == Decimal("5.00")


def test_weeks_and_days_have_their_own_years(book):
    weekly = Loan("NPR", npr(1000), (Instalment(npr(1050)),), every="week")
    assert rates(weekly, book)[:2] == (Decimal("5.00"), Decimal("260.0"))
    daily = Loan("NPR", npr(1000), (Instalment(npr(1050)),), every="day")
    assert rates(daily, book)[:2] == (Decimal("5.00"), Decimal("1825.0"))


def test_days_are_counted_where_they_are_known(book):
    dated = Loan(
        "NPR",
        npr(1000),
        (Instalment(npr(1100), day=date(2027, 1, 1)),),
        day=date(2026, 1, 1),
    )
    assert rates(dated, book)[2] == Decimal("10.0")


def test_days_are_known_for_all_or_for_none(book):
    for loan in (
        Loan("NPR", npr(1), (Instalment(npr(2), day=date(2026, 1, 1)),)),
        Loan(
            "NPR",
            npr(1),
            (Instalment(npr(2), day=date(2026, 1, 1)), Instalment(npr(2))),
            day=date(2026, 1, 1),
        ),
        Loan("NPR", npr(1), (Instalment(npr(2), day=date(2025, 1, 1)),), day=date(2026, 1, 1)),
    ):
        with pytest.raises(Invalid) as refused:
            interest(InterestQuestion(loan), book)
        assert refused.value.field == "day"


def test_less_paid_back_than_received_is_no_rate_but_a_word(book):
    working = interest(InterestQuestion(twelve(amount=100)), book)
    assert working.results["period"] is None
    assert "what is still owed" in working.warnings[0].text()


def test_cash_that_does_not_fit_the_paper_is_asked_about(book):
    working = interest(InterestQuestion(twelve(received=npr(185000))), book)
    assert working.results["cash"] == npr(185000)
    assert any("190,000.00" in w.text() and "185,000.00" in w.text() for w in working.warnings)


def test_a_usury_rule_is_compared_and_only_said(book):
    hkd = Loan("HKD", Money.of(1000, "HKD"), (Instalment(Money.of(110, "HKD"), times=12),))
    working = interest(InterestQuestion(hkd, ("hk-money-lenders",)), book)
    assert working.results["effective"] > 48
    assert working.results["above hk-money-lenders"] == 1
    mild = Loan("HKD", Money.of(1000, "HKD"), (Instalment(Money.of(98, "HKD"), times=12),))
    middling = interest(InterestQuestion(mild, ("hk-money-lenders",)), book)
    assert 36 > middling.results["effective"] > 30
    assert middling.results["above hk-money-lenders"] == 0


@pytest.mark.parametrize("percent", ["-1", "1000.01", "NaN"])
def test_absurd_interest_is_refused_beside_its_field(percent):
    with pytest.raises(Invalid) as refused:
        Told(Decimal(percent))
    assert refused.value.field == "percent"


def test_absurd_instalments_are_refused(book):
    with pytest.raises(Invalid) as refused:
        interest(InterestQuestion(Loan("NPR", npr(10), (Instalment(npr(1000)),))), book)
    assert refused.value.field == "instalments"


def test_a_loan_of_nothing_is_refused():
    for made in (
        lambda: Loan("NPR", npr(100), (), kept_back=npr(100)),
        lambda: Loan("NPR", npr(100), (), received=npr(0)),
    ):
        with pytest.raises(Invalid) as refused:
            made()
        assert refused.value.field == "received"


def test_nothing_paid_back_is_asked_about(book):
    with pytest.raises(Invalid) as refused:
        interest(InterestQuestion(Loan("NPR", npr(100), ())), book)
    assert refused.value.field == "instalments"


def test_all_paid_back_on_the_day_of_the_loan_is_asked_about(book):
    loan = Loan("NPR", npr(100), (Instalment(npr(100), after=0), Instalment(npr(50))))
    with pytest.raises(Invalid) as refused:
        interest(InterestQuestion(loan), book)
    assert refused.value.field == "instalments"


def test_a_fee_paid_at_once_is_like_money_kept_back(book):
    fee = Loan("NPR", npr(200000), (Instalment(npr(10000), after=0), Instalment(npr(22000), times=12)))
    assert rates(fee, book) == rates(twelve(), book)


def test_a_loan_has_one_currency():
    with pytest.raises(Invalid) as refused:
        Loan("NPR", npr(100), (Instalment(Money.of(1, "USD")),))
    assert refused.value.field == "instalments"
    with pytest.raises(Invalid) as refused:
        Loan("NPR", npr(100), (Instalment(npr(10)),), kept_back=Money.of(1, "USD"))
    assert refused.value.field == "kept_back", "beside the amount that is in another one"


@pytest.mark.parametrize(
    "amounts",
    [
        (-100, 240, -143),  # 10 % and 30 % both fit
        (-504, 1910, -2400, 1000),  # 11 %, 25 % and 43 % all fit
        (-100, 240, -140),  # nothing and 40 % both fit
    ],
)
def test_more_than_one_rate_is_no_rate(amounts):
    turning = [Flow(Decimal(n), Decimal(amount)) for n, amount in enumerate(amounts)]
    assert solve(turning) == NotFound("several")


def test_a_second_advance_with_one_answer_is_solved():
    topped = [
        Flow(Decimal(0), Decimal(-100)),
        Flow(Decimal(1), Decimal(-100)),
        Flow(Decimal(2), Decimal(231)),
    ]
    found = solve(topped)
    assert isinstance(found, Found)
    # 100 (1+i)² + 100 (1+i) = 231 has 1 + i = 1.1 as its answer.
    assert abs(found.rate - Decimal("0.1")) < Decimal("1e-20")


def test_a_loan_starts_with_money():
    with pytest.raises(ValueError, match="starts with money"):
        solve([Flow(Decimal(0), Decimal(5))])
    with pytest.raises(ValueError, match="starts with money"):
        solve([])


AMOUNT = st.integers(1, 10**9).map(lambda minor: Decimal(minor) / 100)
PAYMENTS = st.lists(
    st.builds(Flow, st.integers(0, 240).map(lambda n: Decimal(n) / 4), AMOUNT), min_size=1, max_size=8
)


@STEADY
@given(AMOUNT, PAYMENTS)
def test_the_rate_makes_both_sides_worth_the_same_or_there_is_a_reason(cash, payments):
    at_once = sum(p.amount for p in payments if p.after == 0)
    if at_once >= cash:
        return
    found = solve([Flow(Decimal(0), -cash), *payments])
    if isinstance(found, NotFound):
        assert found.why in ("less", "absurd")
        assert found.why == "absurd" or sum(p.amount for p in payments) < cash
        return
    with localcontext(Context(prec=60)):
        worth = sum(p.amount / (1 + found.rate) ** p.after for p in payments)
        assert abs(worth - cash) <= cash * Decimal("1e-25")
    assert abs(found.residual) <= Decimal("1e-30")


@STEADY
@given(AMOUNT, st.decimals("0.0001", "9", places=4), st.integers(1, 120))
def test_a_rate_that_was_put_in_comes_out(cash, rate, times):
    with localcontext(Context(prec=60)):
        payment = cash * rate / (1 - (1 + rate) ** -times)
    found = solve([Flow(Decimal(0), -cash), *(Flow(Decimal(k), payment) for k in range(1, times + 1))])
    assert isinstance(found, Found)
    assert abs(found.rate - rate) < Decimal("1e-20")


@STEADY
@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 60), st.integers(2, 1000))
def test_the_unit_of_money_does_not_change_the_rate(cash, payment, times, factor):
    one = solve(
        [Flow(Decimal(0), Decimal(-cash)), *(Flow(Decimal(k), Decimal(payment)) for k in range(1, times + 1))]
    )
    other = solve(
        [
            Flow(Decimal(0), Decimal(-cash * factor)),
            *(Flow(Decimal(k), Decimal(payment * factor)) for k in range(1, times + 1)),
        ]
    )
    if isinstance(one, Found):
        assert abs(one.rate - other.rate) <= abs(one.rate) * Decimal("1e-20")
    else:
        assert one == other


@STEADY
@given(st.integers(10**4, 10**8), st.integers(1, 40).map(Decimal), st.integers(2, 36))
def test_flat_interest_always_costs_more_than_was_told(principal, percent, times):
    loan = flat_loan(Money(principal, "NPR"), Told(percent), times)
    found = solve(flows(loan, loan.cash))
    assert isinstance(found, Found)
    assert found.rate * 100 > percent


@STEADY
@given(
    st.lists(
        st.tuples(st.integers(1, 10**7), st.integers(1, 24), st.integers(1, 12)), min_size=1, max_size=5
    ),
    st.randoms(),
)
def test_the_order_of_instalments_changes_nothing(parts, random):
    instalments = [Instalment(Money(a, "NPR"), after=k, times=t) for a, k, t in parts]
    one = solve(flows(Loan("NPR", npr(100), tuple(instalments)), npr(100)))
    random.shuffle(instalments)
    assert solve(flows(Loan("NPR", npr(100), tuple(instalments)), npr(100))) == one
