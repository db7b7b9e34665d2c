"""The days of many cases read together are what each of them says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines import days
from casework.deadlines.days import Counted
from casework.errors import Refused

SIGNS = (days.MOVED, days.URGENT, days.PLAIN)
#: Up to more than what texts are filled up to.
DATES = st.lists(
    st.tuples(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(SIGNS)), max_size=70
)


def text(dates):
    head = days.written(Counted("a" * 16, "b" * 16), ()).rstrip()
    return (head.ljust(48) + "".join(f"{day:%Y%m%d}{sign}" for day, sign in dates)).ljust(500)


@given(st.lists(DATES, max_size=8))
def test_together_they_say_the_same_as_one_by_one(cases):
    texts = [text(one) for one in cases]
    read = days.columns(texts)
    found = list(zip(*(column.tolist() for column in read), strict=True))
    assert found == [
        (int(on), ord(sign), owner, place)
        for owner, one in enumerate(texts)
        for on, place, sign in days.read(one)
    ]


def test_a_text_says_what_it_was_counted_with():
    assert days.counted_with("ab" * 8 + " " * 484, b"\xab" * 8)
    assert not days.counted_with("ab" * 8 + " " * 484, b"\xac" * 8)


@pytest.mark.parametrize("broken", [None, [], "", "short", "é" * 500])
def test_what_is_no_such_text_is_refused(broken):
    with pytest.raises(Refused):
        days.checked(broken)


def test_a_case_that_shows_the_desk_nothing_has_no_days():
    assert len(days.columns([days.hidden(), text([(date(2026, 1, 1) + timedelta(1), ".")])]).on) == 1
