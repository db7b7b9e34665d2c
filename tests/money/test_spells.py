import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.deadlines import facts
from casework.deadlines import spells as spells_of_clocks
from casework.errors import Invalid
from casework.money.records import decode, encode
from casework.money.rules import RuleBook
from casework.money.spells import DetentionLimit, SpellsQuestion, detained
from casework.money.stays import Spell, union

STEADY = settings(max_examples=80)

SIX_MONTHS = DetentionLimit(months=6)
BOOK = RuleBook()

WORKED = (
    Spell(date(2026, 1, 10), date(2026, 1, 15)),
    Spell(date(2026, 1, 15), date(2026, 2, 20)),
    Spell(date(2026, 3, 1)),
)


def ask(spells=WORKED, until=date(2026, 3, 31), limits=(SIX_MONTHS,)):
    return detained(SpellsQuestion(tuple(spells), until, tuple(limits)), BOOK)


def test_the_worked_example():
    results = ask().results
    assert results["days"] == 73
    assert results["nights"] == 71
    assert results["current"] == 31
    assert results["spells"] == 2
    assert results["from_first"] == date(2026, 7, 10)
    assert results["cumulative"] == date(2026, 7, 18)
    assert results["last_only"] == date(2026, 9, 1)
    assert results["earliest"] == date(2026, 7, 10)


def test_the_warning_is_about_the_earliest_reading():
    (warning,) = ask().warnings
    assert "10 July 2026" in warning.text()
    assert "still to come" in warning.text()
    (passed,) = ask(until=date(2026, 7, 10)).warnings
    assert "has passed" in passed.text()


def test_one_day_is_one_day_and_no_night():
    results = ask([Spell(date(2026, 1, 1), date(2026, 1, 1))], date(2026, 1, 1)).results
    assert (results["days"], results["nights"]) == (1, 0)


def test_overlapping_papers_count_each_day_once():
    results = ask(
        [Spell(date(2026, 1, 1), date(2026, 1, 31)), Spell(date(2026, 1, 10), date(2026, 1, 20))]
    ).results
    assert results["days"] == 31


def test_somebody_free_has_no_present_spell():
    results = ask([Spell(date(2026, 1, 1), date(2026, 1, 31))]).results
    assert results["current"] is None
    assert results["since"] is None


def test_a_transfer_over_night_does_not_break_a_spell():
    first = Spell(date(2026, 1, 1), date(2026, 1, 10))
    moved = Spell(date(2026, 1, 11), date(2026, 1, 20), by_transfer=True)
    results = ask([first, moved], date(2026, 1, 20)).results
    assert (results["days"], results["nights"], results["current"]) == (20, 19, 20)


def test_spells_without_a_free_day_between_them_are_one():
    """Let go in the evening of the 10th, held again in the morning of the 11th: 20 days, 19 nights, one spell."""
    first = Spell(date(2026, 1, 1), date(2026, 1, 10))
    again = Spell(date(2026, 1, 11), date(2026, 1, 20))
    working = ask([first, again], date(2026, 1, 20))
    assert (working.results["days"], working.results["nights"], working.results["current"]) == (20, 19, 20)
    assert working.results["last_only"] == date(2026, 7, 1)
    apart = Spell(date(2026, 1, 12), date(2026, 1, 20))
    working = ask([first, apart], date(2026, 1, 20), ())
    assert (working.results["days"], working.results["nights"], working.results["current"]) == (19, 17, 9)


def test_a_result_of_version_one_is_counted_again_as_it_was():
    first = Spell(date(2026, 1, 1), date(2026, 1, 10))
    again = Spell(date(2026, 1, 11), date(2026, 1, 20))
    written = encode(SpellsQuestion((first, again), date(2026, 1, 20)))
    written["version"] = 1
    del written["apart"]
    assert detained(decode(written), BOOK).results["current"] == 10


def test_a_limit_in_days_and_month_ends():
    results = ask(
        [Spell(date(2025, 8, 31))], date(2025, 9, 30), [DetentionLimit(days=90), SIX_MONTHS]
    ).results
    assert results["from_first"] == date(2025, 11, 29)
    assert results["from_first_2"] == date(2026, 2, 28)


def test_freedom_after_the_limit_does_not_move_it():
    spells = [Spell(date(2026, 1, 1), date(2026, 1, 31)), Spell(date(2026, 6, 1), date(2026, 6, 30))]
    results = ask(spells, date(2026, 6, 30), [DetentionLimit(days=20)]).results
    assert results["cumulative"] == date(2026, 1, 21)


@pytest.mark.parametrize(
    ("made", "field"),
    [
        (lambda: Spell(date(2026, 2, 1), date(2026, 1, 31)), "end"),
        (lambda: ask([Spell(date(2026, 4, 1))]), "until"),
        (lambda: ask([Spell(date(2026, 3, 1), date(2026, 4, 1))]), "until"),
        (lambda: ask([]), "spells"),
        (DetentionLimit, "limit"),
        (lambda: DetentionLimit(months=6, days=3), "limit"),
        (lambda: DetentionLimit(days=-3), "limit"),
    ],
)
def test_impossible_times_are_refused_beside_their_field(made, field):
    with pytest.raises(Invalid) as refused:
        made()
    assert refused.value.field == field


SPELLS = st.lists(
    st.tuples(st.integers(0, 700), st.integers(0, 90)).map(
        lambda t: Spell(date(2024, 1, 1) + timedelta(t[0]), date(2024, 1, 1) + timedelta(sum(t)))
    ),
    min_size=1,
    max_size=12,
)
UNTIL = date(2026, 12, 31)


@STEADY
@given(SPELLS)
def test_days_are_the_set_of_days(spells):
    touched = {s.start + timedelta(n) for s in spells for n in range((s.end - s.start).days + 1)}
    assert ask(spells, UNTIL).results["days"] == len(touched)


@STEADY
@given(SPELLS, st.randoms())
def test_order_and_doubling_change_nothing(spells, random):
    twice = [*spells, *spells]
    random.shuffle(twice)
    assert ask(twice, UNTIL).results == ask(spells, UNTIL).results


@STEADY
@given(SPELLS, st.integers(1, 60))
def test_a_transfer_inside_a_spell_changes_nothing(spells, cut):
    first = spells[0]
    middle = min(first.start + timedelta(cut), first.end)
    divided = [Spell(first.start, middle), Spell(middle, first.end), *spells[1:]]
    assert ask(divided, UNTIL).results == ask(spells, UNTIL).results


@STEADY
@given(SPELLS)
def test_unbroken_times_never_touch(spells):
    stays = union(tuple(spells), UNTIL)
    for before, after in itertools.pairwise(stays):
        assert before.end + timedelta(1) < after.start


@STEADY
@given(SPELLS)
def test_money_and_clocks_join_the_same_spells(spells):
    counted = union(tuple(spells), UNTIL)
    clocks = spells_of_clocks.union([facts.Spell(one.start, one.end) for one in spells], UNTIL)
    assert [(one.start, one.end) for one in counted] == [(one.start, one.end) for one in clocks]


@STEADY
@given(SPELLS, st.integers(0, 60))
def test_a_spell_cut_over_night_changes_nothing(spells, cut):
    """Two papers of one time: the first until a day, the second from the next; or both name the day."""
    first = spells[0]
    middle = min(first.start + timedelta(cut), first.end)
    if middle == first.end:
        return
    divided = [Spell(first.start, middle), Spell(middle + timedelta(1), first.end), *spells[1:]]
    assert ask(divided, UNTIL).results == ask(spells, UNTIL).results


@STEADY
@given(SPELLS)
def test_leaving_freedom_out_never_makes_a_limit_earlier(spells):
    results = ask(spells, UNTIL).results
    assert results["from_first"] <= results["cumulative"]
    assert results["from_first"] <= results["last_only"]
    assert results["earliest"] == min(results[k] for k in ("from_first", "cumulative", "last_only"))
