"""From one desk to another inside an installation: sent, opened, accepted, declined, taken back."""

import datetime as dt
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from casework import clock
from casework.access import leaving, locking
from casework.cases import consenting, copying, erasing, left, opening, readers
from casework.cases.models import Case
from casework.db import db
from casework.errors import Denied, Invalid, NotFound
from casework.evidence import service as evidence
from casework.evidence import sweeping
from casework.packets import accepting, arriving, desk_cards, ending, news, partners, sending, states
from casework.packets.models import Arrival, ArrivalFile
from casework.people import consents
from casework.vault import Role, Section
from tests import factories
from tests.factories.worlds import join
from tests.packets.scene import HARBOUR, LARGEST, STORY, VALLEY, agree, introduce, wish


def state_of(packet_id):
    return db.session.get(Arrival, packet_id, populate_existing=True).state


def test_the_other_desk_reads_what_was_chosen_and_nothing_else(world, case, send):
    packet_id = send(case.ref, Section.STORY)
    ram = world.actor(world.ram)
    (line,) = arriving.waiting(ram, 10)
    assert (line.sender, line.waits) == (HARBOUR, True)
    found = arriving.read(ram, packet_id)
    assert found.answers["what_happened"] == STORY
    assert [note.text for note in found.notes] == ["She called again."]
    assert found.told == "Please take her case over"
    assert "called" not in found.answers
    assert not {key for key in found.answers if key.startswith("reach")}


def test_accepted_it_is_a_case_of_their_own(world, case, send, accept, hand_in, store):
    piece_id, data = hand_in(case.ref)
    packet_id = send(case.ref, Section.STORY, Section.IDENTITY, files=[piece_id])
    ref = accept(packet_id)
    assert ref != case.ref
    ram = world.actor(world.ram)
    there = opening.load(ram, ref)
    assert there.called == "Amina Qzx"
    assert there.section(Section.STORY).values["what_happened"] == STORY
    assert there.kinds == ("detention",)
    assert accepting.came_from(there) == {
        "packet": str(packet_id),
        "desk": HARBOUR,
        "reference": case.ref,
    }
    (piece,) = evidence.listing(there).pieces
    assert b"".join(evidence.open_file(ram, store, ref, piece.id, original=True).parts) == data
    assert consents.live(ram, there.keys, "casework") is not None
    with pytest.raises(NotFound):
        opening.load(world.actor(world.asha), ref)


def test_the_new_case_stands_no_longer_than_what_they_agreed_to(world, case, send, accept):
    ref = accept(send(case.ref, Section.STORY))
    there = opening.load(world.actor(world.ram), ref)
    here = opening.load(world.actor(world.asha), case.ref)
    told = consents.live(here.actor, here.keys, "referral", VALLEY)
    assert consents.live(there.actor, there.keys, "casework").answer.ends_on == told.answer.ends_on


def test_once_accepted_the_packet_is_gone_and_the_first_desk_knows(world, case, send, accept, store, hand_in):
    piece_id, _ = hand_in(case.ref)
    packet_id = send(case.ref, Section.STORY, files=[piece_id])
    assert not news.waiting(world.actor(world.asha), 10)
    ref = accept(packet_id)
    row = db.session.get(Arrival, packet_id)
    assert (row.state, row.box) == (states.ACCEPTED, None)
    assert db.session.scalar(select(func.count()).select_from(ArrivalFile)) == 0
    asha = world.actor(world.asha)
    (told,) = news.waiting(asha, 10)
    assert (told.ref, told.to) == (case.ref, VALLEY)
    _, _, answer = news.look(asha, case.ref, packet_id)
    assert (answer.state, answer.ref) == (states.ACCEPTED, ref)
    assert not news.waiting(world.actor(world.asha), 10)


def test_two_who_accept_make_one_case(world, case, send, accept, store):
    packet_id = send(case.ref, Section.STORY)
    nina = world.actor(world.nina)
    ready = accepting.prepare(nina, store, packet_id, LARGEST)
    accept(packet_id)
    with pytest.raises(Invalid):
        accepting.accept(world.actor(world.nina), packet_id, ready, take=True)
    at_home = select(func.count()).select_from(Case).where(Case.desk_id == world.home_id)
    assert db.session.scalar(at_home) == 1


def test_declined_with_a_reason_that_goes_back(world, case, send):
    packet_id = send(case.ref, Section.STORY)
    with pytest.raises(Invalid):
        arriving.decline(world.actor(world.ram), packet_id, "  ")
    arriving.decline(world.actor(world.ram), packet_id, "We have no lawyer for this")
    _, sent, answer = news.look(world.actor(world.asha), case.ref, packet_id)
    assert (answer.state, answer.reason) == (states.DECLINED, "We have no lawyer for this")
    with pytest.raises(Invalid):
        arriving.read(world.actor(world.ram), packet_id)
    assert sent.to == VALLEY


def test_feedback_goes_back_until_the_case_is_closed_as_referred(world, case, send, accept):
    packet_id = send(case.ref, Section.STORY)
    accept(packet_id)
    accepting.tell(world.actor(world.ram), packet_id, "helped", "She is out")
    _, _, answer = news.look(world.actor(world.asha), case.ref, packet_id)
    assert [(one.outcome, one.note) for one in answer.feedback] == [("helped", "She is out")]


def test_without_the_persons_word_for_this_desk_nothing_leaves(world, asha, known, send):
    bare = factories.case(asha, called="Somebody")
    with pytest.raises(Invalid) as refused:
        send(bare.ref, Section.STORY)
    assert refused.value.field == "partner"
    agree(asha, bare.ref, to="Another desk")
    with pytest.raises(Invalid):
        send(bare.ref, Section.STORY)


def test_withdrawn_before_it_is_accepted_it_is_destroyed_and_says_so(world, asha, case, send, hand_in):
    piece_id, _ = hand_in(case.ref)
    packet_id = send(case.ref, Section.STORY, files=[piece_id])
    told = consenting.listing(asha, case.ref).told
    consenting.withdraw(asha, case.ref, next(t.id for t in told if t.answer.purpose == "referral"))
    row = db.session.get(Arrival, packet_id, populate_existing=True)
    assert (row.state, row.box) == (states.RECALLED, None)
    assert db.session.scalar(select(func.count()).select_from(ArrivalFile)) == 0
    with pytest.raises(Invalid) as refused:
        arriving.read(world.actor(world.ram), packet_id)
    assert "taken it back" in refused.value.message
    _, sent, _ = news.look(world.actor(world.asha), case.ref, packet_id)
    assert sent.ended == "withdrawn"


def test_a_no_to_casework_takes_it_back_too(world, asha, case, send):
    packet_id = send(case.ref, Section.STORY)
    consenting.record(asha, case.ref, factories.answer("casework", given=False), uuid4())
    assert state_of(packet_id) == states.RECALLED


def test_what_left_is_listed_and_stands_in_the_persons_copy(world, asha, case, send, accept):
    send(case.ref, Section.STORY)
    opened = opening.load(asha, case.ref)
    (one,) = left.everything(opened, "referral", VALLEY)
    assert one.recipient == VALLEY
    (told,) = copying.gather(asha, case.ref).more["referred_to_desks"]
    assert (told["to"], told["parts"]) == (VALLEY, ["story"])


def test_by_its_day_a_job_without_keys_destroys_it(world, case, send, monkeypatch):
    packet_id = send(case.ref, Section.STORY, days=3)
    assert ending.expire() == 0
    day = clock.today() + dt.timedelta(days=4)
    monkeypatch.setattr(clock, "today", lambda: day)
    with pytest.raises(Invalid):
        arriving.read(world.actor(world.ram), packet_id)
    assert ending.expire() == 1
    assert state_of(packet_id) == states.EXPIRED


def test_taken_back_by_hand_only_while_it_waits(world, asha, case, send, accept):
    first, second = send(case.ref, Section.STORY), send(case.ref, Section.STORY)
    ending.recall(world.actor(world.bo), case.ref, first)
    assert state_of(first) == states.RECALLED
    accept(second)
    for packet_id in (first, second):
        with pytest.raises(Invalid):
            ending.recall(world.actor(world.asha), case.ref, packet_id)


def test_erased_the_case_takes_its_packet_along(world, case, send):
    packet_id = send(case.ref, Section.STORY)
    mei = world.actor(world.mei)
    erasing.erase(mei, case.ref, "person_asked", case.ref, dt.timedelta(days=30), uuid4())
    assert state_of(packet_id) == states.RECALLED
    assert db.session.get(Arrival, packet_id).box is None


def test_erased_at_the_other_desk_its_reference_is_forgotten(world, case, send, accept):
    packet_id = send(case.ref, Section.STORY)
    ref = accept(packet_id)
    nina = world.actor(world.nina)
    erasing.erase(nina, ref, "person_asked", ref, dt.timedelta(days=30), uuid4())
    assert "ref" not in arriving.look(world.actor(world.ram), packet_id).kept
    assert news.look(world.actor(world.asha), case.ref, packet_id)[2].ref == ""


def test_a_restricted_case_arrives_restricted(world, asha, case, send, accept):
    readers.choose(asha, case.ref, frozenset({world.asha.id, world.mei.id}), None)
    packet_id = send(case.ref, Section.STORY)
    with pytest.raises(NotFound):
        news.look(world.actor(world.bo), case.ref, packet_id)
    with pytest.raises(Invalid) as refused:
        accept(packet_id)
    assert refused.value.field == "second"
    db.session.rollback()


def test_a_restricted_case_is_seen_by_two_named_people_there(world, asha, case, send, accept):
    readers.choose(asha, case.ref, frozenset({world.asha.id, world.mei.id}), None)
    ref = accept(send(case.ref, Section.STORY), second=world.nina.id)
    named = opening.load(world.actor(world.ram), ref).keys.named
    assert named == {world.ram.id, world.nina.id}
    (line,) = arriving.listing(world.actor(world.nina))
    assert "ref" not in line.kept


def test_a_locked_desk_is_sent_nothing_and_opens_nothing(app, world, case, send, known):
    packet_id = send(case.ref, Section.STORY)
    join(world.nina, world.home_id, world.bo, Role.COORDINATOR)
    locking.lock(app.extensions["casework.doorway"], world.actor(world.nina))
    with pytest.raises(Invalid) as refused:
        send(case.ref, Section.STORY)
    assert refused.value.field == "partner"
    assert state_of(packet_id) == states.WAITING


def test_a_card_that_nobody_compared_is_no_address(world, asha, case, store):
    partner_id = partners.bring(world.actor(world.mei), desk_card(world))
    with pytest.raises(Invalid) as refused:
        sending.prepare(asha, store, case.ref, wish(partner_id, Section.STORY))
    assert refused.value.field == "partner"


def desk_card(world):
    return desk_cards.own(world.actor(world.nina)).text


def test_a_sender_that_nobody_compared_is_not_opened(world, case, store):
    known = introduce(world.actor(world.mei), world.actor(world.nina))
    asha, asked = world.actor(world.asha), wish(known, Section.STORY)
    packet_id = sending.send(asha, case.ref, asked, sending.prepare(asha, store, case.ref, asked), uuid4())
    with pytest.raises(Invalid):
        arriving.read(world.actor(world.ram), packet_id)
    introduce(world.actor(world.nina), world.actor(world.mei))
    assert arriving.read(world.actor(world.ram), packet_id).sender == HARBOUR


def test_new_keys_of_the_other_desk_are_followed(world, case, send, accept, app):
    first = send(case.ref, Section.STORY)
    nina = world.actor(world.nina)
    leaving.remove(app.extensions["casework.doorway"], nina, world.ram.id)
    second = send(case.ref, Section.STORY)
    for packet_id in (first, second):
        assert arriving.read(world.actor(world.nina), packet_id).answers["what_happened"] == STORY


def test_a_double_click_sends_once(case, send):
    token = uuid4()
    assert send(case.ref, Section.STORY, token=token) == send(case.ref, Section.STORY, token=token)
    assert db.session.scalar(select(func.count()).select_from(Arrival)) == 1


def test_neither_desk_sees_the_others(world, case, send):
    packet_id = send(case.ref, Section.STORY)
    with pytest.raises(NotFound):
        arriving.read(world.actor(world.asha), packet_id)
    with pytest.raises((Denied, NotFound)):
        arriving.read(world.actor(world.luz), packet_id)
    with pytest.raises(NotFound):
        news.look(world.actor(world.ram), case.ref, packet_id)


def test_files_of_a_packet_that_waits_are_not_swept_away(world, case, send, hand_in, store):
    piece_id, _ = hand_in(case.ref)
    send(case.ref, files=[piece_id])
    (file_id,) = db.session.scalars(select(ArrivalFile.id))
    sweeping.delete_unnamed(store, file_id)
    assert b"".join(store.get(file_id))


@pytest.mark.parametrize("days", [-1, 31, 400])
def test_a_day_too_late_or_past_is_refused(case, send, days):
    with pytest.raises(Invalid) as refused:
        send(case.ref, Section.STORY, days=days)
    assert refused.value.field == "ends_on"


def test_what_must_not_go_along_is_refused(case, send):
    for chosen in ((), (Section.EVIDENCE,), (Section.SAFETY, Section.STORY)):
        with pytest.raises(Invalid):
            send(case.ref, *chosen)
