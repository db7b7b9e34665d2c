from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.trends import indicators
from casework.trends.domains import domain
from casework.trends.frozen import Cell, Numbers, Table

MONTHS = [code for code in domain("months") if code]


def numbers(name, counts, *, within=10, threshold=30):
    """A part with one table; numbers below the threshold are left out, as in a release."""
    shown = [
        Cell((code,), count, max(0, count - within), count + within)
        for code, count in counts.items()
        if count >= threshold
    ]
    table = Table(name, (name,), 3.0, within, threshold, tuple(shown))
    return Numbers("large", "", "closing", "laplace", 0.4, 0.0, "0.16", (table,))


def found(name, counts, **more):
    return indicators.of_numbers(numbers(name, counts, **more))[0]


def test_the_middle_band_and_the_bands_in_which_it_may_lie():
    one = found("months", {"none": 100, "m1": 100, "m3": 100, "m6": 100, "m12": 100, "more": 100})
    # 300 up to three months, 300 behind: as many as behind is enough.
    assert (one.value, one.low, one.high, one.count) == ("m3", "m3", "m6", 600)


def test_few_cases_make_a_wide_interval():
    one = found("months", {"m1": 40, "m3": 40, "m6": 40}, within=30)
    assert one.value == "m3"
    assert MONTHS.index(one.low) < MONTHS.index("m3") < MONTHS.index(one.high)


def test_what_is_hidden_may_be_as_many_as_would_just_have_been_shown():
    # Nobody below is shown, and yet up to 40 may be there: as many as may be behind.
    assert found("months", {"m6": 50}, within=10, threshold=30).low == "none"


def test_a_share_with_its_interval():
    one = found("dates", {"met": 90, "missed": 60}, within=10)
    assert (one.value, one.low, one.high) == ("60", "53", "67")


def test_nothing_shown_is_no_number():
    assert found("dates", {"met": 3}).value is None
    assert found("months", {"": 500}).value is None


def test_every_indicator_names_its_source():
    assert {one.key for one in indicators.every()} == {
        "recruitment_cost",
        "owed",
        "paid",
        "detained",
        "signs",
        "dates_kept",
    }
    assert all(one.source and one.checked_on for one in indicators.every())


counts = st.lists(st.integers(0, 400), min_size=len(MONTHS), max_size=len(MONTHS))


@given(counts, st.data())
def test_the_truth_lies_between_whenever_every_number_does(truth, data):
    """Any truth whose numbers all lie within their intervals has its middle within that of the indicator."""
    within = 15
    noise = [data.draw(st.integers(-within, within)) for _ in truth]
    said = {code: max(0, count + more) for code, count, more in zip(MONTHS, truth, noise, strict=True)}
    one = found("months", said, within=within)
    if one.value is None or not sum(truth):
        return
    half, seen = Fraction(sum(truth), 2), 0
    middle = next(code for code, count in zip(MONTHS, truth, strict=True) if (seen := seen + count) >= half)
    assert MONTHS.index(one.low) <= MONTHS.index(middle) <= MONTHS.index(one.high)


@pytest.mark.parametrize("met", [0, 50, 200])
def test_a_share_never_leaves_its_interval(met):
    one = found("dates", {"met": met, "missed": 100}, within=20)
    assert int(one.low) <= int(one.value) <= int(one.high)
