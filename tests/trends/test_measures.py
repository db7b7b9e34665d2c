"""What a closed case says it came to, as its card carries it into a return."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import codes
from casework.access.policy import Action
from casework.cases import changing, life
from casework.cases.counted import measured
from casework.plans import giving
from casework.trends import dollars
from casework.trends.sheets import Sheet
from tests import factories
from tests.money.account import day, enter, money, new
from tests.trends.conftest import at_end, made
from tests.trends.test_windows_and_returns import said


def came_to(actor, ref):
    """The codes that the card of a case would carry now."""
    with changing.changing(actor, ref, Action.CASE_WORK, also_closed=True) as case:
        return dict(code.split(":", 1) for code in measured(case))


@pytest.fixture
def close(asha):
    def _close(case):
        life.close(asha, case.ref, factories.ending("goal_met"), factories.reload(asha, case.ref).row.status)
        return case.ref

    return _close


def test_days_in_detention_are_counted_once(asha, close):
    spells = [
        {"from": day("2026-01-10"), "until": day("2026-01-20")},
        {"from": day("2026-01-15"), "until": day("2026-01-24")},
        {"from": day("2026-02-01"), "until": day("2026-02-01")},
    ]
    ref = close(factories.case(asha, kind="detention", answers={"detention.spells": spells}))
    assert came_to(asha, ref)["held"] == "16"


def test_what_the_job_cost_in_months_of_its_wages(asha, close):
    case = factories.case(asha, kind="recruitment_debt")
    fee = new("fee", amount=money(150_000), on=day("2025-05-01"), asked="yes")
    enter(asha, case.ref, fee, new("terms", income=money(60_000), income_on=day("2025-05-01")))
    assert came_to(asha, close(case))["cost"] == "25"


def test_signs_of_forced_labour_are_counted_and_never_judged(asha, close):
    told = {"deception": "strong", "debt_bondage": "some", "isolation": "absent"}
    ref = close(factories.case(asha, kind="trafficking", answers={"trafficking.indicators": told}))
    assert came_to(asha, ref)["signs"] == "2"


def test_the_first_help(asha, close):
    case = factories.case(asha)
    giving.give(asha, case.ref, {"service": "food", "on": day(case.opened_on.isoformat())}, uuid4())
    assert came_to(asha, close(case))["helped"] == "0"


def test_help_of_a_day_that_nobody_knows_is_no_day(asha, close):
    case = factories.case(asha)
    rough = {"written": "2026", "calendar": "gregorian", "date": "2026-01-01", "precision": "year"}
    giving.give(asha, case.ref, {"service": "food", "on": rough}, uuid4())
    assert "helped" not in came_to(asha, close(case))


def test_a_case_that_runs_or_says_nothing_is_unknown_and_not_zero(asha, close):
    case = factories.case(asha, kind="detention")
    assert came_to(asha, case.ref) == {}
    assert not came_to(asha, close(case)).keys() & {"held", "cost", "signs", "helped"}


def test_what_was_claimed_is_counted_in_bands_of_dollars(count, announce, mei, close):
    """2,900 riyals are some 797 dollars; nobody says what an Ethiopian birr is, and who claims nothing is no zero."""
    for owed in (money(2_900_00, "QAR"), money(500_00, "ETB"), None):
        answers = {"wage_theft.owed": owed} if owed else {}
        close(count("wage_theft", answers=answers))
    window = announce()
    with at_end(mei, window):
        sheet = Sheet.from_bytes(made(mei, window).to_bytes())
    assert sorted(said(sheet.closing, "owed")) == ["", "", "d1000"]


@given(st.sampled_from([one.key for one in codes.load(dollars.RATES)]), st.integers(0, 10**12))
def test_more_of_a_currency_is_never_fewer_dollars(currency, minor):
    assert dollars.whole(minor, currency) <= dollars.whole(minor + 1, currency)
    assert dollars.whole(None, currency) is None


def test_a_dollar_is_a_dollar_in_every_currency():
    """A currency with three decimals, one with none, and the dollar itself."""
    assert dollars.whole(123_99, "USD") == 123
    assert dollars.whole(306_400, "KWD") == 1_000
    assert dollars.whole(149_600, "JPY") == 1_000
    assert dollars.whole(500, "XXX") is None
    assert dollars.whole(500, "") is None


def test_all_of_it_reaches_the_return_of_who_agreed(count, announce, asha, mei, close):
    spells = [{"from": day("2026-01-10"), "until": day("2026-01-12")}]
    told = {"deception": "strong"}
    answers = {"detention.spells": spells, "trafficking.indicators": told}
    close(count("trafficking", other_kinds=["detention"], answers=answers))
    close(count("detention", agreed=False, answers={"detention.spells": spells}))
    window = announce()
    with at_end(mei, window):
        sheet = Sheet.from_bytes(made(mei, window).to_bytes())
    assert said(sheet.closing, "days") == ["week"]
    assert said(sheet.closing, "signs") == ["few"]
    assert said(sheet.closing, "months") == [""]
