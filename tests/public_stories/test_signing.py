"""A legal ally approves a story under their own key, where the person is in danger: with a coordinator, that is two."""

from uuid import uuid4

import pytest

from casework import clock
from casework.audit import service as audit
from casework.audit.events import Event
from casework.errors import Denied, Invalid, NotFound
from casework.sharing import heard, waiting
from casework.stories import ending, passing, service, signing
from casework.vault import Section
from tests import factories
from tests.public_stories.telling import WORDS


@pytest.fixture
def story_id(telling):
    """Of somebody of whom nobody knows whether they are in danger; approved, thought over, asked again."""
    telling.invite(Section.LEGAL)
    return telling.ready(guarded="unknown")


def signed(telling, story_id, hours=48):
    with telling.at(hours):
        case, story = service.one(telling.asha, telling.ref, story_id)
        return [one.by for one in signing.of(case, story)]


def test_an_ally_and_a_coordinator_are_two(telling, story_id):
    with telling.at(48):
        telling.sign(story_id)
        telling.sign(story_id)
        with pytest.raises(Invalid, match="Two others"):
            telling.give(story_id)
        telling.second(story_id, telling.mei, lawyer="")
        telling.give(story_id)
    assert signed(telling, story_id) == [telling.luz.user_id]


def test_an_ally_and_a_volunteer_are_not_because_nobody_coordinates(telling, story_id):
    with telling.at(48):
        telling.sign(story_id)
        telling.second(story_id, telling.bo, lawyer="")
        with pytest.raises(Invalid, match="coordinates the desk"):
            telling.give(story_id)


def test_the_ally_reads_the_exact_words_and_that_is_recorded(telling, story_id):
    with telling.at(48):
        _, (story,), done = signing.read(telling.luz, telling.ref)
        assert (story.text, done) == (WORDS["text"], frozenset())
        telling.sign(story_id)
        assert signing.read(telling.luz, telling.ref)[2] == {story_id}
        assert "legal" in telling.opened_by_ally()


def test_other_words_or_a_new_approval_have_no_signature(telling, story_id):
    with telling.at(48):
        telling.sign(story_id)
    with telling.at(49):
        telling.approve(story_id)
    assert signed(telling, story_id, 49) == []
    with telling.at(49):
        telling.sign(story_id)
        other = WORDS | {"text": "Other words", "guarded": "unknown"}
        service.edit(telling.asha, telling.ref, story_id, other, telling.sent(story_id))
        telling.approve(story_id)
    assert signed(telling, story_id, 50) == []


def test_words_that_changed_under_the_form_are_not_signed(telling, story_id):
    with telling.at(48):
        stale = telling.story(story_id).rev
        telling.approve(story_id)
        with pytest.raises(Invalid, match="changed meanwhile"):
            telling.sign(story_id, rev=stale)
    assert signed(telling, story_id, 48) == []


def test_only_what_waits_is_shown(telling):
    """A story that needs no two, one that nobody approved, one that was taken back: an ally sees none of them."""
    telling.invite(Section.LEGAL)
    telling.ready()
    telling.written(guarded="yes")
    taken = telling.ready(guarded="yes")
    with telling.at(49):
        service.take_back(telling.asha, telling.ref, taken)
        assert signing.to_approve(telling.given_to_ally()) == []
        with pytest.raises(NotFound):
            telling.sign(taken, rev=1)


def test_who_was_given_another_part_sees_no_story(telling):
    telling.invite(Section.STORY)
    story_id = telling.ready(guarded="yes")
    with telling.at(48):
        assert signing.to_approve(telling.given_to_ally()) == []
        with pytest.raises(NotFound):
            signing.read(telling.luz, telling.ref)
        with pytest.raises(NotFound):
            telling.sign(story_id)
        with pytest.raises(NotFound):
            signing.read(telling.luz, "K7QD-2MXR")


def test_two_clicks_are_one(telling, story_id):
    with telling.at(48):
        token = uuid4()
        for _ in range(2):
            telling.sign(story_id, token=token)
        assert len(telling.said_by_ally()) == 1


@pytest.fixture
def told(telling, story_id):
    """Signed by the ally, approved by a coordinator, given to a campaign and used there once."""
    with telling.at(48):
        telling.sign(story_id)
        telling.second(story_id, telling.mei, lawyer="")
        telling.give(story_id)
        telling.use(telling.there()[0].item.id)
    return story_id


def test_an_ally_takes_the_signature_back_and_the_campaign_loses_the_words(telling, told):
    with telling.at(49):
        telling.unsign(told)
        (given,) = telling.there()
        assert (given.copy.text, given.copy.usable) == ("", False)
        assert [one.where for one in given.copy.to_take_down] == ["The Daily"]
        case, story = service.one(telling.mei, telling.ref, told)
        assert "Two others" in str(passing.hindrance(case, story))
        assert signing.of(case, story) == ()
        assert [(one.by, one.back) for one in signing.taken_back(case, story)] == [
            (telling.luz.user_id, clock.now())
        ]
        assert ending.ended(story.passed[0]) == clock.now()
        with pytest.raises(Invalid, match="Two others"):
            telling.give(told)


def test_it_is_in_the_record_and_waits_for_the_desk(telling, told):
    with telling.at(49):
        assert [one.what for one in waiting.waiting(telling.mei)] == []
        telling.unsign(told)
        assert [one.what for one in waiting.waiting(telling.mei)] == [waiting.What.UNSIGNED]
        case = factories.reload(telling.mei, telling.ref)
        seen = [
            one for one in audit.of_case(telling.mei.desk, case.keys) if one.event is Event.STORY_UNSIGNED
        ]
        assert [(one.actor_id, one.details) for one in seen] == [(telling.luz.user_id, {"entry": str(told)})]


def test_who_took_it_back_can_sign_again_and_the_words_can_be_given_again(telling, told):
    with telling.at(49):
        telling.unsign(told)
    with telling.at(50):
        telling.sign(told)
        assert signing.read(telling.luz, telling.ref)[2] == {told}
        telling.give(told)
        assert [one.copy.usable for one in telling.there()].count(True) == 1
    assert signed(telling, told, 50) == [telling.luz.user_id]


def test_taking_it_back_twice_is_once_and_what_was_not_signed_stays_as_it_is(telling, story_id):
    with telling.at(48):
        telling.unsign(story_id)
        assert telling.said_by_ally() == []
        telling.sign(story_id)
        for _ in range(2):
            telling.unsign(story_id)
        assert [one.sort for one in telling.said_by_ally()] == [heard.STORY, heard.UNSIGNED]
        with pytest.raises(NotFound):
            telling.unsign(uuid4())


def test_whose_agreement_ended_or_who_is_somebody_else_takes_nothing_back(telling, told):
    with telling.at(49), pytest.raises((Denied, NotFound)):
        signing.take_back(telling.mei, telling.ref, told, uuid4())
    with telling.at(24 * 30), pytest.raises(NotFound):
        telling.unsign(told)


def test_nobody_but_an_ally_signs_takes_back_or_reads_as_one(telling, story_id):
    """A lawyer's word is a lawyer's: a coordinator who comes to the ally's door is refused before anything opens."""
    told = {"lawyer": "I see no danger in it", "harm": "None that is known"}
    with telling.at(48):
        for other in (telling.mei, telling.asha):
            for deed in (
                lambda who=other: signing.approve(who, telling.ref, story_id, told, 1, uuid4()),
                lambda who=other: signing.take_back(who, telling.ref, story_id, uuid4()),
                lambda who=other: signing.read(who, telling.ref),
            ):
                with pytest.raises(Denied, match="story"):
                    deed()
