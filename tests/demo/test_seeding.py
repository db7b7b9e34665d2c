"""A demo is made once, whole, through the services; everybody in it can sign in."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework import clock, codes, demo
from casework.access import desks, entrance
from casework.access.models import Desk
from casework.access.signing_in import sign_in
from casework.audit import service as audit
from casework.cases import kinds, left, opening
from casework.cases.models import Case
from casework.db import db
from casework.deadlines import sweeping, today
from casework.demo import cast
from casework.demo.sources import table
from casework.errors import Invalid
from casework.packets import arriving, states
from casework.queue import Outbox
from casework.reminders import wishes
from casework.reminders.models import CalendarFeed, DueHour, Reminder
from casework.respondents import register
from casework.search import desk_lists
from casework.search.listing import Filters, Sort
from casework.sharing import heard, reading
from casework.stories import passing, service, signing
from casework.vault import Role, keeping

EVERYTHING = 1000
#: Cases of the small network, beside those that are asked for.
BESIDE = len(table("beside")["case"])


@pytest.fixture
def signed_in(door, demo_settings):
    """`signed_in(login)`: somebody's keys, by the front door, with what the demo says about them."""

    def _signed_in(login):
        line = next(one for one in demo.sign_ins() if one.login == login)
        code = next(one for one in demo.codes(demo_settings.instance) if one.login == login)
        return sign_in(door, line.login, line.passphrase, code.code, "192.0.2.7").person

    return _signed_in


def at_desk(person, name):
    found = next(desk for desk in entrance.desks_of(person) if desk.name == name)
    return entrance.enter(person, found.code, network=True)


def cards(actor):
    return desk_lists.browse(actor, Filters(), Sort(), 1, EVERYTHING).cards


@pytest.mark.slow
def test_a_small_demo_has_every_kind_status_risk_and_sign(seed, signed_in, said):
    assert seed()
    harbour = at_desk(signed_in("mei"), "Harbour desk")
    kathmandu = at_desk(signed_in("sushila"), "Kathmandu desk")
    every = [*cards(harbour), *cards(kathmandu)]
    # One was referred from desk to desk, and is a case at both.
    assert len(every) == 28 + 1
    assert {card.kind for card in every} == {kind.key for kind in kinds.all()}
    assert {card.status for card in every} == {code.key for code in codes.load("statuses")}
    assert {code.key for code in codes.load("risk")} <= {card.risk for card in every}
    lasting = ("until:", "trends:", "link")
    assert {flag for card in every for flag in card.flags if not flag.startswith(lasting)} == {
        "danger",
        "exception",
        "removed",
        "restricted",
        "unsafe",
    }
    assert {card.called for card in every} >= {"আমিনা খাতুন", "Ameena Khatoon", ""}
    named = {one.name: one.id for one in register.listing(harbour).known}
    golden = [card for card in every if named["Golden Bridge Agency (demo)"] in card.respondents]
    assert len(golden) == 7
    assert len(said) > 5
    assert "28 cases" in " ".join(said)


@pytest.mark.slow
def test_nothing_is_left_to_be_counted_or_mended(seed, signed_in):
    seed()
    for login, name in (("mei", "Harbour desk"), ("asha", "Harbour desk"), ("sushila", "Kathmandu desk")):
        actor = at_desk(signed_in(login), name)
        assert sweeping.progress(actor).left == 0
        # No real desk has an emergency that stands for days: one waits since this morning, others are being seen to.
        assert all(one.strikes > clock.now() - timedelta(days=3) for one in today.coming(actor).urgent)
        opened = desk_lists.cards_for(actor)
        assert (opened.problems, opened.missing) == ((), ())
    # Some asked to be told from outside: two by mail, two in a calendar that has something in it.
    kept = [
        db.session.scalar(sa.select(sa.func.count()).select_from(table)) for table in (Reminder, CalendarFeed)
    ]
    assert kept == [2, 2]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(DueHour)) > 0


@pytest.mark.slow
def test_what_was_recorded_holds_together(seed):
    seed()
    for desk_id, _ in desks.every():
        verdict = audit.verify(keeping.load(desk_id))
        assert verdict.whole
        assert verdict.unsigned <= 1
    days = db.session.scalars(
        sa.select(audit.AuditEvent.on).order_by(audit.AuditEvent.desk_id, audit.AuditEvent.seq)
    )
    assert max(days.all()) <= clock.today()
    late = sa.select(Case.id).where(Case.changed_on > clock.today())
    assert db.session.scalars(late).all() == []
    # Nothing is left to be done but the two letters that ask whether an address is the right one.
    assert db.session.scalars(sa.select(Outbox.name)).all() == [wishes.SEND] * 2


@pytest.mark.slow
def test_everybody_can_sign_in_and_finds_their_desks(seed, signed_in):
    seed()
    plans = {**cast.desks(), **cast.beside_desks()}
    for person in cast.everybody():
        found = entrance.desks_of(signed_in(person.login))
        own = [desk for desk in found if not desk.network] if person.desks else found
        assert {desk.role for desk in own} == {Role(person.role)}
        # Who holds no key of a desk is not told its name.
        names = {plans[key].name for key in person.desks} if person.works_cases else {None}
        assert {desk.name for desk in own} == names


def test_a_second_time_does_nothing(seed, demo_settings):
    assert seed(3)
    before = [(row.id, row.rev) for row in db.session.scalars(sa.select(Desk).order_by(Desk.id))]
    codes_before = demo.codes(demo_settings.instance)
    assert not seed(3)
    assert [(row.id, row.rev) for row in db.session.scalars(sa.select(Desk).order_by(Desk.id))] == before
    assert [one.login for one in demo.codes(demo_settings.instance)] == [one.login for one in codes_before]


def test_an_interruption_leaves_nothing_and_the_next_time_makes_it_whole(seed, demo_settings, door):
    def stop(line):
        if "cases so far" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.seed(demo_settings, door, stop, 3)
    db.session.rollback()
    assert db.session.scalars(sa.select(Desk.id)).all() == []
    assert seed(3)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Case)) == 3 + BESIDE


def test_an_installation_with_a_network_of_its_own_is_left_alone(seed, demo_app):
    from tests import factories  # noqa: PLC0415 - only here

    factories.world()
    db.session.commit()
    with pytest.raises(Invalid, match="not made by the demo"):
        seed(3)
    assert db.session.scalars(sa.select(Case.id)).all() == []


def test_only_a_demo_gets_people_with_known_passphrases(app):
    with app.app_context():
        with pytest.raises(Invalid, match="no demo"):
            demo.seed(app.config["CASEWORK"], app.extensions["casework.doorway"], print, 3)
        assert db.session.scalars(sa.select(Desk.id)).all() == []


@pytest.mark.slow
def test_the_lawyer_reads_parts_of_two_cases_and_one_ends_soon(seed, signed_in):
    seed()
    grace = at_desk(signed_in("grace"), None)
    first, second = reading.home(grace).open
    assert 0 <= (first.ends_on - clock.today()).days <= 6
    assert (second.ends_on - clock.today()).days > 30
    assert [len(one.files) for one in (first, second)] == [1, 1]
    assert len(heard.of(first.keys.talk, first.id).said) == 1
    _, (story,), signed = signing.read(grace, second.ref)
    assert signed == {story.id}
    # The coordinator approved it as well, so it may be given to a campaign.
    mei = at_desk(signed_in("mei"), "Harbour desk")
    case, whole = service.one(mei, second.ref, story.id)
    assert passing.hindrance(case, whole) is None
    # What she may not take along was brought to her on paper, and stands among what left.
    case = opening.load(mei, first.ref)
    assert [one.what.endswith("Letter of notice") for one in left.everything(case)].count(True) == 1


@pytest.mark.slow
def test_two_desks_refer_to_each_other(seed, signed_in):
    """One was taken over, one could not be, one waits: each as its desk sees it."""
    assert seed()
    harbour = at_desk(signed_in("mei"), "Harbour desk")
    kathmandu = at_desk(signed_in("sushila"), "Kathmandu desk")
    assert {one.state for one in arriving.listing(kathmandu)} == {states.ACCEPTED, states.DECLINED}
    (waits,) = arriving.waiting(harbour, 5)
    assert waits.sender == "Kathmandu desk"
    assert arriving.read(harbour, waits.id).told
