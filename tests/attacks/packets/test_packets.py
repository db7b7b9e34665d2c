"""Packets between desks: whoever writes to the database, a third desk, an operator with every file, an older copy."""

import datetime as dt
import io
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select, update

from casework import clock
from casework.access import desks, entrance, leaving
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import consenting, opening
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.packets import answering, arriving, ending, importing, news, partners, sending, states
from casework.packets.models import Arrival, ArrivalFile, Packet, PartnerDesk
from casework.settings import ROOT
from casework.vault import PersonKeys, Role, Section, keeping, packet, to_desk
from casework.vault.models import ChainEntry, DeskBox, DeskEpoch, DeskPair
from tests import factories
from tests.factories.people import human
from tests.factories.worlds import code, join
from tests.packets.scene import LARGEST, STORY, agree, introduce, wish


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


def kept(packet_id):
    """The row of a packet, as somebody copies it who means to put it back."""
    row = db.session.get(Arrival, packet_id)
    return {"box": row.box, "state": row.state, "kept": row.kept}


@pytest.mark.parametrize("how", ["taken back", "with the agreement", "declined", "accepted"])
def test_a_packet_that_ended_and_is_put_back_does_not_open(world, asha, case, send, accept, how):
    """Its row says that it waits; the record of the desk that ended it says that it does not."""
    packet_id = send(case.ref, Section.STORY)
    older = kept(packet_id)
    if how == "taken back":
        ending.recall(world.actor(world.asha), case.ref, packet_id)
    elif how == "with the agreement":
        told = consenting.listing(asha, case.ref).told
        consenting.withdraw(asha, case.ref, next(one.id for one in told if one.answer.purpose == "referral"))
    elif how == "declined":
        arriving.decline(world.actor(world.ram), packet_id, "No room")
    else:
        accept(packet_id)
    put(packet_id, **older)
    with pytest.raises(Invalid, match="from outside"):
        opens(world, packet_id)
    ram = world.actor(world.ram)
    assert Event.SEAL_REFUSED in {one.event for one in audit.of_desk(ram.desk)}
    told = " ".join((ROOT / "docs" / "vault.md").read_text("utf-8").split())
    assert "a packet that ended and is put back does not open" in told


def test_a_row_that_is_deleted_there_is_missed_by_the_desk_that_sent_it(world, case, send):
    packet_id = send(case.ref, Section.STORY)
    assert not news.look(world.actor(world.asha), case.ref, packet_id)[1].lost
    db.session.execute(delete(Arrival).where(Arrival.id == packet_id))
    db.session.expire_all()
    assert news.look(world.actor(world.asha), case.ref, packet_id)[1].lost
    (found,) = news.listing(world.actor(world.asha), case.ref)[1]
    assert found[0].lost


def test_a_declined_file_whose_row_is_deleted_is_not_brought_again(world, store, case, known):
    asked = wish(known, Section.STORY)
    packet_id, parts = sending.make_file(world.actor(world.asha), store, case.ref, asked, uuid4(), LARGEST)
    data = b"".join(parts)
    importing.keep(world.actor(world.ram), importing.prepare(world.actor(world.ram), store, io.BytesIO(data)))
    arriving.decline(world.actor(world.ram), packet_id, "No room")
    db.session.execute(delete(Arrival).where(Arrival.id == packet_id))
    db.session.expire_all()
    with pytest.raises(Invalid):
        importing.prepare(world.actor(world.ram), store, io.BytesIO(data))


def test_an_older_card_that_is_put_back_is_no_address(world, case, send, known):
    """The chain says which card was compared last."""
    row = db.session.get(PartnerDesk, known)
    older = row.body
    nina = world.actor(world.nina)
    desks.rename(nina, "Valley desk two", desks.body(nina.desk)[1])
    introduce(world.actor(world.mei), world.actor(world.nina))
    row.body = older
    db.session.flush()
    assert not partners.one(world.actor(world.mei), known).compared
    with pytest.raises(Invalid):
        send(case.ref, Section.STORY)


def test_a_card_that_is_deleted_is_missed(world, known):
    db.session.execute(delete(PartnerDesk).where(PartnerDesk.id == known))
    db.session.expire_all()
    assert partners.listing(world.actor(world.mei)) == ([], 1)


def test_a_member_who_left_opens_nothing_that_is_sent_afterwards(app, world, case, send):
    """Ram kept the desk's secret of the day he left; a packet is boxed to the key that was drawn then."""
    ram = world.actor(world.ram).desk
    before = send(case.ref, Section.STORY)
    leaving.remove(app.extensions["casework.doorway"], world.actor(world.nina), world.ram.id)
    after = send(case.ref, Section.STORY)
    rows = [db.session.get(Arrival, one) for one in (before, after)]
    opened = []
    for row in rows:
        try:
            packet.opened(ram, arriving.place_of(row), row.box)
            opened.append(row.id)
        except Refused:
            continue
    assert opened == [before]


def test_a_state_that_is_changed_by_hand_brings_nothing_back(world, case, send):
    packet_id = send(case.ref, Section.STORY)
    arriving.decline(world.actor(world.ram), packet_id, "No room")
    put(packet_id, state=states.WAITING)
    with pytest.raises(Invalid, match="from outside"):
        opens(world, packet_id)


def test_the_receiver_of_one_packet_reaches_nothing_else_of_the_case(world, case, send):
    packet_id = send(case.ref, Section.STORY)
    found = opens(world, packet_id)
    assert "called" not in found.answers
    with pytest.raises(NotFound):
        opening.load(world.actor(world.ram), found.reference)
    assert isinstance(packet_id, UUID)
    assert sending.BODY.number == 94
