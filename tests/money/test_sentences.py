from datetime import date
from decimal import Decimal

import pytest

from casework.money.amounts import Money
from casework.money.sentences import Sentence, label, plain, say


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Money.of("2337.50", "USD"), "2,337.50"),
        (Money.of("996", "KWD"), "996.000"),
        (Decimal("1.50"), "1.5"),
        (Decimal(40), "40"),
        (Decimal(100), "100"),
        (Decimal("1E+3"), "1,000"),
        (date(2026, 8, 30), "30 August 2026"),
        (None, ""),
        (42, "42"),
    ],
)
def test_values_are_written_plainly(value, words):
    assert plain(value) == words


def test_sentences_stand_in_sentences_and_are_translated_with_them():
    sentence = say("%(what)s: %(sum)s", what=label("hour_bands", "overtime"), sum=Money.of(5, "USD"))
    assert sentence.text() == "Overtime: 5.00"
    spanish = {"%(what)s: %(sum)s": "%(sum)s por %(what)s", "Overtime": "horas extra"}
    assert sentence.text(spanish.__getitem__, lambda value: f"[{value}]") == "[USD 5.00] por horas extra"


def test_percent_signs_are_safe_with_and_without_places():
    assert say("48 % a year").text() == "48 % a year"
    assert say("%(rate)s %% a year", rate=Decimal("5.46")).text() == "5.46 % a year"


def test_text_that_was_typed_is_never_read_as_a_place():
    assert Sentence("%(name)s", {"name": "%(evil)s %s"}).text() == "%(evil)s %s"
