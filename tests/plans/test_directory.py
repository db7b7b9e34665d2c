"""The directory of services: sealed to its desk, corrected by everybody, retired by coordinators."""

from datetime import timedelta
from uuid import uuid4

import pytest

from casework import clock
from casework.cases.changing import Differing
from casework.errors import Conflict, Denied, Invalid, NotFound, Refused
from casework.plans import directory
from casework.plans.models import Service
from casework.plans.places import CHECK_AGAIN, Wanted

CLINIC = {
    "name": "Harbour clinic (test)",
    "sorts": ["health"],
    "country": "QA",
    "city": "Doha",
    "languages": ["ne", "en"],
    "cost": "free",
    "undocumented": "yes",
}
UNION = {
    "name": "Builders' union (test)",
    "sorts": ["union", "wages"],
    "country": "NP",
    "undocumented": "unknown",
}


def enter(actor, told, token=None):
    return directory.enter(actor, told, token or uuid4())


def names(actor, **wanted):
    return [one.name for one in directory.listing(actor, Wanted(**wanted))[0]]


def test_one_form_enters_one_place_and_another_desk_sees_none(asha, ram):
    token = uuid4()
    assert enter(asha, CLINIC, token) == enter(asha, CLINIC, token)
    assert names(asha) == [CLINIC["name"]]
    assert names(ram) == []
    with pytest.raises(Conflict):
        enter(ram, CLINIC, token)
    with pytest.raises(NotFound):
        directory.get(ram, directory.listing(asha)[0][0].id)


def test_it_is_found_by_what_is_chosen_and_by_words(asha):
    enter(asha, CLINIC)
    enter(asha, UNION)
    for wanted in (
        {"sort": "health"},
        {"country": "QA"},
        {"language": "ne"},
        {"undocumented": True},
        {"free": True},
        {"text": "doha CLINIC"},
    ):
        assert names(asha, **wanted) == [CLINIC["name"]], wanted
    assert names(asha, sort="union", country="QA") == []
    assert names(asha) == [UNION["name"], CLINIC["name"]]


def test_anyone_corrects_and_an_older_page_does_not_write_over_it(asha, bo):
    place = directory.get(asha, enter(asha, CLINIC))
    directory.correct(bo, place.id, {**CLINIC, "undocumented": "no"}, place.rev)
    with pytest.raises(Differing) as meanwhile:
        directory.correct(asha, place.id, {**CLINIC, "city": "Wakra"}, place.rev)
    assert meanwhile.value.theirs.answers["undocumented"] == "no"
    now = directory.get(asha, place.id)
    assert (now.answers["city"], now.by) == ("Doha", bo.user_id)


def test_after_six_months_it_says_check_first_and_checking_says_who(asha, bo, freeze):
    start = freeze(clock.now())
    service = enter(asha, CLINIC)
    assert directory.get(asha, service).stale(clock.today())
    directory.check_today(bo, service)
    now = directory.get(asha, service)
    assert (now.checked_by, now.stale(clock.today())) == (bo.user_id, False)
    freeze(start + CHECK_AGAIN)
    assert not directory.get(asha, service).stale(clock.today())
    freeze(start + CHECK_AGAIN + timedelta(days=1))
    assert directory.get(asha, service).stale(clock.today())


def test_a_coordinator_retires_and_a_volunteer_does_not(asha, mei):
    service = enter(asha, CLINIC)
    with pytest.raises(Denied):
        directory.retire(asha, service)
    directory.retire(mei, service)
    assert names(asha) == []
    assert [one.id for one in directory.listing(mei, retired=True)[0]] == [service]
    directory.retire(mei, service, retired=False)
    assert names(asha) == [CLINIC["name"]]


def test_without_a_name_nothing_is_entered(asha):
    with pytest.raises(Invalid):
        enter(asha, {**CLINIC, "name": "  "})


def test_all_places_are_of_one_size_and_one_that_was_swapped_does_not_open(asha, database):
    first, second = enter(asha, CLINIC), enter(asha, {**UNION, "how": "x" * 600, "address": "y" * 200})
    rows = {row.id: row for row in database.session.query(Service)}
    assert len(rows[first].body) == len(rows[second].body)
    rows[first].body = rows[second].body
    database.session.flush()
    with pytest.raises(Refused):
        directory.get(asha, first)
    found, refused = directory.listing(asha)
    assert ([one.id for one in found], refused) == ([second], 1)
