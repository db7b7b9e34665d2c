"""A packet as a file: made, brought in, and refused where anything about it is not as it was made."""

import datetime as dt
import io
import json
from base64 import b64decode
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import clock
from casework.cases import left, opening
from casework.db import db
from casework.errors import Invalid, Refused
from casework.evidence import service as evidence
from casework.packets import (
    arriving,
    desk_cards,
    ending,
    importing,
    news,
    partners,
    received,
    sending,
    states,
    wire,
)
from casework.packets.models import Arrival
from casework.vault import Secret, Section, filing, packet, plain
from casework.vault.box import private_key, unpack
from tests.packets.scene import LARGEST, STORY, VALLEY, introduce, wish

VECTOR = json.loads((Path(__file__).parent / "vector.json").read_text("utf-8"))


@pytest.fixture
def made(world, store, case, known, hand_in):
    """A packet for the home desk, as a file; its id, its bytes, and those of the photo in it."""
    piece_id, photo = hand_in(case.ref)
    asked = wish(known, Section.STORY, Section.IDENTITY, files=[piece_id])
    packet_id, parts = sending.make_file(world.actor(world.asha), store, case.ref, asked, uuid4(), LARGEST)
    return packet_id, b"".join(parts), photo


def bring(world, store, data, who=None):
    actor = world.actor(who or world.ram)
    brought = importing.prepare(actor, store, io.BytesIO(data))
    importing.keep(actor, brought)
    return brought


def test_brought_in_it_is_opened_and_accepted_like_any_other(world, store, made, accept):
    packet_id, data, photo = made
    for mark in (STORY.encode(), b"Amina", b"Valley", b"Harbour"):
        assert mark not in data
    bring(world, store, data)
    ref = accept(packet_id)
    there = opening.load(world.actor(world.ram), ref)
    assert there.called == "Amina Qzx"
    (piece,) = evidence.listing(there).pieces
    opened = evidence.open_file(world.actor(world.ram), store, ref, piece.id, original=True)
    assert b"".join(opened.parts) == photo


def test_a_packet_that_was_brought_says_that_no_answer_goes_back(world, store, made, send, case):
    packet_id, data, _ = made
    bring(world, store, data)
    ram = world.actor(world.ram)
    assert arriving.look(ram, packet_id).by_file
    assert not arriving.look(ram, send(case.ref, Section.STORY)).by_file


def test_what_left_as_a_file_is_listed_and_cannot_be_taken_back(world, asha, case, made):
    packet_id, _, _ = made
    assert [one.recipient for one in left.everything(opening.load(asha, case.ref), "referral", VALLEY)] == [
        VALLEY
    ]
    with pytest.raises(Invalid):
        ending.recall(asha, case.ref, packet_id)
    ending.heard(world.actor(world.asha), case.ref, packet_id, "helping", "They rang")
    _, sent, _ = news.look(world.actor(world.asha), case.ref, packet_id)
    assert sent.heard == ("helping", "They rang")


def test_every_changed_byte_is_refused(world, store, made):
    """Bytes spread over head, signature, box and file; each is one import that keeps nothing."""
    _, data, _ = made
    for at in sorted({*range(0, 330, 9), *range(330, len(data), max(1, len(data) // 40)), len(data) - 1}):
        changed = bytearray(data)
        changed[at] ^= 1
        with pytest.raises(Invalid):
            importing.prepare(world.actor(world.ram), store, io.BytesIO(bytes(changed)))
    assert db.session.query(Arrival).count() == 0
    bring(world, store, data)


@pytest.mark.parametrize("how", ["cut", "longer", "empty"])
def test_cut_or_longer_is_refused(world, store, made, how):
    _, data, _ = made
    other = {"cut": data[:-1], "longer": data + b"\0", "empty": b""}[how]
    with pytest.raises(Invalid):
        bring(world, store, other)
    assert db.session.query(Arrival).count() == 0


def test_a_replay_is_refused_also_after_it_was_declined(world, store, made):
    packet_id, data, _ = made
    bring(world, store, data)
    with pytest.raises(Invalid) as refused:
        bring(world, store, data)
    assert "came before" in refused.value.message
    arriving.decline(world.actor(world.ram), packet_id, "No room")
    with pytest.raises(Invalid):
        bring(world, store, data)


def test_another_desks_packet_is_refused(world, store, made):
    _, data, _ = made
    with pytest.raises(Invalid) as refused:
        bring(world, store, data, who=world.asha)
    assert "another desk" in refused.value.message


def test_a_version_that_is_not_known_is_named(world, store, made):
    _, data, _ = made
    other = data[: len(wire.MAGIC)] + b"\x02" + data[len(wire.MAGIC) + 1 :]
    with pytest.raises(Invalid) as refused:
        bring(world, store, other)
    assert "version" in refused.value.message


def test_past_its_day_it_is_refused(world, store, made, monkeypatch):
    _, data, _ = made
    day = clock.today() + dt.timedelta(days=11)
    monkeypatch.setattr(clock, "today", lambda: day)
    with pytest.raises(Invalid) as refused:
        bring(world, store, data)
    assert "last day" in refused.value.message


def test_from_a_desk_that_nobody_compared_it_is_refused(world, store, case):
    known = introduce(world.actor(world.mei), world.actor(world.nina))
    asked = wish(known, Section.STORY)
    _, parts = sending.make_file(world.actor(world.asha), store, case.ref, asked, uuid4(), LARGEST)
    with pytest.raises(Invalid) as refused:
        bring(world, store, b"".join(parts))
    assert "compared" in refused.value.message


def test_files_that_are_together_too_large_are_not_put_into_one(world, store, case, known, hand_in):
    piece_id, _ = hand_in(case.ref)
    with pytest.raises(Invalid) as refused:
        sending.make_file(
            world.actor(world.asha), store, case.ref, wish(known, files=[piece_id]), uuid4(), 100
        )
    assert refused.value.field == "files"


def test_the_known_packet_still_opens():
    stream = io.BytesIO(b64decode(VECTOR["packet"]))
    head = wire.read(stream)
    packet.check([bytes.fromhex(VECTOR["ed25519_public"])], head.signature, head.place, head.box)
    private = private_key(Secret(bytes.fromhex(VECTOR["x25519_seed"])))
    contents = plain.decode(unpack(private, head.box, "packet", *head.place.parts()))
    assert contents == VECTOR["contents"]
    (file,) = contents["files"]
    sealed = wire.next_file(stream, file["size"])
    opened = filing.opened(packet.file_key(file["key"]), UUID(file["id"]), file["size"], sealed)
    assert sha256(b"".join(opened)).hexdigest() == VECTOR["sha256_of_file"]
    wire.at_end(stream)


def test_the_known_card_still_reads():
    card = desk_cards.read(VECTOR["card"])
    assert (card.name, card.code) == ("Valley desk", VECTOR["code"])
    assert card.text == VECTOR["card"]
    spaced = " ".join(VECTOR["card"][at : at + 5] for at in range(0, len(VECTOR["card"]), 5)).lower()
    assert desk_cards.read(spaced) == card


@given(st.binary(max_size=400), st.booleans())
def test_no_bytes_break_the_reader_of_files(data, lead):
    whole = (wire.MAGIC + b"\x01" if lead else b"") + data
    try:
        head = wire.read(io.BytesIO(whole))
    except Invalid:
        return
    assert whole.startswith(wire.head(head.place, head.box, head.signature))


@given(st.integers(0, 2200), st.integers(1, 255))
def test_a_changed_byte_of_the_head_changes_what_is_checked(at, by):
    whole = bytearray(b64decode(VECTOR["packet"]))
    true = wire.read(io.BytesIO(bytes(whole)))
    whole[at] ^= by
    try:
        head = wire.read(io.BytesIO(bytes(whole)))
    except Invalid:
        return
    if head == true:
        # Behind the head: the file's own chunks tell.
        assert at >= len(wire.head(true.place, true.box, true.signature))
        return
    with pytest.raises(Refused):
        packet.check([bytes.fromhex(VECTOR["ed25519_public"])], head.signature, head.place, head.box)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader_of_cards(text):
    for one in (text, f"CASEWORK-DESK:{text}"):
        try:
            card = desk_cards.read(one)
        except Invalid:
            continue
        assert card.text == "".join(one.split()).upper()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=12,
)
_KEYS = ("answers", "notes", "lines", "files", "consent", "parts", "safe_contact", "told", "made_on", "htcds")


@given(
    st.dictionaries(st.sampled_from(_KEYS), _JSON), st.dictionaries(st.text(max_size=12), _JSON, max_size=4)
)
def test_no_contents_break_whoever_reads_them(changed, answers):
    card = desk_cards.read(VECTOR["card"])
    partner = partners.Partner(uuid4(), card, True, None)
    asked = dict(zip(("kind", "language", "risk", "called", "reach"), answers.values(), strict=False))
    try:
        found = received.read(whole(answers | asked) | changed, partner)
    except (Invalid, Refused):
        return
    assert set(found.answers).isdisjoint(key for key, _ in found.strange)


def whole(answers):
    """Contents in which only the answers are strange."""
    return {
        "format": 1,
        "reference": "K7QD-2MXR",
        "told": "Please",
        "restricted": False,
        "made_on": "2026-11-22",
        "parts": ["story"],
        "answers": answers,
        "safe_contact": {},
        "notes": [],
        "lines": [],
        "files": [],
        "consent": {
            "recipient": VALLEY,
            "data": "What happened",
            "how": "spoken",
            "language": "ne",
            "interpreter": "phone",
            "present": ["nobody"],
            "given_on": "2026-11-22",
            "ends_on": "2026-12-22",
        },
        "htcds": {},
    }


def test_a_strange_answer_is_kept_as_text_and_a_known_one_is_taken():
    partner = partners.Partner(uuid4(), desk_cards.read(VECTOR["card"]), True, None)
    found = received.read(
        whole({"language": "ne", "other.question": {"a": 1}, "risk": "no such risk"}), partner
    )
    assert found.answers == {"language": "ne"}
    assert dict(found.strange) == {"other.question": '{"a": 1}', "risk": '"no such risk"'}
    assert found.sender == "Valley desk"


def test_states_are_words_that_fit_their_column():
    assert all(
        len(one) <= 10
        for one in (states.WAITING, states.ACCEPTED, states.DECLINED, states.RECALLED, states.EXPIRED)
    )
