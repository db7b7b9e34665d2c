"""The chain in the database, and what somebody who can write there cannot do."""

import uuid

import pytest
import sqlalchemy as sa

from casework.db import db
from casework.errors import Refused
from casework.vault import PersonKeys, Secret, box, chain, keeping
from casework.vault.desk import commitment, desk_public
from casework.vault.keeping import ledger
from casework.vault.models import ChainEntry, DeskBox
from tests.vault.attacks import box_of, change, entry_at, forget_what_was_verified
from tests.vault.world import found_world

HOLDERS = ("first", "second", "worker", "leaver")


def test_a_cut_off_end_is_noticed_by_everybody_who_has_seen_it(world):
    for name in HOLDERS:
        world.open(name)
    newest = keeping.load(world.desk_id).seq
    change(sa.delete(ChainEntry).where(entry_at(world, newest)))
    for _ in range(2):
        for name in HOLDERS:
            with pytest.raises(Refused):
                world.open(name)
        forget_what_was_verified()


def test_without_a_pin_nothing_is_opened(world):
    world.people["worker"].unpin(world.desk_id)
    with pytest.raises(Refused):
        world.open("worker")


def test_a_coordinator_who_was_removed_cannot_fork_the_chain(world):
    before = keeping.load(world.desk_id)
    keeping.new_epoch(world.open("first"), world.people["second"].user_id)
    world.open("worker")
    change(sa.delete(ChainEntry).where(ChainEntry.desk_id == world.desk_id, ChainEntry.seq > before.seq))
    forget_what_was_verified()
    evil = Secret.random()
    fork = ledger.append(world.people["second"], before, "epoch", 2, commitment(evil), desk_public(evil))
    place = ("desk", world.desk_id, 2, world.people["worker"].user_id)
    packed = box.pack(world.people["worker"].x_public, evil, *place)
    change(sa.update(DeskBox).where(box_of(world, "worker")).values(blob=packed))
    assert keeping.load(world.desk_id) == fork
    with pytest.raises(Refused):
        world.open("worker")


def test_nothing_is_signed_onto_another_history_than_the_signer_knows(world):
    known = keeping.load(world.desk_id)
    keeping.append(world.people["second"], known, "witness", bytes(32))
    stale = keeping.load(world.desk_id)
    change(sa.delete(ChainEntry).where(entry_at(world, stale.seq)))
    forget_what_was_verified()
    keeping.append(world.people["second"], known, "witness", b"x" * 32)
    with pytest.raises(Refused):
        keeping.append(world.people["first"], stale, "witness", bytes(32))


def test_the_head_of_another_desk_does_not_stand_for_this_one(world):
    other = found_world(1)
    for one in (world, other):
        assert keeping.load(one.desk_id).desk_id == one.desk_id
    newest = entry_at(world, keeping.load(world.desk_id).seq)
    change(sa.update(ChainEntry).where(newest).values(head=keeping.load(other.desk_id).head))
    assert keeping.load(world.desk_id).desk_id == world.desk_id
    world.everything_opens("worker")


@pytest.mark.parametrize("column", ["kind", "fields", "signer_id", "signature"])
def test_a_changed_entry_is_refused(world, column):
    values = {
        "kind": "witness",
        "fields": db.session.scalar(sa.select(ChainEntry.fields).where(entry_at(world, 2)))[:-1] + b"x",
        "signer_id": world.people["ally"].user_id,
        "signature": bytes(64),
    }
    change(sa.update(ChainEntry).where(entry_at(world, 2)).values({column: values[column]}))
    # A process that has verified the true chain goes on with it; one that starts refuses.
    world.everything_opens("worker")
    forget_what_was_verified()
    with pytest.raises(Refused):
        world.open("worker")


def test_a_public_key_put_in_the_place_of_another_is_refused(world):
    fields = db.session.scalar(sa.select(ChainEntry.fields).where(entry_at(world, 2)))
    evil = PersonKeys.create(uuid.uuid4())
    swapped = fields.replace(world.people["second"].x_public, evil.x_public)
    assert swapped != fields
    change(sa.update(ChainEntry).where(entry_at(world, 2)).values(fields=swapped))
    forget_what_was_verified()
    with pytest.raises(Refused):
        keeping.new_epoch(world.open("first"))


def test_an_epoch_slipped_in_by_somebody_else_is_refused(world):
    state, evil = keeping.load(world.desk_id), Secret.random()
    for name in ("ally", "worker", "leaver"):
        entry = chain.next_entry(state, world.people[name], "epoch", 2, commitment(evil), desk_public(evil))
        with pytest.raises(Refused):
            ledger.append(world.people[name], state, "epoch", 2, commitment(evil), desk_public(evil))
        forged = ledger.extend(state, [])
        row = {
            "desk_id": world.desk_id,
            "seq": entry.seq,
            "kind": entry.kind,
            "fields": chain_fields(entry),
            "signer_id": world.people["first"].user_id,
            "signature": entry.signature,
            "head": entry.head(forged.head),
        }
        db.session.execute(sa.insert(ChainEntry), [row])
        with pytest.raises(Refused):
            world.open("worker")
        change(sa.delete(ChainEntry).where(entry_at(world, entry.seq)))


def chain_fields(entry):
    from casework.vault.encoding import lp  # noqa: PLC0415 — only this attack writes an entry by hand

    return lp(*entry.fields)


def test_fields_that_are_no_parts_are_refused(world):
    change(sa.update(ChainEntry).where(entry_at(world, 2)).values(fields=b"\0\0\0\7cut"))
    forget_what_was_verified()
    with pytest.raises(Refused):
        keeping.load(world.desk_id)


def test_a_desk_that_was_never_founded_is_refused(database):
    with pytest.raises(Refused):
        keeping.load(uuid.uuid4())
