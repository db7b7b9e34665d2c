"""Our code against vectors that raw primitives made (make_vectors.py): bytes that may never change again."""

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from casework.errors import Refused
from casework.vault import (
    CaseKeys,
    ChainState,
    DeskKeys,
    PersonKeys,
    Secret,
    Section,
    box,
    cards,
    catalogue,
    chain,
    grant,
    meeting_code,
    open_profile,
    plain,
    session,
    signature,
    slot,
    totp,
)
from casework.vault.blob import Fmt
from casework.vault.encoding import kdf, lp, split_lp
from casework.vault.keeping import wraps

V = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))
LEGAL = Section.LEGAL
END = datetime.fromtimestamp(1_800_000_000, UTC)


def fixed(name, size=32):
    return hashlib.shake_256(name.encode()).digest(size)


def an_id(name):
    return UUID(bytes=fixed(name, 16))


def raw(name):
    return bytes.fromhex(V[name])


USER, OTHER, DESK, CASE, ROW = map(an_id, ("user", "other", "desk", "case", "row"))
ROOT, COOKIE = Secret(fixed("root")), fixed("cookie")


@pytest.fixture
def person():
    return PersonKeys(USER, ROOT, Secret(fixed("x25519")), Secret(fixed("ed25519")))


@pytest.fixture
def state():
    rows = [
        chain.Entry(
            DESK,
            seq,
            row["kind"],
            split_lp(bytes.fromhex(row["fields"])),
            USER,
            bytes.fromhex(row["signature"]),
        )
        for seq, row in enumerate(V["chain"])
    ]
    return chain.extend(ChainState(DESK), rows)


@pytest.fixture
def desk(person, state):
    opened = box.unpack_secret(person.x_private, raw("desk_box"), "desk", DESK, 2, USER)
    return DeskKeys(person, state, opened, {2: raw("desk_link")})


@pytest.fixture
def case(desk):
    key, tags = wraps.unwrap(desk, CASE, 2, raw("case_wrap"))
    return CaseKeys(desk.state, CASE, generation=2, born=2, key=key, tags=tags, links={2: raw("case_link")})


def test_encoding():
    assert lp("añ", 7, b"\x00\xff", USER, "") == raw("lp")
    assert kdf(ROOT, "label", "añ", 7, USER) == Secret(raw("kdf"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nothing", None),
        ("text", "Añ 名"),
        ("text27", "x" * 27),
        ("text28", "x" * 28),
        ("json", {"a": ["ñ", 1, None], "b": True}),
    ],
)
def test_plain(name, value):
    assert plain.encode(value) == bytes.fromhex(V["plain"][name])
    assert plain.decode(bytes.fromhex(V["plain"][name])) == value


def test_the_chain_gives_its_heads_and_members(state, person):
    assert [head.hex() for head in state.heads] == [row["head"] for row in V["chain"]]
    assert {who: member.role for who, member in state.members.items()} == {
        USER: "coordinator",
        OTHER: "volunteer",
    }
    assert state.members[USER].x == person.x_public
    assert state.epoch == 2


def test_the_same_chain_is_signed_by_our_code(person):
    state = ChainState(DESK)
    for row in V["chain"]:
        entry = chain.next_entry(state, person, row["kind"], *split_lp(bytes.fromhex(row["fields"])))
        assert entry.signature.hex() == row["signature"]
        state = chain.extend(state, [entry])


def test_the_meeting_code(state):
    member = state.members[OTHER]
    assert meeting_code(state, OTHER, member.x, member.ed) == V["meeting"]


def test_a_signature(person):
    assert signature.sign(person.ed_private, "purpose", USER, 7, "añ") == raw("signature")
    signature.verify(person.ed_public, raw("signature"), "purpose", USER, 7, "añ")


def test_desk_box_and_link(desk):
    assert desk.secret(2) == Secret(fixed("S2"))
    assert desk.secret(1) == Secret(fixed("S1"))


def test_case_wrap_and_link(case):
    assert case.key(2) == Secret(fixed("K2"))
    assert case.key(1) == Secret(fixed("K1"))
    assert case.tag(LEGAL) == raw("tag")


def test_a_restricted_wrap(desk):
    inside = wraps.unwrap_restricted(desk, CASE, 2, raw("restricted"))
    assert (inside.key, inside.tags, inside.born) == (Secret(fixed("K2")), Secret(fixed("T")), 1)
    assert inside.named == {USER, OTHER}


def test_fields(case, desk, person):
    entry = catalogue.field("entry.body")
    assert case.open(entry, ROW, LEGAL, raw("field1")) == "first"
    assert case.open(entry, ROW, LEGAL, raw("field2")) == {"kind": "second"}
    assert desk.open(catalogue.field("desk.body"), ROW, raw("desk_field")) == {"name": "a desk"}
    mine = catalogue.SealedField(99, "draft", "body", "user", "mine", "a day")
    assert person.open(mine, ROW, raw("private_field")) == "mine"


def test_a_grant(person, desk, case):
    place = grant.Place(DESK, case.case_id, an_id("slot"), USER, 2, date(2026, 12, 31))
    box, signed = (bytes.fromhex(V["grant"][name]) for name in ("box", "signature"))
    keys = grant.unbox(person, desk.state, place, USER, signed, box)
    entry = catalogue.field("entry.body")
    assert keys.open(entry, ROW, LEGAL, raw("field2")) == {"kind": "second"}
    with pytest.raises(Refused):
        keys.open(entry, ROW, LEGAL, raw("field1"))
    assert keys.about == {"files": [], "about": {"ref": "K7QD-2MXR"}}
    assert keys.talk.open(catalogue.field("grant_message.body"), ROW, raw("talk")) == "a question"


def test_segment_and_audit(desk, case):
    event = an_id("event")
    assert desk.open_segment(an_id("segment"), 9, raw("segment")) == b"packed cards"
    assert case.open_audit(event, raw("audit_case")) == {"what": 1}
    assert desk.open_audit(DESK, event, raw("audit_desk")) == {"what": 2}
    assert desk.open_audit(DESK, event, raw("audit_box")) == {"what": 3}


@pytest.mark.parametrize(("name", "cost"), [("slot_quick", slot.QUICK), ("slot_strong", slot.STRONG)])
def test_a_slot(name, cost):
    stored = slot.Slot(
        an_id("slot"),
        USER,
        fixed("salt", 16),
        bytes.fromhex(V[name]["commit"]),
        bytes.fromhex(V[name]["blob"]),
    )
    peppers = slot.Peppers({7: fixed("pepper"), 8: fixed("newer pepper")})
    assert slot.unlock(stored, "correct horse battery strasse", peppers, cost) == ROOT
    assert stored.pepper_id == 7


def test_the_costs_are_the_written_ones():
    assert slot.Cost(memory_kib=65536, iterations=3, lanes=1) == slot.STRONG


def test_a_profile():
    person = open_profile(ROOT, USER, raw("profile"), 3)
    assert person.x_private.private_bytes_raw() == fixed("x25519")
    assert person.ed_private.private_bytes_raw() == fixed("ed25519")
    assert (person.totp_secret, person.counter, person.pins) == ("GEZDGNBVGY3TQOJQ", 3, {})


def test_a_session():
    assert session.open_root(COOKIE, raw("session"), USER, END) == ROOT
    assert session.open_kept(COOKIE, "filter", raw("kept")) == b"choices"
    assert session.csrf_valid(COOKIE, "form", V["csrf"])


def test_a_recovery_card():
    card = cards.read(V["card"])
    assert (card.set_id, card.number) == (an_id("set"), 2)
    assert (card.first, card.second) == (Secret(fixed("y")), Secret(fixed("z")))
    assert card.text() == V["card"]


def test_totp_of_rfc_6238():
    secret, moment = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", datetime.fromtimestamp(59, UTC)
    assert totp.code_at(secret, moment) == "287082"
    assert totp.use(Secret(secret.encode()), "287 082", 0, moment) == 1


def test_format_numbers_are_the_written_ones():
    assert {fmt.name: int(fmt) for fmt in Fmt} == {
        "FIELD": 1,
        "DESK_LINK": 2,
        "CASE_WRAP": 3,
        "CASE_LINK": 4,
        "SLOT": 5,
        "PROFILE": 6,
        "RESTRICTED": 7,
        "SEGMENT": 8,
        "SESSION": 9,
        "AUDIT": 10,
        "FILE": 12,
        "RETURN": 14,
        "BOX": 0x11,
    }
