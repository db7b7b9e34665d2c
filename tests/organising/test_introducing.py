"""Who wants to organise reaches the organiser whom they chose, and nobody else; a no changes nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from casework import clock
from casework.access.policy import Role
from casework.cases import erasing, left
from casework.db import db
from casework.errors import CaseworkError, Denied, Invalid, NotFound, Refused
from casework.organising import boxes, introducing, meeting, offers
from casework.organising.models import Introduction, Organiser
from casework.people import consents
from tests import factories
from tests.factories.worlds import join
from tests.signals.test_asking import state


def read(there):
    return meeting.listing(there.cara)[0]


def test_the_organiser_whom_they_chose_reads_one_name_and_one_way(there):
    ref = there.person()
    assert there.introduce(ref)
    (one,) = read(there)
    assert (one.called, one.channel, one.number) == ("Sunita", "call", "+977 984 1")
    assert (one.words, one.named, one.taken_back) == ("Nepali, after six", "Union of Domestic Workers", False)
    (told,) = introducing.listing(there.asha, ref)[1]
    assert (told.to, told.read_on, told.ended) == ("Cara, Union of Domestic Workers", clock.today(), "")


def test_nobody_else_opens_it(there, world):
    there.introduce(there.person())
    dora = factories.human("dora", "Dora")
    join(world.mei, world.network_id, dora, Role.CAMPAIGN)
    dora.keep()
    row = db.session.scalars(select(Introduction)).one()
    for who in (dora, world.mei, world.nina):
        other = world.actor(who, world.network_id)
        assert meeting.listing(other) == ([], 0)
        assert meeting.waiting(other) == 0
        with pytest.raises(Refused):
            other.person.unpack(row.body, boxes.BOX, row.desk_id, row.id, row.to_id)
        with pytest.raises(NotFound):
            meeting.settle(other, row.id)
        # Not either when a writer of the database makes it theirs.
        db.session.execute(update(Introduction).values(to_id=who.id))
        db.session.expire_all()
        assert meeting.listing(other) == ([], 1)
        db.session.execute(update(Introduction).values(to_id=world.cara.id))
        db.session.expire_all()


def test_only_whoever_works_at_a_desk_passes_on_and_only_teams_are_met(there, world):
    ref = there.person()
    for stranger in (world.actor(world.luz), world.actor(world.cara, world.network_id)):
        with pytest.raises((CaseworkError, AttributeError)):
            introducing.introduce(
                stranger,
                ref,
                there.wish(),
                factories.answer(introducing.PURPOSE, recipient="", data=""),
                uuid4(),
            )
    for stranger in (there.asha, world.actor(world.mei), world.actor(world.luz)):
        for act in (meeting.listing, meeting.waiting, offers.mine):
            with pytest.raises(Denied):
                act(stranger)
    with pytest.raises(NotFound):
        introducing.listing(world.actor(world.ram), ref)


def test_a_no_changes_nothing(there):
    ref = there.person()
    before = state(there.asha, ref)
    assert not there.introduce(ref, given=False)
    assert state(there.asha, ref) == before
    assert (read(there), introducing.listing(there.asha, ref)[1]) == ([], [])
    assert not left.everything(factories.reload(there.asha, ref))
    # And they can still say yes.
    assert there.introduce(ref)


def test_a_yes_changes_nothing_else_but_that_the_desk_looks_whether_they_met(there):
    ref = there.person()
    before = state(there.asha, ref)
    there.introduce(ref)
    case, sections, card, *rest = state(there.asha, ref)
    assert (case, sections, *rest) == (before[0], before[1], *before[3:])
    assert card == (*before[2][:-1], clock.today() + timedelta(days=14))


def test_a_double_click_passes_once(there):
    ref, token = there.person(), uuid4()
    for _twice in range(2):
        there.introduce(ref, token=token)
    assert len(read(there)) == 1
    with pytest.raises(Invalid):
        there.introduce(ref)


def test_what_is_missing_or_unsafe_is_said_and_nothing_is_kept(there):
    ref = there.person()
    for more, field in (
        ({"channel": "sms"}, "channel"),
        ({"channel": ""}, "channel"),
        ({"called": " "}, "called"),
        ({"words": ""}, "words"),
        ({"offer_id": uuid4()}, "offer"),
    ):
        with pytest.raises(Invalid) as refused:
            there.introduce(ref, **more)
        assert refused.value.field == field
    told = consents.listing(there.asha, factories.reload(there.asha, ref).keys)
    assert told.newest(introducing.PURPOSE, "Cara, Union of Domestic Workers") is None
    assert read(there) == []


def test_a_way_that_nobody_confirmed_for_long_is_not_passed_on(there, freeze):
    ref = there.person()
    freeze(clock.now() + timedelta(days=61))
    with pytest.raises(Invalid):
        there.introduce(ref)


@pytest.mark.parametrize("purpose", [introducing.PURPOSE, "casework"])
def test_taken_back_before_it_was_read_it_is_gone(there, purpose):
    ref = there.person()
    there.introduce(ref)
    there.withdraw(ref, purpose)
    assert db.session.scalars(select(Introduction)).all() == []
    assert read(there) == []
    assert introducing.listing(there.asha, ref)[1][0].ended == "withdrawn"


def test_taken_back_after_it_was_read_the_organiser_is_told_to_leave_them_alone(there, freeze):
    ref = there.person()
    there.introduce(ref)
    read(there)
    (told,) = introducing.listing(there.asha, ref)[1]
    introducing.take_back(there.asha, ref, told.id)
    (one,) = read(there)
    assert (one.taken_back, one.called, one.number, one.words) == (True, "Sunita", "", "")
    assert one.ends_on == clock.today() + timedelta(days=14)
    # What left stays said.
    (gone,) = left.everything(factories.reload(there.asha, ref), introducing.PURPOSE, told.to)
    assert gone.recipient == told.to
    freeze(clock.now() + timedelta(days=15))
    assert read(there) == []
    assert boxes.expire() == {there.world.network_id: 1}


def test_put_back_as_it_was_it_tells_nothing(there):
    ref = there.person()
    there.introduce(ref)
    row = db.session.scalars(select(Introduction)).one()
    kept = {key: getattr(row, key) for key in ("id", "desk_id", "to_id", "ends_on", "opened_on", "body")}
    there.withdraw(ref, introducing.PURPOSE)
    db.session.add(Introduction(**kept))
    db.session.flush()
    assert meeting.listing(there.cara) == ([], 1)


def test_a_box_that_nobody_of_a_desk_signed_is_left_out(there, world):
    there.introduce(there.person())
    row = db.session.scalars(select(Introduction)).one()
    state_ = there.asha.network.state
    value = {"called": "Trap", "channel": "call", "number": "1", "words": "come", "named": "x"}
    value |= {"on": "2026-11-18", "end": str(uuid4()), "by": str(world.asha.id)}
    # By a campaigner, who writes to the database.
    row.body = boxes.boxed(there.cara, state_.member(world.cara.id).x, row, value)
    db.session.flush()
    assert meeting.listing(there.cara) == ([], 1)


def test_erased_it_goes_too(there, world):
    ref = there.person()
    there.introduce(ref)
    erasing.erase(world.actor(world.mei), ref, "person_asked", ref, timedelta(days=30), uuid4())
    assert read(there) == []


def test_after_ninety_days_it_is_over(there, freeze):
    there.introduce(there.person())
    read(there)
    freeze(clock.now() + timedelta(days=91))
    assert read(there) == []


def test_settled_it_is_destroyed(there):
    there.introduce(there.person())
    (one,) = read(there)
    meeting.settle(there.cara, one.id)
    assert read(there) == []


def test_rows_look_alike_and_lead_to_no_desk_and_no_case(there, world):
    there.introduce(there.person())
    there.introduce(there.person(), called="S", words="x")
    rows = db.session.scalars(select(Introduction)).all()
    assert {row.desk_id for row in rows} == {world.network_id}
    assert len({len(row.body) for row in rows}) == 1


def test_desks_offer_only_who_says_so_and_is_in_the_teams(there, world):
    assert [one.recipient for one in offers.listing(there.asha)] == ["Cara, Union of Domestic Workers"]
    row = db.session.scalars(select(Organiser)).one()
    # Somebody writes another name into it, or another's id.
    db.session.execute(update(Organiser).values(user_id=world.mei.id))
    db.session.expire_all()
    assert offers.listing(there.asha) == []
    db.session.execute(update(Organiser).values(user_id=world.cara.id))
    db.session.expire_all()
    assert offers.listing(there.asha)
    offers.step_back(there.cara, row.id)
    assert offers.listing(there.asha) == []


def test_an_offer_of_half_a_year_ago_is_asked_for_no_more(there, freeze):
    freeze(clock.now() + timedelta(days=181))
    assert offers.listing(there.asha) == []


def test_an_offer_is_for_an_organisation_of_the_directory(there):
    for organisation, called in ((uuid4(), "Cara"), (there.union, " "), (there.union, "x" * 61)):
        with pytest.raises(Invalid):
            offers.make(there.cara, organisation, called, "", uuid4())
