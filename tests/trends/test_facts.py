from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import Refused
from casework.trends.counting import counted, keyed
from casework.trends.domains import COLUMNS, band, domain, place
from casework.trends.facts import ROW_SIZE, Facts
from casework.trends.plans import TablePlan, every
from tests.trends.caseloads import caseload, with_one_more

named = st.fixed_dictionaries({"respondent": st.sampled_from([bytes(16), b"a" * 16, b"b" * 16])})
said = st.fixed_dictionaries({c: st.sampled_from(domain(c)) for c in COLUMNS})


@given(st.lists(said, max_size=30))
def test_facts_come_back_from_their_bytes(rows):
    facts = Facts.of(rows)
    again = Facts.from_bytes(facts.to_bytes())
    assert [[domain(c)[p] for p in again.places(c)] for c in COLUMNS] == [
        [r[c] for r in rows] for c in COLUMNS
    ]


@given(st.binary(max_size=4 * ROW_SIZE))
def test_other_bytes_are_refused_or_are_facts_that_can_be_counted(raw):
    try:
        facts = Facts.from_bytes(raw)
    except Refused:
        return
    for part in every()["large"].parts.values():
        for table in part.tables:
            found = keyed(facts) if table.keyed else counted(table, facts)
            assert (sum(found.values()) <= len(facts)) if table.keyed else (found.sum() == len(facts))


def test_a_place_outside_its_domain_is_refused():
    with pytest.raises(Refused):
        Facts.from_bytes(b"\xff" * ROW_SIZE)


@given(st.lists(said, min_size=1, max_size=20), said)
def test_one_person_moves_one_cell_of_each_table_by_one(rows, more):
    """The bound that the privacy budget rests on, and that OpenDP takes from us."""
    for plan in every().values():
        for part in plan.parts.values():
            for table in part.tables:
                if table.keyed:
                    continue
                moved = counted(table, Facts.of([*rows, more])) - counted(table, Facts.of(rows))
                assert sorted(moved[moved != 0]) == [1]


@given(st.lists(named, max_size=20), named)
def test_one_person_moves_one_respondent_by_one_or_none(rows, more):
    """The same bound where cells are not known beforehand: one key, by one; a person names one, or nobody."""
    before, after = Counter(keyed(Facts.of(rows))), Counter(keyed(Facts.of([*rows, more])))
    assert sum((after - before).values()) == (more["respondent"] != bytes(16))
    assert not before - after


def test_a_code_that_the_list_does_not_have_is_elsewhere_or_unknown():
    assert domain("home")[place("home", "LI")] == "ZZ"
    assert domain("home")[place("home", "")] == ""
    assert domain("sector")[place("sector", "??")] == ""


def test_the_order_of_a_return_is_not_that_of_its_cases():
    facts = caseload(500)
    mixed = facts.shuffled(np.random.default_rng(1))
    assert mixed.to_bytes() != facts.to_bytes()
    assert sorted(mixed.rows.tolist()) == sorted(facts.rows.tolist())


@pytest.mark.parametrize(
    ("column", "amount", "expected"),
    [
        ("days", 0, "week"), ("days", 7, "week"), ("days", 8, "month"), ("days", 366, "year"), ("days", 367, "longer"),
        ("paid", 0, "none"), ("paid", 1, "part"), ("paid", 499, "part"), ("paid", 500, "most"), ("paid", 1000, "all"),
        ("owed", 0, "d100"), ("owed", 99, "d100"), ("owed", 100, "d300"), ("owed", 29_999, "d30000"), ("owed", 30_000, "more"),
        ("paid", 1200, "all"), ("months", 10, "m3"), ("months", 5000, "more"), ("months", None, ""), ("days", -1, ""),
    ],
)  # fmt: skip
def test_bands(column, amount, expected):
    assert band(column, amount) == expected


def test_respondents_are_counted_by_person():
    facts = Facts.of([{"respondent": b"a" * 16}, {"respondent": b"a" * 16}, {"respondent": b"b" * 16}, {}])
    assert keyed(facts) == {(b"a" * 16).hex(): 2, (b"b" * 16).hex(): 1}
    assert with_one_more(facts).rows.shape == (5,)


def test_a_table_of_respondents_has_no_cells_beforehand():
    assert TablePlan("r", ("respondent",), 1.0, 0).cells == 1
