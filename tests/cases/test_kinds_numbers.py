"""Numbers and money: any digits, usual separators, and never a silent factor of a thousand."""

from decimal import Decimal

import pytest
from babel import Locale
from hypothesis import example, given, settings
from hypothesis import strategies as st

from casework import codes
from casework.cases import values
from casework.cases.values.money import amount, exponent
from casework.cases.values.numbers import digits, number, spoken, written
from casework.errors import Invalid
from tests.cases.kind_fields import LOCALES, ZEROS, field, in_script, tried

MONEY = field("money")
CURRENCIES = sorted(codes.load("currencies").codes)
EXACT = st.decimals(Decimal(-(10**12)), Decimal(10**12), places=4, allow_nan=False)


def paid(text: str, currency: str, locale: str | None = None):
    return values.parse(MONEY, {"x-amount": text, "x-currency": currency}, locale=locale)


def minor(text: str, currency: str, locale: str | None = None) -> int:
    return paid(text, currency, locale)["minor"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1250", "1250"),
        ("007", "7"),
        ("+5", "5"),
        ("-5", "-5"),
        ("−5", "-5"),
        (".5", "0.5"),
        ("0,5", "0.5"),
        ("1250.5", "1250.5"),
        ("1250,50", "1250.5"),
        ("1,250.50", "1250.5"),
        ("1.250,50", "1250.5"),
        ("1 250,50", "1250.5"),
        ("1\u202f250,50", "1250.5"),
        ("1'250.50", "1250.5"),
        ("1’250’000", "1250000"),
        ("1,250,000", "1250000"),
        ("1.250.000", "1250000"),
        ("1,25,000", "125000"),
        ("12,34,567.89", "1234567.89"),
        ("١٢٥٠", "1250"),
        ("١٬٢٥٠٫٥", "1250.5"),
        ("۱۲۵۰٫۵", "1250.5"),
        ("१,२५,०००.५०", "125000.5"),
        ("১২৫০", "1250"),
        ("１，２５０．５", "1250.5"),
        ("\u200e-12.5\u200f", "-12.5"),
    ],
)
def test_numbers_as_people_write_them(text, value):
    assert number(text, 2) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "abc",
        "1O",
        "12,",
        "1,2,3",
        "1.2.3,4",
        "12 34",
        "1 2345",
        "1,,5",
        "1e5",
        "½",
        "五",
        "0x1F",
        "1d5",
        "5-",
        "--5",
    ],
)
def test_what_is_no_number(text):
    with pytest.raises(Invalid, match="not a number"):
        number(text, 2)


@pytest.mark.parametrize(
    ("text", "decimals", "locale", "value"),
    [
        ("1.234", 3, None, "1.234"),
        ("1,234", 2, None, "1234"),
        ("1,234", 0, None, "1234"),
        ("1,234", 2, "en", "1234"),
        ("1.234", 2, "id", "1234"),
        ("1.234", 0, "es", "1234"),
        ("1,234", 3, "es", "1.234"),
        ("1.234", 3, "en", "1.234"),
        ("0.500", 3, "es", "0.5"),
        ("1234.500", 3, "es", "1234.5"),
    ],
)
def test_three_digits_after_one_mark(text, decimals, locale, value):
    assert number(text, decimals, locale and Locale(locale)) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "decimals", "locale"),
    [("1.234", 2, None), ("1.234", 0, None), ("1,234", 3, None), ("1.234", 3, "es"), ("1,234", 3, "en")],
)
def test_where_two_readings_are_possible_the_reader_asks(text, decimals, locale):
    with pytest.raises(Invalid, match="two ways") as caught:
        number(text, decimals, locale and Locale(locale))
    assert caught.value.params == {"text": text}


@pytest.mark.parametrize(
    ("text", "decimals", "locale", "said"),
    [
        ("1.5", 0, None, "whole number"),
        ("1.2555", 2, "en", "at most"),
        ("1,2345", 2, None, "at most"),
        ("1,2555", 2, "fr", "at most"),
    ],
)
def test_too_many_decimals(text, decimals, locale, said):
    with pytest.raises(Invalid, match=said):
        number(text, decimals, locale and Locale(locale))


@pytest.mark.parametrize(
    ("text", "locale"), [("500.000", "en"), ("1.500", "en"), ("1,255", "fr"), ("1.255", "en")]
)
def test_three_digits_after_one_mark_are_asked_about(text, locale):
    """Where dots part thousands, people read English pages too: 500.000 rupiah is not five hundred."""
    with pytest.raises(Invalid, match="two ways"):
        number(text, 2, Locale(locale))


def test_zeros_after_the_last_decimal_are_no_decimals():
    assert number("12.5000", 1) == Decimal("12.5")
    assert number("12.0", 0) == Decimal(12)


def test_a_number_has_an_end():
    assert number("9" * 15) == Decimal("9" * 15)
    with pytest.raises(Invalid, match="too large"):
        number("1" + "0" * 15)


#: Whole thousands, as often as any other number: they are what can be read in two ways.
THOUSANDS = st.integers(-(10**6), 10**6).map(Decimal)


@given(EXACT | THOUSANDS, st.sampled_from(LOCALES), st.sampled_from(sorted(ZEROS)))
@settings(max_examples=300)
@example(Decimal("1234.567"), "en", "latin")
@example(Decimal("1.234"), "en", "latin")
@example(Decimal(1234), "en", "latin")
@example(Decimal(-999999), "fr", "latin")
def test_what_is_shown_can_be_typed_again_in_any_digits(value, locale, script):
    shown = in_script(spoken(value, Locale(locale), 0, 4), ZEROS[script])
    if could_be_decimals(value, shown):
        # Where four decimals are possible, 1,234 is asked about and never guessed; nothing else is.
        with pytest.raises(Invalid, match="two ways"):
            number(shown, 4, Locale(locale))
    else:
        assert number(shown, 4, Locale(locale)) == value


def could_be_decimals(value: Decimal, shown: str) -> bool:
    """Whether a thousand is shown with one mark, which parts decimals elsewhere."""
    return value % 1 == 0 and 1_000 <= abs(value) < 1_000_000 and len([c for c in shown if c in ",."]) == 1


@given(EXACT, st.sampled_from([None, *LOCALES]))
@settings(max_examples=100)
def test_what_a_form_starts_with_is_read_as_the_same(value, locale):
    where = locale and Locale(locale)
    assert number(written(value, where), 4, where) == value


@given(st.text(max_size=12), st.integers(0, 4))
@settings(max_examples=300)
def test_any_text_is_a_number_or_refused(text, decimals):
    value, refused = tried(number, text, decimals)
    # Nothing invented: the digits that were typed are the digits that were read.
    assert refused or _without_zeros(digits(text)) == _without_zeros(str(value))


def _without_zeros(text: str) -> str:
    return "".join(c for c in text if c in "123456789")


@pytest.mark.parametrize(
    ("text", "currency", "expected"),
    [
        ("15.00", "USD", 1500),
        ("275.500", "KWD", 275500),
        ("٢٧٥٫٥٠٠", "KWD", 275500),
        ("KWD 400", "KWD", 400000),
        ("kwd400", "KWD", 400000),
        ("£15", "GBP", 1500),
        ("1,50,000", "NPR", 15000000),
        ("১,৫০,০০০", "BDT", 15000000),
        ("500 000", "XOF", 500000),
        ("1.500.000", "VND", 1500000),
        ("0", "USD", 0),
        ("0.1", "USD", 10),
    ],
)
def test_money_is_a_whole_number_of_the_smaller_unit(text, currency, expected):
    assert paid(text, currency) == {"minor": expected, "currency": currency}


@pytest.mark.parametrize(
    ("text", "currency", "said"),
    [
        ("10.5", "JPY", "whole number"),
        ("10.555", "USD", "two ways"),
        ("10.5555", "USD", "at most"),
        ("10.5555", "KWD", "at most"),
        ("1,234", "KWD", "two ways"),
        ("-5", "USD", "or more"),
        ("5", "", "currency"),
        ("5", "XYZ", "choices"),
        ("USD 5", "EUR", "not a number"),
        ("lots", "USD", "not a number"),
    ],
)
def test_money_that_cannot_be_taken(text, currency, said):
    with pytest.raises(Invalid, match=said) as caught:
        paid(text, currency)
    assert caught.value.field == "x"


def test_the_currency_alone_says_nothing():
    assert paid("", "KWD") is None
    assert paid("  ", "KWD") is None


def test_bounds_are_in_whole_currency():
    asked = field("money", most=Decimal(100))
    assert values.parse(asked, {"x-amount": "100", "x-currency": "KWD"})["minor"] == 100000
    with pytest.raises(Invalid, match="or less"):
        values.parse(asked, {"x-amount": "100.001", "x-currency": "KWD"}, locale="en")


@given(
    st.integers(0, 10**14),
    st.sampled_from(CURRENCIES),
    st.sampled_from(LOCALES),
    st.sampled_from(sorted(ZEROS)),
)
@settings(max_examples=150)
def test_money_that_is_shown_can_be_typed_again(units, currency, locale, script):
    value = {"minor": units, "currency": currency}
    shown = in_script(values.show(MONEY, value, locale), ZEROS[script])
    assert paid(shown, currency, locale) == value
    assert values.parse(MONEY, values.fill(MONEY, value, "", locale), "", locale) == value
    assert amount(value) * 10 ** exponent(currency) == units


def test_money_is_shown_with_its_code():
    assert values.show(MONEY, {"minor": 275500, "currency": "KWD"}, "en") == "275.500\xa0KWD"
    assert values.show(MONEY, {"minor": 123456789, "currency": "NPR"}, "ne") == "12,34,567.89\xa0NPR"
    assert values.show(MONEY, {"minor": 5, "currency": "JPY"}, "es") == "5\xa0JPY"


def test_a_number_is_whole_or_kept_exactly():
    assert values.parse(field("number"), {"x": "1,250"}) == 1250
    assert values.parse(field("number", decimals=2), {"x": "52,50"}) == "52.5"
    assert values.parse(field("number", decimals=2), {"x": "100"}) == "100"
    assert values.show(field("number", decimals=2, unit="hours"), "52.5", "es") == "52,5\xa0hours"


@pytest.mark.parametrize("text", ["-1", "169"])
def test_a_number_outside_its_bounds(text):
    with pytest.raises(Invalid):
        values.parse(field("number", least=Decimal(0), most=Decimal(168)), {"x": text})
