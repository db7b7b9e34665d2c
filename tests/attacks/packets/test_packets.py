"""Packets between desks: whoever writes to the database, a third desk, an operator with every file, an older copy."""

import datetime as dt
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select, update

from casework import clock
from casework.access import desks, entrance
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import opening
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.packets import answering, arriving, ending, news, partners, sending, states
from casework.packets.models import Arrival, ArrivalFile, Packet, PartnerDesk
from casework.settings import ROOT
from casework.vault import PersonKeys, Role, Section, keeping, packet, to_desk
from casework.vault.models import ChainEntry, DeskBox, DeskEpoch, DeskPair
from tests import factories
from tests.factories.people import human
from tests.factories.worlds import code, join
from tests.packets.scene import STORY, agree, introduce


@pytest.fixture
def world(database):
    return factories.world()


def put(packet_id, **changes):
    """What somebody does who can write to the database."""
    db.session.flush()
    db.session.execute(update(Arrival).where(Arrival.id == packet_id).values(**changes))
    db.session.expire_all()


def opens(world, packet_id):
    return arriving.read(world.actor(world.ram), packet_id)


def test_a_forged_chain_of_the_other_desk_is_nobodys_address(world, case, send, known):
    stranger = PersonKeys.create(uuid4())
    for table in (ChainEntry, DeskBox, DeskPair, DeskEpoch):
        db.session.execute(delete(table).where(table.desk_id == world.home_id))
    keeping.found_desk(stranger, world.home_id, world.network_id)
    with pytest.raises(Invalid):
        send(case.ref, Section.STORY)
    assert not partners.one(world.actor(world.mei), known).here
    assert db.session.scalar(select(Arrival.id)) is None


def test_another_card_in_the_same_row_does_not_count(world, case, send, known):
    row = db.session.get(PartnerDesk, known)
    other = introduce_third(world)
    row.body = db.session.get(PartnerDesk, other).body
    db.session.flush()
    every, amiss = partners.listing(world.actor(world.mei))
    assert known not in {one.id for one in every}
    assert amiss == 1
    with pytest.raises((Invalid, NotFound, Refused)):
        send(case.ref, Section.STORY)


def introduce_third(world):
    _, third = third_desk(world)
    return introduce(world.actor(world.mei), third)


def third_desk(world):
    """A desk of somebody else in the same network, and its coordinator at it."""
    tara = human("tara", "Tara")
    join(world.mei, world.network_id, tara, Role.COORDINATOR)
    third = desks.found(tara.keys, "Hill desk", "Tara", world.network_id).desk_id
    tara.keep()
    return third, entrance.enter(tara.keys, code(third), network=True)


def test_a_third_desk_opens_nothing_even_when_the_row_is_led_to_it(world, case, send):
    packet_id = send(case.ref, Section.STORY)
    third_id, tara = third_desk(world)
    with pytest.raises(NotFound):
        arriving.read(tara, packet_id)
    introduce(tara, world.actor(world.mei))
    put(packet_id, desk_id=third_id)
    with pytest.raises(Refused):
        arriving.read(entrance.enter(tara.person, code(third_id), network=True), packet_id)


def test_a_packet_that_nobody_of_the_desk_signed_is_refused(world, case, send):
    """Every public key is known to whoever has the database, so a box alone proves nothing."""
    packet_id = send(case.ref, Section.STORY)
    row = db.session.get(Arrival, packet_id)
    place = arriving.place_of(row)
    state = keeping.load(world.home_id)
    forged = packet.seal(state.publics[state.epoch], place, {"format": 1})
    put(packet_id, box=forged)
    with pytest.raises(Refused):
        opens(world, packet_id)
    stranger = world.actor(world.luz).person
    signed = to_desk.sign(stranger, "packet", *place.parts(), b"")
    put(packet_id, signature=signed, signer_id=world.luz.id)
    with pytest.raises(Refused):
        opens(world, packet_id)


def test_a_box_does_not_open_on_another_row(world, asha, case, send):
    other = factories.case(asha, called="Somebody else")
    agree(asha, other.ref)
    one, two = send(case.ref, Section.STORY), send(other.ref, Section.STORY)
    theirs = db.session.get(Arrival, two)
    put(one, box=theirs.box, signature=theirs.signature)
    with pytest.raises(Refused):
        opens(world, one)


@pytest.mark.parametrize("change", ["longer", "sender", "epoch"])
def test_what_stands_plain_beside_a_box_is_signed_with_it(world, case, send, change):
    packet_id = send(case.ref, Section.STORY)
    tara = third_desk(world)[0]
    changes = {
        "longer": {"ends_on": clock.today() + dt.timedelta(days=400)},
        "sender": {"from_id": tara},
        "epoch": {"epoch": 2},
    }
    put(packet_id, **changes[change])
    with pytest.raises((Invalid, Refused)):
        opens(world, packet_id)


def test_an_answer_that_nobody_signed_is_none(world, case, send):
    packet_id = send(case.ref, Section.STORY)
    host = keeping.load(world.host_id)
    said = '{"at": null, "feedback": null, "number": 1, "opened": null, "reason": null, "ref": null, "state": "accepted"}'
    value = {"said": said, "by": str(world.ram.id), "signature": "00" * 64}
    put(packet_id, reply=to_desk.pack(host, answering.REPLY, packet_id, value))
    assert news.look(world.actor(world.asha), case.ref, packet_id)[2] is None


def test_whoever_sent_it_cannot_open_it_any_more(world, case, send):
    packet_id = send(case.ref, Section.STORY)
    row = db.session.get(Arrival, packet_id)
    with pytest.raises(Refused):
        packet.opened(world.actor(world.mei).desk, arriving.place_of(row), row.box)


def test_an_operator_with_every_file_reads_nothing(world, case, send, hand_in, tmp_path):
    piece_id, data = hand_in(case.ref)
    packet_id = send(case.ref, Section.STORY, files=[piece_id])
    row = db.session.get(Arrival, packet_id)
    held = [row.box, row.signature, db.session.get(Packet, packet_id).body]
    held += [one.read_bytes() for one in Path(tmp_path / "files").rglob("*") if one.is_file()]
    assert db.session.scalar(select(ArrivalFile.id)) is not None
    for blob in held:
        for mark in (STORY.encode(), b"Amina", b"Valley", data[200:260]):
            assert mark not in blob


def test_a_sent_packet_that_is_deleted_or_put_back_is_noticed(world, case, send):
    packet_id = send(case.ref, Section.STORY)
    before = db.session.get(Packet, packet_id).body
    ending.recall(world.actor(world.asha), case.ref, packet_id)
    for deed in (update(Packet).values(body=before), delete(Packet)):
        db.session.execute(deed.where(Packet.id == packet_id))
        db.session.expire_all()
        mei = world.actor(world.mei)
        news.listing(mei, case.ref)
        opened = opening.load(mei, case.ref)
        assert Event.SEAL_REFUSED in {one.event for one in audit.of_case(mei.desk, opened.keys)}


def test_a_packet_that_is_put_back_opens_again_and_the_documentation_says_so(world, case, send):
    packet_id = send(case.ref, Section.STORY)
    row = db.session.get(Arrival, packet_id)
    older = {"box": row.box, "state": row.state}
    ending.recall(world.actor(world.asha), case.ref, packet_id)
    with pytest.raises(Invalid):
        opens(world, packet_id)
    put(packet_id, **older)
    assert opens(world, packet_id).answers["what_happened"] == STORY
    _, sent, answer = news.look(world.actor(world.asha), case.ref, packet_id)
    assert (sent.ended, answer.state) == (ending.BY_HAND, states.WAITING)
    told = (ROOT / "docs" / "vault.md").read_text("utf-8")
    assert "a packet that was taken back can be put back by whoever kept a copy of its row" in told


def test_a_state_that_is_changed_by_hand_brings_nothing_back(world, case, send):
    packet_id = send(case.ref, Section.STORY)
    arriving.decline(world.actor(world.ram), packet_id, "No room")
    put(packet_id, state=states.WAITING)
    with pytest.raises(Refused):
        opens(world, packet_id)


def test_the_receiver_of_one_packet_reaches_nothing_else_of_the_case(world, case, send):
    packet_id = send(case.ref, Section.STORY)
    found = opens(world, packet_id)
    assert "called" not in found.answers
    with pytest.raises(NotFound):
        opening.load(world.actor(world.ram), found.reference)
    assert isinstance(packet_id, UUID)
    assert sending.BODY.number == 94
