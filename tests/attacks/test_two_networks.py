"""A campaigner of two networks, and one who compares two desks of one network, before and after one person joins or leaves.

Two networks live in one installation and know nothing of each other; somebody may be in the teams of both. Sources:
design of anonymised trends ("no filter that differs by one person") and casework practice §4.
"""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from casework import clock
from casework.access import desks
from casework.access.policy import Role
from casework.campaigns import service as campaigns
from casework.cases import consenting
from casework.db import db
from casework.errors import CaseworkError, NotFound
from casework.formations import service as formations
from casework.organising import introducing, meeting, offers
from casework.organising.models import Introduction, Organiser
from casework.organising.wishing import Wish
from casework.people import consents
from casework.respondents import register
from casework.retention.models import PurgeClock
from casework.signals import book, service, sharing, telling, to_teams
from casework.signals.models import SignalBook, SignalShared
from casework.trends import releases
from tests import factories
from tests.factories.worlds import join
from tests.organising.conftest import REACH, UNION
from tests.signals.people import Patterns, next_week

WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)


class Other:
    """A second network with a desk: Lena coordinates both, and Ivo works there.

    Attributes:
        network_id, desk_id: of it.
        agency: in its register, by the same name as in the first network's.
    """

    def __init__(self, world):
        self.world = world
        self.lena, self.ivo = factories.human("lena", "Lena"), factories.human("ivo", "Ivo")
        self.network_id = desks.found(self.lena.keys, "Other network", "Lena").desk_id
        self.desk_id = desks.found(self.lena.keys, "Quay desk", "Lena", self.network_id).desk_id
        for desk_id in (self.desk_id, self.network_id):
            join(self.lena, desk_id, self.ivo, Role.VOLUNTEER)
        for one in (self.lena, self.ivo):
            one.keep()
        self.agency = register.enter(self.worker, "recruiter", "Gulf Manpower", "NP", uuid4())

    @property
    def worker(self):
        return self.world.actor(self.ivo, self.desk_id)

    @property
    def coordinator(self):
        return self.world.actor(self.lena, self.desk_id)


@pytest.fixture
def there(database, freeze):
    made = factories.world()
    freeze(WEDNESDAY)
    return Patterns(made)


@pytest.fixture
def other(there):
    return Other(there.world)


@pytest.fixture
def eve(there, other):
    """A campaigner of both networks."""
    made = factories.human("eve", "Eve")
    join(there.world.mei, there.world.network_id, made, Role.CAMPAIGN)
    join(other.lena, other.network_id, made, Role.CAMPAIGN)
    made.keep()
    return made


@pytest.fixture
def both(there, other, eve):
    """Her, at the first network and at the other one."""
    return lambda: [
        there.world.actor(eve, network_id) for network_id in (there.world.network_id, other.network_id)
    ]


def share(coordinator, agency):
    sharing.share(coordinator, agency.id, sharing.NO_PLACE, "Fees")


def seen(actor):
    """Everything that a campaigner's pages are made of."""
    found, refused = to_teams.listing(actor)
    book_ = formations.look(actor)
    return (
        [(one.desk, one.name, one.week, one.words) for one in found],
        refused,
        [one.told["name"] for one in book_.of_sort("organisation")] if book_ else None,
        [one.told["name"] for one in campaigns.listing(actor)[0]],
        [one.called for one in meeting.listing(actor)[0]],
        releases.every(actor),
    )


def withdraw(worker, ref):
    case = factories.reload(worker, ref)
    consenting.withdraw(worker, ref, consents.live(worker, case.keys, "trends").id)


def test_who_is_in_two_networks_reads_of_each_only_there_and_nothing_seems_amiss(there, other, both):
    there.several(there.asha, 3)
    there.several(other.worker, 3, other.agency)
    for worker, coordinator, agency in (
        (there.asha, there.mei, there.agency),
        (other.worker, other.coordinator, other.agency),
    ):
        telling.if_due(worker)
        share(coordinator, agency)
    first, second = both()
    assert [one[0] for one in seen(first)[0]] == ["Harbour desk"]
    assert [one[0] for one in seen(second)[0]] == ["Quay desk"]
    assert (seen(first)[1], seen(second)[1]) == (0, 0)


@pytest.mark.parametrize("already", [2, 3, 4])
def test_one_who_joins_or_leaves_in_one_network_changes_nothing_in_the_other(
    there, other, both, already, freeze
):
    """Both networks name the same agency; 2 there and 2 here are not 4 anywhere."""
    refs = there.several(there.asha, already)
    there.several(other.worker, already, other.agency)
    telling.if_due(there.asha)
    telling.if_due(other.worker)
    if already > 2:
        share(there.mei, there.agency)
        share(other.coordinator, other.agency)
    before = [seen(one) for one in both()]
    assert len(service.listing(other.coordinator).now) == (already > 2)
    assert len(service.listing(there.nina).now) == 0
    there.person(there.asha, name="One more")
    telling.if_due(there.asha)
    assert [seen(one) for one in both()] == before
    withdraw(there.asha, refs[0])
    telling.if_due(other.worker)
    assert seen(both()[1]) == before[1]
    assert seen(both()[0])[0] == []
    heard = telling.heard(other.coordinator)
    assert heard == ([], 0)


def test_two_campaigners_who_compare_two_desks_learn_a_desk_and_no_name(there, freeze):
    """Both desks share two names. One who leaves at one desk takes both names of that desk, and none of the other's."""
    second = there.enter("Second Agency")
    mine = there.world.actor(there.world.cara, there.world.network_id)
    dora = factories.human("dora", "Dora")
    join(there.world.mei, there.world.network_id, dora, Role.CAMPAIGN)
    dora.keep()
    refs = there.several(there.asha, 3)
    there.several(there.asha, 3, second)
    there.several(there.ram, 4, there.agency, second)
    for worker, coordinator in ((there.asha, there.mei), (there.ram, there.nina)):
        telling.if_due(worker)
        for agency in (there.agency, second):
            share(coordinator, agency)
    both = [mine, there.world.actor(dora, there.world.network_id)]
    before = seen(both[0])[0]
    assert [seen(one)[0] for one in both] == [before, before]
    assert len(before) == 4
    for joins in (1, 2):
        there.person(there.asha, name=f"Newcomer {joins}")
        telling.if_due(there.asha)
        assert [seen(one)[0] for one in both] == [before, before]
    withdraw(there.asha, refs[0])
    left = [one for one in before if one[0] == "Valley desk"]
    assert [seen(one)[0] for one in both] == [left, left]
    # Not either in the week after, although enough are left for both names: it is shared again by hand alone.
    next_week(freeze)
    telling.if_due(there.asha)
    telling.if_due(there.ram)
    assert {one[0] for one in seen(both[0])[0]} == {"Valley desk"}


def test_ids_of_one_network_open_nothing_in_the_other(there, other, both, eve):
    first, second = both()
    formations.look(there.world.actor(there.world.mei, there.world.network_id))
    formations.look(there.world.actor(other.lena, other.network_id))
    brief = {"name": "Nine wages", "goals": ["struggles"], "level": "locality", "about": "Wages."}
    made = campaigns.make(first, brief, [], uuid4())
    union = formations.add(both()[0], "organisation", UNION, uuid4())
    first, second = both()
    assert campaigns.look(first, made)
    for act in (
        lambda: campaigns.look(second, made),
        lambda: campaigns.team(second, made),
        lambda: formations.item(second, union),
        lambda: offers.make(second, union, "Eve", "", uuid4()),
    ):
        with pytest.raises(CaseworkError):
            act()
    assert (seen(second)[2], seen(second)[3]) == ([], [])


def test_an_introduction_of_one_network_is_none_in_the_other(there, other, both, eve):
    first, second = both()
    formations.look(there.world.actor(there.world.mei, there.world.network_id))
    union = formations.add(first, "organisation", UNION, uuid4())
    offer = offers.make(both()[0], union, "Eve", "", uuid4())
    # Neither is she offered there when a writer of the database makes it an offer of that network.
    assert offers.listing(other.worker) == []
    db.session.execute(update(Organiser).values(desk_id=other.network_id))
    db.session.expire_all()
    assert offers.listing(other.worker) == []
    db.session.execute(update(Organiser).values(desk_id=there.world.network_id))
    db.session.expire_all()
    ref = factories.case(there.asha, called="Sita Test", reach=REACH).ref
    wish = Wish(offer, "call", "Sunita", "Nepali")
    answer = factories.answer(introducing.PURPOSE, recipient="", data="")
    assert introducing.introduce(there.asha, ref, wish, answer, uuid4())
    first, second = both()
    assert meeting.listing(second) == ([], 0)
    row = db.session.scalars(select(Introduction)).one()
    for act in (meeting.settle, meeting.give_back):
        with pytest.raises(NotFound):
            act(second, row.id)
    assert [one.called for one in meeting.listing(first)[0]] == ["Sunita"]


def test_a_box_of_another_network_that_is_moved_here_is_nobodys_word(there, other, both):
    """A writer of the database makes what the other network's desk shared look like one of this network's."""
    there.several(other.worker, 3, other.agency)
    telling.if_due(other.worker)
    share(other.coordinator, other.agency)
    theirs = select(SignalShared).where(SignalShared.desk_id == other.desk_id)
    for row in db.session.scalars(theirs):
        row.desk_id = there.world.host_id
    db.session.flush()
    found, refused = to_teams.listing(both()[0])
    assert (found, refused > 0) == ([], True)


def trust():
    db.session.add(PurgeClock(id=1, at=clock.now()))
    db.session.flush()


def test_a_clock_set_forward_tells_nothing_takes_nothing_away_and_stops_nothing_for_good(there, freeze):
    refs = there.several(there.asha, 4)
    telling.if_due(there.asha)
    share(there.mei, there.agency)
    trust()
    cara = there.world.actor(there.world.cara, there.world.network_id)
    before, now = seen(cara), clock.now()
    freeze(now.replace(year=now.year + 2))
    # Everybody's agreement has run out by then; somebody answers something else, and works as every week.
    there.agree(there.asha, refs[0], "organise")
    assert not telling.if_due(there.asha)
    freeze(now)
    assert seen(there.world.actor(there.world.cara, there.world.network_id)) == before
    # A week that such a clock wrote down before anybody doubted it does not silence the desk for two years.
    db.session.execute(update(SignalBook).values(week=book.this_week().replace(year=now.year + 2)))
    db.session.expire_all()
    next_week(freeze)
    assert telling.if_due(there.asha)
    assert not telling.if_due(there.asha)


def test_who_takes_it_back_by_a_clock_set_forward_is_gone_at_once(there, freeze):
    refs = there.several(there.asha, 4)
    telling.if_due(there.asha)
    share(there.mei, there.agency)
    trust()
    now = clock.now()
    freeze(now.replace(year=now.year + 2))
    case = factories.reload(there.asha, refs[0])
    told = consents.listing(there.asha, case.keys).newest("trends")
    consenting.withdraw(there.asha, refs[0], told.id)
    freeze(now)
    assert seen(there.world.actor(there.world.cara, there.world.network_id))[0] == []
