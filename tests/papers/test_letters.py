"""Letters that ask for money ask for the right sum, in the words of their reader, and carry nothing meant for the desk."""

import re
from dataclasses import replace

import pytest
from babel import Locale

from casework.cases.values import Voice
from casework.errors import Invalid
from casework.money import rule_files
from casework.vault import Section
from casework.web import paper_languages
from tests import factories
from tests.money.account import day, enter, money, new
from tests.papers.test_printing import joined
from tests.papers.test_service import made, wish

MONEY = {Section.IDENTITY, Section.MONEY}
RATE = {"rate_value": "26", "rate_of": "MYR", "rate_into": "BDT", "rate_source": "Central bank"}


def case(asha, kind):
    return factories.kind_case(asha, kind, {}, called="Sita Test").ref


def letter(asha, store, ref, paper, voice=None):
    asked = wish(paper, sections=MONEY)
    return made(asha, store, ref, replace(asked, voice=voice) if voice else asked)[1]


def week(asha, ref, received):
    days = {"from": day("2026-01-05"), "to": day("2026-01-11")}
    lines = [
        new("rate", amount="15", currency="USD", per="hour", contract="home"),
        new("period", 1, **days),
        new("hours", 2, 1, quantity="52", **days),
        new("received", 3, 1, amount=money(received)),
        new("terms", 4, overtime="us-flsa-overtime"),
    ]
    enter(asha, ref, *lines)


@pytest.fixture
def debt(asha):
    """400,000 for the job, 74,000 for the loan, 100,000 given back."""
    ref = case(asha, "recruitment_debt")
    fee = {
        "amount": money(40_000_000, "BDT"),
        "on": day("2025-02-01"),
        "paid_to": "sub_agent",
        "asked": "yes",
    }
    loan = {"stated": money(20_000_000, "BDT"), "kept_back": money(1_000_000, "BDT"), "every": "month"}
    loan["instalments"] = [{"amount": money(2_200_000, "BDT"), "times": "12"}]
    back = {
        "amount": money(10_000_000, "BDT"),
        "on": day("2026-01-10"),
        "state": "paid",
        "paid_by": "origin_agency",
    }
    terms = {"recruitment_caps": ["ilo-zero", "bd-my-2022"]}
    enter(
        asha,
        ref,
        new("fee", **fee),
        new("loan", 1, **loan),
        new("refund", 2, **back),
        new("terms", 3, **terms),
    )
    return ref


def test_a_refund_is_asked_for_with_the_cost_of_the_loan_and_less_what_came_back(asha, store, debt):
    text = letter(asha, store, debt, "refund")
    assert "writing.BDT374,000.00" in text
    assert "400,000.00+74,000.00forloans−100,000.00givenback=374,000.00" in text
    assert "295,010.00" not in text, (
        "a letter names one sum; the lower one over the cap stands on the sheet of costs"
    )
    assert "78,990" not in text
    assert "=295,010.00" in letter(asha, store, debt, "costs")


def test_wages_are_asked_for_without_warnings_that_are_meant_for_the_desk(asha, store):
    ref = case(asha, "wage_theft")
    week(asha, ref, 40_000)
    text = letter(asha, store, ref, "demand")
    assert "writing.USD470.00" in text
    assert "UnitedStates,federallaw:overtimeabove40hoursaweek(FairLaborStandardsAct" in text
    assert "12×15.00×1.5=270.00" in text, "the currency stands beside the line, not in its arithmetic"
    assert "checkedbyalegalally" not in text
    assert "checkedbyalegalally" in letter(asha, store, ref, "calculation")


def test_a_letter_names_one_sum_where_the_two_ways_do_not_agree(asha, store):
    ref = case(asha, "wage_theft")
    days = {"from": day("2026-01-05"), "to": day("2026-01-11")}
    enter(
        asha,
        ref,
        new("rate", amount="15", currency="USD", per="hour", contract="home"),
        new("period", 1, shown=money(45_500), **days),
        new("hours", 2, 1, quantity="40", **days),
        new("received", 3, 1, amount=money(40_000)),
    )
    text = letter(asha, store, ref, "demand")
    assert "writing.USD200.00" in text
    assert "145.00" not in text
    assert "Grossway:" not in text
    sheet = letter(asha, store, ref, "calculation")
    assert "Grossway:600.00−455.00+0.00=145.00" in sheet
    assert "Thetwowaysdonotagree" in sheet


def test_what_cannot_be_counted_says_so_in_a_language_that_has_no_words_for_the_reason(app, asha, store):
    ref = case(asha, "recruitment_debt")
    terms = {"count_in": "BDT"}
    fee = {"amount": money(50_000, "MYR"), "on": day("2026-02-05"), "paid_to": "sub_agent", "asked": "yes"}
    enter(asha, ref, new("fee", **fee), new("terms", 1, **terms))
    assert "needsanexchangerateinto" in letter(asha, store, ref, "costs")
    with app.test_request_context("/"):
        voice = paper_languages.voice_in("bn")
        text = letter(asha, store, ref, "costs", Voice(Locale.parse("bn"), voice.gettext))
    assert joined("এটা এখনো হিসাব করা যাচ্ছে না।") in text
    assert "exchangerate" not in text


def test_a_contract_that_was_changed_on_arrival_is_asked_for_in_dinars(asha, store):
    ref = case(asha, "wage_theft")
    enter(asha, ref, new("stretch", promised=money(400_000, "KWD"), paid=money(275_500, "KWD"), periods="8"))
    assert "writing.KWD996.000" in letter(asha, store, ref, "demand")


def test_nothing_is_asked_for_where_nothing_is_owed(asha, store):
    ref = case(asha, "wage_theft")
    week(asha, ref, 90_000)
    with pytest.raises(Invalid, match="nothing to ask for"):
        letter(asha, store, ref, "demand")


#: What stays in Latin letters whatever the language: codes, sources of rules, and what somebody typed.
LATIN = re.compile(r"USD|BDT|APR|SHA-256|[A-Z0-9]{4}-[A-Z0-9]{4}|[0-9a-f]{12}|Sita|Test|Centralbank")


@pytest.mark.parametrize("language", ["ne", "bn", "hi"])
@pytest.mark.parametrize(
    "paper", ["demand", "hours", "receipt", "authority", "checklist", "interest", "refund", "costs"]
)
def test_no_english_is_left_on_a_paper_of_another_script(app, asha, store, debt, language, paper):
    ref = debt
    if paper in ("demand", "hours"):
        ref = case(asha, "wage_theft")
        week(asha, ref, 40_000)
    with app.test_request_context():
        voice = paper_languages.voice_in(language)
        text = letter(asha, store, ref, paper, Voice(Locale.parse(language), voice.gettext))
    for rule in rule_files.house().rules.values():
        text = text.replace(joined(f"({rule.source}; {rule.id}"), "")
    left = re.findall(r"[A-Za-z]{3,}", LATIN.sub("", text))
    assert left == []
