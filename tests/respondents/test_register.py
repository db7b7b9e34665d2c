"""The register: one for all desks of a network, nothing in the clear, nobody from outside."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from casework.access import desks
from casework.audit import service as audit
from casework.errors import Conflict, Denied, Invalid, Locked, NotFound
from casework.respondents import register
from casework.respondents.models import Respondent
from casework.respondents.register import Answerable
from casework.vault import keeping
from tests import factories


def enter(actor, name="Acme Contracting", kind="employer", country="QA", token=None):
    return register.enter(actor, kind, name, country, token or uuid4())


def names(found):
    return [one.name for one in found.known]


def test_one_desk_enters_and_all_read(world, asha, ram):
    made = enter(asha, "  Acme   Contracting ")
    assert made == Answerable(made.id, "employer", "Acme Contracting", "QA")
    assert register.get(ram, made.id) == made
    assert register.listing(ram).known == (made,)
    (event,) = [seen for seen in audit.of_desk(asha.desk) if seen.event == "respondent.entered"]
    assert event.details == {"respondent": str(made.id)}
    assert event.actor_id == world.asha.id


def test_sorted_by_name_whatever_the_letters(asha):
    for name in ("zulu agency", "Acme", "émigré Ltd", "bright Star"):
        enter(asha, name)
    assert names(register.listing(asha)) == ["Acme", "bright Star", "zulu agency", "émigré Ltd"]


def test_found_by_any_part_of_the_name(asha):
    for name in ("Acme Contracting", "Gulf Manpower", "الخليج للتوظيف"):
        enter(asha, name)
    assert names(register.find(asha, " CONTRACT")) == ["Acme Contracting"]
    assert names(register.find(asha, "gulf  man")) == ["Gulf Manpower"]
    assert names(register.find(asha, "الخليج")) == ["الخليج للتوظيف"]
    assert names(register.find(asha, "nobody")) == []
    assert len(register.find(asha, "").known) == 3


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=200).filter(str.strip))
def test_any_name_is_kept(asha, name):
    made = enter(asha, name)
    assert register.get(asha, made.id).name == " ".join(name.split())


def test_the_same_form_makes_one(asha, ram):
    token = uuid4()
    first = enter(asha, token=token)
    assert enter(ram, "Another", token=token) == first
    assert names(register.listing(asha)) == ["Acme Contracting"]


@pytest.mark.parametrize(
    "change", [{"name": " \n"}, {"name": "x" * 201}, {"kind": "villain"}, {"country": "ZZ"}]
)
def test_what_cannot_be_taken(database, asha, change):
    with pytest.raises(Invalid):
        enter(asha, **change)
    assert database.session.scalars(select(Respondent)).all() == []


def test_a_country_may_be_left_open(asha):
    assert register.get(asha, enter(asha, country="").id).country == ""


def test_nothing_is_in_the_clear(database, asha):
    enter(asha, "Acme Contracting")
    (row,) = database.session.scalars(select(Respondent))
    assert b"Acme" not in row.body
    assert row.desk_id == asha.network.desk_id


def test_another_network_has_its_own(asha):
    made, token = enter(asha), uuid4()
    enter(asha, "Taken", token=token)
    eve = factories.human("eve", "Eve")
    elsewhere = desks.found(eve.keys, "Another network", "Eve").desk_id
    desk = desks.found(eve.keys, "Another desk", "Eve", elsewhere)
    stranger = type(asha)(eve.keys, desk.desk_id, asha.role, desk, keeping.open_desk(eve.keys, elsewhere))
    assert register.listing(stranger).known == ()
    with pytest.raises(NotFound):
        register.get(stranger, made.id)
    with pytest.raises(Conflict):
        enter(stranger, token=token)


def test_who_may_not(world, asha):
    made = enter(asha)
    for stranger in (world.actor(world.luz), world.actor(world.cara, world.network_id)):
        for act in (
            lambda who=stranger: enter(who),
            lambda who=stranger: register.listing(who),
            lambda who=stranger: register.find(who, "a"),
            lambda who=stranger: register.get(who, made.id),
        ):
            with pytest.raises(Denied):
                act()


def test_without_the_networks_keys_nothing_opens(asha):
    without = type(asha)(asha.person, asha.desk_id, asha.role, asha.desk_keys, None)
    with pytest.raises(Locked):
        register.listing(without)


def test_who_holds_old_keys_of_the_network_writes_no_more(world, asha):
    keeping.new_epoch(world.actor(world.mei).network, world.ram.id)
    with pytest.raises(Conflict):
        enter(asha)
    assert names(register.listing(world.actor(world.asha))) == []
