"""Somebody wants a story told that no lawyer looked at: who has the whole database, and the keys of the desk."""

from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from casework.db import db
from casework.errors import Invalid
from casework.sharing import grants, heard, talking
from casework.sharing.models import GrantMessage
from casework.stories import service, signing
from casework.vault import Section, to_desk
from casework.vault.grant import TalkKey
from tests import factories
from tests.public_stories.telling import WORDS, Telling


@pytest.fixture
def telling(database):
    telling = Telling(factories.world())
    telling.invite(Section.LEGAL)
    return telling


@pytest.fixture
def story_id(telling):
    story_id = telling.ready(guarded="yes")
    with telling.at(48):
        telling.second(story_id, telling.bo, lawyer="")
    return story_id


def counted(telling, story_id):
    with telling.at(48):
        case, story = service.one(telling.mei, telling.ref, story_id)
        return len(signing.of(case, story))


def put(telling, text, signed, by=None, sort=heard.STORY):
    """What a member of the desk who writes to the database can write there: the key of the talk is the desk's too."""
    case = factories.reload(telling.mei, telling.ref)
    row, given = grants.one(case, telling.grant)
    talk = TalkKey(row.id, given["talk"])
    who = by or telling.luz.user_id
    talking._say(talk, row, sort, who, text, uuid4(), signed)


def own_signature(telling, story_id):
    (said,) = telling.said_by_ally()
    return said.text, dict(said.signed)


def test_a_signature_of_the_ally_counts(telling, story_id):
    with telling.at(48):
        telling.sign(story_id)
    assert counted(telling, story_id) == 1


@pytest.mark.parametrize("signature", ["", "xyz", "00" * 64, "00" * 3])
def test_nobody_of_the_desk_writes_one(telling, story_id, signature):
    with telling.at(48):
        said = {"story": str(story_id), "harm": "None", "signed_at": "2026-03-04T09:00:00+00:00"}
        put(telling, "I agree", said | {"signature": signature})
        put(telling, "I agree", {"story": str(story_id), "signature": signature})
    assert counted(telling, story_id) == 0


def test_a_coordinator_signs_for_nobody_else(telling, story_id):
    """With her own key, in the ally's name or in her own."""
    with telling.at(48):
        case, story = service.one(telling.mei, telling.ref, story_id)
        said = {"story": str(story_id), "harm": "None", "signed_at": "2026-03-04T09:00:00+00:00"}
        parts = signing._parts((case.desk_id, case.id), story, said, "I agree")
        said |= {"signature": to_desk.sign(telling.mei.person, "story approval", *parts).hex()}
        for by in (telling.luz.user_id, telling.mei.user_id):
            put(telling, "I agree", said, by)
    assert counted(telling, story_id) == 0


@pytest.mark.parametrize("changed", ["harm", "signed_at"])
def test_what_an_ally_said_is_not_put_otherwise(telling, story_id, changed):
    with telling.at(48):
        telling.sign(story_id)
        text, signed = own_signature(telling, story_id)
        db.session.execute(delete(GrantMessage))
        put(telling, text, signed | {changed: "2026-03-05T09:00:00+00:00"})
        put(telling, text + " not", signed)
    assert counted(telling, story_id) == 0


def test_a_signature_is_carried_to_no_other_story_and_no_other_words(telling, story_id):
    other = telling.ready(guarded="yes", text="Words that no lawyer read")
    with telling.at(48):
        telling.sign(story_id)
        text, signed = own_signature(telling, story_id)
        put(telling, text, signed | {"story": str(other)})
    assert counted(telling, other) == 0
    with telling.at(48):
        words = WORDS | {"guarded": "yes", "text": "Words that no lawyer read"}
        service.edit(telling.asha, telling.ref, story_id, words, telling.sent(story_id))
        telling.approve(story_id)
    assert counted(telling, story_id) == 0


def test_a_message_that_is_moved_to_another_row_does_not_open(telling, story_id):
    with telling.at(48):
        telling.sign(story_id)
        body = db.session.scalars(select(GrantMessage.body)).one()
        put(telling, "Something else", {"story": str(story_id), "signature": ""})
        db.session.execute(delete(GrantMessage).where(GrantMessage.body == body))
        db.session.execute(update(GrantMessage).values(body=body))
    assert counted(telling, story_id) == 0


def test_without_one_nothing_is_given(telling, story_id):
    with telling.at(48):
        with pytest.raises(Invalid, match="lawyer"):
            telling.second(story_id, telling.mei, lawyer="")
        with pytest.raises(Invalid, match="Two others"):
            telling.give(story_id)


def test_a_signature_that_was_taken_back_stays_so_whatever_is_taken_out_or_put_back(telling, story_id):
    """Who holds the key of the talk takes out the words, and says the approval again: the record knows better."""
    with telling.at(48):
        telling.sign(story_id)
        text, signed = own_signature(telling, story_id)
        telling.unsign(story_id)
        db.session.execute(delete(GrantMessage))
        put(telling, text, signed)
    assert counted(telling, story_id) == 0


def test_nobody_takes_back_what_an_ally_signed(telling, story_id):
    with telling.at(48):
        telling.sign(story_id)
        _, signed = own_signature(telling, story_id)
        case = factories.reload(telling.mei, telling.ref)
        said = {"story": str(story_id), "takes_back": signed["signature"], "signed_at": signed["signed_at"]}
        parts = signing._parts_back((case.desk_id, case.id), said)
        own = to_desk.sign(telling.mei.person, "story approval taken back", *parts).hex()
        for signature in ("", "00" * 64, own):
            put(telling, "", said | {"signature": signature}, sort=heard.UNSIGNED)
    assert counted(telling, story_id) == 1
