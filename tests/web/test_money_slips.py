"""Slips of the finger and figures that cannot be meant: a clear word beside the field, and nothing lost."""

import re

import pytest

from tests.web.ledgers import cells, day, enter, money, says, weeks
from tests.web.visitor import text


@pytest.fixture
def case(asha):
    return asha.log().location


RATE = {"rate_value": "26", "rate_of": "QAR", "rate_into": "NPR", "rate_source": "Central bank"}
FEE = {**money("amount", "1000", "NPR"), **day("on", "2025-02-01"), "paid_to": "sub_agent", **RATE}
LOAN = {**money("stated", "100"), "every": "month", **money("instalments-0-amount", "10")}
DEBT = {**money("debt", "300000", "NPR"), "every": "month", "percent": "3", **money("income", "9", "NPR")}


@pytest.mark.parametrize(
    ("sort", "answers", "field", "words"),
    [
        ("received", money("amount", "100.5", "JPY"), "amount", "Write a whole number, without decimals"),
        ("received", money("amount", "1.2345", "KWD"), "amount", "at most 3 digits"),
        ("received", money("amount", "1e9"), "amount", "This is not a number"),
        ("received", money("amount", "9" * 40), "amount", "too large"),
        ("received", {**money("amount", "5"), **day("on", "2026-02-31")}, "on", "only 28 days"),
        ("rate", {"amount": "Infinity", "currency": "USD", "per": "hour"}, "amount", "This is not a number"),
        ("rate", {"amount": "0", "currency": "USD", "per": "hour", "contract": "home"}, "amount", "Pay of nothing is no pay"),
        ("minimum", {"amount": "0.00", "currency": "USD", "per": "hour"}, "amount", "Pay of nothing is no pay"),
        ("loan", {**LOAN, "instalments-0-times": "12", **money("kept_back", "5", "QAR")}, "kept_back", "USD and QAR cannot stand"),
        ("budget", {**DEBT, **money("living", "5", "QAR")}, "living", "NPR and QAR cannot stand in one sum"),
        ("hours", {**day("from", "2026-06-01"), "quantity": "8", "multiplier": "1000"}, "multiplier", "1.5"),
        ("hours", {**day("from", "2026-03-23"), **day("to", "2026-03-29"), "quantity": "168.5"}, "quantity", "have 168 at most, and here it is 168.5"),
        ("fee", {**FEE, **day("rate_on", "2023-06-01")}, "rate_on", "more than a year away"),
        ("fee", {**FEE, **day("rate_on", "2024-06-01")}, "rate_on", "This rate is of 1 Jun 2024, the amount of 1 Feb 2025: another year"),
        ("fee", {**FEE, **day("rate_on", "2025-01-01"), "rate_into": "QAR"}, "rate_into", "two different currencies"),
        ("loan", {**LOAN, "instalments-0-times": "0"}, "instalments", "1 or more"),
        ("loan", {**LOAN, "instalments-0-times": "9" * 9}, "instalments", "1200 or less"),
        ("loan", {**LOAN, **money("kept_back", "200"), "instalments-0-times": "12"}, "", "Nothing was handed over"),
        ("budget", {**DEBT, "percent": "99999", "contract": "24"}, "percent", "cannot be meant"),
        ("budget", {**DEBT, "contract": "-1"}, "contract", "1 or more"),
    ],
)  # fmt: skip
def test_a_slip_is_named_beside_its_field(asha, case, sort, answers, field, words):
    assert enter(asha, case, sort, **answers, note="As the foreman said").status_code == 422
    assert words in text(asha.last)
    assert "As the foreman said" in asha.last
    if field:
        assert re.search(rf'id="{field}[^"]*-error"', asha.last), "beside its field"
    assert "Nothing is entered yet" in says(asha, f"{case}/money")


def test_an_old_rate_is_taken_where_somebody_keeps_it_knowingly(asha, case):
    assert enter(asha, case, "fee", **FEE, **day("rate_on", "2023-06-01"), rate_old="yes").status_code == 302
    assert enter(asha, case, "fee", **FEE, **day("rate_on", "2024-06-01"), rate_old="yes").status_code == 302
    assert enter(asha, case, "fee", **FEE, **day("rate_on", "2025-01-31")).status_code == 302
    assert (
        enter(
            asha, case, "fee", **{**FEE, **day("on", "2025-01-05")}, **day("rate_on", "2024-12-20")
        ).status_code
        == 302
    )


def test_a_week_over_the_end_of_a_year_is_one_week(asha, case):
    assert weeks(asha, case, "2025-12-29\t48\t\t400").status_code == 302
    enter(asha, case, "rate", amount="10", currency="USD", per="hour", contract="home")
    enter(asha, case, "terms", overtime="us-flsa-overtime")
    page = says(asha, f"{case}/money/count/wages")
    assert "8 × 10.00 × 1.5 = 120.00" in page
    assert "Due: 520.00" in page


@pytest.mark.parametrize("week", ["2026-03-23", "2026-10-19"])
def test_a_week_in_which_clocks_change_has_seven_days(asha, case, week):
    """Hours are counted by days of the calendar: no clock that was put forward or back adds or takes one."""
    assert weeks(asha, case, f"{week}\t168\t\t0").status_code == 302
    asha.get(f"{case}/money/weeks")
    said = {"each": "week", "currency": "USD", "pasted": f"{week}\t169\t\t0"}
    assert asha.post(f"{case}/money/weeks", said).status_code == 422
    assert "have 168 at most, and here it is 169" in text(asha.last)


def test_words_that_were_meant_to_do_harm_are_only_words(asha, case):
    hostile = "<script>alert(1)</script> \u202egnp.exe {{ 7*7 }} %(sum)s #import"
    told = {**money("amount", "5"), "note": hostile}
    assert enter(asha, case, "received", **told).status_code == 302
    asha.get(f"{case}/money")
    assert "<script>alert(1)" not in asha.last
    assert "&lt;script&gt;alert(1)" in asha.last
    assert "{{ 7*7 }} %(sum)s #import" in text(asha.last)
    assert enter(asha, case, "received", **{**told, "note": "x" * 10_000}).status_code == 422
    assert "x" * 10_000 in asha.last


def test_figures_after_deductions_are_seen_and_said(asha, case):
    """Net and gross that do not agree are shown both, with the difference."""
    weeks(asha, case, "2026-01-05\t40\t\t400\t50\t\t400")
    enter(asha, case, "rate", amount="15", currency="USD", per="hour", contract="home")
    page = says(asha, f"{case}/money/count/wages")
    assert "Net way: 600.00 − 50.00 − 400.00 = 150.00" in page
    assert "Gross way: 600.00 − 400.00 + 0.00 = 200.00" in page
    assert re.search(r"50\.00", page)


def test_cells_of_other_digits_and_marks_are_read(asha, case):
    asha.get(f"{case}/money/weeks")
    said = {"each": "week", "currency": "KWD", "pasted": "2026-01-05\t٤٨\t\t१२५.५००"}
    assert asha.post(f"{case}/money/weeks", said).status_code == 200
    assert cells(asha.last)["cell-0-hours"] == "٤٨"
    assert (
        asha.post(f"{case}/money/weeks", {**said, "pasted": "", **cells(asha.last), "keep": "1"}).status_code
        == 302
    )
    assert "125.500 KWD" in says(asha, f"{case}/money").replace("\xa0", " ")
