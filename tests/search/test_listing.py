import uuid
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.search.listing import SORTS, Filters, Sort, page_of
from casework.search.pack import Pack
from tests.search.made import DAY, card, full_card

CARDS = [full_card(number) for number in range(80)]
PACK = Pack.join([Pack.of(CARDS[:30]), Pack.of(CARDS[30:])])


def shown(filters, sort=None, size=1000):
    return list(page_of(PACK, filters, sort or Sort("ref", descending=False), 1, size).cards)


def those(holds):
    return sorted((c for c in CARDS if holds(c)), key=lambda c: c.ref)


SOME = frozenset
ONE_USER = uuid.UUID(int=3)


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        (Filters(), lambda _: True),
        (Filters(kinds=SOME({"detention"})), lambda c: c.kind == "detention"),
        (Filters(kinds=SOME({"deportation"})), lambda c: "deportation" in c.other_kinds),
        (Filters(risks=SOME({"high", "low"})), lambda c: c.risk in {"high", "low"}),
        (Filters(homes=SOME({"NP"}), hosts=SOME({"QA"})), lambda c: (c.home, c.host) == ("NP", "QA")),
        (Filters(languages=SOME({"am"})), lambda c: "am" in c.languages),
        (Filters(sectors=SOME({"F"})), lambda c: c.sector == "F"),
        (Filters(statuses=SOME({"closed"})), lambda c: c.status == "closed"),
        (Filters(users=SOME({ONE_USER})), lambda c: ONE_USER in (c.primary, c.backup)),
        (Filters(respondents=SOME(CARDS[1].respondents)), lambda c: c is CARDS[1]),
        (
            Filters(due=(DAY, DAY + timedelta(days=9))),
            lambda c: c.due and DAY <= c.due <= DAY + timedelta(days=9),
        ),
        (Filters(due=(None, DAY)), lambda c: c.due and c.due <= DAY),
        (Filters(opened=(date(2025, 1, 1), None)), lambda c: c.opened >= date(2025, 1, 1)),
        (Filters(least_claimed=500_000, currency="QAR"), lambda c: (c.claimed or 0) >= 500_000),
        (Filters(kinds=SOME({"nothing"})), lambda _: False),
        (Filters(unassigned=True), lambda _: False),
    ],
)
def test_a_list_shows_what_fits_and_nothing_else(filters, holds):
    assert shown(filters) == those(holds)


def test_cases_that_nobody_works_on():
    free = card()
    pack = Pack.of([card(primary=ONE_USER), free, card(backup=ONE_USER)])
    assert page_of(pack, Filters(unassigned=True), Sort()).cards == (free,)


def first(value):
    """Of several values the first counts."""
    return next(iter(value), None) if isinstance(value, tuple) else value


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", SORTS)
def test_a_list_is_sorted_and_what_is_unknown_comes_last(key, descending):
    values = [first(getattr(c, key)) for c in shown(Filters(), Sort(key, descending))]
    known = [value for value in values if value not in (None, "")]
    assert values[: len(known)] == known
    key_of = str.casefold if key == "called" else lambda value: value
    assert known == sorted(known, key=key_of, reverse=descending)


def test_codes_are_sorted_in_the_order_of_their_list():
    order = ("emergency", "high", "medium", "low")
    risks = [c.risk for c in shown(Filters(), Sort("risk", descending=False, order=order))]
    assert risks == sorted(risks, key=order.index)
    assert risks[0] == "emergency"


def test_workers_are_sorted_in_the_order_of_their_names():
    people = tuple(dict.fromkeys(c.primary for c in CARDS if c.primary))[::-1]
    found = [
        c.primary for c in shown(Filters(), Sort("primary", descending=False, people=people)) if c.primary
    ]
    assert found == sorted(found, key=people.index)
    assert found[0] == people[0]


def test_a_sort_that_is_none():
    with pytest.raises(ValueError, match="no list"):
        page_of(PACK, Filters(), Sort("case_id"))


@given(st.integers(-3, 12), st.integers(1, 30))
def test_pages_follow_each_other(number, size):
    every = [
        c
        for n in range(1, 200)
        if n <= -(-len(CARDS) // size)
        for c in page_of(PACK, Filters(), Sort(), n, size).cards
    ]
    assert len(every) == len(CARDS) == len({c.case_id for c in every})
    page = page_of(PACK, Filters(), Sort(), number, size)
    assert page.pages == -(-len(CARDS) // size)
    assert page.number == min(max(number, 1), page.pages)
    assert list(page.cards) == every[(page.number - 1) * size : page.number * size]


def test_an_older_card_of_a_case_is_not_listed():
    old = full_card(1)
    pack = Pack.join([Pack.of([old], 1), Pack.of([card(case_id=old.case_id, risk="low")], 2)])
    page = page_of(pack, Filters(), Sort())
    assert (page.total, page.cards[0].risk) == (1, "low")
    assert page_of(pack, Filters(risks=SOME({old.risk}) - {"low"}, kinds=SOME({old.kind})), Sort()).total == 0


def _one_person(**other):
    """A quiet case that is shown, and one of the same person that leads to it."""
    kept = card(risk="low", due=DAY + timedelta(days=30), status="action")
    return kept, card(flags=(f"joined:{kept.ref}",), **other)


def test_one_that_was_kept_shows_the_nearest_date_and_the_danger_of_its_person():
    kept, other = _one_person(risk="high", due=DAY, status="plan")
    quiet = card(risk="medium", due=DAY + timedelta(days=3), status="plan")
    pack = Pack.of([quiet, kept, other])
    by_day = page_of(pack, Filters(), Sort("due", descending=False)).cards
    assert [(one.ref, one.due, one.risk) for one in by_day] == [
        (kept.ref, DAY, "high"),
        (quiet.ref, quiet.due, "medium"),
    ]
    order = ("emergency", "high", "medium", "low")
    by_risk = page_of(pack, Filters(), Sort("risk", descending=False, order=order)).cards
    assert [one.ref for one in by_risk] == [kept.ref, quiet.ref]


def test_a_closed_case_of_theirs_presses_no_more():
    kept, other = _one_person(risk="emergency", due=DAY, status="closed")
    (shown_,) = page_of(Pack.of([kept, other]), Filters(), Sort()).cards
    assert (shown_.due, shown_.risk) == (kept.due, "low")
