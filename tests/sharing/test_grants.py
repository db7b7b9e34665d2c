"""What an ally is given, on which agreement, and what opens for them."""

import datetime as dt
from uuid import uuid4

import pytest
from sqlalchemy import select

from casework import clock
from casework.cases import consenting, copying, left, opening, readers
from casework.db import db
from casework.errors import Conflict, Denied, Invalid, NotFound
from casework.people import consents
from casework.sharing import conflicts, ending, grants, heard, reading, ruling, settling, talking, undertaking
from casework.vault import Section
from casework.vault.keeping import granting
from casework.vault.models import Grant
from tests import factories
from tests.sharing.conftest import SECRET, STORY, agree, save, wish


def state_of(grant_id):
    return db.session.get(Grant, grant_id, populate_existing=True).state


def test_the_ally_reads_what_was_given_and_nothing_else(world, luz, case, give, read):
    give(case.ref, Section.STORY)
    _, values, notes = read(case.ref, Section.STORY)
    assert values["what_happened"] == STORY
    assert [note.text for note in notes] == ["She called again."]
    for section in set(Section) - {Section.STORY}:
        with pytest.raises(NotFound):
            read(case.ref, section)
    (one,) = reading.home(luz).open
    assert (one.ref, one.called, one.sections) == (case.ref, None, (Section.STORY,))


def test_what_is_saved_afterwards_is_read_too(asha, luz, case, give, read):
    give(case.ref, Section.STORY)
    save(asha, case.ref, Section.STORY, what_happened="More is known now.")
    assert read(case.ref, Section.STORY)[1]["what_happened"] == "More is known now."


def test_another_reference_is_not_there(asha, luz, case, give, read):
    other = factories.case(asha, called="Somebody else")
    give(case.ref, Section.STORY)
    for ref in (other.ref, "K7QD-2MXR", ""):
        with pytest.raises(NotFound):
            read(ref, Section.STORY)


def test_without_the_persons_word_nothing_is_given(world, mei, asha, luz, case):
    bare = factories.case(asha)
    with pytest.raises(Invalid) as refused:
        grants.make(mei, bare.ref, wish(world, Section.STORY), uuid4())
    assert refused.value.field == "ally"
    agree(asha, bare.ref, name="Somebody else")
    with pytest.raises(Invalid):
        grants.make(mei, bare.ref, wish(world, Section.STORY), uuid4())


@pytest.mark.parametrize("days", [-1, 91, 400])
def test_a_day_too_late_or_past_is_refused(give, luz, case, days):
    with pytest.raises(Invalid) as refused:
        give(case.ref, Section.STORY, days=days)
    assert refused.value.field == "ends_on"


def test_nothing_chosen_and_what_must_not_be_given_are_refused(give, luz, case):
    for chosen in ((), (Section.EVIDENCE,), (Section.HEADER, Section.STORY)):
        with pytest.raises(Invalid):
            give(case.ref, *chosen)


def test_only_a_coordinator_gives_and_only_an_ally_reads(world, asha, mei, luz, case):
    with pytest.raises(Denied):
        grants.make(asha, case.ref, wish(world, Section.STORY), uuid4())
    for who in (asha, mei):
        with pytest.raises(Denied):
            reading.home(who)
    with pytest.raises(Invalid):
        grants.make(mei, case.ref, wish(world, Section.STORY, ally=world.asha), uuid4())


def test_the_same_form_gives_once_and_belongs_to_its_case(world, mei, asha, luz, case, give):
    token = uuid4()
    assert give(case.ref, Section.STORY, token=token) == give(case.ref, Section.STORY, token=token)
    other = factories.case(asha)
    agree(asha, other.ref)
    with pytest.raises(Conflict):
        give(other.ref, Section.STORY, token=token)


def test_nothing_opens_before_the_promise_and_the_list(world, mei, case):
    bare = world.actor(world.luz)
    grants.make(mei, case.ref, wish(world, Section.STORY), uuid4())
    assert (reading.home(bare).open, reading.home(bare).promised) == ((), False)
    undertaking.accept(bare)
    assert reading.home(bare).open == ()
    conflicts.save(bare, "", 0)
    home = reading.home(bare)
    # The desk had nothing to compare yet: it waits for a coordinator.
    assert (home.promised, home.listed, home.waiting, home.open) == (True, True, 1, ())


def test_a_promise_that_somebody_else_wrote_down_is_none(world, case, luz):
    from casework.sharing.models import Undertaking  # noqa: PLC0415 - only here

    row = db.session.scalars(select(Undertaking)).one()
    row.on = row.on - dt.timedelta(days=1)
    db.session.flush()
    assert undertaking.accepted_on(luz) is None
    assert not reading.home(luz).promised


def test_somebody_on_the_list_blocks_until_a_coordinator_rules(world, mei, luz, case, give, read):
    conflicts.save(luz, "Harbour Catering Ltd\nAmena Qzx", conflicts.own(luz).rev)
    grant_id = give(case.ref, Section.STORY)
    assert state_of(grant_id) == granting.WAITING
    _, (one,) = grants.listing(mei, case.ref)
    assert one.hits == (("Amina Qzx", "Amena Qzx"),)
    with pytest.raises(NotFound):
        read(case.ref, Section.STORY)
    with pytest.raises(Invalid):
        ruling.rule(mei, case.ref, grant_id, "  ", allow=True)
    ruling.rule(mei, case.ref, grant_id, "Another person of the same name.", allow=True)
    assert read(case.ref, Section.STORY)[1]["what_happened"] == STORY


def test_a_ruling_against_ends_it(mei, luz, case, give, read):
    conflicts.save(luz, "Amina Qzx", conflicts.own(luz).rev)
    grant_id = give(case.ref, Section.STORY)
    ruling.rule(mei, case.ref, grant_id, "She acts for the person's sister against her.", allow=False)
    with pytest.raises(Invalid):
        ruling.rule(mei, case.ref, grant_id, "Once more", allow=True)
    with pytest.raises(NotFound):
        read(case.ref, Section.STORY)


def test_a_new_name_makes_everything_wait_and_an_old_one_nothing(mei, luz, case, give, read):
    grant_id = give(case.ref, Section.STORY)
    assert conflicts.save(luz, "Somebody New", conflicts.own(luz).rev) == 1
    with pytest.raises(NotFound):
        read(case.ref, Section.STORY)
    assert db.session.get(Grant, grant_id, populate_existing=True).box is None
    assert ruling.compare_again(mei, case.ref, grant_id)
    assert read(case.ref, Section.STORY)[1]["what_happened"] == STORY
    assert conflicts.save(luz, "", conflicts.own(luz).rev) == 0, "a name less needs no comparison"


def test_a_file_opens_alone_and_is_taken_along_only_where_that_was_given(
    luz, mei, case, give, hand_in, store
):
    kept, other = hand_in(case.ref), hand_in(case.ref, "Not given")
    give(case.ref, files=[kept])
    _, one, opened = reading.file(luz, store, case.ref, kept, take=False)
    assert (one["name"], b"".join(opened.parts)[:2]) == ("Contract", b"\xff\xd8")
    with pytest.raises(NotFound):
        reading.file(luz, store, case.ref, other, take=False)
    with pytest.raises(NotFound):
        reading.file(luz, store, case.ref, kept, take=True)
    ending_it = grants.listing(mei, case.ref)[1][0].id
    ending.revoke(mei, case.ref, ending_it)
    give(case.ref, files=[kept], downloads=[kept])
    reading.file(luz, store, case.ref, kept, take=True)
    gone = left.everything(opening.load(mei, case.ref), "legal_ally", "Luz")
    assert [(one.recipient, one.what) for one in gone] == [("Luz", "Contract")] * 2


def test_what_was_read_is_told_with_its_moment(mei, luz, case, give, read):
    give(case.ref, Section.STORY, Section.HEALTH)
    before = clock.now().replace(microsecond=0)
    read(case.ref, Section.STORY)
    read(case.ref, Section.STORY)
    (opened,) = grants.listing(mei, case.ref)[1][0].opened
    assert (opened.what, opened.taken) == ("story", False)
    assert before <= opened.first <= opened.last <= clock.now()


def test_a_revoked_ally_is_refused_at_once(asha, luz, case, give, read):
    grant_id = give(case.ref, Section.STORY)
    read(case.ref, Section.STORY)
    ending.revoke(asha, case.ref, grant_id)
    with pytest.raises(NotFound):
        read(case.ref, Section.STORY)
    assert state_of(grant_id) == granting.ENDED
    with pytest.raises(Invalid):
        ending.revoke(asha, case.ref, grant_id)


def test_another_grant_goes_on_when_one_ends(world, mei, asha, luz, case, give, read):
    first, second = give(case.ref, Section.HEALTH), give(case.ref, Section.STORY)
    ending.revoke(asha, case.ref, first)
    assert read(case.ref, Section.STORY)[1]["what_happened"] == STORY
    with pytest.raises(NotFound):
        read(case.ref, Section.HEALTH)
    assert state_of(second) == granting.LIVE


@pytest.mark.parametrize("purpose", ["legal_ally", "casework"])
def test_a_consent_taken_back_ends_it(asha, luz, case, give, read, purpose):
    give(case.ref, Section.STORY)
    told = consents.listing(asha, factories.reload(asha, case.ref).keys).told
    given = next(one for one in told if one.answer.purpose == purpose)
    consenting.withdraw(asha, case.ref, given.id)
    with pytest.raises(NotFound):
        read(case.ref, Section.STORY)


def test_a_later_no_ends_it_too(asha, luz, case, give, read):
    give(case.ref, Section.STORY)
    agree(asha, case.ref, given=False)
    with pytest.raises(NotFound):
        read(case.ref, Section.STORY)


def test_it_ends_with_its_day_without_any_key(asha, luz, case, give, read, monkeypatch):
    grant_id = give(case.ref, Section.STORY, days=3)
    last = clock.today() + dt.timedelta(days=3)
    monkeypatch.setattr(clock, "today", lambda: last)
    assert ending.expire() == 0
    assert read(case.ref, Section.STORY)[1]["what_happened"] == STORY
    monkeypatch.setattr(clock, "today", lambda: last + dt.timedelta(days=1))
    with pytest.raises(NotFound):
        read(case.ref, Section.STORY)
    assert ending.expire() == 1
    assert (state_of(grant_id), db.session.get(Grant, grant_id).box) == (granting.DUE, None)
    assert ending.expire() == 0


def test_a_member_seals_the_rest_anew_and_can_stop_between(asha, luz, case, give, monkeypatch):
    grant_id = give(case.ref, Section.STORY)
    granting.drop(luz.desk_id, luz.user_id)
    assert settling.left(asha).cases == 1
    monkeypatch.setattr(settling, "SLICE", 2)
    monkeypatch.setattr(ending, "AT_ONCE", 2)
    slices = 0
    while settling.left(asha).cases:
        settling.go_on(asha)
        slices += 1
    assert slices > 2
    assert state_of(grant_id) == granting.ENDED
    assert opening.load(asha, case.ref).section(Section.STORY).values["what_happened"] == STORY


def test_restricting_a_case_keeps_its_grants(world, mei, asha, luz, case, give, read):
    give(case.ref, Section.STORY)
    readers.choose(mei, case.ref, frozenset({world.mei.id, world.asha.id}), None)
    assert read(case.ref, Section.STORY)[1]["what_happened"] == STORY


def test_questions_answers_and_advice(asha, luz, case, give):
    grant_id = give(case.ref, Section.STORY)
    token = uuid4()
    talking.ask(luz, case.ref, "Is there a contract?", token)
    talking.ask(luz, case.ref, "Is there a contract?", token)
    talking.answer(asha, case.ref, grant_id, "Yes, a photo.", uuid4())
    talking.note(luz, case.ref, "Weak on the second point.", uuid4())
    talking.note(luz, case.ref, "File before the tenth.", uuid4())
    opened = opening.load(asha, case.ref)
    assert [one.text for one in heard.of_case(opened, grant_id).said] == [
        "Is there a contract?",
        "Yes, a photo.",
    ]
    note = talking.notes(luz, case.ref)[1]
    talking.share(luz, case.ref, note.id)
    talking.share(luz, case.ref, note.id)
    said = [(one.sort, one.text) for one in heard.of_case(opened, grant_id).said]
    assert said[2:] == [("advice", "File before the tenth.")]
    copy = str(copying.for_machines(copying.gather(asha, case.ref)))
    assert "File before the tenth." in copy
    assert "Weak on the second point." not in copy


def test_another_allys_note_and_an_ended_grant_are_not_there(asha, luz, case, give):
    grant_id = give(case.ref, Section.STORY)
    with pytest.raises(NotFound):
        talking.share(luz, case.ref, uuid4())
    ending.revoke(asha, case.ref, grant_id)
    for act in (lambda: talking.ask(luz, case.ref, "?", uuid4()), lambda: talking.notes(luz, case.ref)):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(Invalid):
        talking.answer(asha, case.ref, grant_id, "Too late", uuid4())


def test_the_copy_for_the_person_says_who_was_given_what(asha, luz, case, give, read):
    give(case.ref, Section.STORY)
    read(case.ref, Section.STORY)
    copy = copying.for_machines(copying.gather(asha, case.ref))
    (one,) = copy["more"]["given_to_lawyers"]
    assert (one["to"], one["sections"], [seen["what"] for seen in one["opened"]]) == (
        "Luz",
        ["story"],
        ["story"],
    )
    assert SECRET not in str(one)
