"""When an answer counts."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import clock, codes
from casework.errors import Invalid
from casework.people.answers import check, last_day
from tests import factories

PURPOSES = list(codes.load("consent_purposes"))


def counts(**changes):
    return check(factories.answer(**changes))


def is_refused(field, **changes):
    with pytest.raises(Invalid) as refused:
        counts(**changes)
    assert refused.value.field == field
    assert refused.value.message.endswith(".")


def test_there_is_no_purpose_for_everything():
    for purpose in ("all", "everything", "", "*"):
        with pytest.raises(Invalid):
            counts(purpose=purpose)


@pytest.mark.parametrize("given_", [True, False])
@pytest.mark.parametrize("who", ["employer", "agent", "spouse", "controller", "officer", "unknown"])
def test_beside_somebody_with_power_no_answer_counts(who, given_):
    is_refused("present", given=given_, present=(who,))
    is_refused("present", given=given_, present=("interpreter", who))


@pytest.mark.parametrize("who", ["nobody", "interpreter", "colleague", "lawyer", "friend", "child"])
def test_beside_others_it_does(who):
    counts(present=(who,))


def test_who_was_present_is_always_said():
    is_refused("present", present=())
    is_refused("present", present=("nobody", "lawyer"))
    is_refused("present", present=("ghost",))


@pytest.mark.parametrize("interpreter", ["employer", "family", "needed"])
def test_through_an_interpreter_who_is_not_free_no_answer_counts(interpreter):
    is_refused("interpreter", interpreter=interpreter)
    is_refused("interpreter", interpreter=interpreter, given=False)


@pytest.mark.parametrize("code", [c.key for c in codes.load("interpreter_kinds") if c.facts["allowed"]])
def test_through_any_other_it_does(code):
    counts(interpreter=code)


@pytest.mark.parametrize("purpose", PURPOSES, ids=lambda purpose: purpose.key)
def test_what_goes_to_somebody_names_them(purpose):
    if purpose.facts.get("recipient"):
        is_refused("recipient", purpose=purpose.key)
        is_refused("recipient", purpose=purpose.key, recipient="  ")
        is_refused("data", purpose=purpose.key, recipient="Harbour Law Clinic", data=" ")
    counts(purpose=purpose.key, recipient="Harbour Law Clinic", data="Hours and wages")


def test_a_no_needs_no_proof():
    counts(given=False, how="", language="", interpreter="", present=())


@pytest.mark.parametrize("field", ["how", "language", "interpreter", "present"])
def test_a_yes_does(field):
    is_refused(field, **{field: () if field == "present" else ""})


@pytest.mark.parametrize("wrong", ["", "guessed"])
@pytest.mark.parametrize("field", ["purpose", "how", "language", "interpreter"])
def test_what_is_left_out_or_unknown_is_said_beside_its_question(field, wrong):
    is_refused(field, **{field: wrong})


@pytest.mark.parametrize("purpose", PURPOSES, ids=lambda purpose: purpose.key)
def test_disclosure_ends_after_90_days_and_the_rest_after_two_years(purpose):
    days = (last_day(factories.answer(purpose.key)) - clock.today()).days
    assert days == purpose.facts.get("expires_days", 731)
    if purpose.facts.get("recipient") or purpose.facts.get("public"):
        assert days == 90


@given(st.integers(-400, 1200))
def test_an_end_lies_between_today_and_two_years(days):
    ends_on = clock.today() + timedelta(days=days)
    if 0 <= days <= 731:
        counts(ends_on=ends_on)
    else:
        is_refused("ends_on", ends_on=ends_on)


def test_what_was_written_down_later_counts_from_the_day_on_which_it_was_said():
    said = clock.today() - timedelta(days=10)
    assert last_day(factories.answer("referral", said_on=said)) == said + timedelta(days=90)
    counts(said_on=said)
    is_refused("said_on", said_on=clock.today() + timedelta(days=2))


def test_a_yes_on_paper_that_ran_out_in_a_drawer_is_none():
    long_ago = clock.today() - timedelta(days=91)
    told = {"purpose": "referral", "recipient": "Harbour shelter", "data": "Name", "said_on": long_ago}
    is_refused("said_on", **told)
    counts(**told, given=False)
