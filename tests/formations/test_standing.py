"""The life of a formation: forming below three, formed at three, back with a notice when one leaves."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from casework import clock
from casework.access.policy import Action
from casework.errors import Denied, Invalid, NotFound
from casework.formations import service
from casework.formations.standing import standing
from casework.teams import keys


def on(day: date):
    return {"date": day.isoformat(), "precision": "day", "calendar": "gregorian", "written": ""}


@pytest.fixture
def cara(world, at_network):
    return at_network(world.cara)


@pytest.fixture
def formation(cara):
    return service.add(cara, "formation", {"name": "Harbour AWU", "level": "locality"}, uuid4())


def organisation(actor, name, *composed):
    return service.add(
        actor, "organisation", {"name": name, "kind": "union", "composed": list(composed)}, uuid4()
    )


def join(actor, formation, which, since, left=None):
    told = {"since": on(since)} | ({"left_on": on(left)} if left else {})
    return service.add(actor, "member", told, uuid4(), formation, which)


def stands(actor, formation, today=None):
    found, one = service.item(actor, formation, "formation")
    return standing(found, one, today or clock.today())


def test_its_life(cara, formation):
    today = clock.today()
    ids = [
        organisation(cara, name, "workers", extra)
        for name, extra in (("A", "women"), ("B", "migrants"), ("C", "migrants"))
    ]
    for which in ids[:2]:
        join(cara, formation, which, today - timedelta(days=30))
    assert stands(cara, formation).state == "forming"
    third = join(cara, formation, ids[2], today - timedelta(days=20))
    now = stands(cara, formation)
    assert (now.state, len(now.council)) == ("formed", 3)
    assert now.composed == {"workers": 3, "migrants": 2, "women": 1}
    _book, item = service.item(cara, third)
    service.correct(cara, third, dict(item.told) | {"left_on": on(today)}, item.rev, ids[2])
    now = stands(cara, formation)
    assert (now.state, len(now.council)) == ("back", 2)
    assert (now.left[0].told["name"], now.left[1]) == ("C", today)
    assert stands(cara, formation, today - timedelta(days=1)).state == "formed"
    assert stands(cara, formation, today - timedelta(days=25)).state == "forming"


def test_one_organisation_counts_once(cara, formation):
    which = organisation(cara, "A")
    join(cara, formation, which, clock.today())
    with pytest.raises(Invalid, match="already"):
        join(cara, formation, which, clock.today())
    with pytest.raises(Invalid, match="directory"):
        join(cara, formation, uuid4(), clock.today())
    assert len(stands(cara, formation).council) == 1


def test_seats_have_terms_and_deeds_have_functions(cara, formation):
    today = clock.today()
    for ends in (today - timedelta(days=1), today):
        told = {
            "called": "Chair",
            "composed": ["women"],
            "since": on(today - timedelta(days=400)),
            "ends": on(ends),
        }
        service.add(cara, "seat", told, uuid4(), formation)
    deed = {
        "on": on(today),
        "functions": ["organise", "international"],
        "level": "locality",
        "what": "A meeting",
    }
    service.add(cara, "deed", deed, uuid4(), formation)
    now = stands(cara, formation)
    assert len(now.seats) == 1
    assert now.functions == {"organise": 1, "international": 1}


def test_everybody_of_the_network_reads_it_and_no_volunteer(world, at_network, formation):
    for human in (world.mei, world.nina):
        assert service.item(at_network(human), formation)[1].told["name"] == "Harbour AWU"
    with pytest.raises(Denied) as refused:
        service.look(at_network(world.asha))
    assert refused.value.action == Action.FORMATION_VIEW.value


def test_what_is_of_a_formation_needs_one(cara):
    with pytest.raises(NotFound):
        service.add(cara, "seat", {"called": "Chair"}, uuid4())
    with pytest.raises(NotFound):
        service.add(cara, "nonsense", {}, uuid4())


def test_who_comes_later_is_let_in_by_the_next_who_looks(world, at_network, cara, formation):
    from tests.factories import worlds  # noqa: PLC0415 - one test needs somebody new

    new = worlds.human("dara", "Dara")
    worlds.join(world.mei, world.network_id, new, worlds.Role.CAMPAIGN)
    assert service.look(at_network(new)) is None
    assert service.look(at_network(world.cara)) is not None
    assert service.item(at_network(new), formation)[1].id == formation
    assert keys.seal_of(at_network(new), world.network_id).generation == 1
