"""A database writer takes out, changes or leads elsewhere what a desk and an ally said to each other."""

import datetime as dt
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from casework import clock
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import consenting, copying, opening
from casework.db import db
from casework.errors import Conflict
from casework.sharing import conflicts, grants, heard, reading, talking, undertaking, waiting
from casework.sharing.models import GrantMessage
from casework.sharing.terms import Wish
from casework.vault import Section
from tests import factories

SAID = ("Is there a contract?", "Yes, a photo.", "Who took it?", "Her cousin did.")


@pytest.fixture
def talk(database):
    """A coordinator and an ally have asked and answered in turn, the desk last: who they are, the case, the grant."""
    world = factories.world()
    luz, mei = world.actor(world.luz), world.actor(world.mei)
    undertaking.accept(luz)
    conflicts.save(luz, "", 0)
    ref = factories.case(world.actor(world.asha), called="Amina Qzx", kind="detention").ref
    agreed = factories.answer("legal_ally", recipient="Luz", data="What happened")
    consenting.record(mei, ref, agreed, uuid4())
    ends = clock.today() + dt.timedelta(days=10)
    wish = Wish(world.luz.id, (Section.STORY,), (), frozenset(), ends)
    grant_id = grants.make(mei, ref, wish, uuid4())
    for at, text in enumerate(SAID):
        if at % 2:
            talking.answer(mei, ref, grant_id, text, uuid4())
        else:
            talking.ask(luz, ref, text, uuid4())
    return mei, luz, ref, grant_id


def of_both(talk):
    """What each side finds: the words, and how many are missing."""
    mei, luz, ref, grant_id = talk
    db.session.flush()
    db.session.expire_all()
    at_desk = heard.of_case(opening.load(mei, ref), grant_id)
    by_ally = heard.by_ally(luz, *reading.open_one(luz, ref))
    assert [one.text for one in at_desk.said] == [one.text for one in by_ally.said]
    assert at_desk.missing == by_ally.missing
    return tuple(one.text for one in at_desk.said), at_desk.missing


def rows(talk):
    """The rows in the order in which they were said."""
    mei, _, ref, grant_id = talk
    return [one.id for one in heard.of_case(opening.load(mei, ref), grant_id).said]


def take_out(*row_ids):
    db.session.execute(delete(GrantMessage).where(GrantMessage.id.in_(row_ids)))


def test_nothing_is_missing_where_nobody_wrote_to_the_database(talk):
    mei, _, ref, _ = talk
    assert of_both(talk) == (SAID, 0)
    assert "grant_message.body" not in opening.load(mei, ref).complained
    assert waiting.waiting(mei) == []


@pytest.mark.parametrize("gone", [(0,), (2,), (3,), (2, 3), (0, 1, 2, 3)], ids=str)
def test_what_is_taken_out_is_missed_by_both_and_nothing_new_covers_it(talk, gone):
    mei, luz, ref, grant_id = talk
    there = rows(talk)
    take_out(*(there[at] for at in gone))
    left = tuple(text for at, text in enumerate(SAID) if at not in gone)
    assert of_both(talk) == (left, len(gone))
    every = audit.of_case(mei.desk, opening.load(mei, ref).keys)
    refused = [one for one in every if one.event is Event.SEAL_REFUSED]
    assert {one.details["where"] for one in refused} == {"grant_message.body"}
    assert {one.actor_id for one in refused} == {mei.user_id, luz.user_id}
    talking.ask(luz, ref, "Are you there?", uuid4())
    talking.answer(mei, ref, grant_id, "We are.", uuid4())
    assert of_both(talk) == ((*left, "Are you there?", "We are."), len(gone))


@pytest.mark.parametrize("how", ["cut", "exchanged", "led elsewhere"])
def test_what_is_changed_is_missed(talk, how):
    mei, luz, ref, _ = talk
    first, second, *_ = rows(talk)
    body = db.session.scalar(select(GrantMessage.body).where(GrantMessage.id == second))
    ends = clock.today() + dt.timedelta(days=20)
    wish = Wish(luz.user_id, (Section.LEGAL,), (), frozenset(), ends)
    other = grants.make(mei, ref, wish, uuid4())
    changed = {"cut": {"body": body[:-1]}, "exchanged": {"body": body}, "led elsewhere": {"grant_id": other}}
    db.session.execute(update(GrantMessage).where(GrantMessage.id == first).values(**changed[how]))
    db.session.expire_all()
    found = heard.of_case(opening.load(mei, ref), talk[3])
    assert ([one.text for one in found.said], found.missing) == (list(SAID[1:]), 1)
    beside = heard.of_case(opening.load(mei, ref), other)
    assert (beside.said, beside.missing) == ((), 0)


def test_today_calls_the_desk_where_an_answer_was_taken_out(talk):
    """The desk spoke last, so nothing waits; with a gap nobody can tell, and somebody has to look."""
    mei, _, ref, _ = talk
    take_out(rows(talk)[1])
    (line,) = waiting.waiting(mei)
    assert (line.what, line.ref) == (waiting.What.ANSWER, ref)


def test_the_copy_for_the_person_says_that_something_is_missing(talk):
    mei, _, ref, _ = talk
    take_out(rows(talk)[0])
    found = copying.gather(mei, ref)
    assert "grant_message.body" in found.case.complained
    assert SAID[1] in str(copying.for_machines(found))


def test_the_same_form_says_it_once_and_takes_one_place(talk):
    mei, luz, ref, grant_id = talk
    token = uuid4()
    for _ in range(2):
        talking.ask(luz, ref, "Once?", token)
    assert of_both(talk) == ((*SAID, "Once?"), 0)
    ends = clock.today() + dt.timedelta(days=20)
    other = grants.make(mei, ref, Wish(luz.user_id, (Section.LEGAL,), (), frozenset(), ends), uuid4())
    with pytest.raises(Conflict):
        talking.answer(mei, ref, other, "Elsewhere", token)
    assert grant_id != other


def test_what_was_said_before_places_were_written_down_is_still_read(talk):
    mei, luz, ref, grant_id = talk
    found, _ = reading.open_one(luz, ref)
    row = db.session.get(GrantMessage, rows(talk)[0])
    value = found.keys.talk.open(heard.MESSAGE, row.id, row.body)
    del value["place"]
    row.body = found.keys.talk.seal(heard.MESSAGE, row.id, value)
    take_out(*rows(talk)[1:])
    db.session.flush()
    assert [one.text for one in heard.of_case(opening.load(mei, ref), grant_id).said] == [SAID[0]]
