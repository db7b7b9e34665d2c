"""The door of the recovery cards, with the whole database in hand: less than two true cards of the newest set open nothing."""

from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, update

from casework.access import recovery, returning
from casework.access.models import Desk, Membership
from casework.db import db
from casework.errors import Invalid
from casework.vault import PersonKeys, Role, box, cards, keeping
from casework.vault.keeping import ledger
from casework.vault.models import ChainEntry, DeskBox, DeskEpoch
from tests import factories

COOKIE = b"c" * 32


@pytest.fixture
def world(database):
    return factories.world()


@pytest.fixture
def door(app):
    return app.extensions["casework.doorway"]


@pytest.fixture
def printed(world):
    return recovery.make(world.actor(world.mei))


def boxes_of(set_id):
    return db.session.query(DeskBox).filter_by(member_id=set_id).all()


def test_one_card_and_every_row(world, door, printed):
    """The pieces on one card are random alone: what is guessed for the other gives keys that nobody admitted."""
    one = cards.read(printed[0])
    for guess in cards.split(one.first, one.set_id):
        if guess.number != one.number:
            for typed in ((printed[0], guess.text()), (guess.text(), printed[0])):
                with pytest.raises(Invalid):
                    returning.prepare(door, COOKIE, typed, "thief")


def test_two_cards_that_a_thief_made_and_put_in_as_rows(world, door, printed):
    """The chain alone says which cards there are: a box, a membership or a desk slipped in changes nothing."""
    thief = cards.split(cards.Secret.random(), uuid4())
    keys = cards.recovery_keys(cards.join(*thief[:2]), thief[0].set_id)
    epoch = world.actor(world.mei).desk.epoch
    packed = box.pack(keys.x_public, cards.Secret.random(), "desk", world.host_id, epoch, keys.user_id)
    row = {"desk_id": world.host_id, "member_id": keys.user_id, "epoch": epoch, "blob": packed}
    db.session.execute(insert(DeskBox), [row])
    db.session.execute(
        update(DeskBox)
        .where(DeskBox.member_id == world.mei.id)
        .values(blob=packed)
        .execution_options(synchronize_session=False)
    )
    with pytest.raises(Invalid):
        returning.prepare(door, COOKIE, [card.text() for card in thief[:2]], "thief")


def forge(desk_id, set_id, true_keys):
    """A chain of a thief's own, with the public keys of the true cards and a box for them."""
    thief = PersonKeys.create(uuid4())
    db.session.execute(delete(DeskEpoch).where(DeskEpoch.desk_id == desk_id))
    forged = keeping.found_desk(thief, desk_id, uuid4())
    # A set of the same id under the thief's own key signs first, so that an entry of this id is there.
    own = cards.recovery_keys(cards.Secret.random(), set_id)
    forged = keeping.admit(forged, set_id, Role.RECOVERY, own.x_public, own.ed_public)
    ledger.append(own, forged.state, "witness", bytes(32))
    forged = keeping.remove(keeping.open_desk(thief, desk_id), set_id)
    return keeping.admit(forged, set_id, Role.RECOVERY, true_keys.x_public, true_keys.ed_public)


def test_a_history_that_a_thief_made_is_not_taken_for_the_desk(world, door, printed):
    """Whoever came back to it would write into a desk whose secret the thief knows."""
    keys = recovery.keys_on(printed[:2])
    beside = uuid4()
    db.session.add(Desk(id=beside, code="zzzzzz", network_id=world.network_id, body=b""))
    db.session.flush()
    forge(beside, keys.user_id, keys)
    returning.prepare(door, COOKIE, printed[:2], "mei-again")
    assert returning.prepared(door, COOKIE).desk == "Harbour desk"
    for table in (DeskBox, ChainEntry):
        db.session.execute(delete(table).where(table.desk_id == world.host_id))
    ledger._verified.clear()
    with pytest.raises(Invalid):
        returning.prepare(door, COOKIE, printed[:2], "mei-again")
    forge(world.host_id, keys.user_id, keys)
    with pytest.raises(Invalid):
        returning.prepare(door, COOKIE, printed[:2], "mei-again")


def test_an_old_set_after_a_new_one_also_with_its_old_box(world, door, printed):
    keys = recovery.keys_on(printed[:2])
    kept = [(row.desk_id, row.epoch, row.blob) for row in boxes_of(keys.user_id)]
    assert len(kept) == 2
    recovery.make(world.actor(world.mei))
    assert boxes_of(keys.user_id) == []
    for desk_id, epoch, packed in kept:
        row = {"desk_id": desk_id, "member_id": keys.user_id, "epoch": epoch, "blob": packed}
        db.session.execute(insert(DeskBox), [row])
    with pytest.raises(Invalid):
        returning.prepare(door, COOKIE, printed[:2], "thief")


def test_what_waits_in_memory_opens_without_the_browser_for_nobody(world, door, printed):
    """A stolen Valkey holds the cards sealed under a cookie that only the browser has."""
    returning.prepare(door, COOKIE, printed[:2], "mei-again")
    seed = recovery.keys_on(printed[:2]).root.expose()
    held = [door.memory.client.get(name) for name in door.memory.client.scan_iter("back-by-cards:*")]
    assert held
    assert not any(seed in raw or seed.hex().encode() in raw for raw in held)
    assert db.session.query(Membership).filter_by(desk_id=world.host_id).count()
