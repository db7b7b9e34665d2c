"""A story that is taken back is gone everywhere at once, and each place where it was used is a task."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from casework import clock
from casework.campaigns import service as campaigns
from casework.cases import consenting, copying, erasing, left
from casework.clock import Run
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.people import consents
from casework.retention import steady
from casework.stories import copies, service, used
from casework.stories.models import StoryCopy
from casework.vault.passed import PassedKeys
from tests import factories
from tests.public_stories.telling import HOURS, START, WORDS


def item(telling):
    return telling.there()[0].item.id


def used_twice(telling, hours=50):
    story_id = telling.given()
    with telling.at(hours):
        for where in ("The Daily", "Radio Nepal"):
            telling.use(item(telling), where)
    return story_id


def test_taken_back_it_is_gone_at_once_and_each_place_is_a_task(telling):
    story_id = used_twice(telling)
    with telling.at(51):
        service.take_back(telling.bo, telling.ref, story_id)
        given = telling.there()[0]
        assert given.copy.text == ""
        assert given.copy.ended is not None
        assert [one.where for one in given.copy.to_take_down] == ["The Daily", "Radio Nepal"]
        due = campaigns.due_of(telling.cara, [campaigns.look(telling.cara, telling.campaign)])
        assert [line.what for _, line in due].count("story") == 1
        for one in given.copy.uses:
            used.taken_down(telling.cara, telling.campaign, given.item.id, one.id, {"result": "down"})
        assert telling.there()[0].copy.to_take_down == ()
        due = campaigns.due_of(telling.cara, [campaigns.look(telling.cara, telling.campaign)])
        assert "story" not in [line.what for _, line in due]


def test_the_person_is_told_what_left(telling):
    used_twice(telling)
    case = factories.reload(telling.asha, telling.ref)
    gone = [(one.purpose, one.recipient) for one in left.everything(case, "story_text")]
    assert sorted(gone) == [
        ("story_text", "Pay us"),
        ("story_text", "Radio Nepal"),
        ("story_text", "The Daily"),
    ]


@pytest.mark.parametrize("purpose", ["story_text", "casework"])
def test_the_agreement_that_is_taken_back_takes_the_story_back(telling, purpose):
    story_id = used_twice(telling)
    with telling.at(51):
        case = factories.reload(telling.asha, telling.ref)
        told = consents.live(telling.asha, case.keys, purpose)
        consenting.withdraw(telling.asha, telling.ref, told.id)
        assert telling.story(story_id).withdrawn is not None
        assert telling.there()[0].copy.text == ""
        assert len(telling.there()[0].copy.to_take_down) == 2


def test_a_no_to_another_question_takes_nothing_back(telling):
    story_id = telling.given()
    with telling.at(51):
        consenting.record(telling.asha, telling.ref, factories.answer("trends", given=False), uuid4())
        assert telling.story(story_id).withdrawn is None
        assert telling.there()[0].copy.text == WORDS["text"]


def test_a_no_when_asked_again_takes_it_back_with_the_agreement(telling):
    story_id = used_twice(telling)
    with telling.at(60):
        telling.again(story_id, given="no")
        case = factories.reload(telling.asha, telling.ref)
        assert consents.live(telling.asha, case.keys, "story_text") is None
        assert telling.there()[0].copy.ended is not None


def test_one_of_two_stories_is_taken_back_and_the_other_stays(telling):
    first, second = telling.given(), telling.given(title="Another")
    with telling.at(51):
        service.take_back(telling.asha, telling.ref, first)
        stands = {one.item.told["title"]: one.copy.ended is None for one in telling.there()}
        assert stands == {"Nine months": False, "Another": True}
        assert telling.story(second).approval is not None


def test_nobody_uses_it_on_day_eight_nor_after_it_was_taken_back(telling):
    story_id = telling.given()
    with telling.at(48 + 7 * 24 + 1):
        assert telling.there()[0].copy.text == ""
        with pytest.raises(Invalid, match="asked again"):
            telling.use(item(telling))
        used.want(telling.cara, telling.campaign, item(telling))
        telling.again(story_id)
        assert telling.there()[0].copy.text == WORDS["text"]
        assert not telling.there()[0].copy.wanted
        telling.use(item(telling))
        service.take_back(telling.asha, telling.ref, story_id)
        with pytest.raises(Invalid, match="asked again"):
            telling.use(item(telling))


def test_a_use_is_written_once(telling):
    telling.given()
    with telling.at(49):
        token, told = uuid4(), {"where": "The Daily"}
        for _ in range(2):
            used.use(telling.cara, telling.campaign, item(telling), told, token)
        assert len(telling.there()[0].copy.uses) == 1


def test_the_campaign_learns_no_case(telling):
    """Whatever the team can open, neither the case nor its desk nor who called stands in it."""
    telling.given()
    with telling.at(49):
        book = campaigns.look(telling.cara, telling.campaign)
        seen = repr((book, telling.there()))
        row = db.session.scalars(select(StoryCopy)).one()
    case = factories.reload(telling.asha, telling.ref)
    for trace in (telling.ref, "Sita Test", str(case.id), case.id.hex, str(telling.world.host_id)):
        assert trace not in seen
    assert row.desk_id == telling.world.network_id


def test_a_campaign_strikes_no_story_out(telling):
    telling.given()
    with telling.at(49), pytest.raises(NotFound):
        campaigns.strike(telling.cara, telling.campaign, item(telling), struck=True)


def test_words_that_were_put_back_are_not_read(telling):
    """Whoever can write to the database puts the copy of before the withdrawal back."""
    story_id = telling.given()
    before = db.session.scalars(select(StoryCopy.body)).one()
    with telling.at(51):
        service.take_back(telling.asha, telling.ref, story_id)
        db.session.execute(update(StoryCopy).values(body=before))
        db.session.expire_all()
        assert telling.there()[0].copy is None


def test_a_copy_that_is_gone_is_told_and_hinders_no_withdrawal(telling):
    story_id = telling.given()
    db.session.execute(delete(StoryCopy))
    db.session.expire_all()
    with telling.at(51):
        assert telling.there()[0].copy is None
        service.take_back(telling.asha, telling.ref, story_id)
        assert telling.story(story_id).withdrawn is not None


def test_erasing_the_case_takes_the_words_out(telling):
    telling.given()
    with telling.at(51):
        erasing.erase(telling.mei, telling.ref, "person_asked", telling.ref, timedelta(days=30), uuid4())
        assert telling.there()[0].copy.text == ""
        assert telling.there()[0].copy.ended is not None


def test_an_agreement_that_ran_out_takes_the_words_out_of_the_copy(telling):
    telling.given()
    body = len(db.session.scalars(select(StoryCopy.body)).one())
    with telling.at(200 * 24):
        used.let_go(telling.cara, campaigns.look(telling.cara, telling.campaign))
        given = telling.there()[0]
    key = PassedKeys.read(telling.world.network_id, given.copy.id, given.item.told["key"])
    assert copies.look(key).text == ""
    assert len(db.session.scalars(select(StoryCopy.body)).one()) == body


def test_a_date_that_was_set_forward_takes_no_words_out(telling):
    """They come back by no other way than by being given anew; so only time that passed takes them out."""
    telling.given()
    with clock.at(START + 48 * HOURS, Run("boot", 0)):
        steady.beat()
    with clock.at(START + 200 * 24 * HOURS, Run("boot", 600)):
        used.let_go(telling.cara, campaigns.look(telling.cara, telling.campaign))
        assert telling.there()[0].copy.text == ""
    with telling.at(50):
        assert telling.there()[0].copy.text == WORDS["text"]


def test_the_persons_copy_has_the_story_and_where_it_went_but_no_key(telling):
    used_twice(telling)
    with telling.at(51):
        made = copying.gather(telling.mei, telling.ref)
    (story,) = made.more["stories"]
    assert story["text"] == WORDS["text"]
    assert [one["where"] for one in story["given_to"][0]["used"]] == ["The Daily", "Radio Nepal"]
    carried = telling.there()[0].item.told["key"]
    assert carried not in repr((made.lines, made.more))


def test_a_key_that_is_none_opens_nothing():
    for carried in ("", "xyz", "00" * 31):
        with pytest.raises(Refused):
            PassedKeys.read(uuid4(), uuid4(), carried)
