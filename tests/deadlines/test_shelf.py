"""The days of many cases read together are what each of them says."""

from datetime import date
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines import days
from casework.deadlines.days import Counted

SIGNS = (days.MOVED, days.URGENT, days.PLAIN)
#: Up to more than what texts are filled up to.
DATES = st.lists(
    st.tuples(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(SIGNS)), max_size=70
)


def text(dates):
    head = days.written(Counted("a" * 16, "b" * 16), ()).rstrip()
    return (head.ljust(48) + "".join(f"{day:%Y%m%d}{sign}" for day, sign in dates)).ljust(500)


def tables(texts):
    """The letters of texts, those of one length that follow each other in a table."""
    together = [list(some) for _, some in groupby(texts, key=len)]
    return [
        np.array([list(one.encode()) for one in some], np.uint8).reshape(len(some), -1) for some in together
    ]


@given(st.lists(DATES, max_size=8))
def test_together_they_say_the_same_as_one_by_one(cases):
    texts = [text(one) for one in cases]
    read = days.columns(tables(texts))
    found = list(zip(*(column.tolist() for column in read), strict=True))
    assert found == [
        (int(on), ord(sign), owner, place)
        for owner, one in enumerate(texts)
        for on, place, sign in days.read(one)
    ]


def test_a_text_says_what_it_was_counted_with():
    told = tables(["ab" * 8 + " " * 484] * 3)[0]
    stamps = [b"\xab" * 8, b"\xac" * 8, b"\xab" * 9]
    assert days.counted_with(told, stamps).tolist() == [True, False, False]


def test_what_is_too_short_for_days_is_not_read():
    assert [days.readable(one) for one in tables(["", "short", "x" * 47, days.hidden()])] == [
        False,
        False,
        False,
        True,
    ]


def test_a_case_that_shows_the_desk_nothing_has_no_days():
    assert len(days.columns(tables([days.hidden(), text([(date(2026, 1, 2), ".")])])).on) == 1
    assert len(days.columns([]).on) == 0


@pytest.mark.parametrize("said", ["", "20260102.", "20260102.2026"])
def test_the_days_of_a_restricted_case_are_read_from_its_lines(said):
    read = days.columns([days.letters(""), days.letters(said)])
    assert read.on.tolist() == [20260102] * bool(said)
    assert read.owners.tolist() == [1] * bool(said)
