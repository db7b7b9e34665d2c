"""Desks in the database: founded, joined, opened; and what somebody who can write there cannot do."""

import uuid
from itertools import combinations

import pytest
import sqlalchemy as sa

from casework.db import db
from casework.errors import Conflict, Locked, Refused
from casework.vault import PersonKeys, Pin, Role, Secret, box, cards, catalogue, chain, keeping
from casework.vault.desk import commitment, desk_public
from casework.vault.keeping import ledger
from casework.vault.models import ChainEntry, DeskBox, DeskEpoch, DeskLink, DeskPair
from tests.vault.world import World, add_row, found_world, join

SETTINGS = catalogue.field("desk.body")
HOLDERS = ("first", "second", "worker", "leaver")


def change(statement):
    """What somebody does who can write to the database."""
    assert db.session.execute(statement).rowcount


def entry_at(world, seq):
    return sa.and_(ChainEntry.desk_id == world.desk_id, ChainEntry.seq == seq)


def box_of(world, name):
    return sa.and_(DeskBox.desk_id == world.desk_id, DeskBox.member_id == world.people[name].user_id)


def forget_what_was_verified():
    """As in a process that has just started."""
    ledger._verified.clear()


def test_every_holder_opens_everything(world):
    for name in HOLDERS:
        world.everything_opens(name)


def test_neither_an_ally_nor_a_stranger_opens_the_desk(world):
    world.people["stranger"] = PersonKeys.create(uuid.uuid4())
    for name in ("ally", "stranger"):
        with pytest.raises(Refused):
            world.open(name)


def test_an_ally_knows_the_chain_without_holding_the_secret(world):
    state = keeping.load(world.desk_id, world.people["ally"])
    assert state.member(world.people["ally"].user_id).role is Role.ALLY


def test_a_desk_is_founded_once(world):
    with pytest.raises(Conflict):
        keeping.found_desk(PersonKeys.create(uuid.uuid4()), world.desk_id)


def test_a_desk_belongs_to_the_network_that_its_genesis_names(database):
    founder = PersonKeys.create(uuid.uuid4())
    network, desk = (add_row("desk", uuid.uuid4()) for _ in range(2))
    assert keeping.found_desk(founder, network).state.network_id == network
    assert keeping.found_desk(founder, desk, network).state.network_id == network


def test_a_field_of_the_desk_opens_at_every_later_epoch(world):
    row = uuid.uuid4()
    desk, sealed = world.open("first"), []
    for epoch in (1, 2, 3):
        sealed += [desk.seal(SETTINGS, row, {"epoch": epoch})]
        desk = keeping.new_epoch(desk)
    for name in HOLDERS:
        assert [world.open(name).open(SETTINGS, row, one) for one in sealed] == [
            {"epoch": epoch} for epoch in (1, 2, 3)
        ]
    with pytest.raises(Refused):
        world.open("first").open(SETTINGS, uuid.uuid4(), sealed[0])


def test_a_network_has_members_who_hold_no_secret(world):
    join(world, "first", "campaigner", "campaign")
    with pytest.raises(Refused):
        world.open("campaigner")


# ---- the chain in the database


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


# ---- boxes and links


def test_a_box_with_another_secret_is_refused(world):
    worker = world.people["worker"]
    packed = box.pack(worker.x_public, Secret.random(), "desk", world.desk_id, 1, worker.user_id)
    change(sa.update(DeskBox).where(box_of(world, "worker")).values(blob=packed))
    with pytest.raises(Refused):
        world.open("worker")


def test_the_box_of_somebody_else_is_refused(world):
    theirs = db.session.scalar(sa.select(DeskBox.blob).where(box_of(world, "first")))
    change(sa.update(DeskBox).where(box_of(world, "worker")).values(blob=theirs))
    with pytest.raises(Refused):
        world.open("worker")


def test_where_the_box_is_gone_the_desk_is_locked(world):
    change(sa.delete(DeskBox).where(box_of(world, "worker")))
    with pytest.raises(Locked):
        world.open("worker")


def test_a_locked_desk_opens_for_nobody(world):
    desk = world.open("worker")
    keeping.append(desk.person, desk.state, "lock")
    for name in HOLDERS:
        with pytest.raises(Locked):
            world.open(name)


def test_somebody_with_the_id_of_a_member_and_other_keys_is_refused(world):
    worker = world.people["worker"]
    thief = PersonKeys.create(worker.user_id)
    thief.pins = dict(worker.pins)
    with pytest.raises(Refused):
        keeping.open_desk(thief, world.desk_id)


def test_links_that_were_swapped_cut_or_removed_give_no_older_secret(world):
    row = uuid.uuid4()
    sealed = world.open("first").seal(SETTINGS, row, "old")
    for _ in range(2):
        keeping.new_epoch(world.open("first"))
    links = dict(
        db.session.execute(
            sa.select(DeskLink.epoch, DeskLink.blob).where(DeskLink.desk_id == world.desk_id)
        ).all()
    )
    assert world.open("worker").open(SETTINGS, row, sealed) == "old"
    for epoch, blob in ((2, links[3]), (3, links[2]), (2, links[2][:-1]), (3, b"")):
        here = sa.and_(DeskLink.desk_id == world.desk_id, DeskLink.epoch == epoch)
        change(sa.update(DeskLink).where(here).values(blob=blob))
        with pytest.raises(Refused):
            world.open("worker").open(SETTINGS, row, sealed)
        change(sa.update(DeskLink).where(here).values(blob=links[epoch]))
    change(sa.delete(DeskLink).where(DeskLink.desk_id == world.desk_id))
    with pytest.raises(Refused):
        world.open("worker").open(SETTINGS, row, sealed)


def test_any_two_coordinators_hold_the_secret_in_halves_and_nobody_alone(world):
    join(world, "first", "third", "coordinator")
    secret = world.open("first").secret(1)
    names = ("first", "second", "third")
    halves = {
        (row.holder_id, row.other_id): row.blob
        for row in db.session.scalars(sa.select(DeskPair).where(DeskPair.desk_id == world.desk_id))
    }
    assert len(halves) == 6
    for pair in combinations((world.people[name] for name in names), 2):
        a, b = sorted(pair, key=lambda who: who.user_id)
        place = ("pair", world.desk_id, 1, a.user_id, b.user_id)
        mine = box.unpack_secret(a.x_private, halves[a.user_id, b.user_id], *place)
        theirs = box.unpack_secret(b.x_private, halves[b.user_id, a.user_id], *place)
        assert mine ^ theirs == secret
        assert secret not in (mine, theirs)
        with pytest.raises(Refused):
            box.unpack(a.x_private, halves[b.user_id, a.user_id], *place)


# ---- members


def test_joining_pins_what_was_compared(world):
    joiner = PersonKeys.create(uuid.uuid4())
    _, seq = keeping.meet(joiner, world.desk_id)
    assert joiner.pins[world.desk_id] == Pin(seq, keeping.load(world.desk_id).heads[seq])
    desk = world.open("second")
    keeping.admit(desk, joiner.user_id, "volunteer", joiner.x_public, joiner.ed_public)
    assert keeping.open_desk(joiner, world.desk_id).epoch == 1


def test_who_has_met_a_desk_cannot_be_shown_another_under_its_id(world):
    joiner = PersonKeys.create(uuid.uuid4())
    keeping.meet(joiner, world.desk_id)
    joiner.pin(world.desk_id, Pin(0, bytes(32)))
    with pytest.raises(Refused):
        keeping.meet(joiner, world.desk_id)
    joiner.unpin(world.desk_id)
    keeping.meet(joiner, world.desk_id)


def test_a_volunteer_admits_and_removes_nobody(world):
    joiner = PersonKeys.create(uuid.uuid4())
    for attempt in (
        lambda desk: keeping.admit(desk, joiner.user_id, "volunteer", joiner.x_public, joiner.ed_public),
        lambda desk: keeping.remove(desk, world.people["leaver"].user_id),
        lambda desk: keeping.change_role(desk, desk.person.user_id, "coordinator"),
        keeping.new_epoch,
    ):
        with pytest.raises(Refused):
            attempt(world.open("worker"))
        db.session.rollback()


def test_nobody_removes_themselves_with_an_epoch(world):
    with pytest.raises(Refused):
        keeping.remove(world.open("first"), world.people["first"].user_id)


def test_roles_give_and_take_the_secret(world):
    worker = world.people["worker"].user_id
    keeping.change_role(world.open("first"), worker, "ally")
    assert world.open("first").epoch == 2
    with pytest.raises(Refused):
        world.open("worker")
    keeping.change_role(world.open("first"), worker, "volunteer")
    world.everything_opens("worker")
    keeping.change_role(world.open("first"), worker, "coordinator")
    assert world.open("worker").epoch == 2
    assert db.session.scalar(
        sa.select(sa.func.count()).where(DeskPair.desk_id == world.desk_id, DeskPair.holder_id == worker)
    )
    keeping.change_role(world.open("first"), worker, "volunteer")
    assert not db.session.scalar(
        sa.select(sa.func.count()).where(DeskPair.desk_id == world.desk_id, DeskPair.holder_id == worker)
    )


def test_who_held_no_secret_leaves_without_an_epoch(world):
    desk = keeping.remove(world.open("first"), world.people["ally"].user_id)
    assert desk.epoch == 1
    assert world.people["ally"].user_id not in desk.state.members


def test_the_meeting_starts_from_a_desk_that_moved_on_meanwhile(world):
    stale = world.open("first")
    join(world, "second", "another", "volunteer")
    joiner = PersonKeys.create(uuid.uuid4())
    keeping.meet(joiner, world.desk_id)
    after = keeping.admit(stale, joiner.user_id, "volunteer", joiner.x_public, joiner.ed_public)
    assert {world.people["another"].user_id, joiner.user_id} <= after.state.members.keys()


def test_two_recovery_cards_open_the_desk_and_admit_somebody_new(world):
    seed, set_id = Secret.random(), uuid.uuid4()
    dealt = cards.split(seed, set_id)
    recovery = cards.recovery_keys(seed, set_id)
    desk = world.open("first")
    keeping.admit(desk, set_id, "recovery", recovery.x_public, recovery.ed_public)
    keeping.new_epoch(world.open("second"))
    found = cards.recovery_keys(cards.join(dealt[2], dealt[0]), set_id)
    keeping.meet(found, world.desk_id)
    world.people["cards"] = found
    world.everything_opens("cards")
    join(world, "cards", "new coordinator", "coordinator")
    world.everything_opens("new coordinator")


def test_two_desks_do_not_open_each_other(database):
    one, other = found_world(1), found_world(1)
    assert isinstance(one, World)
    first = one.people["first"]
    first.pins |= other.people["first"].pins
    with pytest.raises(Refused):
        keeping.open_desk(first, other.desk_id)
    desk = one.open("first")
    for foreign in other.written:
        with pytest.raises(Refused):
            one.read(desk, foreign)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(DeskEpoch)) == 2
