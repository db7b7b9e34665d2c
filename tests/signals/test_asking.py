"""Whom to ask, by their safe way; the answer with who asked and when; a no that changes nothing."""

import pytest

from casework.cases import arriving, consenting, links
from casework.errors import Denied
from casework.people import consents
from casework.search import desk_lists
from casework.signals import asking, service
from casework.vault import Section
from tests import factories

REACH = [{"channel": "call", "number": {"written": "+977 1", "digits": "9771"}, "safe": "yes"}]


def of(people, ref):
    return next(one for one in people if one.card.ref == ref)


def test_who_asked_when_and_what_they_said(there, world):
    yes, no, not_yet = there.several(there.asha, 3, agreed="")
    there.agree(there.asha, yes, "link")
    there.agree(there.mei, no, "link", given=False)
    people = asking.to_ask(there.mei, there.agency.id)
    assert asking.answers(people) == (1, 1, 1)
    assert people[0].card.ref == not_yet
    assert of(people, not_yet).answer is None
    assert of(people, yes).holds
    assert (of(people, yes).answer.by, of(people, no).answer.by) == (world.asha.id, world.mei.id)
    assert of(people, no).answer.at.date() == of(people, no).card.changed
    assert not of(people, no).holds


def test_taken_back_is_no_yes(there):
    ref, *_others = there.several(there.asha, 3, agreed="")
    consenting.withdraw(there.asha, ref, there.agree(there.asha, ref, "link"))
    one = of(asking.to_ask(there.mei, there.agency.id), ref)
    assert (one.holds, one.answer.withdrawn_at is not None) == (False, True)


def test_only_what_is_expressly_safe_is_offered(there):
    there.several(there.asha, 2, agreed="")
    ref = factories.case(
        there.asha, called="Reached", reach=[*REACH, {**REACH[0], "channel": "sms", "safe": "no"}]
    ).ref
    links.link(there.asha, ref, there.agency.id, "recruited")
    people = asking.to_ask(there.mei, there.agency.id)
    assert of(people, ref).ways == ("call",)
    assert sorted(one.ways for one in people)[:2] == [(), ()]


def state(actor, ref):
    """Everything that help is made of: what the case is, who works on it, what stands in it, how it is listed."""
    case = arriving.look_into(actor, ref, "consents")
    (card,) = desk_lists.of_cases(actor, [case.id]).values()
    row = case.row
    return (
        (row.status, row.primary_id, row.backup_id, row.opened_on),
        {section: case.section(section).values for section in Section},
        (card.called, card.kind, card.risk, card.status, card.primary, card.respondents, card.due),
        {flag for flag in card.flags if not flag.startswith("link")},
        consents.live(actor, case.keys, "casework") is not None,
    )


def test_a_no_changes_nothing(there):
    refs = there.several(there.asha, 3, agreed="")
    before = state(there.asha, refs[0])
    count = service.get(there.mei, there.agency.id).persons
    there.agree(there.asha, refs[0], "link", given=False)
    assert state(there.asha, refs[0]) == before
    assert service.get(there.mei, there.agency.id).persons == count
    # And they can still say yes.
    there.agree(there.asha, refs[0], "link")
    assert of(asking.to_ask(there.mei, there.agency.id), refs[0]).holds


def test_volunteers_ask_in_the_case_and_do_not_read_the_list(there):
    there.several(there.asha, 3, agreed="")
    with pytest.raises(Denied):
        asking.to_ask(there.asha, there.agency.id)


NAMED = {"organiser": "Cara, Union", "complaint": "ILO", "litigation": "Court"}


@pytest.mark.parametrize("purpose", asking.LATER)
def test_later_questions_are_each_their_own_and_a_no_changes_nothing(there, world, purpose):
    refs = there.several(there.asha, 3, agreed="")
    before = state(there.asha, refs[0])
    more = {"recipient": NAMED[purpose], "data": "a name"} if purpose in NAMED else {}
    there.agree(there.mei, refs[0], purpose, given=False, **more)
    assert state(there.asha, refs[0]) == before
    there.agree(there.asha, refs[1], purpose, **more)
    people = asking.to_ask(there.mei, there.agency.id)
    no, yes, unasked = (next(one for one in of(people, ref).later if one.purpose == purpose) for ref in refs)
    assert (no.holds, no.answer.by, yes.holds, yes.answer.by) == (False, world.mei.id, True, world.asha.id)
    assert (unasked.holds, unasked.answer) == (False, None)
    # Nothing of it is an answer to being linked, and nobody else was asked anything.
    assert asking.answers(people) == (0, 0, 3)
    others = [one for ref in refs for one in of(people, ref).later if one.purpose != purpose]
    assert all(one.answer is None for one in others)
