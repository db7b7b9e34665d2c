"""A sheet that was printed years ago comes out again, whatever has happened to the rules since."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from casework.errors import Invalid
from casework.money.amounts import Money
from casework.money.calculators import CALCULATORS, calculate, record, reproduce
from casework.money.dated import DatedAmount
from casework.money.debt import DebtQuestion
from casework.money.deductions import DeductionQuestion
from casework.money.extras import ExtraQuestion
from casework.money.group import GroupQuestion, Member
from casework.money.interest import InterestQuestion
from casework.money.ledger import Deduction, PayRate, RecruitmentPayment, Stage, StageAmount, Told, Work
from casework.money.limitation import TimeQuestion
from casework.money.loan_flows import flat_loan
from casework.money.recruitment import RecruitmentQuestion
from casework.money.rules import RuleBook
from casework.money.spells import DetentionLimit, SpellsQuestion
from casework.money.standing import StandingQuestion
from casework.money.stays import Spell
from casework.money.substitution import Stretch, Substitution
from casework.money.wages import WageClaim

DAY = date(2026, 3, 2)


def usd(amount):
    return Money.of(amount, "USD")


def hkd(amount):
    return Money.of(amount, "HKD")


OWED = (DatedAmount("p", DAY, usd(100)),)
QUESTIONS = [
    WageClaim(
        "USD",
        work=(Work(Decimal(52), DAY, date(2026, 3, 8)),),
        rates=(PayRate(Decimal(15), "USD"),),
        overtime="us-flsa-overtime",
    ),
    TimeQuestion("USD", OWED, "us-flsa-2y", date(2026, 6, 1)),
    Substitution("KWD", (Stretch(Money.of(400, "KWD"), Money.of("275.5", "KWD"), Decimal(8)),)),
    DeductionQuestion(hkd(5000), (Deduction(hkd(400), lawful=True, reason="fine"),), "hk-deductions"),
    ExtraQuestion("USD", OWED, "us-liquidated", date(2026, 6, 1)),
    RecruitmentQuestion(
        "BDT",
        (RecruitmentPayment(Money.of(400000, "BDT"), DAY),),
        monthly_income=Money.of(39000, "BDT"),
        caps=("bd-my-2022",),
    ),
    InterestQuestion(flat_loan(hkd(1000), Told(Decimal(3)), 12), ("hk-money-lenders",)),
    DebtQuestion(usd(300000), Decimal(3), usd(15000), contract=24),
    SpellsQuestion((Spell(date(2026, 1, 10)),), DAY, (DetentionLimit(months=6),)),
    StandingQuestion((StageAmount(Stage.CLAIMED, usd(5), DAY),)),
    GroupQuestion((Member("A", hkd(5)), Member("B", hkd(7))), "hk-minor-board-2021", hkd(10)),
]


def kept(question, book):
    return json.loads(json.dumps(record(calculate(question, book), book)))


def test_every_calculator_is_tried_here():
    assert {type(question) for question in QUESTIONS} == {c.takes for c in CALCULATORS.values()}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: type(q).__name__)
def test_every_result_can_be_counted_again(question, book):
    again = reproduce(kept(question, book), book)
    assert again.same
    assert again.differences == ()
    assert again.notes == ()
    assert again.working == calculate(question, book)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: type(q).__name__)
def test_every_result_says_formula_and_rounding_and_has_lines(question, book):
    working = calculate(question, book)
    assert working.lines
    assert working.results
    for sentence in (working.formula, working.rounding, *working.warnings, *(x.words for x in working.lines)):
        text = sentence.text()
        assert text
        assert "%(" not in text


def test_a_changed_rule_changes_no_kept_result_and_is_named(book):
    before = kept(QUESTIONS[0], book)
    rule = book.get("us-flsa-overtime", "overtime")
    stricter = replace(rule, terms={**rule.terms, "multipliers": {"overtime": "2"}})
    today = RuleBook({**book.rules, rule.id: stricter})
    again = reproduce(before, today)
    assert again.same
    assert again.working.results["owed"] == usd(870)
    (note,) = again.notes
    assert rule.version in note.text()
    assert stricter.version in note.text()
    assert calculate(QUESTIONS[0], today).results["owed"] == usd(960)


def test_a_rule_that_was_taken_away_is_named(book):
    (note,) = reproduce(kept(QUESTIONS[0], book), RuleBook()).notes
    assert "no longer in the list" in note.text()


def test_a_figure_that_was_changed_is_found(book):
    changed = kept(QUESTIONS[0], book)
    changed["results"]["owed"] = {"money": [100000, "USD"]}
    again = reproduce(changed)
    assert not again.same
    assert "was 1,000.00 and is now 870.00" in again.differences[0].text()


def test_a_line_that_was_changed_is_found(book):
    changed = kept(QUESTIONS[0], book)
    changed["lines"][0]["value"] = {"money": [1, "USD"]}
    assert not reproduce(changed).same


def test_words_that_were_changed_since_are_only_noted(book):
    changed = kept(QUESTIONS[0], book)
    changed["formula"] = {"say": "Another way to say it", "with": {}}
    again = reproduce(changed)
    assert again.same
    assert any("words have changed" in note.text() for note in again.notes)


def test_a_rule_that_is_not_the_one_it_names_is_refused(book):
    changed = kept(QUESTIONS[0], book)
    changed["rules"][0]["terms"]["multipliers"]["overtime"] = "3"
    with pytest.raises(Invalid) as refused:
        reproduce(changed)
    assert refused.value.field == "rule"


def test_inputs_that_were_changed_do_not_pass(book):
    changed = kept(QUESTIONS[0], book)
    changed["inputs"]["work"][0]["quantity"] = "60"
    assert not reproduce(changed).same


@pytest.mark.parametrize("more", [{"kind": "poem"}, {"version": 2}, {"calculator": "oracle"}])
def test_a_record_that_nobody_can_read_is_refused(more, book):
    with pytest.raises(Invalid):
        reproduce({**kept(QUESTIONS[0], book), **more})


def test_whether_a_rule_was_verified_is_kept(book):
    rule = book.get("us-liquidated", "extra")
    verified = RuleBook(book.rules, frozenset({rule.digest}))
    again = reproduce(kept(QUESTIONS[4], verified), book)
    assert again.same
    assert again.working.results["counted"] == usd(100)


def test_nothing_but_questions_is_counted(book):
    with pytest.raises(TypeError):
        calculate(usd(1), book)
