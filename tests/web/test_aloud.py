"""What is owed is read aloud to the person in their own language, as far as we have its words, and says who made them."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from casework.money.account import spoken
from casework.settings import ROOT
from tests.web import ledgers
from tests.web.ledgers import day, enter, money, says

FILES = sorted((ROOT / "config" / "papers").glob("*.toml"))


def sentences() -> set[str]:
    """Every sentence that may be read aloud."""
    tree = ast.parse(Path(spoken.__file__).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    said = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "say"]
    return {one.value for one in said if isinstance(one, ast.Constant)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_sentence_has_its_words_and_its_places(path):
    words = tomllib.loads(path.read_text(encoding="utf-8"))["words"]
    # These two are figures: what stands in them is written alike everywhere.
    for sentence in sentences() - {"%(sum)s %(currency)s", "%(about)s: %(sum)s %(what)s.", "nothing"}:
        places = re.findall(r"%\(\w+\)s|%%", sentence)
        assert sorted(re.findall(r"%\(\w+\)s|%%", words[sentence])) == sorted(places), sentence


@pytest.mark.parametrize(
    ("language", "direction", "words"),
    [
        ("ne", "ltr", "तपाईंले आफ्नो कामको 2,337.50 USD पाउन बाँकी छ।"),
        ("bn", "ltr", "কাজের জন্য আপনার 2,337.50 USD পাওনা আছে।"),
        ("ur", "rtl", "آپ کے کام کے 2,337.50 USD باقی ہیں۔"),
    ],
)
def test_it_speaks_the_language_of_the_person(asha, language, direction, words):
    case = asha.log(language=language).location
    ledgers.four_weeks(asha, case)
    page = says(asha, f"{case}/money/aloud")
    assert words in page
    assert f'lang="{language}" dir="{direction}"' in asha.last
    assert "A machine made these words" in page
    assert "You are owed 2,337.50 USD" in says(asha, f"{case}/money/aloud?spoken=en")


def test_a_debt_that_is_never_cleared_is_said_without_blame(asha):
    case = asha.log(language="ne").location
    told = {**money("debt", "300000", "NPR"), "percent": "3", "every": "month", "contract": "24"}
    enter(asha, case, "budget", **told, **money("income", "8000", "NPR"))
    assert "यसमा तपाईंको दोष छैन।" in says(asha, f"{case}/money/aloud")


def test_what_was_paid_is_never_added_to_what_was_claimed(asha):
    case = asha.log().location
    for stage, amount in (("claimed", "40000"), ("awarded", "30000"), ("paid", "12000")):
        told = {"stage": stage, **money("amount", amount), **day("on", "2026-03-01"), "subject": "wages"}
        enter(asha, case, "stage", **told)
    page = says(asha, f"{case}/money/aloud?spoken=en")
    assert "Wages: 12,000.00 USD was really paid to you." in page
    assert "42,000" not in page


def test_what_was_paid_since_is_taken_off_the_sum_that_is_read(asha):
    case = asha.log().location
    ledgers.four_weeks(asha, case)
    told = {"stage": "paid", **money("amount", "1000"), **day("on", "2026-03-01"), "subject": "wages"}
    enter(asha, case, "stage", **told)
    page = says(asha, f"{case}/money/aloud?spoken=en")
    assert "You are owed 2,337.50 USD for your work." in page
    assert "You were paid 1,000.00 USD of it since." in page
    assert "1,337.50 USD is still to be paid to you." in page


def test_an_unknown_language_is_that_of_the_page(asha):
    case = asha.log().location
    ledgers.four_weeks(asha, case)
    assert "You are owed" in says(asha, f"{case}/money/aloud?spoken=xx")
