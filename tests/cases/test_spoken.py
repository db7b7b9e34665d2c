"""Figures that nobody expects are shown all the same: a calculator may give more digits than a coin ever had."""

from decimal import Decimal

import pytest
from babel import Locale

from casework.cases.values.numbers import spoken


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1E+30", "1,000,000,000,000,000,000,000,000,000,000"),
        ("12345678901234567890123456.123456789", "12,345,678,901,234,567,890,123,456.123456789"),
        ("2337.5", "2,337.5"),
    ],
)
def test_a_number_of_any_length_is_spoken(value, words):
    assert spoken(Decimal(value), Locale("en"), 0, 9) == words
