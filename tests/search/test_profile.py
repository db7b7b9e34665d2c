"""Lists by what people say of themselves: only who agreed, only as long as they do, and never wider than that."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest

from casework import clock, codes
from casework.cases import consenting, kinds, life, profile, sections
from casework.people import consents
from casework.search import desk_lists, packing
from casework.search.card import Card
from casework.search.filters import Filters
from casework.search.listing import Sort
from casework.search.pack import Pack
from casework.vault import Section
from tests import factories
from tests.search.made import full_card

TOLD = {"groups": ["woman"], "left_because": ["debt"], "abuses": ["low_pay"]}
MEETINGS = {"organise_by": "Asha", "organise_channel": "signal"}
WOMEN = Filters(profile=frozenset({"groups:woman"}))
ORGANISE = Filters(organise=True)


@pytest.fixture
def world(database):
    return factories.world()


@pytest.fixture
def ref(asha):
    ref = factories.case(asha, called="Amina Test").ref
    factories.case(asha, called="Bishnu Test")
    for purpose in ("profile", "organise"):
        consenting.record(asha, ref, factories.answer(purpose), uuid4())
    rev = factories.reload(asha, ref).section(Section.PROFILE).rev
    sections.save(asha, ref, Section.PROFILE, TOLD | MEETINGS, rev)
    return ref


def listed(actor, filters):
    return {card.ref for card in desk_lists.browse(actor, filters, Sort(), 1, 50).cards}


def test_who_agreed_is_found_by_what_they_say(asha, ref):
    assert listed(asha, WOMEN) == listed(asha, ORGANISE) == {ref}
    both = Filters(profile=frozenset({"groups:woman", "left_because:debt"}))
    assert listed(asha, both) == {ref}
    assert listed(asha, Filters(profile=frozenset({"groups:woman", "left_because:war"}))) == set()


def test_taken_back_it_is_gone_from_the_list_at_once_and_nothing_else_is(asha, ref):
    told = consenting.listing(asha, ref)
    consenting.withdraw(asha, ref, told.newest("profile").id)
    assert listed(asha, WOMEN) == set()
    assert listed(asha, ORGANISE) == {ref}
    consenting.withdraw(asha, ref, told.newest("organise").id)
    assert listed(asha, ORGANISE) == set()


def test_after_the_day_of_their_agreement_no_card_says_it_although_nobody_saved(asha, ref):
    until = consents.listing(asha, factories.reload(asha, ref).keys).newest("profile").answer.ends_on
    noon = datetime.combine(until, time(12), UTC)
    for moment, found in ((noon, {ref}), (noon + timedelta(days=1), set())):
        with clock.at(moment):
            assert listed(asha, WOMEN) == listed(asha, ORGANISE) == found


def test_the_end_of_a_case_leaves_only_the_wish_to_organise(asha, ref):
    life.close(asha, ref, factories.ending("out_of_scope"), factories.reload(asha, ref).row.status)
    assert listed(asha, WOMEN) == set()
    assert listed(asha, ORGANISE) == {ref}


def test_another_desk_finds_none_of_it(world, ref):
    assert listed(world.actor(world.ram), WOMEN) == set()


def test_every_code_of_the_lists_fits_a_card():
    asked = {field.key: field.codes for field in kinds.page("profile")}
    every = [profile.code(q, one.key) for q in profile.QUESTIONS for one in codes.load(asked[q])]
    made = [full_card(n, profile=tuple(every[n : n + 30])) for n in range(len(every) - 30)]
    assert all(isinstance(one, Card) for one in made)


def test_a_card_with_much_in_it_stays_within_four_hundred_bytes():
    said = tuple(profile.code("abuses", one.key) for one in codes.load("abuses"))[:20]
    made = [full_card(n, profile=("agreed:2027-02-20", "organise:2027-02-20", *said)) for n in range(400)]
    assert len(packing.to_bytes(Pack.of(made))) / len(made) <= 400
