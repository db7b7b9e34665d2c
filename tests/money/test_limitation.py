from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import Invalid
from casework.money import rule_files
from casework.money.amounts import Money
from casework.money.clocks import Conciliation, after_conciliation, earliest_start, last_day
from casework.money.dated import DatedAmount
from casework.money.limitation import TimeQuestion, in_time
from casework.money.months import add_months
from casework.money.rule_terms import Clock

STEADY = settings(max_examples=80)

GB = Clock("any", "last_of_series", 3, minus_one_day=True)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
CLOCKS = st.builds(Clock, st.just("any"), st.just("due"), st.integers(1, 120), st.booleans())


def owed(*amounts):
    return tuple(
        DatedAmount(f"p{n}", day, Money.of(amount, "USD")) for n, (day, amount) in enumerate(amounts)
    )


def ask(book, rule, amounts, filed, **more):
    return in_time(TimeQuestion("USD", owed(*amounts), rule, filed, **more), book)


@pytest.mark.parametrize(
    ("due", "last"),
    [
        (date(2026, 5, 31), date(2026, 8, 30)),
        (date(2025, 11, 30), date(2026, 2, 27)),
        (date(2023, 11, 30), date(2024, 2, 28)),
        (date(2026, 1, 31), date(2026, 4, 29)),
        (date(2026, 6, 20), date(2026, 9, 19)),
        (date(2026, 12, 1), date(2027, 2, 28)),
    ],
)
def test_three_months_less_a_day(due, last):
    assert last_day(GB, due) == last


def test_conciliation_stops_the_clock_and_then_gives_a_month():
    talks = Conciliation(date(2026, 8, 10), date(2026, 9, 21))
    limit = last_day(GB, date(2026, 5, 31))
    assert limit + timedelta(days=42) == date(2026, 10, 11)
    assert after_conciliation(limit, talks) == date(2026, 10, 21)


def test_an_early_conciliation_only_stops_the_clock():
    # Haque: dismissal 20 June 2016, day A 22 July, day B 22 August: 31 days, 20 October.
    talks = Conciliation(date(2016, 7, 22), date(2016, 8, 22))
    assert after_conciliation(last_day(GB, date(2016, 6, 20)), talks) == date(2016, 10, 20)


def test_a_month_after_the_certificate_ends_with_its_month():
    assert after_conciliation(date(2026, 1, 31), Conciliation(date(2026, 1, 31), date(2026, 1, 31))) == date(
        2026, 2, 28
    )


def test_conciliation_asked_for_too_late_changes_nothing():
    limit = date(2026, 8, 30)
    assert after_conciliation(limit, Conciliation(date(2026, 8, 31), date(2026, 9, 30))) == limit
    assert after_conciliation(limit, Conciliation(limit, date(2026, 9, 30))) == date(2026, 10, 30)


def test_a_certificate_cannot_come_first():
    with pytest.raises(Invalid) as refused:
        Conciliation(date(2026, 9, 21), date(2026, 8, 10))
    assert refused.value.field == "day_b"


def test_a_claim_of_june_2026_reaches_back_two_or_three_years(book):
    amounts = [
        (date(2023, 5, 31), 1),
        (date(2023, 6, 1), 10),
        (date(2024, 5, 31), 100),
        (date(2024, 6, 1), 1000),
    ]
    two = ask(book, "us-flsa-2y", amounts, date(2026, 6, 1))
    assert two.results["reaches_back_to"] == date(2024, 6, 1)
    assert two.results["claimable"] == Money.of(1000, "USD")
    assert two.results["moral"] == Money.of(1111, "USD")
    three = ask(book, "us-flsa-wilful-3y", amounts, date(2026, 6, 1))
    assert three.results["reaches_back_to"] == date(2023, 6, 1)
    assert three.results["claimable"] == Money.of(1110, "USD")
    assert three.results["moral"] == Money.of(1111, "USD")


def test_the_next_amount_to_be_lost_is_named(book):
    working = ask(book, "us-flsa-2y", [(date(2024, 7, 1), 5), (date(2025, 7, 1), 5)], date(2026, 6, 1))
    assert working.results["next_lost"] == date(2026, 7, 1)
    assert working.results["last_day"] == date(2027, 7, 1)


def test_a_series_lives_as_long_as_its_last_deduction(book):
    series = [(date(2026, m, 28), 100) for m in range(1, 6)] + [(date(2026, 5, 31), 100)]
    working = ask(book, "gb-3-months", series, date(2026, 8, 30))
    assert working.results["last_day"] == date(2026, 8, 30)
    assert working.results["claimable"] == Money.of(600, "USD")
    late = ask(book, "gb-3-months", series, date(2026, 8, 31))
    assert late.results["claimable"] == Money.of(0, "USD")
    assert late.results["moral"] == Money.of(600, "USD")


def test_two_years_is_as_far_as_a_series_reaches(book):
    working = ask(book, "gb-3-months", [(date(2024, 1, 1), 7), (date(2026, 5, 31), 5)], date(2026, 6, 1))
    assert working.results["claimable"] == Money.of(5, "USD")


def test_a_claim_in_great_britain_after_conciliation(book):
    talks = Conciliation(date(2026, 8, 10), date(2026, 9, 21))
    working = ask(book, "gb-3-months", [(date(2026, 5, 31), 100)], date(2026, 10, 21), conciliation=talks)
    assert working.results["last_day"] == date(2026, 10, 21)
    assert working.results["claimable"] == Money.of(100, "USD")
    said = " ".join(line.words.text() for line in working.lines)
    assert "42 days: 11 October 2026" in said
    assert "one month after the certificate: 21 October 2026" in said


def test_the_longer_rule_is_announced_and_says_so(book):
    working = ask(book, "gb-6-months", [(date(2026, 5, 31), 100)], date(2026, 6, 1))
    assert working.results["last_day"] == date(2026, 11, 29)
    assert any("announced" in w.text() for w in working.warnings)


def test_singapore_differs_for_those_who_left(book):
    amounts = [(date(2025, 1, 31), 100), (date(2026, 1, 31), 50)]
    assert ask(book, "sg-tadm", amounts, date(2026, 2, 10)).results["claimable"] == Money.of(50, "USD")
    left = ask(book, "sg-tadm", amounts, date(2026, 2, 10), left=date(2026, 2, 1))
    assert left.results["claimable"] == Money.of(150, "USD")
    assert left.results["last_day"] == date(2026, 8, 1)


def test_the_emirates_count_from_the_end_of_the_job(book):
    amounts = [(date(2024, 9, 30), 100)]
    with pytest.raises(Invalid) as refused:
        ask(book, "ae-2024", amounts, date(2026, 2, 10))
    assert refused.value.field == "left"
    working = ask(book, "ae-2024", amounts, date(2026, 2, 10), left=date(2025, 12, 31))
    assert working.results["last_day"] == date(2027, 12, 31)


def test_a_rule_that_does_not_cover_the_day_says_so(book):
    working = ask(book, "ae-until-2024", [(date(2025, 9, 30), 100)], date(2026, 2, 10))
    said = [w.text() for w in working.warnings]
    assert any("does not cover 10 February 2026" in w for w in said)
    assert any("no longer in force" in w for w in said)


def test_conciliation_counts_only_where_the_rule_knows_it(book):
    talks = Conciliation(date(2026, 1, 10), date(2026, 2, 21))
    working = ask(book, "us-flsa-2y", [(date(2024, 3, 1), 5)], date(2026, 3, 2), conciliation=talks)
    assert working.results["claimable"] == Money.of(0, "USD")
    assert any("does not stop the clock" in w.text() for w in working.warnings)


def test_a_period_that_was_overpaid_lowers_the_claim_but_never_below_nothing(book):
    amounts = [(date(2026, 1, 31), 100), (date(2026, 2, 28), -130)]
    working = ask(book, "us-flsa-2y", amounts, date(2026, 3, 2))
    assert working.results["claimable"] == Money.of(0, "USD")
    assert working.results["moral"] == Money.of(-30, "USD")


def test_an_unknown_rule_or_one_of_another_kind_is_refused(book):
    for rule in ("nowhere", "us-flsa-overtime"):
        with pytest.raises(Invalid) as refused:
            ask(book, rule, [(date(2026, 1, 1), 1)], date(2026, 2, 2))
        assert refused.value.field == "rule"


def test_leaving_after_filing_is_refused():
    with pytest.raises(Invalid) as refused:
        TimeQuestion(
            "USD", owed((date(2026, 1, 1), 1)), "us-flsa-2y", date(2026, 1, 1), left=date(2026, 1, 2)
        )
    assert refused.value.field == "left"


def test_the_end_of_the_calendar_is_said():
    with pytest.raises(Invalid):
        add_months(date(9999, 12, 31), 1)


@STEADY
@given(DAYS, st.integers(-600, 600))
def test_months_never_leave_their_month(day, months):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day


@STEADY
@given(CLOCKS, DAYS)
def test_how_far_back_a_claim_reaches_is_exact(clock, filed):
    start = earliest_start(clock, filed)
    assert last_day(clock, start) >= filed
    assert last_day(clock, start - timedelta(1)) < filed


@STEADY
@given(CLOCKS, DAYS, st.integers(0, 400))
def test_later_starts_never_end_earlier(clock, start, more):
    assert last_day(clock, start) <= last_day(clock, start + timedelta(more))


@STEADY
@given(DAYS, st.integers(0, 200), st.integers(0, 100))
def test_conciliation_never_shortens_the_time(limit, before, length):
    day_a = limit - timedelta(before)
    assert after_conciliation(limit, Conciliation(day_a, day_a + timedelta(length))) >= limit


@STEADY
@given(
    st.lists(
        st.tuples(st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.integers(0, 10**4)), min_size=1, max_size=9
    ),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_what_can_be_claimed_is_never_more_than_what_is_owed(amounts, filed):
    working = ask(rule_files.house(), "us-flsa-2y", amounts, filed)
    assert working.results["claimable"] <= working.results["moral"]
    reverse = ask(rule_files.house(), "us-flsa-2y", amounts[::-1], filed)
    assert reverse.results == working.results


def test_how_far_back_a_claim_reaches_names_the_day_on_which_it_is_filed(book):
    working = ask(book, "us-flsa-2y", [(date(2026, 1, 31), "100")], date(2028, 1, 15))
    assert "A claim filed on 15 January 2028 reaches back to 15 January 2026." in [
        line.words.text() for line in working.lines
    ]
