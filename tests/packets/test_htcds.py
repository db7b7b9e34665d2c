"""A case in the words of IOM's Human Trafficking Case Data Standard: only what the standard names, and only as it names it."""

import re
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import codes
from casework.cases import kinds
from casework.packets import htcds, received
from casework.packets.desk_cards import read
from casework.packets.partners import Partner
from tests.packets.test_files import VECTOR, whole

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def coded():
    """Questions of a trafficking case that are answered from a list of which the standard names something."""
    every = [(one.key, one.codes) for one in kinds.get("trafficking").fields() if one.codes]
    return [
        (key, listed) for key, listed in every if any(one.facts.get("htcds") for one in codes.load(listed))
    ]


def test_some_questions_are_named_by_the_standard():
    assert {listed for _, listed in coded()} >= {"control_methods", "labour_types", "recruitment_methods"}


@pytest.mark.parametrize(("key", "listed"), coded())
def test_every_answer_is_named_as_its_list_says_and_others_are_left_out(key, listed):
    every = list(codes.load(listed))
    told = htcds.of(["trafficking"], "open", {f"trafficking.{key}": [one.key for one in every]})
    named = [one.facts["htcds"] for one in every if one.facts.get("htcds")]
    assert told["codes"] == {f"trafficking.{key}": [str(one) for one in named]}
    assert all(re.fullmatch(r"[A-Za-z0-9]+", one) for one in told["codes"][f"trafficking.{key}"])


def test_one_answer_alone_and_a_table_of_answers_are_read_alike():
    key, listed = coded()[0]
    one = next(one for one in codes.load(listed) if one.facts.get("htcds"))
    for value in (one.key, [one.key], {one.key: "yes"}):
        assert htcds.of(["trafficking"], "open", {f"trafficking.{key}": value})["codes"] == {
            f"trafficking.{key}": [one.facts["htcds"]]
        }


@pytest.mark.parametrize(
    ("status", "called"), [("open", "Active"), ("contact", "Active"), ("closed", "Closed")]
)
def test_where_the_case_stands(status, called):
    told = htcds.of(["wage_theft", "trafficking"], status, {})
    assert told == {"version": "2.0", "case_status": called, "codes": {}}


def test_another_kind_of_case_says_nothing_in_it():
    key, listed = coded()[0]
    answer = next(iter(codes.load(listed))).key
    assert htcds.of(["wage_theft", "detention"], "open", {f"trafficking.{key}": answer}) == {}


def test_answers_of_another_kind_beside_a_trafficking_case_are_left_out():
    told = htcds.of(
        ["trafficking", "wage_theft"], "open", {"wage_theft.sector": "domestic", "language": "ne"}
    )
    assert told["codes"] == {}


@given(
    st.dictionaries(
        st.text(max_size=30) | st.sampled_from([f"trafficking.{key}" for key, _ in coded()]), _JSON
    )
)
def test_no_answers_break_it(answers):
    told = htcds.of(["trafficking"], "open", answers)
    listed = dict(coded())
    for key, named in told["codes"].items():
        known = {one.facts.get("htcds") for one in codes.load(listed[key.partition(".")[2]])}
        assert set(named) <= known


def test_it_comes_along_in_a_packet_and_decides_nothing_there():
    """The receiving desk reads the answers themselves; the standard's words are for whoever counts in it."""
    partner = Partner(uuid4(), read(VECTOR["card"]), True, None)
    told = {"version": "2.0", "case_status": "Active", "codes": {"trafficking.acts": ["Harboured"]}}
    found = received.read(whole({"language": "ne"}) | {"htcds": told}, partner)
    assert found.htcds == told
    assert found.answers == {"language": "ne"}
