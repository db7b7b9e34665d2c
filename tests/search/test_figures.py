from collections import Counter
from datetime import date, timedelta

import pytest

from casework.search.figures import AGES, figures_of
from casework.search.filters import Filters
from casework.search.pack import Pack
from tests.search.made import DAY, card, full_card

CARDS = [full_card(number) for number in range(120)]
PACK = Pack.join([Pack.of(CARDS[:50]), Pack.of(CARDS[50:])])
FOUND = figures_of(PACK, Filters(), DAY)
RUNNING = [one for one in CARDS if one.status != "closed"]


def counted(codes, among=CARDS):
    return dict(Counter(codes(one) for one in among))


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("kind", counted(lambda one: (one.kind,))),
        ("corridor", counted(lambda one: (one.home, one.host))),
        ("sector", counted(lambda one: (one.sector,))),
        ("status", counted(lambda one: (one.status,))),
        ("risk", counted(lambda one: (one.risk,), RUNNING)),
        ("outcome", counted(lambda one: (one.outcome,), [one for one in CARDS if one.status == "closed"])),
    ],
)
def test_every_card_is_counted_once(table, expected):
    assert dict(FOUND.tables[table]) == expected


def test_the_most_come_first():
    counts = list(FOUND.tables["corridor"].values())
    assert counts == sorted(counts, reverse=True)


def test_what_runs_what_is_late_and_what_nobody_has():
    cards = [
        card(status="action", due=DAY - timedelta(days=1)),
        card(status="action", due=DAY),
        card(status="contact", primary=CARDS[0].primary),
        card(status="closed", due=DAY - timedelta(days=9)),
    ]
    found = figures_of(Pack.of(cards), Filters(), DAY)
    assert (found.cases, found.running, found.late, found.unassigned) == (4, 3, 1, 2)


def test_only_what_gets_through_the_filters_is_counted():
    found = figures_of(PACK, Filters(kinds=frozenset({"detention"})), DAY)
    assert set(found.tables["kind"]) == {("detention",)}
    assert found.cases == sum(one.kind == "detention" for one in CARDS)


def test_the_newest_card_of_a_case_counts():
    old = card(status="contact", kind="detention")
    new = card(old.case_id, status="closed", kind="trafficking", ref=old.ref)
    pack = Pack.join([Pack.of([old], stamp=1), Pack.of([new], stamp=2)])
    found = figures_of(pack, Filters(), DAY)
    assert (found.cases, found.running) == (1, 0)
    assert dict(found.tables["kind"]) == {("trafficking",): 1}


def test_ages_end_on_their_days():
    days = (0, *AGES, *(most + 1 for most in AGES))
    cards = [card(status="action", opened=DAY - timedelta(days=days_ago)) for days_ago in days]
    assert figures_of(Pack.of(cards), Filters(), DAY).ages == (2, 2, 2, 2, 1)


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 1, 1), date(2024, 4, 1), date(2026, 1, 1)),
        (date(2026, 12, 31), date(2025, 1, 1), date(2026, 10, 1)),
        (date(2024, 2, 29), date(2022, 4, 1), date(2024, 1, 1)),
    ],
)
def test_eight_quarters_end_with_that_of_today(today, first, last):
    found = figures_of(PACK, Filters(), today).quarters
    assert (len(found), found[0][0], found[-1][0]) == (8, first, last)


def test_new_cases_stand_in_their_quarter_and_none_is_lost():
    edges = [date(2025, 9, 30), date(2025, 10, 1), date(2025, 12, 31), date(2026, 1, 1)]
    cards = [card(kind="detention", opened=edge) for edge in edges]
    found = dict(figures_of(Pack.of(cards), Filters(), DAY).quarters)
    assert found[date(2025, 7, 1)] == {"detention": 1}
    assert found[date(2025, 10, 1)] == {"detention": 2}
    assert found[date(2026, 1, 1)] == {"detention": 1}
    assert found[date(2025, 4, 1)] == {}
    recent = [one for one in CARDS if one.opened >= FOUND.quarters[0][0]]
    assert sum(sum(kinds.values()) for _, kinds in FOUND.quarters) == len(recent)


def test_an_empty_desk_has_figures_too():
    found = figures_of(Pack.of([]), Filters(), DAY)
    assert (found.cases, found.running, sum(found.ages)) == (0, 0, 0)
    assert all(not table for table in found.tables.values())
    assert all(not kinds for _, kinds in found.quarters)


def test_dates_that_were_kept_and_how_soon_help_came():
    cards = [
        card(status="closed", profile=("dates:met", "helped:2")),
        card(status="closed", profile=("dates:missed", "helped:30")),
        card(status="closed", profile=("helped:5",)),
        card(status="action"),
    ]
    found = figures_of(Pack.of(cards), Filters(), DAY)
    assert (found.kept, found.missed, found.helped) == (1, 1, 5)
    assert figures_of(Pack.of(cards[3:]), Filters(), DAY).helped is None


def test_why_people_left_is_counted_of_those_whose_agreement_holds():
    agreed, ended = "agreed:2999-01-01", "agreed:2020-01-01"
    cards = [
        card(profile=(agreed, "left_because:debt", "left_because:war")),
        card(profile=(agreed, "left_because:debt", "groups:woman")),
        card(profile=(agreed, "groups:woman")),
        card(profile=(ended, "left_because:debt")),
        card(profile=("left_because:land",)),
        card(),
    ]
    found = figures_of(Pack.of(cards), Filters(), DAY)
    assert (list(found.left.items()), found.left_said) == ([("debt", 2), ("war", 1)], 2)
    assert (FOUND.left, FOUND.left_said) == ({}, 0)
