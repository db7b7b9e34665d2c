"""What others can learn from signals: a coordinator of another desk, two campaigners, whoever watches the store.

Nobody outside a desk may be able to tell that one person joined or left. Sources: design of anonymised trends (an
attacker who sees a live table before and after one case learns its kind every time) and casework practice §4.
"""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from casework import clock
from casework.access import desks, record
from casework.cases import consenting, erasing, readers, saved
from casework.cases.models import Case
from casework.db import db
from casework.errors import CaseworkError, Denied, Invalid, NotFound, Refused
from casework.people import consents
from casework.search import desk_lists
from casework.signals import book, notes, service, telling
from casework.signals.models import SignalBook, SignalNote, SignalTold
from casework.vault import Role, to_desk
from tests import factories
from tests.factories.worlds import join
from tests.signals.people import Patterns, heard_bands, next_week

WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)


@pytest.fixture
def world(database):
    return factories.world()


@pytest.fixture
def there(world, freeze):
    freeze(WEDNESDAY)
    made = Patterns(world)
    made.person(made.ram)
    return made


def tell(actor):
    return telling.if_due(actor)


def told_by_host(there):
    return heard_bands(there.nina).get(there.world.host_id, {})


def seen(there):
    """Everything about other desks that a coordinator of the home desk reads."""
    found = service.listing(there.nina)
    return [(one.one.id, one.persons, [(e.desk.name, e.band) for e in one.elsewhere]) for one in found.now]


def test_another_desk_reads_a_band_a_desk_and_whom_to_turn_to(there, world):
    there.several(there.asha, 3)
    tell(there.asha)
    (signal,) = service.listing(there.nina).now
    (other,) = signal.elsewhere
    assert (other.band, other.desk.name, other.desk.coordinators) == (
        telling.MANY,
        "Harbour desk",
        (world.mei.id,),
    )
    assert signal.persons == 1


def test_only_those_are_counted_who_agreed(there):
    there.several(there.asha, 2)
    for agreed in ("", "organise"):
        there.person(there.asha, agreed=agreed)
    there.person(there.asha, agreed="link")
    tell(there.asha)
    assert told_by_host(there) == {there.agency.id: telling.MANY}


def test_one_or_two_are_never_told_apart(there, freeze):
    other = there.enter("Second Agency")
    one = there.several(there.asha, 2, other)
    there.person(there.asha)
    tell(there.asha)
    assert told_by_host(there) == {other.id: telling.FEW, there.agency.id: telling.FEW}
    assert len(one) == 2


@pytest.mark.parametrize("already", [3, 4, 5])
@pytest.mark.parametrize("joins", [1, 2])
def test_fewer_than_three_who_join_change_nothing_that_others_read(there, freeze, already, joins):
    there.several(there.asha, already)
    tell(there.asha)
    before = (seen(there), told_by_host(there))
    newcomer = there.enter("Newcomer Agency")
    there.several(there.asha, joins, newcomer)
    assert (seen(there), told_by_host(there)) == before
    for _week in range(3):
        next_week(freeze)
        tell(there.asha)
        assert told_by_host(there) == before[1]
    there.several(there.asha, 3 - joins, newcomer)
    assert told_by_host(there) == before[1]
    next_week(freeze)
    tell(there.asha)
    assert told_by_host(there)[newcomer.id] == telling.MANY


def test_within_a_week_nothing_changes_whoever_works(there):
    there.several(there.asha, 3)
    assert tell(there.asha)
    before = db.session.scalars(select(SignalTold.body)).all()
    there.several(there.asha, 5)
    assert not tell(there.mei)
    assert db.session.scalars(select(SignalTold.body)).all() == before


def test_the_store_shows_the_same_whatever_happened(there, world, freeze):
    """One row a desk, of one size, written each week: with nobody, with many, with somebody who left."""
    sizes = set()

    def look(worker):
        tell(worker)
        rows = db.session.scalars(select(SignalTold).where(SignalTold.desk_id == worker.desk_id)).all()
        assert [row.week.weekday() for row in rows] == [0]
        assert rows[0].week <= clock.today() < rows[0].week + timedelta(days=7)
        sizes.add(len(rows[0].body))

    look(there.asha)
    for _week in range(2):
        next_week(freeze)
        refs = there.several(there.asha, 4, *(there.enter(f"Agency {uuid4()}") for _ in range(3)))
        look(there.asha)
    consenting.withdraw(there.asha, refs[0], there.agree(there.asha, refs[0], "trends"))
    next_week(freeze)
    look(there.asha)
    assert len(sizes) == 1
    assert len({len(row.body) for row in db.session.scalars(select(SignalBook))}) == 1


def withdraw(there, ref):
    case = factories.reload(there.asha, ref)
    told = consents.live(there.asha, case.keys, "trends")
    consenting.withdraw(there.asha, ref, told.id)


def refuse(there, ref):
    there.agree(there.asha, ref, "trends", given=False)


def erase(there, ref):
    erasing.erase(there.mei, ref, "person_asked", ref, timedelta(days=30), uuid4())


def lose_names_without_keys(there, ref):
    case_id = db.session.scalar(select(Case.id).where(Case.ref == ref))
    saved.announce_erased(case_id)


LEAVE = [withdraw, refuse, erase]


@pytest.mark.parametrize("leave", LEAVE)
def test_who_takes_it_back_is_told_of_nowhere_and_the_rest_goes_with_them(there, freeze, leave):
    second = there.enter("Second Agency")
    first, *_others = there.several(there.asha, 3)
    there.several(there.asha, 4, second)
    there.person(there.ram, second)
    tell(there.asha)
    assert told_by_host(there) == {there.agency.id: telling.MANY, second.id: telling.MANY}
    leave(there, first)
    # Everything at once: what stays would say which name the person had.
    assert told_by_host(there) == {}
    next_week(freeze)
    tell(there.asha)
    assert told_by_host(there) == {}
    there.several(there.asha, 2, second)
    next_week(freeze)
    tell(there.asha)
    assert told_by_host(there) == {there.agency.id: telling.FEW, second.id: telling.MANY}


def test_a_job_without_keys_takes_all_of_it_away(there, freeze):
    first, *_others = there.several(there.asha, 4)
    tell(there.asha)
    lose_names_without_keys(there, first)
    assert told_by_host(there) == {}
    next_week(freeze)
    tell(there.asha)
    assert told_by_host(there) == {}


def test_cards_that_went_with_an_erased_one_are_nobodys_withdrawal(there, freeze):
    there.several(there.asha, 4)
    last = there.person(there.asha, there.enter("Second Agency"), agreed="")
    tell(there.asha)
    assert told_by_host(there) == {there.agency.id: telling.MANY}
    lose_names_without_keys(there, last)
    next_week(freeze)
    assert not telling.if_due(there.asha)
    while desk_lists.mend(there.asha):
        pass
    assert telling.if_due(there.asha)
    assert told_by_host(there) == {there.agency.id: telling.MANY}


def test_a_case_that_is_closed_to_others_is_in_no_signal(there, world):
    refs = there.several(there.asha, 3)
    tell(there.asha)
    restrict(there, world, refs[0])
    assert told_by_host(there) == {}
    assert [one.persons for one in service.listing(there.mei).now] == []


def restrict(there, world, ref):
    readers.choose(there.asha, ref, frozenset({world.asha.id, world.bo.id}), None)


def test_a_desk_that_does_not_know_a_name_learns_nothing_of_it(there):
    secret = there.enter("Unknown Elsewhere")
    there.several(there.asha, 5, secret)
    tell(there.asha)
    assert secret.id not in {one for one, _, _ in seen(there)}


def test_campaigners_and_allies_reach_nothing_at_either_desk(there, world):
    there.several(there.asha, 5)
    tell(there.asha)
    second = factories.human("dora", "Dora")
    join(world.mei, world.network_id, second, Role.CAMPAIGN)
    strangers = [world.actor(who, world.network_id) for who in (world.cara, second)]
    for stranger in (*strangers, world.actor(world.luz)):
        for act in (
            lambda who=stranger: service.listing(who),
            lambda who=stranger: service.get(who, there.agency.id),
            lambda who=stranger: notes.listing(who),
            lambda who=stranger: telling.heard(who),
            lambda who=stranger: telling.if_due(who),
        ):
            with pytest.raises((CaseworkError, AttributeError)):
                act()
    for stranger in strangers:
        with pytest.raises(CaseworkError):
            _ = stranger.network


def test_one_desk_cannot_open_what_was_told_to_another(there, world):
    there.several(there.asha, 3)
    third = desks.found_another(there.mei, "Third desk", "Mei")
    assert third
    tell(there.asha)
    row = db.session.scalars(select(SignalTold).where(SignalTold.desk_id == world.host_id)).one()
    outer = there.nina.network.open(telling._BODY, row.id, row.body)
    assert len(outer["boxes"]) == 2
    own = str(there.nina.desk_id)
    theirs = next(box for to, box in outer["boxes"].items() if to != own)
    with pytest.raises(Refused):
        to_desk.unpack(there.nina.desk, telling._BODY, row.id, bytes.fromhex(theirs))


def test_what_was_told_before_somebody_left_and_is_put_back_counts_for_nothing(there):
    refs = there.several(there.asha, 3)
    tell(there.asha)
    before = db.session.scalars(select(SignalTold.body).where(SignalTold.desk_id == there.asha.desk_id)).one()
    withdraw(there, refs[0])
    db.session.execute(update(SignalTold).where(SignalTold.desk_id == there.asha.desk_id).values(body=before))
    db.session.expire_all()
    found, refused = telling.heard(there.nina)
    assert (found, refused) == ([], 1)
    assert "seal.refused" in [one.event.value for one in record.of_desk(there.nina)]


def test_what_is_old_is_believed_no_more(there, freeze):
    there.several(there.asha, 3)
    tell(there.asha)
    for _week in range(6):
        next_week(freeze)
    assert told_by_host(there) == {}


def test_coordinators_write_to_each_other_and_nobody_else_reads_it(there, world):
    there.several(there.asha, 3)
    tell(there.asha)
    tell(there.ram)
    token = uuid4()
    for _twice in range(2):
        notes.write(there.nina, there.agency.id, world.host_id, "We know them too. Thursdays.", token)
    (note,) = notes.listing(there.mei)
    assert (note.text, note.own, note.with_desk) == ("We know them too. Thursdays.", False, world.home_id)
    (own,) = notes.listing(there.nina)
    assert own.own
    assert len({len(body) for body in db.session.scalars(select(SignalNote.body))}) == 1
    for stranger in (there.asha, there.ram):
        with pytest.raises(Denied):
            notes.listing(stranger)
    with pytest.raises(NotFound):
        notes.write(there.nina, there.agency.id, uuid4(), "Anybody?", uuid4())
    with pytest.raises(Invalid):
        notes.write(there.nina, there.agency.id, world.host_id, " ", uuid4())


def test_no_mark_of_an_erased_person_outlives_the_next_week(there, freeze):
    refs = there.several(there.asha, 4)
    tell(there.asha)
    case_id = db.session.scalar(select(Case.id).where(Case.ref == refs[0]))
    erase(there, refs[0])
    assert telling.mark(case_id) not in book.opened(there.mei, book.row(there.mei))["told"]["counted"]
