"""Times in detention: what is one spell, and when a limit over several of them ends."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines.arithmetic import add_months
from casework.deadlines.facts import Spell
from casework.deadlines.spells import Unbroken, readings, union
from tests.deadlines.making import shipped

ON = date(2026, 12, 31)
_BEGIN = date(2026, 1, 1)
SPELLS = st.lists(
    st.tuples(st.integers(0, 120), st.integers(0, 30)).map(
        lambda pair: Spell(_BEGIN + timedelta(days=pair[0]), _BEGIN + timedelta(days=sum(pair)))
    ),
    min_size=1,
    max_size=6,
)


def test_a_transfer_breaks_nothing_and_a_free_day_does():
    spells = [
        Spell(date(2026, 3, 1), date(2026, 3, 31)),
        Spell(date(2026, 1, 10), date(2026, 1, 15)),
        Spell(date(2026, 1, 15), date(2026, 2, 20)),
    ]
    assert union(spells, ON) == [
        Unbroken(date(2026, 1, 10), date(2026, 2, 20)),
        Unbroken(date(2026, 3, 1), date(2026, 3, 31)),
    ]


def test_one_spell_ends_and_the_next_begins_the_day_after():
    assert (
        len(union([Spell(date(2026, 1, 1), date(2026, 1, 5)), Spell(date(2026, 1, 6), date(2026, 1, 9))], ON))
        == 1
    )
    assert (
        len(union([Spell(date(2026, 1, 1), date(2026, 1, 5)), Spell(date(2026, 1, 7), date(2026, 1, 9))], ON))
        == 2
    )


def test_a_spell_that_goes_on_lasts_until_the_day_of_asking():
    assert union([Spell(date(2026, 1, 1))], date(2026, 2, 1)) == [
        Unbroken(date(2026, 1, 1), date(2026, 2, 1))
    ]
    # Somebody entered tomorrow's detention: one day, not a negative one.
    assert union([Spell(date(2026, 2, 2))], date(2026, 2, 1)) == [
        Unbroken(date(2026, 2, 2), date(2026, 2, 2))
    ]


def test_a_spell_inside_another_adds_nothing():
    assert union(
        [Spell(date(2026, 1, 1), date(2026, 3, 1)), Spell(date(2026, 1, 5), date(2026, 1, 6))], ON
    ) == [Unbroken(date(2026, 1, 1), date(2026, 3, 1))]


@given(SPELLS)
def test_union_touches_the_same_days_and_nothing_touches_twice(spells: list[Spell]):
    days = {s.start + timedelta(days=n) for s in spells for n in range(((s.end or ON) - s.start).days + 1)}
    found = union(spells, ON)
    assert sum((u.end - u.start).days + 1 for u in found) == len(days)
    assert all(b.start - a.end > timedelta(days=1) for a, b in pairwise(found))


@given(SPELLS, st.randoms(use_true_random=False))
def test_order_and_cuts_make_no_difference(spells: list[Spell], random):
    def limit(day: date) -> date:
        return add_months(day, 3)

    expected = readings(spells, limit, ON)
    cut = [piece for spell in spells for piece in _cut(spell)]
    random.shuffle(cut)
    assert readings(cut, limit, ON) == expected


def _cut(spell: Spell) -> list[Spell]:
    middle = spell.start + ((spell.end or ON) - spell.start) // 2
    return [Spell(spell.start, middle), Spell(middle, spell.end)]


@given(SPELLS, st.integers(1, 150))
def test_cumulative_is_the_day_on_which_so_many_days_were_spent_inside(spells: list[Spell], most: int):
    """Counted one by one, as if the last spell went on for ever."""
    found = readings(spells, lambda day: day + timedelta(days=most - 1), ON)
    assert found
    inside = {s.start + timedelta(days=n) for s in spells for n in range(((s.end or ON) - s.start).days + 1)}
    last = max(inside)
    day, counted = min(inside), 1
    while counted < most:
        day += timedelta(days=1)
        counted += day in inside or day > last
    assert found.cumulative == day


@given(SPELLS)
def test_the_three_readings_are_in_order(spells: list[Spell]):
    found = readings(spells, lambda day: add_months(day, 6), ON)
    assert found
    assert found.first <= found.cumulative
    assert found.first <= found.current


def test_a_gap_after_the_limit_moves_nothing():
    spells = [Spell(date(2026, 1, 1), date(2026, 8, 31)), Spell(date(2026, 12, 1))]
    found = readings(spells, lambda day: add_months(day, 6), ON)
    assert found
    assert found.cumulative == found.first == date(2026, 7, 1)
    assert found.free_days == 0


def test_nobody_detained_no_limit():
    assert readings([], lambda day: day, ON) is None
    assert not [name for name in shipped("detention", "DE") if "limit" in name]


def test_at_liberty_it_is_said():
    spells = (Spell(date(2026, 1, 10), date(2026, 2, 20)),)
    clock = shipped("detention", "DE", spells=spells, on=date(2026, 3, 1))[
        "eu.detention_limit/directive/first"
    ]
    assert "ended on Friday 20 February 2026" in " ".join(step.say() for step in clock.warnings)
    inside = shipped("detention", "DE", spells=spells, on=date(2026, 2, 20))[
        "eu.detention_limit/directive/first"
    ]
    assert "ended on" not in " ".join(step.say() for step in inside.warnings)
