"""The signed chain: order, rights, keys, and what a writer of the database cannot slip in."""

import itertools
import uuid
from dataclasses import replace

import pytest

from casework.errors import Refused
from casework.vault import ChainState, PersonKeys, Role, chain, meeting_code, signature
from casework.vault.chain.rules import RULES, unlock_parts

DESK = uuid.UUID(int=7)
CASE, TAG = uuid.UUID(int=9), b"8 bytes!"
COMMIT, PUBLIC = b"c" * 32, b"p" * 32


class Chain:
    """A chain in memory that everybody in `people` is a member of, by role."""

    def __init__(self):
        self.people = {"founder": PersonKeys.create(uuid.uuid4())}
        self.entries = [chain.first(DESK, DESK, self.people["founder"])]
        self.state = chain.extend(ChainState(DESK), self.entries)
        self.add("founder", "epoch", 1, COMMIT, PUBLIC)
        for role in Role:
            self.admit(role.value, role)

    def admit(self, name, role):
        one = self.people[name] = PersonKeys.create(uuid.uuid4())
        self.add("founder", "admit", one.user_id, role.value, one.x_public, one.ed_public)

    def sign(self, name, kind, *fields):
        return chain.next_entry(self.state, self.people[name], kind, *fields)

    def add(self, name, kind, *fields):
        self.entries.append(self.sign(name, kind, *fields))
        self.state = chain.extend(self.state, self.entries[-1:])

    def refuse(self, name, kind, *fields):
        with pytest.raises(Refused):
            chain.extend(self.state, [self.sign(name, kind, *fields)])


@pytest.fixture
def one():
    return Chain()


def somebody():
    return (uuid.uuid4(), "volunteer", b"x" * 32, b"y" * 32)


def valid_fields(one, kind):
    return {
        "admit": somebody(),
        "remove": (one.people["ally"].user_id,),
        "role": (one.people["volunteer"].user_id, "coordinator"),
        "epoch": (2, COMMIT, PUBLIC),
        "peer": (uuid.uuid4(), PUBLIC),
        "bump": (CASE, 2),
        "done": (CASE, TAG, 1),
        "epochdone": (1,),
        "lock": (),
        "witness": (COMMIT,),
        "team": (
            uuid.uuid4(),
            1,
            COMMIT,
            *(one.people[role].user_id for role in ("campaign", "coordinator")),
        ),
    }[kind]


MAY = {
    "admit": {"coordinator", "recovery"},
    "remove": {"coordinator", "recovery"},
    "role": {"coordinator", "recovery"},
    "epoch": {"coordinator", "recovery"},
    "peer": {"coordinator", "recovery"},
    "bump": {"coordinator", "recovery", "volunteer"},
    "done": {"coordinator", "recovery", "volunteer"},
    "epochdone": {"coordinator", "recovery", "volunteer"},
    "lock": {"coordinator", "recovery", "volunteer"},
    "witness": {"coordinator", "recovery", "volunteer"},
    "team": {"campaign", "coordinator"},
}


@pytest.mark.parametrize(("kind", "role"), list(itertools.product(MAY, Role)))
def test_only_who_may_signs(one, kind, role):
    one.add("founder", "bump", CASE, 1)
    fields = valid_fields(one, kind)
    if role.value in MAY[kind]:
        one.add(role.value, kind, *fields)
    else:
        one.refuse(role.value, kind, *fields)


def test_every_kind_is_in_the_table_of_rights():
    assert set(RULES) == set(MAY) | {"genesis", "unlock"}


def test_nobody_from_outside_signs(one):
    one.people["stranger"] = PersonKeys.create(uuid.uuid4())
    for kind in MAY:
        one.refuse("stranger", kind, *valid_fields(one, kind))


def test_who_was_removed_signs_nothing_any_more(one):
    one.add("founder", "remove", one.people["coordinator"].user_id)
    for kind in MAY:
        one.refuse("coordinator", kind, *valid_fields(one, kind))


def test_a_name_borrowed_from_a_member_does_not_help(one):
    thief = PersonKeys.create(one.people["coordinator"].user_id)
    one.people["thief"] = thief
    one.refuse("thief", "admit", *somebody())


def test_order_is_kept(one):
    for entries in (
        one.entries[1:],
        [*one.entries[:2], *one.entries[3:]],
        [one.entries[0], one.entries[2], one.entries[1]],
        [*one.entries[:3], one.entries[2]],
        [one.entries[0], one.entries[0]],
    ):
        with pytest.raises(Refused):
            chain.extend(ChainState(DESK), entries)
    assert chain.extend(ChainState(DESK), one.entries) == one.state
    assert chain.extend(chain.extend(ChainState(DESK), one.entries[:3]), one.entries[3:]) == one.state


def test_no_part_of_an_entry_can_be_changed(one):
    for at, entry in enumerate(one.entries):
        changes = [
            {"desk_id": uuid.uuid4()},
            {"seq": entry.seq + 1},
            {"kind": "witness" if entry.kind != "witness" else "lock"},
            {"signer_id": one.people["coordinator"].user_id},
            {"signature": bytes(64)},
            {"signature": entry.signature[:-1]},
            {"fields": entry.fields[:-1]},
            {"fields": (*entry.fields, b"")},
            *(
                {"fields": (*entry.fields[:k], field[:-1] + bytes([field[-1] ^ 1]), *entry.fields[k + 1 :])}
                for k, field in enumerate(entry.fields)
            ),
        ]
        for change in changes:
            with pytest.raises(Refused):
                chain.extend(
                    ChainState(DESK), [*one.entries[:at], replace(entry, **change), *one.entries[at + 1 :]]
                )


def test_an_entry_of_another_history_does_not_follow(one):
    other = Chain()
    with pytest.raises(Refused):
        chain.extend(one.state, other.entries[-1:])
    fork = chain.next_entry(
        chain.extend(ChainState(DESK), one.entries[:3]), one.people["founder"], "witness", COMMIT
    )
    with pytest.raises(Refused):
        chain.extend(one.state, [replace(fork, seq=one.state.seq + 1)])


def test_a_second_genesis_and_none_at_all_are_refused(one):
    one.refuse("founder", "genesis", DESK, b"x" * 32, one.people["founder"].ed_public)
    with pytest.raises(Refused):
        chain.extend(
            ChainState(DESK),
            [chain.next_entry(ChainState(DESK), one.people["founder"], "witness", COMMIT)],
        )


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("admit", (uuid.uuid4(), "volunteer", b"x" * 32)),
        ("admit", (uuid.uuid4(), "volunteer", b"x" * 31, b"y" * 32)),
        ("admit", (uuid.uuid4(), "operator", b"x" * 32, b"y" * 32)),
        ("admit", (uuid.uuid4(), b"\xff", b"x" * 32, b"y" * 32)),
        ("admit", (b"short", "volunteer", b"x" * 32, b"y" * 32)),
        ("remove", (uuid.uuid4(),)),
        ("role", (uuid.uuid4(), "volunteer")),
        ("epoch", (1, COMMIT, PUBLIC)),
        ("epoch", (3, COMMIT, PUBLIC)),
        ("epoch", (2, b"short", PUBLIC)),
        ("epoch", (2, COMMIT, b"short")),
        ("epochdone", (0,)),
        ("epochdone", (2,)),
        ("epochdone", (b"\1",)),
        ("bump", (CASE, 0)),
        ("bump", (CASE,)),
        ("done", (CASE, TAG, 1)),
        ("done", (CASE, b"short", 1)),
        ("peer", (uuid.uuid4(), b"short")),
        ("witness", (b"short",)),
        ("team", (uuid.uuid4(), 1, COMMIT)),
        ("team", (uuid.uuid4(), 1, COMMIT, uuid.uuid4())),
        ("lock", (b"why",)),
        ("nonsense", ()),
        ("unlock", (uuid.uuid4(), bytes(64))),
    ],
)
def test_what_makes_no_sense_is_refused(one, kind, fields):
    one.refuse("founder", kind, *fields)


def test_nobody_is_admitted_twice(one):
    one.refuse("founder", "admit", one.people["ally"].user_id, "coordinator", b"x" * 32, b"y" * 32)
    one.add("founder", "remove", one.people["ally"].user_id)
    one.add("founder", "admit", one.people["ally"].user_id, "ally", b"x" * 32, b"y" * 32)
    assert one.state.members[one.people["ally"].user_id].x == b"x" * 32


def test_somebody_who_can_admit_others_stays(one):
    one.add("founder", "remove", one.people["recovery"].user_id)
    one.add("founder", "remove", one.people["coordinator"].user_id)
    one.refuse("founder", "remove", one.people["founder"].user_id)
    one.refuse("founder", "role", one.people["founder"].user_id, "volunteer")


def test_generations_and_floors_only_rise(one):
    one.add("volunteer", "bump", CASE, 3)
    one.refuse("volunteer", "bump", CASE, 3)
    one.refuse("volunteer", "done", CASE, TAG, 4)
    one.add("volunteer", "done", CASE, TAG, 3)
    one.refuse("volunteer", "done", CASE, TAG, 3)
    one.refuse("volunteer", "done", CASE, TAG, 2)
    assert (one.state.bumps, one.state.floors) == ({CASE: 3}, {(CASE, TAG): 3})


def test_an_epoch_is_finished_once(one):
    one.add("volunteer", "epochdone", 1)
    one.refuse("volunteer", "epochdone", 1)
    one.add("founder", "epoch", 2, COMMIT, PUBLIC)
    one.refuse("volunteer", "epochdone", 1)
    one.add("volunteer", "epochdone", 2)
    assert (one.state.epoch, one.state.done) == (2, 2)


def test_a_locked_desk_takes_nothing_but_an_unlocking_by_two(one):
    one.add("volunteer", "lock")
    for kind in MAY:
        one.refuse("founder", kind, *valid_fields(one, kind))
    founder, second = one.people["founder"], one.people["coordinator"]

    def signed(by, first):
        return signature.sign(by.ed_private, *unlock_parts(one.state, first.user_id))

    for by, first, named in (
        (founder, founder, founder),
        (founder, founder, second),
        (second, second, second),
        (one.people["volunteer"], founder, one.people["volunteer"]),
    ):
        one.refuse("founder", "unlock", named.user_id, signed(by, first))
    good = signed(second, founder)
    one.refuse("recovery", "unlock", second.user_id, good)
    one.add("founder", "unlock", second.user_id, good)
    assert not one.state.locked
    one.add("founder", "lock")
    one.refuse("founder", "unlock", second.user_id, good)


def test_two_cards_and_a_coordinator_unlock(one):
    one.add("volunteer", "lock")
    cards, founder = one.people["recovery"], one.people["founder"]
    signed = signature.sign(cards.ed_private, *unlock_parts(one.state, founder.user_id))
    one.add("founder", "unlock", cards.user_id, signed)
    assert not one.state.locked


def test_the_meeting_code_is_about_one_desk_one_moment_one_pair_of_keys(one):
    joiner = PersonKeys.create(uuid.uuid4())
    keys = (joiner.user_id, joiner.x_public, joiner.ed_public)
    seq = one.state.seq
    code = meeting_code(one.state, *keys)
    assert len(code) == 35
    assert [len(group) for group in code.split()] == [5] * 6
    one.add("founder", "witness", COMMIT)
    other = Chain()
    assert meeting_code(one.state, *keys, seq) == code
    others = {
        meeting_code(one.state, *keys),
        meeting_code(other.state, *keys),
        meeting_code(one.state, uuid.uuid4(), *keys[1:], seq),
        meeting_code(one.state, keys[0], b"x" * 32, keys[2], seq),
        meeting_code(one.state, *keys[:2], b"x" * 32, seq),
    }
    assert len(others) == 5
    assert code not in others
    for nowhere in (-1, one.state.seq + 1):
        with pytest.raises(Refused):
            meeting_code(one.state, *keys, nowhere)
