"""A passkey opens its owner's root, and nothing else does: not the server's secret, not its row elsewhere, not a copy of its secret."""

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData
from sqlalchemy import delete, select, update

from casework.access import passkeys, sessions
from casework.access.models import Passkey
from casework.access.signing_in import SlowDown
from casework.db import db
from casework.errors import Invalid, Refused
from casework.vault import Secret, passkey
from casework.vault.passkey import Site
from tests import factories

SITE, ELSEWHERE = Site("desk.example", "https://desk.example"), Site("evil.example", "https://evil.example")
UP, UV, AT = 0x01, 0x04, 0x40


@dataclass
class Device:
    """An authenticator in software, as the standard has it."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    secret: bytes = field(default_factory=lambda: os.urandom(32))
    verified: bool = True

    def _data(self, site, more=b""):
        flags = UP | (UV if self.verified else 0) | (AT if more else 0)
        return AuthenticatorData(sha256(site.name.encode()).digest() + bytes([flags]) + bytes(4) + more)

    def _client(self, kind, site, challenge):
        told = {"type": kind, "challenge": challenge, "origin": site.origin, "crossOrigin": False}
        return CollectedClientData(json.dumps(told).encode())

    def make(self, asked, site=SITE):
        told = json.loads(asked)
        public = ES256.from_cryptography_key(self.key.public_key())
        more = bytes(AttestedCredentialData.create(bytes(16), self.credential_id, public))
        made = AttestationObject.create("none", self._data(site, more), {})
        client = self._client("webauthn.create", site, told["challenge"])
        return self._sent(
            {"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(made)}
        )

    def use(self, asked, site=SITE):
        client = self._client("webauthn.get", site, json.loads(asked)["challenge"])
        data = self._data(site)
        signed = self.key.sign(bytes(data) + client.hash, ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": data, "signature": signed}
        return self._sent({name: websafe_encode(one) for name, one in parts.items()})

    def _sent(self, response):
        name = websafe_encode(self.credential_id)
        told = {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }
        return json.dumps(told), websafe_encode(self.secret)


@pytest.fixture
def door(app):
    return app.extensions["casework.doorway"]


@pytest.fixture
def session(world, door):
    return sessions.begin(door, world.asha.keys)


def added(door, session, device, site=SITE):
    asked = passkeys.to_make(site, session.secret, session.person)
    return passkeys.add(
        door, site, session.secret, session.person, device.make(asked, site), "Firefox, Linux"
    )


def enters(door, device, cookie=b"b" * 32, site=SITE, address="192.0.2.1"):
    return passkeys.sign_in(door, site, cookie, device.use(passkeys.to_use(site, cookie), site), address)


def test_it_opens_what_its_owner_opens(world, door, session):
    device = Device()
    fresh = added(door, session, device)
    assert sessions.resume(door, session.secret) is None
    assert sessions.resume(door, fresh.secret)
    entered = enters(door, device)
    assert entered.person.root == world.asha.keys.root
    assert sessions.resume(door, entered.secret).person.user_id == world.asha.id
    (known,) = passkeys.of(world.asha.keys)
    assert known.device == "Firefox, Linux"
    passkeys.remove(world.bo.keys, known.id)
    assert enters(door, device)
    passkeys.remove(world.asha.keys, known.id)
    with pytest.raises(Refused):
        enters(door, device)


def test_present_words_are_asked_and_five_are_the_most(door, session):
    with pytest.raises(Invalid):
        passkeys.try_words(door, session.person, "a b c d e f")
    passkeys.try_words(door, session.person, factories.PASSPHRASE)
    for _ in range(passkeys.MOST):
        session = added(door, session, Device())
    with pytest.raises(Invalid, match="Remove one"):
        added(door, session, Device())


def test_what_is_not_made_here_and_now_is_not_kept(door, session):
    asked = passkeys.to_make(SITE, session.secret, session.person)
    unverified = Device(verified=False)
    other = passkeys.to_make(SITE, b"x" * 32, session.person)
    wrong = (
        unverified.make(asked),
        Device().make(other),
        Device().make(asked, ELSEWHERE),
        ("{}", websafe_encode(bytes(32))),
        ("no json", ""),
        (Device().make(asked)[0], websafe_encode(bytes(31))),
    )
    for sent in wrong:
        with pytest.raises(Invalid):
            passkeys.add(door, SITE, session.secret, session.person, sent, "")
    assert passkeys.of(session.person) == []


def test_every_other_answer_is_refused_alike(door, session):
    device = Device()
    added(door, session, device)
    copied = Device(credential_id=device.credential_id, secret=device.secret)
    guessed = Device(key=device.key, credential_id=device.credential_id)
    unverified = Device(device.key, device.credential_id, device.secret, verified=False)
    for number, one in enumerate((Device(), copied, guessed, unverified)):
        with pytest.raises(Refused):
            enters(door, one, address=f"192.0.2.{number}")
    lured = device.use(passkeys.to_use(SITE, b"b" * 32), ELSEWHERE)
    with pytest.raises(Refused):
        passkeys.sign_in(door, SITE, b"b" * 32, lured, "192.0.2.8")
    replayed = device.use(passkeys.to_use(SITE, b"a" * 32))
    with pytest.raises(Refused):
        passkeys.sign_in(door, SITE, b"b" * 32, replayed, "192.0.2.9")
    assert enters(door, device)


def test_failures_are_slowed_down(door, session):
    device = Device()
    added(door, session, device)
    for _ in range(5):
        with pytest.raises(Refused):
            enters(door, Device(), address="192.0.2.7")
    with pytest.raises(SlowDown):
        enters(door, device, address="192.0.2.7")


def test_the_servers_secrets_and_every_row_open_no_slot(world, door, session):
    device = Device()
    added(door, session, device)
    row = db.session.scalar(select(Passkey))
    peppers = [door.peppers[number].expose() for number in range(1, door.peppers.current + 1)]
    found = [door.secret, *peppers, row.mac, bytes(32), world.bo.keys.root.expose()]
    for secret in found:
        with pytest.raises(Refused):
            passkey.open_root(Secret(secret[:32]), row.user_id, row.id, row.blob)
    assert device.secret not in bytes(row.blob) + bytes(row.body) + bytes(row.mac)
    assert device.credential_id not in bytes(row.blob) + bytes(row.body) + bytes(row.mac)


def test_a_row_that_is_led_to_another_person_opens_nothing(world, door, session):
    """Somebody with the database and a passkey of their own does not become somebody else."""
    device, thief = Device(), Device()
    added(door, session, device)
    added(door, sessions.begin(door, world.bo.keys), thief)
    rows = {row.user_id: row for row in db.session.scalars(select(Passkey))}
    theirs = (rows[world.bo.id].blob, rows[world.bo.id].body)
    thiefs_mac = rows[world.bo.id].mac
    db.session.execute(delete(Passkey).where(Passkey.user_id == world.bo.id))
    for values in ({"mac": thiefs_mac}, {"mac": thiefs_mac, "blob": theirs[0], "body": theirs[1]}):
        db.session.execute(update(Passkey).where(Passkey.user_id == world.asha.id).values(**values))
        db.session.expire_all()
        with pytest.raises(Refused):
            enters(door, thief)


def test_the_challenge_is_the_browsers_own():
    assert websafe_decode(json.loads(passkeys.to_use(SITE, b"a" * 32))["challenge"]) != websafe_decode(
        json.loads(passkeys.to_use(SITE, b"b" * 32))["challenge"]
    )
