"""From the operator's link to a desk of several people."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from casework import clock
from casework.access import admitting, entrance, invitations, joining, sessions
from casework.access.joining import Founding
from casework.access.signing_in import sign_in
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.vault import Role, session, totp

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class Newcomer:
    """Somebody who has opened a link and wrote down what it showed."""

    login: str
    passphrase: str
    secret: str

    def code(self) -> str:
        return totp.code_at(self.secret, clock.now())


@pytest.fixture
def door(database):
    from flask import current_app  # noqa: PLC0415 - inside the app context of the fixture

    return current_app.extensions["casework.doorway"]


def join(door, token, login, founding=None):
    cookie = session.new_secret()
    joining.prepare(door, cookie, token, login, founding)
    shown = joining.prepared(door, cookie, token)
    newcomer = Newcomer(login, shown.passphrase, shown.totp_secret)
    opened = joining.confirm(door, cookie, token, shown.passphrase.replace(" ", "-").upper(), newcomer.code())
    return newcomer, opened.person


def found_network(door, login="mei"):
    token = invitations.for_set_up()
    return join(door, token, login, Founding("Network", "Harbour desk", "Mei"))


def desk_of(person, *, network=False):
    named = next(desk for desk in entrance.desks_of(person) if desk.network == network)
    return entrance.enter(person, named.code, network=True)


def invite_and_admit(door, coordinator, name, login, role):
    token = invitations.invite(coordinator, name, role)
    newcomer, person = join(door, token, login)
    halves = admitting.waiting_of(person)
    (row, shown) = invitations.waiting(coordinator)[0]
    assert shown == name
    assert admitting.desk_half(coordinator, row.id) == (name, role, halves.desk)
    admitting.admit(door, coordinator, row.id, halves.newcomer)
    return newcomer, person


def test_the_first_link_founds_network_and_desk_once(door):
    token = invitations.for_set_up()
    newcomer, person = join(door, token, "mei", Founding("Network", "Harbour desk", "Mei"))
    assert [(d.name, d.role) for d in entrance.desks_of(person)] == [
        ("Harbour desk", Role.COORDINATOR),
        ("Network", Role.COORDINATOR),
    ]
    with pytest.raises(NotFound):
        joining.sets_up(token)
    with pytest.raises(Invalid):
        invitations.for_set_up()
    assert len(newcomer.passphrase.split()) == 6


def test_signing_in_takes_all_three_and_each_code_once(door):
    with clock.at(START):
        newcomer, _ = found_network(door)
    with clock.at(START + timedelta(minutes=2)):
        code = newcomer.code()
        for wrong in (
            ("nobody", newcomer.passphrase, code),
            (newcomer.login, "wrong words", code),
            (newcomer.login, newcomer.passphrase, "000000"),
        ):
            with pytest.raises(Refused):
                sign_in(door, *wrong, "192.0.2.7")
        opened = sign_in(door, " MEI ", newcomer.passphrase, code, "192.0.2.7")
        assert sessions.resume(door, opened.secret).person.user_id == opened.person.user_id
        with pytest.raises(Refused):
            sign_in(door, newcomer.login, newcomer.passphrase, code, "192.0.2.7")


def test_a_session_rests_ends_and_is_ended(door):
    with clock.at(START):
        newcomer, _ = found_network(door)
    with clock.at(START + timedelta(minutes=5)):
        first = sign_in(door, newcomer.login, newcomer.passphrase, newcomer.code(), "a")
    with clock.at(START + timedelta(minutes=6)):
        second = sign_in(door, newcomer.login, newcomer.passphrase, newcomer.code(), "a")
        sessions.end(door, first.secret)
        assert sessions.resume(door, first.secret) is None
        assert sessions.resume(door, second.secret) is not None
    with clock.at(START + timedelta(hours=13)):
        assert sessions.resume(door, second.secret) is None
        assert sessions.purge() >= 1
    with clock.at(START + timedelta(minutes=7)):
        third = sign_in(door, newcomer.login, newcomer.passphrase, newcomer.code(), "a")
        # What Valkey forgets when a session rests too long, no cookie brings back.
        door.memory.client.flushdb()
        assert sessions.resume(door, third.secret) is None


def test_a_member_is_admitted_after_both_halves_agree(door):
    _, mei = found_network(door)
    coordinator = desk_of(mei)
    _, asha = invite_and_admit(door, coordinator, "Asha", "asha", Role.VOLUNTEER)
    assert [(d.name, d.role) for d in entrance.desks_of(asha)] == [("Harbour desk", Role.VOLUNTEER)]
    assert invitations.waiting(desk_of(mei)) == []


def test_wrong_digits_admit_nobody(door):
    _, mei = found_network(door)
    coordinator = desk_of(mei)
    token = invitations.invite(coordinator, "Asha", Role.VOLUNTEER)
    _, asha = join(door, token, "asha")
    row, _ = invitations.waiting(coordinator)[0]
    with pytest.raises(Invalid):
        admitting.admit(door, coordinator, row.id, "12345 12345 12345")
    assert entrance.desks_of(asha) == []


def test_swapped_keys_of_a_newcomer_show_in_the_digits(door):
    _, mei = found_network(door)
    coordinator = desk_of(mei)
    token = invitations.invite(coordinator, "Asha", Role.VOLUNTEER)
    _, asha = join(door, token, "asha")
    halves = admitting.waiting_of(asha)
    row, _ = invitations.waiting(coordinator)[0]
    row.x_public = bytes(31) + b"\x09"
    db.session.flush()
    with pytest.raises(Invalid):
        admitting.admit(door, coordinator, row.id, halves.newcomer)


def test_a_role_that_was_changed_in_the_database_admits_nobody(door):
    _, mei = found_network(door)
    coordinator = desk_of(mei)
    token = invitations.invite(coordinator, "Ms Reyes", Role.ALLY)
    _, ally = join(door, token, "reyes")
    halves = admitting.waiting_of(ally)
    row, _ = invitations.waiting(coordinator)[0]
    row.role = Role.COORDINATOR.value
    db.session.flush()
    with pytest.raises(Refused):
        admitting.admit(door, coordinator, row.id, halves.newcomer)
    assert entrance.desks_of(ally) == []


def test_allies_and_campaigners_hold_no_desk_secret(door):
    _, mei = found_network(door)
    _, ally = invite_and_admit(door, desk_of(mei), "Ms Reyes", "reyes", Role.ALLY)
    (desk,) = entrance.desks_of(ally)
    assert (desk.role, desk.name) == (Role.ALLY, None)
    assert entrance.enter(ally, desk.code).desk_keys is None
    _, team = invite_and_admit(door, desk_of(mei, network=True), "Team", "team", Role.CAMPAIGN)
    (network,) = entrance.desks_of(team)
    assert network.role == Role.CAMPAIGN
    assert entrance.enter(team, network.code, network=True).network_keys is None


def test_strangers_find_no_desk(door):
    _, mei = found_network(door)
    code = entrance.desks_of(mei)[0].code
    token = invitations.invite(desk_of(mei), "Asha", Role.VOLUNTEER)
    _, asha = join(door, token, "asha")
    with pytest.raises((NotFound, Refused)):
        entrance.enter(asha, code)
    with pytest.raises(NotFound):
        entrance.enter(mei, "zzzzzz")


def test_links_end(door):
    with clock.at(START):
        _, mei = found_network(door)
        token = invitations.invite(desk_of(mei), "Asha", Role.VOLUNTEER)
    with clock.at(START + timedelta(days=4)):
        with pytest.raises(NotFound):
            joining.sets_up(token)
        assert invitations.purge().total() == 1
