"""Several people come in, invite, answer, found at one moment."""

from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select, update

from casework import clock
from casework.access import admitting, arrivals, desks, invitations, joining
from casework.access.models import Desk, Invitation, Membership, User
from casework.access.signing_in import sign_in
from casework.db import db
from casework.errors import Conflict, Invalid, NotFound
from casework.search import erasing
from casework.vault import Role, keeping, session, totp
from tests import factories
from tests.cases.at_once import at_once


@pytest.fixture
def world(database):
    made = factories.world()
    db.session.commit()
    return made


@pytest.fixture
def door(app):
    return app.extensions["casework.doorway"]


@contextmanager
def locks():
    """The tables whose rows are taken meanwhile, in order."""
    taken = []

    def listen(_connection, _cursor, statement, *_):
        if "FOR UPDATE" in statement:
            taken.append(statement.split("FROM ")[1].split()[0].strip('"'))

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield taken
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_everybody_comes_to_the_desks_in_one_order_and_to_the_network_last(world):
    everywhere = [desk.desk_id for desk in arrivals.opened(world.mei.keys)]
    assert everywhere == [world.host_id, world.network_id]
    more = [uuid4() for _ in range(6)]
    for desk_id in more:
        desks.found(world.mei.keys, "One more", "Mei", world.network_id, desk_id)
    found = [desk.desk_id for desk in arrivals.opened(world.mei.keys)]
    assert found == [*sorted([world.host_id, *more]), world.network_id]


@pytest.mark.parametrize("backend", ["postgres"])
def test_who_signs_in_takes_the_chains_before_the_records_as_who_admits_does(world):
    with locks() as taken:
        arrivals.arrive(world.mei.keys)
    first, last = taken.index("audit_head"), len(taken) - taken[::-1].index("audit_head")
    assert "chain_entry" in taken[:first]
    assert set(taken[:first]) == {"chain_entry"}
    assert taken[:first].count("chain_entry") == len(arrivals.opened(world.mei.keys))
    assert last == len(taken) or "chain_entry" in taken[last:]


@pytest.mark.parametrize("backend", ["postgres"])
def test_who_mends_cards_records_first_as_every_save_does(world):
    with locks() as taken:
        erasing.rebuild(world.actor(world.asha).desk, [], lambda _: None)
    assert taken.index("audit_head") < taken.index("segment_manifest")


def test_everybody_signs_in_at_one_moment(app, world):
    people = (world.mei, world.asha, world.bo, world.nina, world.ram)
    assert at_once(app, *(lambda who=who: arrivals.arrive(who.keys) for who in people)) == [None] * 5


def test_signing_in_while_somebody_is_admitted(app, door, world):
    _, waiting = newcomer(door, invitations.invite(world.actor(world.mei), "Dev", Role.VOLUNTEER), "dev")
    half = admitting.waiting_of(waiting).newcomer
    invitation_id = db.session.scalar(select(Invitation.id))
    db.session.commit()

    def admitting_dev():
        admitting.admit(door, world.actor(world.mei), invitation_id, half)

    others = (world.asha, world.bo)
    arriving = (lambda who=who: arrivals.arrive(who.keys) for who in others)
    assert at_once(app, admitting_dev, *arriving) == [None] * 3


def newcomer(door, token, login):
    cookie, shown = prepared(door, token, login)
    opened = joining.confirm(door, cookie, token, shown.passphrase, code(shown))
    return shown, opened.person


def prepared(door, token, login, founding=None):
    cookie = session.new_secret()
    joining.prepare(door, cookie, token, login, founding)
    return cookie, joining.prepared(door, cookie, token)


def code(shown):
    return totp.code_at(shown.totp_secret, clock.now())


def test_a_link_that_two_answer_lets_one_in(app, door, world):
    token = invitations.invite(world.actor(world.mei), "Dev", Role.VOLUNTEER)
    db.session.commit()
    both = [prepared(door, token, login) for login in ("dev", "eve")]
    db.session.rollback()

    def answering(cookie, shown):
        return lambda: joining.confirm(door, cookie, token, shown.passphrase, code(shown)) and None

    results = at_once(app, *(answering(*one) for one in both))
    (lost,) = [one for one in results if one is not None]
    assert isinstance(lost, NotFound)


def test_a_sign_in_name_that_was_taken_meanwhile_is_said(door, world):
    mei = world.actor(world.mei)
    tokens = [invitations.invite(mei, name, Role.VOLUNTEER) for name in ("Dev", "Eve")]
    (first, shown), (second, theirs) = [prepared(door, token, "dev") for token in tokens]
    joining.confirm(door, first, tokens[0], shown.passphrase, code(shown))
    with pytest.raises(Invalid, match="took this sign-in name"):
        joining.confirm(door, second, tokens[1], theirs.passphrase, code(theirs))
    assert db.session.scalar(select(User.id).where(User.id == world.mei.id)) == world.mei.id


def test_a_double_click_founds_one_desk(app, world):
    token, before = uuid4(), count(Desk)
    db.session.rollback()

    def click():
        return desks.found_another(world.actor(world.nina), "New desk", "Nina", token)

    made = at_once(app, click, click, click)
    assert len(set(made)) == 1, made
    assert count(Desk) == before + 1
    founded = db.session.scalar(select(Desk.id).where(Desk.code == made[0]))
    assert keeping.open_desk(world.nina.keys, founded).desk_id == founded
    theirs = desks.found_another(world.actor(world.mei), "Another", "Mei", token)
    assert theirs != made[0]


def test_a_desk_that_its_founder_could_not_open_is_not_founded(world):
    actor, before = world.actor(world.mei), (count(Desk), count(Membership))
    # Another page of hers stores a profile at this moment.
    db.session.execute(
        update(User).where(User.id == world.mei.id).values(profile_counter=User.profile_counter + 1)
    )
    db.session.commit()
    with pytest.raises(Conflict):
        desks.found_another(actor, "New desk", "Mei", uuid4())
    db.session.rollback()
    assert (count(Desk), count(Membership)) == before


def test_a_double_click_invites_once_and_shows_one_link(app, world):
    token = uuid4()

    def click():
        return invitations.invite(world.actor(world.mei), "Dev", Role.VOLUNTEER, token)

    made = at_once(app, click, click, click)
    assert len(set(made)) == 1, made
    assert count(Invitation) == 1
    assert invitations.by_token(made[0]).role == Role.VOLUNTEER
    other = invitations.invite(world.actor(world.mei), "Dev", Role.VOLUNTEER, uuid4())
    assert other != made[0]


def test_however_a_login_is_written_its_failures_count_together(door, world):
    from casework.access.signing_in import SlowDown  # noqa: PLC0415 - only here
    from casework.errors import Refused  # noqa: PLC0415 - only here

    for login in ("asha", "ASHA", " Asha", "aSHA "):
        with pytest.raises(Refused):
            sign_in(door, login, "wrong", "1", "192.0.2.7")
    with pytest.raises(Refused):
        sign_in(door, "AshA", "wrong", "1", "192.0.2.7")
    with pytest.raises(SlowDown):
        sign_in(door, "asha", "wrong", "1", "192.0.2.7")
