"""Many texts opened together are what each of them is alone: the same open, and the same do not."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import Refused
from casework.vault import ChainState, PersonKeys, Secret, catalogue
from casework.vault.desk import DeskKeys, commitment
from casework.vault.letters import decoded
from casework.vault.plain import decode, encode

DAYS = catalogue.field("case_dates.days")
ASCII = st.text(st.characters(codec="ascii"), max_size=90)
ANY = st.text(st.characters(codec="utf-8"), max_size=90)
VALUES = st.none() | ANY | st.lists(ASCII, max_size=3) | st.dictionaries(ASCII, ASCII, max_size=3)


def together(tables):
    """What was opened, by the place of its row."""
    return {
        row: line.tobytes().decode("ascii")
        for rows, table in tables
        for row, line in zip(rows.tolist(), table, strict=True)
    }


def alone(act, thing):
    """The text of one; None where it does not open, or is no text of ASCII letters."""
    try:
        value = act(thing)
    except Refused:
        return None
    return value if isinstance(value, str) and value.isascii() else None


def expected(act, things):
    return {n: text for n, one in enumerate(things) if (text := alone(act, one)) is not None}


@given(st.lists(VALUES, max_size=12), st.data())
def test_what_is_padded_is_read_as_one_by_one(values, data):
    plains = [encode(value) for value in values]
    if plains and data.draw(st.booleans()):
        which = data.draw(st.integers(0, len(plains) - 1))
        broken = bytearray(plains[which])
        broken[data.draw(st.integers(0, len(broken) - 1))] ^= data.draw(st.integers(1, 255))
        plains[which] = bytes(broken)
    assert together(decoded(plains)) == expected(decode, plains)


@given(st.lists(st.none() | st.binary(max_size=70), max_size=8))
def test_any_bytes_are_read_as_one_by_one(plains):
    assert together(decoded(plains)) == expected(lambda one: decode(one or b""), plains)


@pytest.fixture(scope="module")
def desk():
    secret = Secret.random()
    state = ChainState(uuid.uuid4(), commits={1: commitment(secret)})
    return DeskKeys(PersonKeys.create(uuid.uuid4()), state, secret, {})


def test_of_many_seals_those_open_that_open_alone(desk):
    ids = [uuid.uuid4() for _ in range(9)]
    sealed = [desk.seal(DAYS, one, f"day {n}") for n, one in enumerate(ids)]
    # Swapped, changed, cut, of another format, of an epoch that never was, not there.
    sealed[0], sealed[1] = sealed[1], sealed[0]
    sealed[2] = sealed[2][:-1] + bytes([sealed[2][-1] ^ 1])
    sealed[3] = sealed[3][:7]
    sealed[4] = b"\x03" + sealed[4][1:]
    sealed[5] = sealed[5][:4] + b"\x09" + sealed[5][5:]
    sealed[6] = None
    found = together(desk.open_letters(DAYS, [one.bytes for one in ids], sealed))
    assert found == expected(lambda n: desk.open(DAYS, ids[n], sealed[n]), range(len(ids)))
    assert found == {7: "day 7", 8: "day 8"}


def test_nothing_is_nothing(desk):
    assert desk.open_letters(DAYS, [], []) == []
