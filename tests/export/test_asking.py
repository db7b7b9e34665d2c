"""Who may open the door with everything behind it, with whom, until when, and who can shut it."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from casework.access import leaving, locking
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Conflict, Denied, Invalid, NotFound, Refused
from casework.export import making, service
from casework.export.asked import Stand
from casework.export.models import DeskExport
from tests.export.conftest import DAY, WHY
from tests.factories.worlds import code


@pytest.fixture
def asked(world, cleo):
    """Mei has asked; Cleo could agree. The id."""
    return service.ask(world.actor(world.mei), WHY, uuid4())


@pytest.fixture
def agreed(world, cleo, asked):
    service.agree(world.actor(cleo), asked, one(world, cleo).asked.fingerprint)
    return asked


def one(world, who):
    return service.standing(world.actor(who))[0]


def events(world, who=None):
    names = ("export.asked", "export.agreed", "export.stopped", "export.begun", "export.made")
    seen = audit.of_desk(world.actor(who or world.mei).desk)
    return [each for each in reversed(seen) if each.event in names]


def test_it_takes_two_and_a_day(world, cleo, asked, later):
    assert one(world, world.mei).stand is Stand.ASKED
    service.agree(world.actor(cleo), asked, one(world, cleo).asked.fingerprint)
    assert one(world, world.mei).stand is Stand.WAITS
    with pytest.raises(Invalid):
        making.begin(world.actor(world.mei), asked, uuid4())
    later(DAY)
    assert one(world, world.mei).stand is Stand.READY
    assert making.begin(world.actor(world.mei), asked, uuid4()).two == {world.mei.id, cleo.id}


def test_it_is_recorded_by_both_with_the_same_fingerprint(world, cleo, agreed, later):
    later(DAY)
    making.begin(world.actor(world.mei), agreed, uuid4())
    service.stop(world.actor(cleo), agreed)
    found = events(world)
    assert [each.event for each in found] == [
        Event.EXPORT_ASKED, Event.EXPORT_AGREED, Event.EXPORT_BEGUN, Event.EXPORT_STOPPED,
    ]  # fmt: skip
    assert [each.actor_id for each in found] == [world.mei.id, cleo.id, world.mei.id, cleo.id]
    assert found[0].details["fingerprint"] == found[1].details["fingerprint"]
    assert found[0].details["reason"] == WHY


@pytest.mark.parametrize("who", ["asha", "luz", "nina"])
def test_nobody_else_asks_agrees_stops_or_looks(world, asked, who):
    actor = world.actor(getattr(world, who))
    print_ = one(world, world.mei).asked.fingerprint
    for tried in (
        lambda: service.agree(actor, asked, print_),
        lambda: service.stop(actor, asked),
        lambda: making.begin(actor, asked, uuid4()),
    ):
        with pytest.raises((Denied, NotFound)):
            tried()
    if who != "nina":
        with pytest.raises(Denied):
            service.ask(actor, WHY, uuid4())
        with pytest.raises(Denied):
            service.standing(actor)


def test_without_a_reason_or_a_second_coordinator_nobody_asks(world, cleo):
    with pytest.raises(Invalid):
        service.ask(world.actor(world.mei), "  ", uuid4())
    with pytest.raises(Invalid):
        service.ask(world.actor(world.mei), "x" * (service.LONGEST + 1), uuid4())
    with pytest.raises(Invalid, match="second coordinator"):
        service.ask(world.actor(world.nina), WHY, uuid4())


def test_the_same_coordinator_does_not_count_twice(world, asked):
    mei = world.actor(world.mei)
    with pytest.raises(Invalid):
        service.agree(mei, asked, one(world, world.mei).asked.fingerprint)
    assert one(world, world.mei).stand is Stand.ASKED


def test_one_at_a_time_and_a_double_click_asks_once(world, cleo):
    token = uuid4()
    mei = world.actor(world.mei)
    assert service.ask(mei, WHY, token) == service.ask(mei, WHY, token)
    with pytest.raises(Invalid):
        service.ask(world.actor(cleo), WHY, uuid4())
    with pytest.raises(Conflict):
        service.ask(world.actor(world.nina), WHY, token)


def test_who_agrees_agrees_to_what_they_saw(world, cleo, dan, asked):
    seen = one(world, cleo).asked.fingerprint
    service.stop(world.actor(world.mei), asked)
    other = service.ask(world.actor(world.mei), "Another reason", uuid4())
    with pytest.raises(Conflict):
        service.agree(world.actor(cleo), other, seen)
    service.agree(world.actor(cleo), other, one(world, cleo).asked.fingerprint)
    # A double click is one yes; a third coordinator's comes too late.
    service.agree(world.actor(cleo), other, one(world, cleo).asked.fingerprint)
    with pytest.raises(Invalid):
        service.agree(world.actor(dan), other, one(world, dan).asked.fingerprint)
    assert [each.event for each in events(world)].count(Event.EXPORT_AGREED) == 1


@pytest.mark.parametrize("who", ["mei", "cleo", "dan"])
def test_any_coordinator_stops_it_and_it_stays_so(world, cleo, dan, agreed, later, who):
    human = {"mei": world.mei, "cleo": cleo, "dan": dan}[who]
    service.stop(world.actor(human), agreed)
    service.stop(world.actor(human), agreed)
    later(DAY)
    assert one(world, world.mei).stand is Stand.STOPPED
    with pytest.raises(Invalid):
        making.begin(world.actor(world.mei), agreed, uuid4())
    assert [each.event for each in events(world)].count(Event.EXPORT_STOPPED) == 1


def test_what_was_asked_for_ends_after_a_week(world, cleo, agreed, later):
    later(7 * DAY)
    assert one(world, world.mei).stand is Stand.OVER
    with pytest.raises(Invalid):
        making.begin(world.actor(world.mei), agreed, uuid4())
    service.ask(world.actor(cleo), WHY, uuid4())


def test_only_who_asked_makes_it(world, cleo, agreed, later):
    later(DAY)
    with pytest.raises(NotFound):
        making.begin(world.actor(cleo), agreed, uuid4())


def test_the_same_form_makes_it_once(world, cleo, agreed, later):
    later(DAY)
    token = uuid4()
    making.begin(world.actor(world.mei), agreed, token)
    with pytest.raises(Invalid):
        making.begin(world.actor(world.mei), agreed, token)
    making.begin(world.actor(world.mei), agreed, uuid4())


@pytest.mark.parametrize("who", ["asker", "second"])
def test_a_coordinator_who_left_counts_no_more(app, world, cleo, dan, who, later):
    asker, second = (cleo, world.mei) if who == "asker" else (world.mei, cleo)
    found = service.ask(world.actor(asker), WHY, uuid4())
    service.agree(world.actor(second), found, one(world, second).asked.fingerprint)
    leaving.remove(app.extensions["casework.doorway"], world.actor(dan), cleo.id)
    later(DAY)
    assert one(world, dan).stand is Stand.VOID
    if who == "second":
        with pytest.raises(Invalid):
            making.begin(world.actor(asker), found, uuid4())


def test_a_lock_ends_it_for_good(app, world, cleo, agreed, later):
    locking.lock(app.extensions["casework.doorway"], world.actor(world.mei))
    for who in (world.mei, cleo):
        locking.say_yes(who.keys, code(world.host_id))
    later(DAY)
    assert one(world, world.mei).stand is Stand.VOID


def test_a_yes_that_was_put_back_does_not_count(world, cleo, agreed, later):
    """A writer of the database who kept the row from before it was stopped."""
    before = db.session.scalar(select(DeskExport.body))
    service.stop(world.actor(cleo), agreed)
    row = db.session.scalar(select(DeskExport))
    row.body = before
    db.session.flush()
    later(DAY)
    assert service.standing(world.actor(world.mei)) == []
    with pytest.raises(Refused):
        making.begin(world.actor(world.mei), agreed, uuid4())


def test_a_yes_in_the_name_of_another_does_not_count(world, cleo, asked, later):
    """A volunteer has the desk's keys; with the database as well they seal what they like, but cannot sign it."""
    asha, row = world.actor(world.asha), db.session.scalar(select(DeskExport))
    value = asha.desk.open(service.BODY, row.id, row.body)
    value["agreed"] = {**value["asked"], "by": str(cleo.id)}
    row.body = asha.desk.seal(service.BODY, row.id, value)
    db.session.flush()
    later(DAY)
    assert one(world, world.mei).stand is Stand.VOID


def test_everybody_who_works_here_is_told(world, cleo, asked, later):
    for who in (world.asha, world.bo, world.mei, cleo):
        assert [each.asked.id for each in service.told(world.actor(who))] == [asked]
    with pytest.raises(Denied):
        service.told(world.actor(world.luz))
    service.stop(world.actor(world.mei), asked)
    assert service.told(world.actor(world.asha)) == []
