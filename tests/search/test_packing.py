"""Packed cards come back as they were, and nothing else is taken for cards."""

import random
import uuid
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.search import layout, name_index, packing
from casework.search.card import Card
from casework.search.pack import Pack
from casework.search.packing import from_bytes, to_bytes
from tests.search.made import card, full_card

CODE = st.text("abcdefgh_", min_size=1, max_size=12).filter(lambda code: code[0] != "_")
OPTIONAL = st.one_of(st.just(""), CODE)
TAIL = st.text("0123456789", min_size=1, max_size=6)
DAY = st.dates(date(1970, 1, 1), date(2149, 6, 5))
ID = st.uuids(version=4)
AMOUNT = st.one_of(st.none(), st.integers(-(2**62), 2**62))


def several(one, most=4):
    return st.lists(one, max_size=most, unique=True).map(tuple)


CARD = st.builds(
    Card,
    case_id=ID,
    ref=st.from_regex(r"[A-Z0-9]{4}-[A-Z0-9]{4}", fullmatch=True),
    opened=DAY,
    changed=DAY,
    called=st.text(max_size=30),
    variants=several(st.text(max_size=20)),
    phones=several(TAIL),
    documents=several(TAIL),
    kind=OPTIONAL,
    other_kinds=several(CODE),
    risk=OPTIONAL,
    status=OPTIONAL,
    home=OPTIONAL,
    host=OPTIONAL,
    languages=several(CODE),
    sector=OPTIONAL,
    outcome=OPTIONAL,
    primary=st.one_of(st.none(), ID),
    backup=st.one_of(st.none(), ID),
    due=st.one_of(st.none(), DAY),
    claimed=AMOUNT,
    documented=AMOUNT,
    awarded=AMOUNT,
    paid=AMOUNT,
    currency=OPTIONAL,
    respondents=several(ID),
    flags=several(CODE),
)
CARDS = st.lists(CARD, max_size=5)


def all_cards(pack):
    return pack.cards(range(len(pack)))


@given(CARDS, st.integers(0, 40))
def test_cards_come_back_as_they_were_packed(cards, zeros):
    pack = from_bytes(to_bytes(Pack.of(cards, 7)) + bytes(zeros))
    assert all_cards(pack) == cards
    assert pack.stamps.tolist() == [7] * len(cards)


@given(CARDS, CARDS, st.randoms())
def test_cards_that_were_joined_and_taken_come_back(first, second, draw):
    joined = Pack.join([from_bytes(to_bytes(Pack.of(first))), Pack.of(second), Pack.of([])])
    assert all_cards(joined) == first + second
    rows = draw.sample(range(len(joined)), draw.randrange(len(joined) + 1))
    taken = joined.take(np.array(rows, np.int64))
    assert all_cards(from_bytes(to_bytes(taken))) == [(first + second)[row] for row in rows]


@given(CARDS)
def test_every_card_is_found_by_its_reference_after_packing(cards):
    pack = from_bytes(to_bytes(Pack.of(cards)))
    assert pack.index.refs.tolist() == [c.ref.replace("-", "").encode() for c in cards]


PACKED = to_bytes(Pack.of([full_card(number) for number in range(12)]))


@given(st.data())
@settings(max_examples=300)
def test_bytes_that_were_changed_are_refused(data):
    changed = bytearray(PACKED)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(changed) - 1))
        changed[place] ^= data.draw(st.integers(1, 255))
    if bytes(changed) != PACKED:
        with pytest.raises(ValueError):
            from_bytes(bytes(changed))


@given(st.integers(0, len(PACKED) - 1))
def test_bytes_that_were_cut_are_refused(length):
    with pytest.raises(ValueError):
        from_bytes(PACKED[:length])


@given(st.binary(max_size=300))
def test_other_bytes_are_refused(data):
    with pytest.raises(ValueError):
        from_bytes(data)


@given(st.data())
@settings(max_examples=300)
def test_a_right_checksum_over_something_wrong_makes_no_other_error(data):
    """The checks behind the checksum: whatever gets through them can be shown, searched and packed again."""
    head = layout._HEAD.size
    body = bytearray(PACKED[head:])
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] ^= data.draw(st.integers(1, 255))
    lead = layout._HEAD.pack(0xC5, packing.VERSION, 0, len(body), layout._checksum(bytes(body)))
    try:
        pack = from_bytes(lead + bytes(body))
        shown = all_cards(pack)
    except ValueError:
        return
    assert len(shown) == len(pack)
    pack.index.find("Amina Hassan", 5)
    assert all_cards(from_bytes(to_bytes(pack))) == shown


def test_something_after_the_zeros_is_refused():
    with pytest.raises(ValueError):
        from_bytes(PACKED + bytes(9) + b"\x01")


def test_another_version_is_refused(monkeypatch):
    monkeypatch.setattr(packing, "VERSION", packing.VERSION + 1)
    with pytest.raises(ValueError):
        from_bytes(PACKED)


def test_names_that_were_read_under_other_rules_are_read_again(monkeypatch):
    old = to_bytes(Pack.of([card(called="Amina")]))
    monkeypatch.setattr(packing, "RULES", name_index.RULES + 1)
    pack = from_bytes(old)
    assert [m.place for m in pack.index.find("Ameena", 5)] == [0]


def test_nothing_of_other_cards_stays_in_what_was_taken():
    kept = full_card(1, called="Bekele")
    gone = full_card(2, called="Zyxwvut", variants=("Ponmlkj",), kind="gone_kind", phones=("999999",))
    data = to_bytes(Pack.of([gone, kept, gone]).take(np.array([1])))
    for mark in (
        b"Zyxwvut",
        b"Ponmlkj",
        b"gone_kind",
        b"ziksvut",
        gone.respondents[0].bytes,
        gone.case_id.bytes,
    ):
        assert mark not in data
    assert len(data) == len(to_bytes(Pack.of([kept])))


def test_the_newest_card_of_each_case():
    first, second = card(called="Amina"), card(called="Bekele")
    packs = [Pack.of([first, second], 1), Pack.of([replace(first, called="Later")], 3), Pack.of([first], 2)]
    for order in ([0, 1, 2], [2, 1, 0], [1, 0, 2]):
        pack = Pack.join([packs[i] for i in order])
        newest = [pack.card(int(row)) for row in np.flatnonzero(pack.newest)]
        assert sorted(c.called for c in newest) == ["Bekele", "Later"]
        assert sorted(pack.case_ids()) == sorted([first.case_id, second.case_id])


def test_ids_that_share_their_first_half_are_two_cases():
    half = uuid.uuid4().bytes[:8]
    cards = [card(case_id=uuid.UUID(bytes=half + bytes([n]) * 8)) for n in range(3)]
    pack = Pack.of(cards)
    assert pack.newest.all()
    assert pack.rows_of([cards[1].case_id]).tolist() == [1]


def test_a_card_takes_few_bytes():
    draw = random.Random(5)
    cards = [full_card(number, draw) for number in range(500)]
    assert len(to_bytes(Pack.of(cards))) / len(cards) < 200


def test_what_does_not_fit_its_column_is_not_packed():
    with pytest.raises(ValueError, match="does not fit"):
        to_bytes(Pack.of([card(due=date(2200, 1, 1))]))
    with pytest.raises(ValueError, match="does not fit"):
        to_bytes(Pack.of([card(opened=date(1950, 1, 1))]))


def test_many_different_names_take_wider_places(monkeypatch):
    monkeypatch.setattr(packing, "_MANY", 4)
    cards = [full_card(number) for number in range(9)]
    assert all_cards(from_bytes(to_bytes(Pack.of(cards)))) == cards
