"""Contract substitution, stages, groups, tests of deductions, extras."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import Invalid
from casework.money.amounts import Money
from casework.money.dated import DatedAmount
from casework.money.deductions import DeductionQuestion, deductions
from casework.money.extras import ExtraQuestion, extras
from casework.money.group import GroupQuestion, Member, schedule, share_out
from casework.money.ledger import Deduction, Stage, StageAmount
from casework.money.rules import RuleBook
from casework.money.standing import StandingQuestion, standing
from casework.money.substitution import Stretch, Substitution, substituted

STEADY = settings(max_examples=80)

DAY = date(2026, 3, 3)


def kwd(amount):
    return Money.of(amount, "KWD")


def hkd(amount):
    return Money.of(amount, "HKD")


def usd(amount):
    return Money.of(amount, "USD")


def test_contract_substitution_in_dinars(book):
    working = substituted(Substitution("KWD", (Stretch(kwd(400), kwd("275.500"), Decimal(8)),)), book)
    assert working.results["owed"] == kwd("996.000")
    assert working.lines[0].words.text() == "(400.000 − 275.500) × 8 = 996.000"


def test_stretches_are_added_and_hours_compared(book):
    stretches = (
        Stretch(kwd(400), kwd("275.500"), Decimal(5), Decimal(208), Decimal(312)),
        Stretch(kwd(400), kwd("275.500"), Decimal(3)),
    )
    working = substituted(Substitution("KWD", stretches), book)
    assert working.results["owed"] == kwd("996.000")
    assert any("1.923 was promised, 0.883 was paid" in line.words.text() for line in working.lines)


def test_substitution_has_one_currency_and_something_to_compare():
    with pytest.raises(Invalid) as refused:
        Substitution("KWD", (Stretch(hkd(1), hkd(1), Decimal(1)),))
    assert refused.value.field == "currency"
    with pytest.raises(Invalid):
        Substitution("KWD", ())
    with pytest.raises(Invalid) as refused:
        Stretch(kwd(1), kwd(1), Decimal(0))
    assert refused.value.field == "periods"


def test_paid_comes_first_and_stages_are_never_added(book):
    question = StandingQuestion(
        (
            StageAmount(Stage.CLAIMED, usd(40000), DAY),
            StageAmount(Stage.AWARDED, usd(30000), DAY),
            StageAmount(Stage.PAID, usd(10000), DAY),
            StageAmount(Stage.PAID, usd(2000), DAY),
        )
    )
    working = standing(question, book)
    assert [(line.key, line.value) for line in working.lines] == [
        ("paid", usd(12000)),
        ("awarded", usd(30000)),
        ("documented", None),
        ("claimed", usd(40000)),
        ("to_come", usd(18000)),
    ]


def test_currencies_and_subjects_stand_apart(book):
    question = StandingQuestion(
        (
            StageAmount(Stage.CLAIMED, usd(100), DAY),
            StageAmount(Stage.CLAIMED, kwd(100), DAY),
            StageAmount(Stage.CLAIMED, usd(7), DAY, "fees"),
            StageAmount(Stage.PAID, usd(5), DAY, "fees"),
        )
    )
    results = standing(question, book).results
    assert results["wages USD to come"] == usd(100)
    assert results["wages KWD claimed"] == kwd(100)
    assert results["fees USD to come"] == usd(2)
    assert results["wages USD paid"] is None


def test_more_paid_than_awarded_is_asked_about(book):
    question = StandingQuestion(
        (StageAmount(Stage.AWARDED, usd(5), DAY), StageAmount(Stage.PAID, usd(6), DAY))
    )
    working = standing(question, book)
    assert working.results["wages USD to come"] == usd(0)
    assert working.warnings


def members(*claims):
    return tuple(Member(f"CASE-{n:04}", hkd(claim)) for n, claim in enumerate(claims))


def test_a_group_has_sums_and_a_middle(book):
    people = (*members(9000, 12000, 14000), Member("CASE-9999", usd(50), paid=usd(20)))
    working = schedule(GroupQuestion(people), book)
    assert working.results["claimed HKD"] == hkd(35000)
    assert working.results["middle HKD"] == hkd(12000)
    assert working.results["people HKD"] == 3
    assert working.results["paid USD"] == usd(20)
    assert "paid HKD" not in working.results


def test_a_board_takes_ten_people_and_a_sum_for_each(book):
    working = schedule(GroupQuestion(members(*[9000] * 10, 16000), forum="hk-minor-board-2021"), book)
    said = " ".join(w.text() for w in working.warnings)
    assert "at most 10 people in one claim; here are 11" in said
    assert "CASE-0010 claims more" in said


def test_one_person_stands_once():
    with pytest.raises(Invalid) as refused:
        GroupQuestion((*members(1), *members(1)))
    assert refused.value.field == "members"


def test_what_is_won_is_shared_out_to_the_last_coin(book):
    working = schedule(GroupQuestion(members(10000, 10000, 10000), share=hkd(10000)), book)
    shares = [working.results[f"share CASE-000{n}"] for n in range(3)]
    assert [s.minor for s in shares] == [333334, 333333, 333333]


def test_nothing_can_be_shared_where_nobody_claims(book):
    with pytest.raises(Invalid) as refused:
        schedule(GroupQuestion(members(1), share=usd(5)), book)
    assert refused.value.field == "share"


@STEADY
@given(
    st.integers(0, 10**9),
    st.dictionaries(st.text("ABC", min_size=1, max_size=3), st.integers(0, 10**7), min_size=1).filter(
        lambda claims: any(claims.values())
    ),
)
def test_shares_make_exactly_the_sum_and_keep_the_proportion(amount, claims):
    parts = share_out(Money(amount, "JPY"), {name: Money(c, "JPY") for name, c in claims.items()})
    assert sum(part.minor for part in parts.values()) == amount
    whole = sum(claims.values())
    assert all(abs(parts[name].minor * whole - amount * claim) < whole for name, claim in claims.items())


def test_deductions_within_the_caps_of_hong_kong(book):
    taken = (
        Deduction(hkd(250), lawful=True, reason="fine"),
        Deduction(hkd(1000), lawful=True, reason="food"),
    )
    results = deductions(DeductionQuestion(hkd(5000), taken, "hk-deductions"), book).results
    assert (results["taken"], results["too_much"], results["within"]) == (hkd(1250), hkd(0), hkd(1250))


def test_deductions_above_the_caps_of_hong_kong(book):
    per_case = (
        Deduction(hkd(500), lawful=True, reason="fine"),
        Deduction(hkd(400), lawful=True, reason="fine"),
    )
    assert deductions(DeductionQuestion(hkd(5000), per_case, "hk-deductions"), book).results[
        "too_much"
    ] == hkd(300)
    quarter = (Deduction(hkd(1300), lawful=True, reason="loan"),)
    assert deductions(DeductionQuestion(hkd(5000), quarter, "hk-deductions"), book).results[
        "too_much"
    ] == hkd(50)
    half = (Deduction(hkd(2600), lawful=True, reason="food"),)
    assert deductions(DeductionQuestion(hkd(5000), half, "hk-deductions"), book).results["too_much"] == hkd(
        100
    )


def late(*amounts):
    return tuple(DatedAmount(f"p{n}", date(2026, 1, 31), hkd(a)) for n, a in enumerate(amounts))


def test_damages_are_not_counted_until_the_rule_is_verified(book):
    owed = (DatedAmount("p", date(2026, 1, 31), usd("2337.50")),)
    question = ExtraQuestion("USD", owed, "us-liquidated", date(2026, 6, 1))
    working = extras(question, book)
    assert (working.results["possible"], working.results["counted"]) == (usd("2337.50"), usd(0))
    rule = book.get("us-liquidated", "extra")
    verified = RuleBook.of([rule], [rule.digest])
    again = extras(question, verified)
    assert again.results["counted"] == usd("2337.50")
    assert not any("legal ally" in w.text() for w in again.warnings)


def test_interest_on_late_pay_starts_after_the_days_of_grace(book):
    question = ExtraQuestion("HKD", late(3650), "hk-late-interest", date(2026, 2, 17), Decimal(10))
    assert extras(question, book).results["possible"] == hkd(10)
    early = ExtraQuestion("HKD", late(3650), "hk-late-interest", date(2026, 2, 5), Decimal(10))
    assert extras(early, book).results["possible"] == hkd(0)


def test_interest_on_late_pay_needs_a_rate(book):
    with pytest.raises(Invalid) as refused:
        extras(ExtraQuestion("HKD", late(1), "hk-late-interest", date(2026, 2, 17)), book)
    assert refused.value.field == "yearly_percent"
