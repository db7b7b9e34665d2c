"""Restricted cases: for named members only; for all others as if they were not there."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.cases import arriving, assignment, entries, opening, readers
from casework.cases.changing import Differing
from casework.cases.models import CaseSection, Entry
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.people.models import Consent
from casework.search import desk_lists
from casework.search.listing import Filters, Sort
from casework.search.models import SegmentOfCase
from casework.vault import Section, keeping
from casework.vault.catalogue import field
from tests import factories

CALLED = "Amina Restricted"


@pytest.fixture
def row(world):
    """Asha's case, which only she and Bo can see."""
    found = factories.case(world.actor(world.asha), called=CALLED, risk="high")
    factories.case(world.actor(world.asha), called="Somebody Else")
    choose(world, found, {world.asha.id, world.bo.id})
    return found


def choose(world, row, wish, seen=None, who=None):
    wish, seen = (None if one is None else frozenset(one) for one in (wish, seen))
    return readers.choose(world.actor(who or world.asha), row.ref, wish, seen)


def listed(actor):
    page = desk_lists.browse(actor, Filters(), Sort(), 1, 50)
    (other,) = desk_lists.several(actor, [(Filters(), Sort())], 50)
    assert page.total == len(page.cards) == other.total
    return {card.called for card in page.cards}


def test_others_find_it_nowhere(world, row):
    mei = world.actor(world.mei)
    assert listed(mei) == {"Somebody Else"}
    assert len(desk_lists.look(mei, CALLED)) == len(desk_lists.look(mei, row.ref)) == 0
    for way in (opening.load, opening.for_upkeep, arriving.arrive, arriving.record_of, readers.look):
        with pytest.raises(NotFound):
            way(mei, row.ref)
    assert not db.session.scalars(select(SegmentOfCase).where(SegmentOfCase.case_id == row.id)).all()


def test_the_named_find_it_everywhere(world, row):
    for who in (world.asha, world.bo):
        actor = world.actor(who)
        assert listed(actor) == {CALLED, "Somebody Else"}
        (hit,) = desk_lists.look(actor, "Amina Restrikted")
        assert (hit.card.ref, "restricted" in hit.card.flags) == (row.ref, True)
        assert opening.load(actor, row.ref).called == CALLED


def test_a_mending_of_the_list_makes_no_card_of_it(world, row):
    shown = factories.case(world.actor(world.asha), called="A Third")
    mei = world.actor(world.mei)
    desk_lists.service.drop(shown.id)
    while desk_lists.mend(mei):
        pass
    assert listed(mei) == {"Somebody Else", "A Third"}
    assert not db.session.scalars(select(SegmentOfCase).where(SegmentOfCase.case_id == row.id)).all()


def test_everything_in_it_is_sealed_anew(world, row):
    asha = world.actor(world.asha)
    entries.add(asha, row.ref, "note", clock.now(), "A note.", uuid4())
    keys = opening.load(asha, row.ref).keys
    for table in (CaseSection, Entry, Consent):
        rows = db.session.scalars(select(table).where(table.case_id == row.id)).all()
        assert {one.generation for one in rows} == {keys.generation}
        assert {int.from_bytes(one.body[1:5], "big") for one in rows} == {keys.generation}
    assert opening.load(asha, row.ref).section(Section.HEADER).values["risk"] == "high"


def test_keys_of_before_open_nothing_that_is_stored_now(world):
    found = factories.case(world.actor(world.asha), called=CALLED)
    before = keeping.open_case(world.actor(world.mei).desk, found.id)
    choose(world, found, {world.asha.id, world.bo.id})
    identity = before.tag(Section.IDENTITY)
    stored = db.session.scalars(
        select(CaseSection).where(CaseSection.case_id == found.id, CaseSection.tag == identity)
    ).one()
    with pytest.raises(Refused):
        before.open(field("case_section.body"), stored.id, Section.IDENTITY, stored.body)


def test_lifted_it_is_everybodys_again(world, row):
    choose(world, row, None, {world.asha.id, world.bo.id}, who=world.bo)
    assert CALLED in listed(world.actor(world.mei))
    assert opening.load(world.actor(world.mei), row.ref).called == CALLED


def test_too_few_strangers_and_a_worker_left_out_are_refused(world):
    found = factories.case(world.actor(world.asha))
    for wish in ({world.asha.id}, {world.asha.id, world.luz.id}, {world.asha.id, world.nina.id}, set()):
        with pytest.raises(Invalid):
            choose(world, found, wish)
    with pytest.raises(Invalid, match="works on it"):
        choose(world, found, {world.bo.id, world.mei.id})


def test_whoever_cannot_see_it_cannot_be_assigned(world, row):
    with pytest.raises(Invalid, match="can see"):
        assignment.assign(
            world.actor(world.asha), row.ref, world.asha.id, world.mei.id, (world.asha.id, None)
        )


def test_two_who_choose_at_once_are_told(world, row):
    with pytest.raises(Differing):
        choose(world, row, {world.asha.id, world.mei.id}, None)


def test_the_rule_agrees_that_allies_choose_nothing(world, row):
    assert not policy.can(world.actor(world.luz), policy.Action.CASE_RESTRICT)
