"""Signals of one desk: exact, of what its coordinator may see, aside for a while, decided by those affected."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from casework import clock
from casework.access import record
from casework.cases import joining
from casework.db import db
from casework.errors import Denied, Invalid, NotFound
from casework.respondents import merging
from casework.signals import service
from casework.signals.models import SignalBook


def found(actor):
    return {one.one.name: one.persons for one in service.listing(actor).now}


def test_three_persons_make_a_signal_and_two_do_not(there):
    there.several(there.asha, 2, agreed="")
    assert found(there.mei) == {}
    there.person(there.asha, agreed="")
    assert found(there.mei) == {"Gulf Manpower": 3}


def test_facilities_and_rules_count_as_well(there):
    camp, rule = there.enter("Camp 4", "facility"), there.enter("Exit permit rule", "policy")
    there.several(there.asha, 3, camp, rule, agreed="")
    assert found(there.mei) == {"Camp 4": 3, "Exit permit rule": 3}


def test_a_case_of_long_ago_does_not_count(there, freeze):
    there.several(there.asha, 3, agreed="")
    freeze(clock.now() + timedelta(days=364))
    assert found(there.mei) == {"Gulf Manpower": 3}
    freeze(clock.now() + timedelta(days=3))
    assert found(there.mei) == {}


def test_one_person_with_two_cases_is_one(there):
    one, other, _third = there.several(there.asha, 3, agreed="")
    joining.join(there.asha, other, one, "One person")
    assert found(there.mei) == {}


def test_a_double_counts_when_somebody_who_coordinates_has_looked(there):
    double = there.enter("Golf Man Power")
    there.several(there.asha, 2, agreed="")
    there.several(there.asha, 2, double, agreed="")
    merging.merge(there.asha, double.id, there.agency.id, "Same licence")
    assert found(there.mei) == {}
    merging.check(there.nina, double.id)
    assert found(there.mei) == {"Gulf Manpower": 4}
    merging.part(there.asha, double.id)
    assert found(there.mei) == {}


def test_a_double_that_waits_is_shown_beside_the_signal(there):
    double = there.enter("Golf Man Power")
    there.several(there.asha, 3, agreed="")
    there.person(there.asha, double, agreed="")
    merging.merge(there.asha, double.id, there.agency.id, "Same licence")
    signal = service.get(there.mei, there.agency.id)
    assert (signal.persons, [one.name for one in signal.unsure]) == (3, ["Golf Man Power"])


def test_nobody_but_coordinators(there, world):
    there.several(there.asha, 3, agreed="")
    campaign = world.actor(world.cara, world.network_id)
    for stranger in (there.asha, world.actor(world.luz), campaign, world.actor(world.mei, world.network_id)):
        for act in (
            lambda who=stranger: service.listing(who),
            lambda who=stranger: service.put_aside(who, there.agency.id, clock.today(), "x"),
            lambda who=stranger: service.take_up(who, there.agency.id),
            lambda who=stranger: service.decide(who, there.agency.id, clock.today(), "nothing", "", uuid4()),
        ):
            with pytest.raises(Denied):
                act()


def test_put_aside_with_a_reason_and_an_end(there, freeze):
    there.several(there.asha, 3, agreed="")
    today = clock.today()
    for until, why in (
        (today - timedelta(days=1), "x"),
        (today + timedelta(days=181), "x"),
        (today, " "),
        (today, "x" * 301),
    ):
        with pytest.raises(Invalid):
            service.put_aside(there.mei, there.agency.id, until, why)
    service.put_aside(there.mei, there.agency.id, today + timedelta(days=7), "They meet in May")
    assert found(there.mei) == {}
    (aside,) = service.listing(there.mei).aside
    assert aside.aside.why == "They meet in May"
    freeze(clock.now() + timedelta(days=8))
    assert found(there.mei) == {"Gulf Manpower": 3}
    service.put_aside(there.mei, there.agency.id, clock.today(), "Again")
    service.take_up(there.mei, there.agency.id)
    assert found(there.mei) == {"Gulf Manpower": 3}


def test_what_they_decided_is_written_once_and_says_nothing_of_who_was_there(there):
    there.several(there.asha, 3, agreed="")
    token, today = uuid4(), clock.today()
    for _twice in range(2):
        service.decide(there.mei, there.agency.id, today, "private_demand", "All fees back by May", token)
    (decision,) = service.get(there.mei, there.agency.id).decisions
    assert (decision.what, decision.text, decision.on) == ("private_demand", "All fees back by May", today)
    for on, what in ((today + timedelta(days=1), "nothing"), (today, "strike")):
        with pytest.raises(Invalid):
            service.decide(there.mei, there.agency.id, on, what, "", uuid4())
    with pytest.raises(NotFound):
        service.decide(there.mei, uuid4(), today, "nothing", "", uuid4())


def test_an_older_book_that_is_put_back_is_noticed(there):
    there.several(there.asha, 3, agreed="")
    service.put_aside(there.mei, there.agency.id, clock.today(), "One")
    before = db.session.query(SignalBook).one().body
    service.take_up(there.mei, there.agency.id)
    db.session.execute(update(SignalBook).values(body=before))
    db.session.expire_all()
    assert service.listing(there.mei).amiss == 1
    assert "seal.refused" in [one.event.value for one in record.of_desk(there.mei)]
    # The next word begins a new one.
    service.put_aside(there.mei, there.agency.id, clock.today(), "Again")
    assert service.listing(there.mei).amiss == 0
    assert service.listing(there.mei).aside[0].aside.why == "Again"
