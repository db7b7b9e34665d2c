"""What coordinators let campaign teams know: an act of theirs, three or more, taken back at once."""

import pytest
from sqlalchemy import select, update

from casework.access.policy import Role
from casework.cases import consenting
from casework.db import db
from casework.errors import CaseworkError, Denied, Invalid
from casework.people import consents
from casework.signals import sharing, telling, to_teams
from casework.signals.models import SignalBook, SignalShared, SignalTold
from tests import factories
from tests.factories.worlds import join
from tests.signals.people import heard_bands, next_week


@pytest.fixture
def cara(world):
    return world.actor(world.cara, world.network_id)


@pytest.fixture
def dora(world):
    dora = factories.human("dora", "Dora")
    join(world.mei, world.network_id, dora, Role.CAMPAIGN)
    dora.keep()
    return world.actor(dora, world.network_id)


def share(there, words="Passports are held"):
    sharing.share(there.mei, there.agency.id, sharing.NO_PLACE, words)


def seen(who):
    return [(one.name, one.desk, one.words) for one in to_teams.listing(who)[0]]


def withdraw(there, ref):
    case = factories.reload(there.asha, ref)
    consenting.withdraw(there.asha, ref, consents.live(there.asha, case.keys, "trends").id)


def test_nothing_is_known_until_a_coordinator_says_so(there, cara):
    there.several(there.asha, 4)
    telling.if_due(there.asha)
    assert seen(cara) == []
    share(there)
    assert seen(cara) == [("Gulf Manpower", "Harbour desk", "Passports are held")]
    (one,) = to_teams.listing(cara)[0]
    assert not any(character.isdigit() for character in f"{one.name}{one.words}{one.kinds}")
    sharing.take_back(there.mei, there.agency.id)
    assert seen(cara) == []


def test_only_what_other_desks_are_told_as_three_or_more(there, cara, freeze):
    there.several(there.asha, 2)
    there.several(there.asha, 2, agreed="")
    telling.if_due(there.asha)
    with pytest.raises(Invalid):
        share(there)
    # Logged since: not before Monday.
    there.several(there.asha, 3)
    with pytest.raises(Invalid):
        share(there)
    next_week(freeze)
    telling.if_due(there.asha)
    share(there)
    assert len(seen(cara)) == 1


def test_a_place_with_few_people_is_not_named(there, cara):
    there.several(there.asha, 4)
    telling.if_due(there.asha)
    for answer in (sharing.FEW_THERE, "", "many people"):
        with pytest.raises(Invalid) as refused:
            sharing.share(there.mei, there.agency.id, answer, "")
        assert refused.value.field == "there"
    assert seen(cara) == []


def test_nobody_but_coordinators_shares_and_nobody_but_teams_reads(there, world, cara):
    there.several(there.asha, 4)
    telling.if_due(there.asha)
    for stranger in (there.asha, cara, world.actor(world.luz)):
        for act in (
            lambda who=stranger: sharing.share(who, there.agency.id, sharing.NO_PLACE, ""),
            lambda who=stranger: sharing.take_back(who, there.agency.id),
            lambda who=stranger: sharing.state(who, there.agency.id),
        ):
            with pytest.raises(CaseworkError):
                act()
    for stranger in (there.asha, there.mei, world.actor(world.luz)):
        with pytest.raises(Denied):
            to_teams.listing(stranger)


def test_who_takes_it_back_takes_all_of_it_away_at_once(there, cara, freeze):
    second = there.enter("Second Agency")
    first, *_others = there.several(there.asha, 5)
    there.several(there.asha, 4, second)
    telling.if_due(there.asha)
    share(there)
    sharing.share(there.mei, second.id, sharing.NO_PLACE, "")
    assert len(seen(cara)) == 2
    withdraw(there, first)
    # Four are left, and yet all of it goes: what stayed would say which name the person had.
    assert seen(cara) == []
    next_week(freeze)
    telling.if_due(there.asha)
    assert seen(cara) == []


def test_two_campaigners_read_the_same_and_nothing_when_one_person_comes(there, cara, dora, freeze):
    """Each notes what stands there before and after every deed of the desk; only the coordinator's own act shows."""
    there.several(there.asha, 4)
    telling.if_due(there.asha)
    share(there)
    before = [to_teams.listing(who) for who in (cara, dora)]
    assert before[0] == before[1]
    there.person(there.asha)
    telling.if_due(there.asha)
    assert [to_teams.listing(who) for who in (cara, dora)] == before
    next_week(freeze)
    telling.if_due(there.asha)
    # One person came: the Monday is new, the rest is as it was.
    after = [to_teams.listing(who)[0] for who in (cara, dora)]
    assert after[0] == after[1]
    assert [seen(who) for who in (cara, dora)] == [
        [("Gulf Manpower", "Harbour desk", "Passports are held")]
    ] * 2


def test_rows_are_there_every_week_and_of_one_size_whatever_is_shared(there, cara, freeze):
    shapes = set()

    def look():
        rows = db.session.scalars(select(SignalShared)).all()
        shapes.add((len(rows), frozenset(len(row.body) for row in rows)))

    telling.if_due(there.asha)
    look()
    there.several(there.asha, 4)
    next_week(freeze)
    telling.if_due(there.asha)
    look()
    share(there)
    look()
    assert len(shapes) == 1


def test_put_back_it_counts_for_nothing(there, cara, world):
    there.several(there.asha, 4)
    telling.if_due(there.asha)
    share(there)
    mine = SignalShared.member_id == world.cara.id
    row = db.session.scalars(select(SignalShared).where(mine)).one()
    kept = {key: getattr(row, key) for key in ("id", "desk_id", "member_id", "body")}
    sharing.take_back(there.mei, there.agency.id)
    db.session.execute(SignalShared.__table__.delete().where(mine))
    db.session.expire_all()
    db.session.add(SignalShared(**kept))
    db.session.flush()
    assert to_teams.listing(cara) == ([], 1)


def test_another_campaigner_cannot_open_a_box_that_is_not_theirs(there, cara, dora):
    there.several(there.asha, 4)
    telling.if_due(there.asha)
    share(there)
    db.session.execute(SignalShared.__table__.delete().where(SignalShared.member_id == dora.user_id))
    db.session.execute(
        update(SignalShared).where(SignalShared.member_id == cara.user_id).values(member_id=dora.user_id)
    )
    db.session.expire_all()
    assert to_teams.listing(dora) == ([], 1)


def told_by_host(there):
    return heard_bands(there.nina)


@pytest.mark.parametrize("how", ["put back", "deleted"])
def test_a_book_that_is_lost_tells_nothing_until_three_came(there, world, freeze, how):
    """Else what was told before it, beside what is told after it, could differ by one person."""
    there.person(there.ram)
    there.several(there.asha, 4)
    telling.if_due(there.asha)
    older = db.session.scalars(select(SignalBook.body).where(SignalBook.desk_id == world.host_id)).one()
    next_week(freeze)
    telling.if_due(there.asha)
    if how == "put back":
        db.session.execute(update(SignalBook).where(SignalBook.desk_id == world.host_id).values(body=older))
    else:
        db.session.execute(SignalBook.__table__.delete().where(SignalBook.desk_id == world.host_id))
    db.session.expire_all()
    there.person(there.asha, there.enter("Newcomer's agency"))
    for _week in range(2):
        next_week(freeze)
        telling.if_due(there.asha)
        assert told_by_host(there).get(world.host_id, {}) == {}
    there.several(there.asha, 3)
    next_week(freeze)
    telling.if_due(there.asha)
    assert told_by_host(there)[world.host_id][there.agency.id] == telling.MANY


def test_a_book_of_a_new_desk_is_not_lost(there, world):
    there.person(there.ram)
    there.several(there.asha, 3)
    telling.if_due(there.asha)
    assert told_by_host(there)[world.host_id] == {there.agency.id: telling.MANY}
    assert db.session.scalars(select(SignalTold).where(SignalTold.desk_id == world.host_id)).one()
