"""A later letter asks for what is left, and a receipt says what was paid: in parts, in two currencies, too much, again."""

from dataclasses import replace
from uuid import UUID

import pytest

from casework.cases import opening
from casework.errors import Invalid
from casework.money import rule_files
from casework.money.account import results
from casework.money.account.outstanding import RECRUITMENT, WAGES, Basis, outstanding
from casework.money.amounts import Money
from casework.papers import service
from casework.store import Store
from casework.vault import Section
from tests import factories
from tests.money.account import day, enter, money, new
from tests.papers.test_service import made, wish

MONEY = {Section.IDENTITY, Section.MONEY}


@pytest.fixture
def store(tmp_path):
    return Store((tmp_path / "files").as_uri())


@pytest.fixture
def ref(asha):
    """Forty hours at 15 dollars, nothing received: 600 are owed."""
    found = factories.kind_case(asha, "wage_theft", {}, called="Sita Test").ref
    days = {"from": day("2026-01-05"), "to": day("2026-01-11")}
    rate = {"amount": "15", "currency": "USD", "per": "hour", "contract": "home"}
    enter(asha, found, new("rate", **rate), new("hours", 1, quantity="40", **days))
    return found


def stage(which, minor, currency="USD", on="2026-03-02", subject="wages", **more):
    return new("stage", stage=which, amount=money(minor, currency), on=day(on), subject=subject, **more)


def left(asha, ref, subject=WAGES):
    return outstanding(results.count(asha, ref, rule_files.house())[1], subject)


def letter(asha, store, ref, paper="demand"):
    return made(asha, store, ref, wish(paper, sections=MONEY))[1]


def paid(asha, ref):
    return service.payments(opening.load(asha, ref))


def receipt(asha, store, ref, payment: UUID | None):
    return made(asha, store, ref, replace(wish("receipt", sections=MONEY), payment=payment))[1]


def test_the_first_letter_asks_for_all_and_each_later_one_for_what_is_left(asha, store, ref):
    text = letter(asha, store, ref)
    assert "writing.USD600.00" in text
    assert "Stilltobepaid" not in text
    enter(asha, ref, stage("paid", 20_000))
    text = letter(asha, store, ref)
    assert "writing.USD400.00" in text
    assert "−Paidon2Mar2026USD200.00=StilltobepaidUSD400.00" in text
    enter(asha, ref, stage("paid", 15_050, on="2026-04-01"))
    assert "writing.USD249.50" in letter(asha, store, ref)


@pytest.mark.parametrize("last", [40_000, 40_001, 90_000])
def test_nothing_is_asked_for_once_all_or_more_was_paid(asha, store, ref, last):
    enter(asha, ref, stage("paid", 20_000), stage("paid", last, on="2026-04-01"))
    assert left(asha, ref).rest == Money(60_000 - 20_000 - last, "USD")
    with pytest.raises(Invalid, match="nothing to ask for"):
        letter(asha, store, ref)


def test_money_in_another_currency_is_named_and_taken_off_nothing(asha, store, ref):
    enter(asha, ref, stage("paid", 20_000), stage("paid", 20_000, "KWD", on="2026-03-09"))
    text = letter(asha, store, ref)
    assert "writing.USD400.00" in text
    assert "Paidon9Mar2026:KWD20.000.Itisinanothercurrency,andisnottakenoffthissum." in text


def test_the_same_money_is_taken_off_once(asha, ref):
    enter(asha, ref, new("received", amount=money(20_000), on=day("2026-03-02")), stage("paid", 20_000))
    assert left(asha, ref).rest == Money(40_000, "USD")
    enter(asha, ref, stage("paid", 20_000))
    assert left(asha, ref).rest == Money(20_000, "USD"), (
        "one line received stands for one payment, not for two"
    )


@pytest.mark.parametrize(("said", "rest"), [("yes", 60_000), ("no", 40_000)])
def test_whoever_says_that_it_is_the_same_money_is_believed(asha, ref, said, rest):
    enter(asha, ref, stage("paid", 20_000, received=said))
    assert left(asha, ref).rest.minor == rest


def test_what_was_settled_is_asked_for_and_not_the_claim(asha, store, ref):
    enter(asha, ref, stage("claimed", 60_000), stage("awarded", 50_000), stage("paid", 12_000))
    found = left(asha, ref)
    assert (found.basis, found.rest.minor) == (Basis.AWARDED, 38_000)
    text = letter(asha, store, ref)
    assert "writing.USD380.00" in text
    assert "AwardedoragreedUSD500.00" in text
    assert "600.00" not in text, "a second sum beside the first would be taken for another offer"


def test_awards_in_two_currencies_are_no_sum(asha, store, ref):
    enter(asha, ref, stage("awarded", 50_000), stage("awarded", 12_000, "KWD"))
    with pytest.raises(Invalid, match="cannot stand in one sum"):
        letter(asha, store, ref)


def test_what_was_paid_for_another_thing_changes_nothing(asha, ref):
    enter(asha, ref, stage("paid", 20_000, subject="damages"), stage("claimed", 20_000))
    assert left(asha, ref).rest.minor == 60_000
    assert left(asha, ref, RECRUITMENT) is None


def test_a_refund_that_is_also_written_down_as_paid_counts_once(asha, store):
    ref = factories.kind_case(asha, "recruitment_debt", {}, called="Sita Test").ref
    fee = {"amount": money(300_000, "KWD"), "on": day("2025-02-01"), "paid_to": "sub_agent", "asked": "yes"}
    back = {
        "amount": money(50_500, "KWD"),
        "on": day("2026-01-10"),
        "state": "partly",
        "paid_by": "sub_agent",
    }
    enter(asha, ref, new("fee", **fee), new("refund", 1, **back))
    assert "writing.KWD249.500" in letter(asha, store, ref, "refund")
    same = stage("paid", 50_500, "KWD", on="2026-01-10", subject="recruitment")
    enter(asha, ref, same, stage("paid", 100_001, "KWD", on="2026-02-10", subject="recruitment"))
    assert "writing.KWD149.499" in letter(asha, store, ref, "refund")


def test_yen_have_no_coins(asha, store):
    ref = factories.kind_case(asha, "wage_theft", {}).ref
    enter(asha, ref, new("stretch", promised=money(180_000, "JPY"), paid=money(150_000, "JPY"), periods="3"))
    enter(asha, ref, stage("paid", 1, "JPY"))
    assert "writing.JPY89,999" in letter(asha, store, ref)


def test_a_letter_without_a_ledger_leaves_a_line_for_the_sum(asha, store):
    ref = factories.kind_case(asha, "wage_theft", {}).ref
    assert "Sum,infiguresandcurrency" in letter(asha, store, ref)
    enter(asha, ref, stage("claimed", 60_000), stage("paid", 20_000))
    assert "ClaimedUSD600.00" in letter(asha, store, ref)


def test_why_something_cannot_be_counted_is_not_told_to_the_employer(asha, store):
    ref = factories.kind_case(asha, "wage_theft", {}).ref
    days = {"from": day("2026-01-05"), "to": day("2026-01-11")}
    enter(asha, ref, new("hours", quantity="40", **days))
    text = letter(asha, store, ref)
    assert "Sum,infiguresandcurrency" in text
    assert "rate" not in text


def test_a_letter_that_may_not_tell_of_money_leaves_a_line_for_the_sum(asha, store, ref):
    text = made(asha, store, ref, wish("demand", sections={Section.IDENTITY}))[1]
    assert "Sum,infiguresandcurrency" in text
    assert "600.00" not in text


def test_a_receipt_says_what_was_paid_and_what_is_left(asha, store, ref):
    enter(asha, ref, stage("paid", 20_000, method="cash", paid_by="employer"))
    text = receipt(asha, store, ref, paid(asha, ref)[0].line.id)
    assert "ReceivedfromEmployer" in text
    assert "Sum,infiguresandcurrencyUSD200.00" in text
    assert "Wages,5Jan2026–11Jan2026" in text
    assert "HowitwaspaidCash" in text
    assert "Receivedon2Mar2026" in text
    assert "USD400.00" in text


def test_every_payment_has_its_own_receipt_the_newest_first(asha, store, ref):
    enter(asha, ref, stage("paid", 20_000), stage("paid", 41_000, on="2026-04-01"))
    enter(asha, ref, new("received", amount=money(20_000), on=day("2026-03-02")))
    known = paid(asha, ref)
    assert [one.amount.minor for one in known] == [41_000, 20_000], "the same money stands there once"
    assert "USD410.00" in receipt(asha, store, ref, known[0].line.id)
    first = receipt(asha, store, ref, known[1].line.id)
    assert "USD200.00" in first
    assert "USD0.00" in first, "more was paid than is owed: nothing is left, and no sum stands below nothing"


def test_a_receipt_in_another_currency_says_nothing_of_what_is_left(asha, store, ref):
    enter(asha, ref, stage("paid", 20_000, "KWD"))
    text = receipt(asha, store, ref, paid(asha, ref)[0].line.id)
    assert "KWD20.000" in text
    assert "Stilltobepaid" not in text


@pytest.mark.parametrize("sections", [{Section.IDENTITY}, MONEY])
def test_a_receipt_by_hand_tells_no_sum(asha, store, ref, sections):
    enter(asha, ref, stage("paid", 20_000))
    payment = None if Section.MONEY in sections else paid(asha, ref)[0].line.id
    asked = replace(wish("receipt", sections=sections), payment=payment)
    text = made(asha, store, ref, asked)[1]
    assert "200.00" not in text
    assert "Sum,infiguresandcurrency" in text


def test_a_payment_that_was_struck_out_leaves_the_receipt_to_be_written(asha, store, ref):
    assert "USD" not in receipt(asha, store, ref, UUID(int=1))
