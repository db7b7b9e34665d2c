"""Packets of somebody who means harm: refused in words that say what to do, and nothing of them is taken by halves."""

import io
import json
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from casework.cases import entries, opening
from casework.db import db
from casework.errors import Invalid, Refused
from casework.packets import accepting, arriving, contents, desk_cards, importing, received, sending, wire
from casework.packets.models import Arrival, ArrivalFile
from casework.packets.partners import Partner
from casework.vault import Section, packet
from casework.vault.filing import FileSealer
from casework.vault.packet import Place
from tests.packets.scene import LARGEST, wish
from tests.packets.test_files import VECTOR, whole


@pytest.fixture
def two(world, store, case, known, hand_in):
    """Two packets for the home desk, each with two photos, as files."""
    pieces = [hand_in(case.ref, called)[0] for called in ("One", "Two")]
    made = []
    for _ in range(2):
        asked = wish(known, Section.STORY, files=pieces)
        _, parts = sending.make_file(world.actor(world.asha), store, case.ref, asked, uuid4(), LARGEST)
        made.append(b"".join(parts))
    return made


def bring(world, store, data):
    ram = world.actor(world.ram)
    importing.keep(ram, importing.prepare(ram, store, io.BytesIO(data)))


def refused(world, store, data):
    """The sentence by which a packet is refused; nothing of it is there afterwards."""
    before = lying(store)
    with pytest.raises(Invalid) as why:
        bring(world, store, data)
    assert db.session.scalar(select(func.count()).select_from(Arrival)) == 0
    assert db.session.scalar(select(func.count()).select_from(ArrivalFile)) == 0
    assert lying(store) == before
    return why.value.message


def lying(store):
    return sorted(one.name for one in store._folder.rglob("*") if one.is_file())


def parts_of(data):
    """The head of a packet, and its files as they are sealed: both photos are of one padded size."""
    stream = io.BytesIO(data)
    wire.read(stream)
    head, rest = data[: stream.tell()], data[stream.tell() :]
    assert len(rest) % 2 == 0
    return head, rest[: len(rest) // 2], rest[len(rest) // 2 :]


def test_files_in_another_order_are_refused(world, store, two):
    head, one, other = parts_of(two[0])
    assert "changed or cut" in refused(world, store, head + other + one)
    assert "changed or cut" in refused(world, store, head + one + one)


def test_files_of_another_packet_are_refused(world, store, two):
    head, one, _ = parts_of(two[0])
    _, _, strange = parts_of(two[1])
    assert "changed or cut" in refused(world, store, head + one + strange)


def test_the_head_of_one_and_the_signature_of_another_are_refused(world, store, two):
    first, second = (wire.read(io.BytesIO(one)) for one in two)
    mixed = wire.head(first.place, first.box, second.signature)
    assert "changed or cut" in refused(world, store, mixed + b"".join(parts_of(two[0])[1:]))


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_cut_anywhere_it_leaves_nothing_behind(world, store, two, share):
    refused(world, store, two[0][: int(len(two[0]) * share)])


def test_a_head_that_says_it_is_endless_is_not_read(world, store, two):
    endless = wire.MAGIC + bytes([wire.VERSION]) + b"\xff\xff\xff\xff" + bytes(100)
    assert "changed or cut" in refused(world, store, endless)


def test_an_older_version_says_what_to_do(world, store, two):
    older = wire.MAGIC + b"\x00" + two[0][len(wire.MAGIC) + 1 :]
    assert "has to be updated" in refused(world, store, older)


def test_a_packet_comes_in_once_and_its_files_too(world, store, two):
    bring(world, store, two[0])
    there = lying(store)
    with pytest.raises(Invalid, match="came before"):
        bring(world, store, two[0])
    assert lying(store) == there


def test_who_begins_again_after_a_crash_finds_no_name_taken(world, store, two):
    """The first time the files were put away, and the process died before their rows were written."""
    importing.prepare(world.actor(world.ram), store, io.BytesIO(two[0]))
    bring(world, store, two[0])
    row = db.session.scalar(select(Arrival))
    named = set(db.session.scalars(select(ArrivalFile.id)))
    assert len(named) == 2
    assert {one.name for one in store._folder.rglob("*") if one.is_file()} >= {one.hex for one in named}
    assert arriving.folder_of(world.actor(world.ram).desk, row) is not None


def forged(world, store, value, files=(), **place):
    """A packet that the harbour desk really made, with whatever contents; its members signed it."""
    asha, nina = world.actor(world.asha).desk, world.actor(world.nina).desk
    told = Place(uuid4(), asha.desk_id, nina.desk_id, nina.epoch, value_day(), **place)
    box = packet.seal(nina.state.publics[nina.epoch], told, value)
    return wire.head(told, box, packet.sign(asha, told, box, as_desk=True)) + b"".join(files)


def value_day():
    return wish(None).ends_on


def sealed(data, file_id):
    sealer = FileSealer(file_id)
    parts = [sealer.lead, *sealer.add(data), *sealer.end()]
    told = {"id": str(file_id), "key": sealer.key.expose().hex(), "size": len(data), "mime": "text/plain"}
    return told | {"what": "payslips", "called": "March", "grade": "copy"}, b"".join(parts)


def test_a_file_that_takes_the_name_of_one_that_is_here_replaces_nothing(world, store, case, known, hand_in):
    piece_id, photo = hand_in(case.ref)
    here = opening.load(world.actor(world.asha), case.ref)
    theirs = sending.moving.evidence.original(here, piece_id)[0].id
    told, data = sealed(b"Something else", theirs)
    bring(world, store, forged(world, store, whole({}) | {"files": [told]}, [data]))
    opened = sending.moving.evidence.open_file(
        world.actor(world.asha), store, case.ref, piece_id, original=True
    )
    assert b"".join(opened.parts) == photo


@pytest.mark.parametrize("name", ["notes", "lines", "files", "answers"])
def test_more_than_can_be_taken_is_refused_whole(world, store, known, name):
    """Nothing is left out unsaid: not the note after the last that would have fitted."""
    most = contents.MOST[name]
    note = {"type": "note", "when": "2026-11-22T10:00:00+00:00", "text": "x", "channel": "", "heavy": False}
    file, _ = sealed(b"x", UUID(int=1))
    one = {"notes": note, "lines": {}, "files": file}.get(name)
    many = {f"k{at}": "x" for at in range(most + 1)} if name == "answers" else [one] * (most + 1)
    said = refused(world, store, forged(world, store, whole({}) | {name: many}))
    assert "Ask for it in parts" in said


def test_a_desk_makes_no_packet_that_others_could_not_take(asha, case, known, send):
    for _ in range(3):
        entries.add(asha, case.ref, "note", contents.clock.now(), "Again", uuid4())
    most = contents.MOST["notes"]
    contents.MOST["notes"] = 2
    try:
        with pytest.raises(Invalid, match="more than one packet takes"):
            send(case.ref, Section.STORY)
    finally:
        contents.MOST["notes"] = most


def test_nonsense_that_is_nested_deep_is_refused(world, store, known):
    deep = json.loads("[" * 400 + "]" * 400)
    said = refused(world, store, forged(world, store, whole({}) | {"told": deep}))
    assert "changed or cut" in said


def partner():
    return Partner(uuid4(), desk_cards.read(VECTOR["card"]), True, None)


def test_writing_that_turns_around_comes_out_straight():
    """What is shown must be what is there: an account number, or a name, that reads backwards is another one."""
    turned = "Pay \u202e321\u202c to \u2067Ana\u2069"
    note = {
        "type": "note",
        "when": "2026-11-22T10:00:00+00:00",
        "text": turned,
        "channel": "",
        "heavy": False,
    }
    told = whole({"called": turned, "other.thing": turned}) | {"told": turned, "notes": [note]}
    found = received.read(told, partner())
    assert found.told == found.notes[0].text == "Pay 321 to Ana"
    assert "\u202e" not in json.dumps([dict(found.answers), found.strange], ensure_ascii=False)


def test_arabic_keeps_its_marks():
    text = "اسم\u200fآمنة\u200e 12"
    assert received.read(whole({}) | {"told": text}, partner()).told == text


@pytest.mark.parametrize("name", ["Valley\u202eksed", "Valley\ndesk", " ", "V" * 400])
def test_a_card_with_a_name_that_shows_as_another_is_none(name):
    card = desk_cards.read(VECTOR["card"])
    with pytest.raises(Invalid):
        desk_cards.read(desk_cards.Card(card.desk_id, name, card.epoch, card.x, card.ed, 3, card.head).text)


def test_a_packet_with_the_card_of_a_third_desk_is_refused(world, store, case, known, two):
    """Signed by the key of the harbour desk, said to be from another."""
    head = wire.read(io.BytesIO(two[0]))
    other = Place(head.place.packet_id, uuid4(), head.place.to_id, head.place.epoch, head.place.ends_on)
    with pytest.raises((Invalid, Refused)):
        importing.prepare(
            world.actor(world.ram), store, io.BytesIO(wire.head(other, head.box, head.signature))
        )


def test_what_a_strange_desk_asked_is_kept_whole():
    """Longer than one note: it becomes several, and nothing of it is cut off."""
    long = "ä" * (entries.LONGEST_TEXT + 500)
    found = received.read(whole({"language": "ne", "strange.one": long}), partner())
    texts = list(accepting._rest(found))
    assert sum(text.count("ä") for text in texts) == len(long)
    assert max(map(len, texts)) == entries.LONGEST_TEXT
