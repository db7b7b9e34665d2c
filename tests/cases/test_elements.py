"""Act, means, purpose and the eleven signs: counts and gaps, and never more than that."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from casework import codes
from casework.cases import elements
from casework.cases.elements import Tally, tally


def test_counts_and_gaps():
    told = {
        "acts": {"recruitment": "present", "transport": {"is": "present", "from": "Ticket", "on": {}}},
        "means": {"deception": "unknown", "coercion": "absent"},
        "purposes": {"labour": "present"},
        "indicators": {
            "deception": "strong",
            "isolation": {"is": "some", "from": "The person"},
            "violence": "no",
            "debt_bondage": "strong",
        },
    }
    found = tally(told)
    acts, means, purposes = found.columns
    assert (acts.present, acts.sourced, acts.of) == (("recruitment", "transport"), 1, 5)
    assert (means.present, means.open) == ((), 7)
    assert purposes.present == ("labour",)
    assert found.missing == ("means",)
    assert (len(found.signs.present), found.signs.of, found.strong, found.signs.open) == (3, 11, 2, 7)


def test_under_eighteen_means_are_not_missing():
    assert tally({"minor": "yes"}).missing == ("acts", "purposes")
    assert tally({"minor": "unknown"}).missing == ("acts", "means", "purposes")


def test_nothing_in_it_could_hold_a_verdict():
    assert {one.name for one in fields(Tally)} == {
        "columns",
        "signs",
        "strong",
        "missing",
        "means_not_needed",
    }


ANSWERS = st.sampled_from(["strong", "some", "no", "unknown", "not_asked", ""])


@given(st.dictionaries(st.sampled_from(sorted(codes.load(elements.SIGNS).codes)), ANSWERS))
def test_every_sign_is_there_absent_or_open(told):
    signs = tally({"indicators": told}).signs
    absent = sum(answer == "no" for answer in told.values())
    assert len(signs.present) + absent + signs.open == signs.of == 11
