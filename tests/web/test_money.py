"""The worked numbers of the field through the real pages."""

import re

import pytest

from tests.web import ledgers
from tests.web.ledgers import day, enter, money, says, weeks
from tests.web.visitor import how_it_ended, text


@pytest.fixture
def case(asha):
    return asha.log().location


def test_four_weeks_make_2337_50_with_the_working_shown(asha, case):
    ledgers.four_weeks(asha, case)
    page = says(asha, f"{case}/money")
    assert "Owed 2,337.50 USD" in page
    assert "Net way: 3,637.50 − 100.00 − 1,200.00 = 2,337.50" in page
    assert "Gross way: 3,637.50 − 1,360.00 + 60.00 = 2,337.50" in page
    assert "2,397.50" not in page
    working = says(asha, f"{case}/money/count/wages")
    for line in (
        "Overtime, per “Hour”: 12 × 15.00 × 1.5 = 270.00",
        "Due: 870.00",
        "Due: 1,050.00",
        "Due: 780.00",
        "Due: 937.50",
        "Each line is rounded to the smallest coin",
        "Owed (net way) = due − lawful deductions − money received",
        "not checked by a legal ally",
    ):
        assert line in working, line
    assert re.search(r"Version [0-9a-f]{12}, looked up on", working)


def test_three_months_in_singapore_make_1266_09(asha, case):
    months = "\n".join(f"2026-0{m}-01\t\t60\t1050\t\t150\t1200" for m in (1, 2, 3))
    layout = {"each": "month", "currency": "SGD", "whole": "yes"}
    assert weeks(asha, case, months, **layout).status_code == 302
    enter(asha, case, "rate", amount="1000", currency="SGD", per="month", contract="home")
    enter(asha, case, "terms", overtime="sg-ea-overtime")
    assert "Owed 1,266.09 SGD" in says(asha, f"{case}/money")
    assert "60 × (12 × 1,000.00 ÷ (52 × 44)) × 1.5 = 472.03" in says(asha, f"{case}/money/count/wages")


def test_another_contract_on_arrival_makes_996_dinars(asha, case):
    told = {**money("promised", "400.000", "KWD"), **money("paid", "275.500", "KWD"), "periods": "8"}
    assert enter(asha, case, "stretch", **told).status_code == 302
    assert "Owed 996.000 KWD" in says(asha, f"{case}/money")


def test_what_a_job_cost_in_months_of_income_and_over_the_caps(asha, case):
    paid = {
        **money("amount", "400000", "BDT"),
        **day("on", "2025-02-01"),
        "paid_to": "sub_agent",
        "asked": "yes",
    }
    assert enter(asha, case, "fee", **paid).status_code == 302
    income = {
        **money("income", "1500", "MYR"),
        "rate_value": "26",
        "rate_of": "MYR",
        "rate_into": "BDT",
        **day("rate_on", "2025-02-01"),
        "rate_source": "Central bank",
        "recruitment_caps": ["bd-my-2022", "ilo-zero"],
    }
    assert enter(asha, case, "terms", **income).status_code == 302
    page = says(asha, f"{case}/money")
    for found in ("400,000.00 BDT", "10.26 months of income", "321,010.00 over", "= 400,000.00"):
        assert found in page, found
    assert "The cap itself is 2.03 months of income" in page


@pytest.mark.parametrize(
    ("kept_back", "instalment", "stated", "found"),
    [
        ("10000", "22000", "200000", ("5.46 %", "65.6 %", "89.3 %", "74,000.00", "4.55 %")),
        ("", "11333.33", "100000", ("5.08 %", "61 %", "81.2 %")),
    ],
)
def test_what_a_loan_really_costs(asha, case, kept_back, instalment, stated, found):
    told = {
        **money("stated", stated, "NPR"),
        **money("kept_back", kept_back, "NPR"),
        "every": "month",
        **money("instalments-0-amount", instalment, "NPR"),
        "instalments-0-times": "12",
    }
    assert enter(asha, case, "loan", **told).status_code == 302
    page = says(asha, f"{case}/money")
    for figure in found:
        assert figure in page, figure


@pytest.mark.parametrize(
    ("income", "found"), [("8000", "never"), ("9000", "never"), ("15000", "Payments until it is cleared 31 ")]
)
def test_how_long_a_debt_lasts(asha, case, income, found):
    told = {**money("debt", "300000", "NPR"), "percent": "3", "every": "month", "contract": "24"}
    assert enter(asha, case, "budget", **told, **money("income", income, "NPR")).status_code == 302
    assert found in says(asha, f"{case}/money")


def test_claimed_awarded_and_paid_stand_apart(asha, case):
    for stage, amount in (("claimed", "40000"), ("awarded", "30000"), ("paid", "12000")):
        told = {"stage": stage, **money("amount", amount), **day("on", "2026-03-01"), "subject": "wages"}
        assert enter(asha, case, "stage", **told).status_code == 302
    page = says(asha, f"{case}/money")
    assert "Actually paid 12,000.00 USD Awarded or agreed 30,000.00 USD Claimed 40,000.00 USD" in page
    assert "Still to come 18,000.00 USD" in page
    assert "82,000" not in page


def test_it_is_read_aloud_one_idea_a_line(asha, case):
    ledgers.four_weeks(asha, case)
    page = says(asha, f"{case}/money/aloud?spoken=en")
    assert "You are owed 2,337.50 USD for your work. Because you worked 215 hours." in page
    assert "60.00 USD was taken off although it may not be." in page
    assert "A lawyer still has to check the rules" in page


def test_a_calculation_is_kept_and_counted_again(asha, case):
    ledgers.four_weeks(asha, case)
    asha.get(f"{case}/money/count/wages")
    kept = asha.post(f"{case}/money/count/wages")
    assert kept.status_code == 302
    enter(asha, case, "received", **money("amount", "37.50"))
    assert "Owed 2,300.00 USD" in says(asha, f"{case}/money")
    again = says(asha, kept.location)
    assert "every figure is the same" in again
    assert "Owed 2,337.50 USD" in again
    assert "Wages owed" in says(asha, f"{case}/money/kept")


@pytest.mark.parametrize(
    ("sort", "answers", "words"),
    [
        ("received", money("amount", "100", "QAR"), "cannot stand in one sum"),
        ("hours", {**day("from", "2026-03-01"), "quantity": "-8"}, "must be 0 or more"),
        (
            "hours",
            {**day("from", "2026-03-01"), "quantity": "25"},
            "A day has 24 hours; here it is 25.",
        ),
        (
            "loan",
            {**money("stated", "100"), "every": "month", "told_percent": "3000"},
            "Interest of more than 1,000 percent cannot be meant",
        ),
        (
            "refund",
            {
                **money("amount", "5", "NPR"),
                **day("on", "2026-03-01"),
                "state": "paid",
                "rate_value": "26",
            },
            "An exchange rate needs all of these",
        ),
        (
            "received",
            {**money("amount", "5"), **money("given_back", "6")},
            "More was given back than was received",
        ),
    ],
)
def test_a_clear_word_beside_the_field_and_nothing_lost(asha, case, sort, answers, words):
    enter(asha, case, "rate", amount="15", currency="USD", per="hour", contract="home")
    refused = enter(asha, case, sort, **answers, note="As the foreman said")
    assert refused.status_code == 422
    html = asha.last
    assert words in text(html)
    assert html.count('class="error"') >= 1
    assert "As the foreman said" in html
    assert "1 line in the ledger" in says(asha, f"{case}/money")


def test_a_day_of_25_hours_in_two_lines_is_seen(asha, case):
    shift = {**day("from", "2026-03-01"), "quantity": "13"}
    assert enter(asha, case, "hours", **shift).status_code == 302
    assert enter(asha, case, "hours", **shift).status_code == 422
    assert "With the other lines of 1 Mar 2026 this makes 26 hours, and a day has 24." in text(asha.last)


def test_what_cannot_be_counted_yet_says_what_is_missing(asha, case):
    weeks(asha, case, ledgers.FOUR_WEEKS)
    assert "No rate says what the work of" in says(asha, f"{case}/money")


def test_a_double_click_enters_once(asha, case):
    asha.get(f"{case}/money/new/received")
    told = money("amount", "100")
    token = re.search(r'name="form_token" value="([^"]+)"', asha.last).group(1)
    for _ in range(2):
        asha.get(f"{case}/money/new/received")
        assert asha.post(f"{case}/money/new/received", {**told, "form_token": token}).status_code == 302
    assert "1 line in the ledger" in says(asha, f"{case}/money")


def test_a_line_is_changed_struck_out_and_put_back(asha, case):
    ledgers.four_weeks(asha, case)
    enter(asha, case, "received", **money("amount", "99"))
    where = _line(asha, case, "99.00")
    asha.get(where)
    assert asha.post(where, money("amount", "37.50")).status_code == 302
    assert "Owed 2,300.00 USD" in says(asha, f"{case}/money")
    asha.get(where)
    assert asha.post(f"{where}/strike", {"struck": "1"}).status_code == 302
    assert "Owed 2,337.50 USD" in says(asha, f"{case}/money")
    assert "struck out" in says(asha, f"{case}/money")
    asha.get(where)
    assert asha.post(f"{where}/strike", {"struck": "0"}).status_code == 302
    assert "Owed 2,300.00 USD" in says(asha, f"{case}/money")


def _line(visitor, case, words):
    visitor.get(f"{case}/money")
    found = re.findall(r'href="([^"]+/money/line/[^"]+)">(.*?)</a>', visitor.last, re.DOTALL)
    return next(href for href, inner in found if words in text(inner))


def test_a_pay_period_that_others_belong_to_stays(asha, case):
    weeks(asha, case, ledgers.FOUR_WEEKS)
    asha.get(f"{case}/money")
    periods = re.findall(r'href="([^"]+/money/line/[^"]+)"><span class="small soft">Pay period<', asha.last)
    asha.get(periods[0])
    refused = asha.post(f"{periods[0]}/strike", {"struck": "1"})
    assert refused.status_code == 422
    assert "Other lines belong to this pay period" in text(asha.last)


def test_two_who_change_one_line_see_both_versions(visit, world, asha):
    case = asha.log(take=None).location
    enter(asha, case, "received", **money("amount", "100"))
    where = _line(asha, case, "100.00")
    bo = visit(world.bo)
    bo.get(where)
    asha.get(where)
    assert asha.post(where, money("amount", "110")).status_code == 302
    answer = bo.post(where, money("amount", "120"))
    assert answer.status_code == 409
    assert "110.00" in text(bo.last)
    assert "120.00" in text(bo.last)
    chosen = bo.post(where, {**money("amount", "120"), "keep-amount": "theirs"})
    assert chosen.status_code == 302
    assert "110.00" in says(bo, f"{case}/money")


def test_a_table_comes_back_with_its_words_beside_the_cells(asha, case):
    asha.get(f"{case}/money/weeks")
    pasted = "2026-01-05\t52\t\t400\nsome day\t900\t\t-3"
    answer = asha.post(f"{case}/money/weeks", {"each": "week", "currency": "USD", "pasted": pasted})
    assert answer.status_code == 422
    page = text(asha.last)
    assert "Which day is this?" in page
    assert "3 cells need another look" not in page
    cells = ledgers.cells(asha.last)
    assert (cells["cell-0-hours"], cells["cell-1-hours"], cells["cell-1-from"]) == ("52", "900", "some day")
    corrected = {**cells, "cell-1-from": "2026-01-12", "cell-1-received": "3"}
    said = {"each": "week", "currency": "USD"}
    assert asha.post(f"{case}/money/weeks", {**said, **corrected}).status_code == 422
    assert "have 168 at most, and here it is 900" in text(asha.last)
    corrected["cell-1-hours"] = "٤٠"
    assert asha.post(f"{case}/money/weeks", {**said, **corrected}).status_code == 200
    assert "6 lines, 92 hours in all" in text(asha.last)
    assert "Nothing is entered yet" in says(asha, f"{case}/money")


def test_rows_without_days_follow_each_other(asha, case):
    layout = {**day("start", "2026-01-05")}
    assert weeks(asha, case, "52;;400\n५०;;400\n", **layout).status_code == 302
    page = says(asha, f"{case}/money")
    assert "12 Jan 2026 · 18 Jan 2026 · 50" in page


def test_others_see_nothing_of_it(visit, world, case):
    for who in (world.ram, world.luz):
        stranger = visit(who)
        for path in ("", "/new", "/weeks", "/aloud", "/kept", "/count/wages"):
            assert stranger.get(f"{case}/money{path}").status_code == 404


def test_a_closed_case_is_only_read(asha, case):
    ledgers.four_weeks(asha, case)
    asha.get(f"{case}/close")
    asha.post(f"{case}/close", how_it_ended())
    page = says(asha, f"{case}/money")
    assert "Owed 2,337.50 USD" in page
    assert "Enter weeks" not in page


def test_the_day_that_was_understood_stands_under_its_cell(asha, case):
    asha.get(f"{case}/money/weeks")
    said = {"each": "week", "currency": "NPR", "calendar": "bikram_sambat"}
    assert asha.post(f"{case}/money/weeks", {**said, "pasted": "2082-09-21\t52.5\t\t4000"}).status_code == 200
    assert '<p class="help" id="cell-0-from-day"><bdi>5 Jan 2026</bdi></p>' in asha.last
    assert ledgers.cells(asha.last)["cell-0-from"] == "2082-09-21"
