"""People around a case: attempts to keep them unasked, to read them by another door, to find a case by them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from casework.cases import around, cards, consenting, copying, exceptions, heads_up, reaching, sections
from casework.cases.changing import Differing
from casework.cases.reaching import Stopped
from casework.errors import Denied, Invalid, NotFound
from casework.search import desk_lists
from casework.vault import Section
from tests import factories

SISTER = {
    "name": "Kamala Test",
    "role": "sibling",
    "knows": "part",
    "may_tell": "That she is well",
    "age": "31",
}
WITNESS = {"name": "Bikash Test", "role": "witness", "knows": "no", "note": "Saw the contract"}
NUMBER = {"written": "+977 980 555 6677", "digits": "+9779805556677"}
SAFE = {"channel": "call", "number": NUMBER, "safe": "yes"}
HOURS = {"begins": "20:00", "ends": "22:00", "zone": "Asia/Qatar"}
#: A Friday, 21:00 in Doha.
FRIDAY = datetime(2026, 11, 20, 18, tzinfo=UTC)


@pytest.fixture
def start(freeze):
    return freeze(FRIDAY)


@pytest.fixture
def ref(start, asha):
    return factories.case(asha, called="Amina Test").ref


@pytest.fixture
def sister(asha, ref):
    token = uuid4()
    around.add(asha, ref, SISTER, token)
    return token


def rev(actor, ref):
    return factories.reload(actor, ref).section(Section.IDENTITY).rev


def names(actor, ref):
    return [one.told.get("name") for one in around.listed(factories.reload(actor, ref))]


def test_a_double_click_writes_one_person(asha, ref, sister):
    around.add(asha, ref, SISTER, sister)
    assert names(asha, ref) == ["Kamala Test"]
    around.add(asha, ref, WITNESS, uuid4())
    assert names(asha, ref) == ["Kamala Test", "Bikash Test"]


def test_nobody_is_written_down_without_the_persons_yes(asha, ref, sister):
    (consent,) = consenting.listing(asha, ref).told
    consenting.withdraw(asha, ref, consent.id)
    with pytest.raises(Invalid, match="agrees to casework"):
        around.add(asha, ref, WITNESS, uuid4())
    with pytest.raises(Invalid, match="agrees to casework"):
        around.change(asha, ref, sister, SISTER | {"note": "More"}, rev(asha, ref))
    around.take_out(asha, ref, sister)
    assert names(asha, ref) == []


def test_they_go_with_what_identifies_the_person_when_an_emergency_ends(asha, start, freeze):
    ref = factories.case(asha, called="Amina Test", consent=None, danger="Held at the airport").ref
    around.add(asha, ref, SISTER, uuid4())
    freeze(FRIDAY + timedelta(hours=74))
    exceptions.lapse()
    assert names(asha, ref) == []
    with pytest.raises(Invalid, match="agrees to casework"):
        around.add(asha, ref, SISTER, uuid4())


def test_no_consent_to_casework_takes_them_out_with_the_name(asha, ref, sister):
    consenting.take_out(asha, ref)
    assert names(asha, ref) == []


@pytest.mark.parametrize("told", [{}, {"role": "boss"}, {"name": "Somebody"}])
def test_who_they_are_has_to_be_said(asha, ref, told):
    with pytest.raises(Invalid) as refused:
        around.add(asha, ref, told, uuid4())
    assert refused.value.field == "role"


def test_there_is_an_end_to_it(asha, ref):
    for _ in range(around.MOST):
        around.add(asha, ref, {"role": "friend"}, uuid4())
    with pytest.raises(Invalid, match="people around"):
        around.add(asha, ref, {"role": "friend"}, uuid4())


def test_two_people_editing_lose_nothing(asha, bo, ref, sister):
    old = rev(asha, ref)
    around.change(asha, ref, sister, SISTER | {"note": "Lives with the children"}, old)
    with pytest.raises(Differing) as differing:
        around.change(asha, ref, sister, SISTER | {"note": "Moved"}, old)
    assert differing.value.theirs.told["note"] == "Lives with the children"
    assert differing.value.mine["note"] == "Moved"


def test_correcting_somebody_leaves_how_to_reach_them(asha, ref, sister):
    reaching.save(asha, ref, [SAFE], {}, rev(asha, ref), sister)
    around.change(asha, ref, sister, SISTER | {"name": "Kamala T."}, rev(asha, ref))
    assert reaching.show(asha, ref, has_read=True, around=sister) == (SAFE,)


def test_their_number_has_a_rule_of_its_own(asha, ref, sister, freeze, mei, events):
    reaching.save(asha, ref, [SAFE], HOURS, rev(asha, ref), sister)
    assert "555" not in repr(reaching.read(asha, ref, sister).rule)
    with pytest.raises(Invalid, match="Read the rule"):
        reaching.show(asha, ref, has_read=False, around=sister)
    assert reaching.show(asha, ref, has_read=True, around=sister) == (SAFE,)
    assert ("around.shown", {}) in events(ref)
    assert reaching.show(asha, ref, has_read=True, reason="x") == ()
    freeze(FRIDAY + timedelta(hours=2))
    with pytest.raises(Stopped):
        reaching.show(asha, ref, has_read=True, around=sister)
    reaching.show(asha, ref, has_read=True, reason="Raid tonight", around=sister)
    assert "Raid tonight" in [line.reason for line in heads_up.waiting(mei)]


def test_what_is_not_safe_any_more_is_theirs_alone(asha, ref, sister):
    other = uuid4()
    around.add(asha, ref, WITNESS, other)
    for person in (sister, other):
        reaching.save(asha, ref, [SAFE], {}, rev(asha, ref), person)
    reaching.confirm(asha, ref, still=False, around=sister)
    with pytest.raises(Stopped):
        reaching.show(asha, ref, has_read=True, around=sister)
    assert reaching.show(asha, ref, has_read=True, around=other) == (SAFE,)


def test_without_a_yes_no_way_to_reach_them_is_added(asha, ref, sister):
    (consent,) = consenting.listing(asha, ref).told
    consenting.withdraw(asha, ref, consent.id)
    with pytest.raises(Invalid, match="agrees to casework"):
        reaching.save(asha, ref, [SAFE], {}, rev(asha, ref), sister)


def test_neither_sections_nor_cards_nor_searches_know_them(asha, ref, sister):
    reaching.save(asha, ref, [SAFE], {}, rev(asha, ref), sister)
    for section in Section:
        assert "Kamala" not in repr(sections.view(asha, ref, section).values)
    summary = cards.summary(factories.reload(asha, ref))
    assert summary.phones == ()
    for words in ("Kamala", "5556677", "556677"):
        assert [hit for hit in desk_lists.look(asha, words) if hit.card.ref == ref] == []


def test_the_persons_copy_tells_of_family_and_leaves_the_rest_out(asha, ref, sister):
    around.add(asha, ref, WITNESS, uuid4())
    reaching.save(asha, ref, [SAFE], {}, rev(asha, ref), sister)
    told = copying.for_machines(copying.gather(asha, ref))
    assert told["people_around"]["people"] == [
        {"role": "sibling", "knows": "part", "name": "Kamala Test", "age": "31"},
        {"role": "witness", "knows": "no"},
    ]
    assert told["people_around"]["left_out"]
    assert "Bikash" not in repr(told)
    assert "5556677" not in repr(told)


def test_another_desk_and_a_forged_id_find_nothing(asha, ram, bo, ref, sister):
    elsewhere = factories.case(asha, called="Sita Test").ref
    for attempt in (
        lambda: around.look(ram, ref),
        lambda: around.add(ram, ref, SISTER, uuid4()),
        lambda: around.take_out(ram, ref, sister),
        lambda: reaching.show(ram, ref, has_read=True, around=sister),
        lambda: around.change(asha, elsewhere, sister, SISTER, rev(asha, elsewhere)),
        lambda: around.take_out(asha, elsewhere, sister),
        lambda: reaching.read(asha, elsewhere, sister),
        lambda: reaching.show(asha, ref, has_read=True, around=uuid4()),
    ):
        with pytest.raises((NotFound, Denied)):
            attempt()
    assert names(asha, ref) == ["Kamala Test"]
