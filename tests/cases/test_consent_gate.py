"""Attempts to keep who somebody is without their yes, and without danger."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import clock
from casework.cases import consenting, entries, exceptions, gate, links, sections
from casework.errors import Invalid, NotFound
from casework.vault import Section
from tests import factories

NAME = {"called": "Amina Test"}
NUMBER = {"reach": [{"channel": "call", "number": {"written": "111", "digits": "111"}}]}


def save(actor, ref, values, section=Section.IDENTITY):
    return sections.save(actor, ref, section, values, factories.reload(actor, ref).section(section).rev)


def agree(actor, ref, **changes):
    return consenting.record(actor, ref, factories.answer(**changes), uuid4())


@pytest.fixture
def ref(asha):
    return factories.case(asha, consent=None).ref


def refused(actor, ref, values):
    before = factories.reload(actor, ref).section(Section.IDENTITY).values
    with pytest.raises(Invalid, match="agrees to casework"):
        save(actor, ref, values)
    assert factories.reload(actor, ref).section(Section.IDENTITY).values == before


@pytest.mark.parametrize(
    "values",
    [NAME, NUMBER, {"detention.birth_country": "NP"}, {"name_variants": "أمينة"}, {"age_band": "25_34"}],
)
def test_nobody_asked(asha, ref, values):
    refused(asha, ref, values)


def test_a_coordinator_may_no_more_than_others(mei, ref):
    refused(mei, ref, NAME)


def test_a_yes_opens_the_gate(asha, ref):
    agree(asha, ref)
    assert save(asha, ref, NAME | NUMBER).called == "Amina Test"


@pytest.mark.parametrize("purpose", ["contact", "trends", "organise", "story_name"])
def test_a_yes_to_something_else_does_not(asha, ref, purpose):
    agree(asha, ref, purpose=purpose)
    refused(asha, ref, NAME)


def test_a_no_does_not(asha, ref):
    agree(asha, ref, given=False)
    refused(asha, ref, NAME)


def test_a_later_no_ends_an_earlier_yes(asha, ref):
    agree(asha, ref)
    agree(asha, ref, given=False)
    refused(asha, ref, NAME)
    agree(asha, ref)
    save(asha, ref, NAME)


def test_a_withdrawal_ends_it_at_once_and_an_older_yes_does_not_come_back(asha, ref):
    agree(asha, ref)
    consenting.withdraw(asha, ref, agree(asha, ref))
    refused(asha, ref, NAME)


def test_an_old_form_sent_again_does_not_bring_it_back(asha, ref):
    token = uuid4()
    given = consenting.record(asha, ref, factories.answer(), token)
    consenting.withdraw(asha, ref, given)
    assert consenting.record(asha, ref, factories.answer(), token) == given
    refused(asha, ref, NAME)


def test_it_ends_on_its_day(asha, ref, freeze):
    start = freeze(clock.now())
    agree(asha, ref, ends_on=start.date())
    save(asha, ref, NAME)
    freeze(start + timedelta(days=1))
    refused(asha, ref, {"called": "Another Test"})


def test_after_a_withdrawal_the_rest_can_still_be_worked_on(asha, ref):
    consent = agree(asha, ref)
    save(asha, ref, NAME | NUMBER)
    consenting.withdraw(asha, ref, consent)
    # The same form with the old answers unchanged, and one that takes something out.
    assert save(asha, ref, NAME | NUMBER).called == "Amina Test"
    assert save(asha, ref, NAME | {"reach": []}).section(Section.IDENTITY).values == NAME
    refused(asha, ref, {"called": "Another Test"})


@pytest.mark.parametrize(
    ("old", "less", "more"),
    [
        ("Amina Test", "Amina", "Amira"),
        ("Amina Bint Test", "Amina Test", "Test Amina"),
        ([{"a": "1"}, {"a": "2"}], [{"a": "2"}], [{"a": "3"}]),
        ([{"a": "1", "b": "2"}], [{"a": "1"}], [{"a": "1", "c": "2"}]),
        ({"written": "111 222", "digits": "111222"}, {"digits": "111222"}, {"digits": "111"}),
        (3, None, 4),
    ],
)
def test_less_is_told_from_more(old, less, more):
    assert gate.lessens(old, less)
    assert gate.lessens(old, old)
    assert not gate.lessens(old, more)
    assert not gate.lessens(None, more)


@given(st.lists(st.text(min_size=1)))
def test_what_is_less_names_no_new_word(words):
    text = " ".join(words)
    assert gate.lessens(text, " ".join(text.split()[::2]))
    assert not gate.lessens(text, f"{text} another")


def test_after_a_withdrawal_less_can_be_kept_and_all_taken_out_by_one_act(asha, ref, events):
    two = [*NUMBER["reach"], {"channel": "sms", "number": {"written": "222", "digits": "222"}}]
    consent = agree(asha, ref)
    save(asha, ref, NAME | {"reach": two})
    assert not consenting.unasked(factories.reload(asha, ref))
    consenting.withdraw(asha, ref, consent)
    assert consenting.unasked(factories.reload(asha, ref))
    assert save(asha, ref, {"called": "Amina"} | NUMBER).called == "Amina"
    refused(asha, ref, {"called": "Amina Test"})
    after = consenting.take_out(asha, ref)
    assert after.section(Section.IDENTITY).values == {}
    assert not consenting.unasked(after)
    assert ("section.saved", "identity") in [(name, told.get("section")) for name, told in events(ref)]


def test_taking_out_is_not_for_another_desk(ram, ref):
    with pytest.raises(NotFound):
        consenting.take_out(ram, ref)


def test_consent_of_another_case_is_none_for_this_one(asha, ref):
    other = factories.case(asha)
    refused(asha, ref, NAME)
    assert save(asha, other.ref, NAME).called == "Amina Test"


def test_without_consent_the_case_can_be_worked_on(asha, ref):
    save(asha, ref, {"what_happened": "Taken at a check-in."}, Section.STORY)
    entries.add(asha, ref, "note", clock.now(), "Called the facility.", uuid4())
    assert links.links(factories.reload(asha, ref)) == ()


def test_danger_opens_the_gate_for_72_hours(asha, ref, freeze, events):
    start = freeze(clock.now())
    exceptions.claim(asha, ref, "  Held, no phone  ")
    save(asha, ref, NAME)
    assert ("exception.claimed", {"reason": "Held, no phone"}) in events(ref)
    freeze(start + timedelta(hours=71, minutes=59))
    save(asha, ref, NUMBER)
    freeze(start + timedelta(hours=72))
    with pytest.raises(Invalid, match="agrees to casework"):
        save(asha, ref, {"called": "Another Test"})


def test_danger_needs_a_reason_and_does_not_grow(asha, ref, freeze):
    start = freeze(clock.now())
    with pytest.raises(Invalid):
        exceptions.claim(asha, ref, " ")
    exceptions.claim(asha, ref, "Held")
    freeze(start + timedelta(hours=48))
    exceptions.claim(asha, ref, "Still held")
    assert factories.reload(asha, ref).emergency.ends_at == start + timedelta(hours=72)


def test_danger_does_not_change_a_no(asha, ref):
    agree(asha, ref, given=False)
    with pytest.raises(Invalid, match="said no"):
        exceptions.claim(asha, ref, "Held")


def test_who_has_agreed_needs_no_exception(asha, ref):
    agree(asha, ref)
    with pytest.raises(Invalid, match="has agreed"):
        exceptions.claim(asha, ref, "Held")
