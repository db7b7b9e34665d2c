"""V5: four weeks of hours on a phone, 2,337.50 with the working shown; then read aloud, then a kept calculation."""

from tests.browser.stories.desk import follow, press
from tests.papers.copied import text_of

PASTED = "2026-01-05\t52\t\t400\n2026-01-12\t60\t\t400\n2026-01-19\t48\t\t400\t100\t60\n2026-01-26\t55\t\t0"


def _pastes_four_weeks(desk, ref):
    desk.go(f"cases/{ref}/money/weeks")
    desk.fill(currency="USD")
    desk.page.locator("summary", has_text="Paste a table instead").click()
    desk.fill(pasted=PASTED)
    desk.press("Check the table")
    assert "215 hours in all" in desk.words
    assert desk.page.locator("[name=cell-1-hours]").input_value() == "60"
    desk.press("Keep it")


def _says_how_it_is_counted(desk, ref):
    desk.go(f"cases/{ref}/money/new/rate")
    desk.fill(amount="15.00", per="hour", contract="home")
    assert desk.page.locator("[name=currency]").input_value() == "USD"
    desk.press("Save")
    desk.go(f"cases/{ref}/money/new/terms")
    desk.fill(overtime="us-flsa-overtime")
    desk.press("Save")


def _four_weeks(desk):
    ref = desk.log()
    _pastes_four_weeks(desk, ref)
    _says_how_it_is_counted(desk, ref)
    desk.go(f"cases/{ref}/money")
    assert "2,337.50" in desk.words
    assert "Net way: 3,637.50 − 100.00 − 1,200.00 = 2,337.50" in desk.words
    desk.page.locator("a", has_text="Every line of it: Wages owed").click()
    desk.page.wait_for_url("**/count/wages")
    assert "12 × 15.00 × 1.5 = 270.00" in desk.words
    desk.press("Keep this calculation")
    assert "every figure is the same" in desk.words
    desk.go(f"cases/{ref}/money/aloud?spoken=en")
    assert "You are owed 2,337.50" in desk.words.replace("\u00a0", " ")
    return ref


def test_four_weeks_on_a_phone(asha):
    ref = _four_weeks(asha)
    asha.go(f"cases/{ref}")
    section = asha.section("What is owed and paid")
    section.locator("a[data-open]").click()
    section.get_by_text("2,337.50").first.wait_for()
    assert asha.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_four_weeks_without_the_script(scriptless_asha):
    _four_weeks(scriptless_asha)


def test_from_the_first_figure_to_the_receipt_of_payment(asha):
    ref = asha.log(kind="recruitment_debt")
    asha.go(f"cases/{ref}/money/new/loan")
    asha.fill(**{"stated-amount": "200000", "stated-currency": "NPR", "kept_back-amount": "10000"})
    asha.fill(**{"kept_back-currency": "NPR", "every": "month", "instalments-0-amount-amount": "22000"})
    asha.fill(**{"instalments-0-amount-currency": "NPR", "instalments-0-times": "12"})
    asha.press("Save")
    assert "89.3" in asha.words
    assert "5.46 %" in asha.words
    follow(asha.page, "Enter a line")
    follow(asha.page, "Claimed, shown, awarded or paid")
    for stage, amount in (("claimed", "74000"), ("paid", "20000")):
        asha.fill(stage=stage, subject="loan", **{"amount-amount": amount, "amount-currency": "NPR"})
        asha.fill(**{"on-day": "3", "on-month": "3", "on-year": "2026"})
        press(asha.page, "Save and enter another")
    asha.go(f"cases/{ref}/money")
    words = asha.words.replace("\u00a0", " ")
    assert "20,000.00 NPR" in words
    assert "Still to come\n54,000.00 NPR" in words
    assert _printed(asha, ref, "interest").startswith(b"%PDF")
    receipt = text_of(_printed(asha, ref, "receipt"))
    assert "NPR" in receipt, "the payment that was entered last is filled in"
    assert "20,000.00" in receipt


def _printed(desk, ref, paper):
    """A paper for the person, in a language that no page has, as it is fetched."""
    desk.go(f"cases/{ref}/papers/new/{paper}")
    desk.fill(recipient="person", sections="money")
    desk.page.locator("main select[name=language]").select_option("ne")
    desk.press("Make it")
    href = desk.page.locator("main a[href*='/fetch']").first.get_attribute("href")
    return desk.page.request.get(href).body()
