"""Exact words, approved by the person, and by two others where they are in danger; nobody gets around it."""

from uuid import uuid4

import pytest

from casework import clock
from casework.cases import consenting, neutral, sections
from casework.cases.changing import Differing
from casework.clock import Run
from casework.errors import Denied, Invalid, NotFound
from casework.people import consents
from casework.retention import steady
from casework.stories import passing, service
from casework.stories.service import Sent
from casework.vault import Section
from tests import factories
from tests.public_stories.telling import HOURS, START, WORDS, YES


def refused(telling, story_id, hours, words):
    with telling.at(hours), pytest.raises(Invalid, match=words):
        telling.give(story_id)


def test_nothing_goes_before_it_is_approved_thought_over_and_asked_again(telling):
    story_id = telling.written()
    refused(telling, story_id, 0, "not approved")
    with telling.at(0):
        telling.approve(story_id)
    refused(telling, story_id, 47, "thinking it over")
    refused(telling, story_id, 49, "once more")
    with telling.at(47), pytest.raises(Invalid, match="thinking it over"):
        telling.again(story_id)
    with telling.at(48):
        telling.again(story_id)
        telling.give(story_id)
    assert [one.copy.text for one in _at(telling, 48)] == [WORDS["text"]]


def _at(telling, hours):
    with telling.at(hours):
        return telling.there()


def test_a_yes_of_eight_days_ago_is_none(telling):
    story_id = telling.ready()
    refused(telling, story_id, 48 + 7 * 24 + 1, "once more")
    with telling.at(48 + 7 * 24):
        telling.give(story_id)


def test_other_words_void_every_approval(telling):
    story_id = telling.given()
    with telling.at(50):
        service.edit(
            telling.asha, telling.ref, story_id, WORDS | {"text": "Other words"}, telling.sent(story_id)
        )
        story = telling.story(story_id)
        assert (story.approval, story.seconds, story.again) == (None, (), ())
        assert [(one.copy.text, one.copy.ended is not None) for one in telling.there()] == [("", True)]
    refused(telling, story_id, 50, "not approved")


def test_a_stale_form_approves_nothing(telling):
    """A second tab still shows the first words; a colleague has written others since."""
    story_id = telling.written()
    stale = telling.sent(story_id)
    with telling.at(1):
        service.edit(
            telling.bo, telling.ref, story_id, WORDS | {"text": "Other words"}, telling.sent(story_id)
        )
        with pytest.raises(Differing):
            telling.approve(story_id, sent=stale)
        assert telling.story(story_id).approval is None


def test_a_stale_form_gives_nothing(telling):
    story_id = telling.ready()
    stale = telling.sent(story_id)
    with telling.at(49):
        service.edit(
            telling.bo, telling.ref, story_id, WORDS | {"text": "Other words"}, telling.sent(story_id)
        )
        with pytest.raises(Differing):
            telling.give(story_id, sent=stale)
        assert telling.there() == []


def test_a_double_click_approves_once(telling):
    story_id = telling.written()
    sent = telling.sent(story_id)
    with telling.at(0):
        telling.approve(story_id, sent=sent)
        telling.approve(story_id, sent=sent)
        case = factories.reload(telling.asha, telling.ref)
        told = consents.listing(telling.asha, case.keys).told
    assert [one.answer.purpose for one in told].count("story_text") == 1
    assert telling.story(story_id).rev == 2


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"read_back": "no"}, "Read every word back"),
        ({"language": "en"}, "language that they speak best"),
        ({"present": ["employer"]}, "does not count"),
        ({"interpreter": "family"}, "does not count"),
        ({"present": []}, "who was present"),
        ({"language": ""}, "language"),
    ],
)
def test_an_approval_is_free_and_understood(telling, told, words):
    story_id = telling.written()
    with telling.at(0), pytest.raises(Invalid, match=words):
        telling.approve(story_id, **told)
    assert telling.story(story_id).approval is None


@pytest.mark.parametrize(
    "guard",
    [
        {"said": "unknown"},
        {"said": "yes"},
        {"identity": {"age_band": "under_18"}},
        {"legal": {"detention.whereabouts": "immigration"}},
        {"header": {"other_kinds": ["trafficking"]}},
    ],
    ids=lambda one: next(iter(one)) + str(next(iter(one.values()))),
)
def test_two_others_approve_for_who_is_in_danger(telling, guard):
    """What the case says counts, whatever was answered."""
    for part, answers in guard.items():
        if part != "said":
            section = Section(part)
            rev = factories.reload(telling.asha, telling.ref).section(section).rev
            if part == "legal":
                _be_of_kind(telling, "detention")
                rev = factories.reload(telling.asha, telling.ref).section(section).rev
            sections.save(telling.asha, telling.ref, section, answers, rev)
    story_id = telling.ready(guarded=guard.get("said", "no"))
    refused(telling, story_id, 48, "Two others")
    with telling.at(48):
        telling.second(story_id, telling.bo, lawyer="")
    refused(telling, story_id, 48, "Two others")
    with telling.at(48):
        telling.second(story_id, telling.mei)
        telling.give(story_id)


def _be_of_kind(telling, kind):
    rev = factories.reload(telling.asha, telling.ref).section(Section.HEADER).rev
    sections.save(telling.asha, telling.ref, Section.HEADER, {"other_kinds": [kind]}, rev)


def test_nobody_approves_twice_nor_what_they_wrote_or_read_back(telling):
    story_id = telling.written(guarded="yes")
    with telling.at(0):
        telling.approve(story_id, actor=telling.bo)
        for actor in (telling.asha, telling.bo):
            with pytest.raises(Invalid, match="Somebody else"):
                telling.second(story_id, actor)
        telling.second(story_id, telling.mei)
        with pytest.raises(Invalid, match="already"):
            telling.second(story_id, telling.mei)
        assert not telling.story(story_id).enough_seconds()


def test_who_wrote_in_an_earlier_version_wrote_it_down(telling):
    story_id = telling.written(guarded="yes")
    with telling.at(0):
        service.edit(telling.bo, telling.ref, story_id, WORDS | {"guarded": "yes"}, telling.sent(story_id))
        telling.approve(story_id, actor=telling.bo)
        with pytest.raises(Invalid, match="Somebody else"):
            telling.second(story_id, telling.asha)


def test_a_coordinator_says_what_the_lawyer_said(telling):
    story_id = telling.approved(guarded="yes")
    with telling.at(0), pytest.raises(Invalid, match="Say which lawyer"):
        telling.second(story_id, telling.mei, lawyer="")


def test_a_new_approval_ends_those_of_others(telling):
    story_id = telling.approved(guarded="yes")
    with telling.at(1):
        telling.second(story_id, telling.mei)
        telling.approve(story_id)
        assert telling.story(story_id).seconds == ()


def test_other_roles_and_other_desks_give_nothing(telling):
    story_id = telling.ready()
    with telling.at(48):
        with pytest.raises(Denied):
            telling.give(story_id, actor=telling.asha)
        ram = telling.world.actor(telling.world.ram)
        with pytest.raises(NotFound):
            service.one(ram, telling.ref, story_id)
        nina = telling.world.actor(telling.world.nina)
        with pytest.raises(NotFound):
            passing.give(nina, telling.ref, story_id, telling.campaign, Sent(3, uuid4()))
        with pytest.raises(Denied):
            service.listing(telling.cara, telling.ref)


def test_only_to_a_campaign_of_ones_own_team(telling):
    story_id = telling.ready()
    with telling.at(48), pytest.raises(Invalid, match="in whose team"):
        passing.give(telling.mei, telling.ref, story_id, uuid4(), telling.sent(story_id))


def test_an_agreement_that_ran_out_gives_nothing(telling):
    story_id = telling.approved()
    hours = 91 * 24
    with telling.at(hours):
        case = factories.reload(telling.asha, telling.ref)
        assert consents.live(telling.asha, case.keys, "story_text") is None
    refused(telling, story_id, hours, "agreement has ended")


def test_a_note_is_no_story(telling):
    with telling.at(0):
        case = factories.reload(telling.asha, telling.ref)
        assert not list(neutral.rows(case, service.SECTION))
        story_id = telling.written()
        with pytest.raises(NotFound):
            service.take_back(telling.asha, telling.ref, uuid4())
        assert telling.story(story_id).withdrawn is None


def test_a_no_changes_nothing_of_the_help(telling):
    """The case, its status, its sections, its plan and its dates are what they were; only the answer is written down."""
    before = factories.reload(telling.asha, telling.ref)
    held = {one: dict(before.section(one).values) for one in Section}
    row = (before.row.status, before.row.primary_id, before.row.backup_id)
    story_id = telling.written()
    with telling.at(0):
        telling.approve(story_id, given="no")
        after = factories.reload(telling.asha, telling.ref)
        assert {one: dict(after.section(one).values) for one in Section} == held
        assert (after.row.status, after.row.primary_id, after.row.backup_id) == row
        assert consents.live(telling.asha, after.keys, "casework") is not None
    assert telling.story(story_id).withdrawn is not None
    with telling.at(1), pytest.raises(Invalid, match="took this story back"):
        telling.approve(story_id)


def test_a_consent_alone_approves_no_words(telling):
    """Somebody who agrees to tell a story in general has approved no text of one."""
    story_id = telling.written()
    with telling.at(0):
        consenting.record(telling.asha, telling.ref, factories.answer("story_text"), uuid4())
    refused(telling, story_id, 72, "not approved")
    assert YES["given"] == "yes"


def test_a_date_that_was_set_forward_brings_no_yes_on(telling):
    """Whoever sets the server's date five days on finds the person still thinking it over, and nothing to give."""
    with clock.at(START, Run("boot", 0)):
        steady.beat()
        story_id = service.write(telling.asha, telling.ref, WORDS, uuid4())
        telling.approve(story_id)
    with clock.at(START + 120 * HOURS, Run("boot", 600)):
        steady.beat()
        with pytest.raises(Invalid, match="thinking it over"):
            telling.again(story_id)
        with pytest.raises(Invalid, match="thinking it over"):
            telling.give(story_id)
    with clock.at(START + 172 * HOURS, Run("boot", 48 * 3600)):
        telling.again(story_id)
        telling.give(story_id)
