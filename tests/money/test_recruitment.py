from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import Invalid
from casework.money import rule_files
from casework.money.amounts import Money
from casework.money.exchange import ExchangeRate
from casework.money.ledger import RecruitmentPayment, Refund
from casework.money.recruitment import RecruitmentQuestion, middle, recruitment

STEADY = settings(max_examples=80)

DAY = date(2026, 3, 3)
RATE = ExchangeRate("MYR", "BDT", Decimal(26), DAY, "Bangladesh Bank")


def taka(amount):
    return Money.of(amount, "BDT")


def paid(amount, **more):
    given = {"day": DAY, "item": "fee_recruiter", "paid_to": "sub_agent", "asked_by_recruiter": "yes"}
    return RecruitmentPayment(taka(amount), **given | more)


def worked(**more):
    given = {
        "payments": (
            paid(300000),
            paid(100000, item="administrative", paid_to="origin_agency", receipt="full"),
        ),
        "monthly_income": Money.of(1500, "MYR"),
        "income_day": DAY,
        "income_rate": RATE,
        "caps": ("bd-my-2022", "ilo-zero"),
    }
    return RecruitmentQuestion("BDT", **given | more)


def test_the_worked_example(book):
    results = recruitment(worked(), book).results
    assert results["cost"] == taka(400000)
    assert results["months"] == Decimal("10.26")
    assert results["over bd-my-2022"] == taka(321010)
    assert results["over_zero"] == results["over ilo-zero"] == taka(400000)
    assert results["cap months bd-my-2022"] == Decimal("2.03")


def test_every_step_is_shown(book):
    text = [line.words.text() for line in recruitment(worked(), book).lines]
    assert "Indicator: 400,000.00 ÷ 39,000.00 = 10.26 months of income" in text
    assert any("1 MYR = 26 BDT (Bangladesh Bank, 3 March 2026)" in line for line in text)
    assert any(line.startswith("400,000.00 − 78,990.00 = 321,010.00 over") for line in text)


def test_receipts_are_told_apart_from_what_was_paid(book):
    payments = (
        paid(300000, receipt="understated", receipt_amount=taka(10000)),
        paid(50000, receipt="full"),
        paid(50000, receipt="taken"),
    )
    results = recruitment(worked(payments=payments), book).results
    assert results["cost"] == taka(400000)
    assert results["documented"] == taka(60000)


def test_a_receipt_that_says_less_must_say_how_much():
    with pytest.raises(Invalid) as refused:
        paid(300000, receipt="understated")
    assert refused.value.field == "receipt_amount"
    with pytest.raises(Invalid):
        paid(300000, receipt="understated", receipt_amount=taka(300001))


def test_what_nobody_asked_for_is_not_counted_but_shown(book):
    question = worked(payments=(paid(400000), paid(9000, item="equipment", asked_by_recruiter="no")))
    working = recruitment(question, book)
    assert working.results["cost"] == taka(400000)
    assert working.results["own_choice"] == taka(9000)


def test_what_is_not_known_is_counted_and_asked_again(book):
    working = recruitment(worked(payments=(paid(400000, asked_by_recruiter="unknown"),)), book)
    assert working.results["cost"] == taka(400000)
    assert any("ask again" in w.text() for w in working.warnings)


def test_items_and_links_of_the_chain_are_summed(book):
    lines = recruitment(worked(), book).lines
    sums = {(line.key, line.group): line.value for line in lines if line.key in ("item", "paid_to")}
    assert sums["item", "fee_recruiter"] == taka(300000)
    assert sums["paid_to", "origin_agency"] == taka(100000)


def test_the_refund_claim_adds_loans_and_takes_off_what_came_back(book):
    refunds = (Refund(taka(50000), DAY), Refund(taka(100000), DAY, state="agreed"))
    results = recruitment(worked(refunds=refunds, loan_cost=taka(74000)), book).results
    assert results["refunded"] == taka(50000)
    assert results["claim over zero"] == taka(400000 + 74000 - 50000)
    assert results["claim over bd-my-2022"] == taka(321010 + 74000 - 50000)


def test_other_currencies_need_a_dated_rate(book):
    ringgit = RecruitmentPayment(Money.of(1000, "MYR"), DAY, asked_by_recruiter="yes")
    with pytest.raises(Invalid) as refused:
        recruitment(worked(payments=(ringgit,)), book)
    assert refused.value.field == "rate"
    with_rate = RecruitmentPayment(Money.of(1000, "MYR"), DAY, asked_by_recruiter="yes", rate=RATE)
    assert recruitment(worked(payments=(with_rate,)), book).results["cost"] == taka(26000)


def test_a_rate_of_another_day_is_said(book):
    late = RecruitmentPayment(Money.of(1000, "MYR"), date(2026, 3, 10), asked_by_recruiter="yes", rate=RATE)
    working = recruitment(worked(payments=(late,)), book)
    assert any("not of 10 March 2026" in w.text() for w in working.warnings)


def test_without_income_there_is_no_indicator(book):
    working = recruitment(worked(monthly_income=None, caps=("bd-my-2022",)), book)
    assert working.results["months"] is None
    with pytest.raises(Invalid) as refused:
        recruitment(worked(monthly_income=None, caps=("ph-one-month",)), book)
    assert refused.value.field == "monthly_income"


def test_of_several_measures_the_lowest_counts(book):
    def rupees(income):
        return RecruitmentQuestion(
            "INR",
            (RecruitmentPayment(Money.of(90000, "INR"), DAY, asked_by_recruiter="yes"),),
            monthly_income=Money.of(income, "INR"),
            caps=("in-2009", "in-2017"),
        )

    low = recruitment(rupees(10000), book).results
    assert (low["cap in-2009"], low["cap in-2017"]) == (Money.of(15000, "INR"), Money.of(30000, "INR"))
    assert recruitment(rupees(50000), book).results["cap in-2009"] == Money.of(20000, "INR")


def test_a_cap_in_another_currency_is_refused(book):
    with pytest.raises(Invalid) as refused:
        recruitment(worked(caps=("np-free-visa-ticket",)), book)
    assert refused.value.field == "caps"


def test_several_people_have_a_median_and_a_number():
    assert middle([Decimal("10.26"), Decimal("8.10"), Decimal("95.00")]) == (Decimal("10.26"), 3)
    assert middle([Decimal("1.01"), Decimal("2.02")]) == (Decimal("1.52"), 2)
    assert middle([]) == (None, 0)


@STEADY
@given(st.lists(st.integers(1, 10**8), min_size=1, max_size=8), st.randoms())
def test_order_changes_nothing_and_caps_add_up(minors, random):
    book = rule_files.house()
    payments = [RecruitmentPayment(Money(m, "BDT"), DAY, asked_by_recruiter="yes") for m in minors]
    one = recruitment(worked(payments=tuple(payments)), book)
    random.shuffle(payments)
    assert recruitment(worked(payments=tuple(payments)), book).lines == one.lines
    over, cap = one.results["over bd-my-2022"], one.results["cap bd-my-2022"]
    assert over.minor == max(sum(minors) - cap.minor, 0)
