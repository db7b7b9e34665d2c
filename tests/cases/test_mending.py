"""One flipped bit never loses a case: a coordinator sees what is left, and lets it stand as it is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete, func, select, update

from casework import clock
from casework.access import leaving
from casework.audit import service as audit
from casework.cases import assignment, consenting, entries, exceptions, mending, opening, readers, sections
from casework.cases.mending import Standing
from casework.cases.models import Case, CaseSection, Entry
from casework.cases.opening import State
from casework.deadlines import service as dates
from casework.deadlines.models import HeldDates
from casework.errors import Denied, Invalid, NotFound, Refused
from casework.people.models import Consent
from casework.vault import Role, Section, keeping
from tests import factories
from tests.factories.people import human
from tests.factories.worlds import join

WHY = "A disk failed; nothing newer is in the backup."


@pytest.fixture
def ref(asha):
    ref = factories.case(asha, called="Amina Test", what_happened="First.").ref
    entries.add(asha, ref, "note", clock.now(), "One.", uuid4())
    return ref


def flipped(blob, place=-5):
    found = bytearray(blob)
    found[place] ^= 1
    return bytes(found)


def flip_statement(database, ref):
    database.session.flush()
    blob = database.session.scalar(select(Case.statement).where(Case.ref == ref))
    database.session.execute(update(Case).where(Case.ref == ref).values(statement=flipped(blob)))
    database.session.expire_all()


def accept(mei, ref):
    mending.accept(mei, ref, WHY, ref)


def test_a_flipped_bit_in_the_statement_loses_nothing(database, asha, mei, ref):
    flip_statement(database, ref)
    with pytest.raises(Refused):
        opening.load(asha, ref)
    found = mending.look(mei, ref)
    assert (found.standing, found.whole) == (Standing.BROKEN, False)
    assert {one.name: (one.opens, one.closed) for one in found.parts if one.name in {"entry", "story"}} == {
        "entry": (1, 0),
        "story": (1, 0),
    }
    accept(mei, ref)
    case = opening.load(asha, ref)
    assert case.called == "Amina Test"
    assert case.section(Section.STORY).values == {"what_happened": "First."}
    assert [one.text for one in entries.listing(asha, ref).noted] == ["One."]
    assert consenting.listing(asha, ref).whole
    assert mending.look(mei, ref).whole
    (event,) = [one for one in audit.of_case(mei.desk, case.keys) if one.event == "case.mended"]
    assert (event.details["reason"], event.details["lost"]) == (WHY, [])


def test_it_can_be_worked_on_again_and_older_saves_stay_betrayed(database, asha, mei, ref):
    old = database.session.scalar(select(Case.statement).where(Case.ref == ref))
    seen = opening.load(asha, ref).section(Section.STORY).rev
    flip_statement(database, ref)
    accept(mei, ref)
    rev = opening.load(asha, ref).section(Section.STORY).rev
    assert rev > seen
    sections.save(asha, ref, Section.STORY, {"what_happened": "Second."}, rev)
    assert opening.load(asha, ref).section(Section.STORY).values == {"what_happened": "Second."}
    database.session.execute(update(Case).where(Case.ref == ref).values(statement=old))
    database.session.expire_all()
    assert mending.look(mei, ref).standing is Standing.OLDER
    with pytest.raises(Refused):
        opening.load(asha, ref)


def test_a_section_that_does_not_open_begins_empty_and_the_rest_stays(database, asha, mei, ref):
    row_id = opening.load(asha, ref).section(Section.STORY).row_id
    body = database.session.scalar(select(CaseSection.body).where(CaseSection.id == row_id))
    database.session.execute(update(CaseSection).where(CaseSection.id == row_id).values(body=flipped(body)))
    database.session.expire_all()
    assert not mending.look(mei, ref).whole
    accept(mei, ref)
    case = opening.load(asha, ref)
    assert (case.section(Section.STORY).state, case.section(Section.STORY).values) == (State.OPEN, {})
    assert case.called == "Amina Test"
    sections.save(asha, ref, Section.STORY, {"what_happened": "Again."}, case.section(Section.STORY).rev)


def test_rows_that_were_taken_out_stay_gone_and_are_complained_of_no_more(database, asha, mei, ref):
    database.session.execute(delete(Entry))
    database.session.expire_all()
    (part,) = [one for one in mending.look(mei, ref).parts if one.name == "entry"]
    assert part.as_left is False
    accept(mei, ref)
    before = len(complaints(mei, ref))
    assert entries.listing(asha, ref).noted == ()
    assert len(complaints(mei, ref)) == before


def complaints(mei, ref):
    case = opening.for_upkeep(mei, ref)
    return [one for one in audit.of_case(mei.desk, case.keys) if one.event == "seal.refused"]


def test_dates_that_do_not_open_are_counted_anew(database, asha, mei, freeze):
    from tests.deadlines.cases import removal, running  # noqa: PLC0415 - only here

    freeze(clock.now())
    ref = removal(asha, served=(clock.today() - timedelta(days=2)).isoformat())
    days = {one.due_on for one in running(asha, ref)}
    blob = database.session.scalar(select(HeldDates.body))
    database.session.execute(update(HeldDates).values(body=flipped(blob)))
    database.session.expire_all()
    assert dates.listing(asha, ref).refused
    accept(mei, ref)
    assert {one.due_on for one in running(asha, ref)} == days


@pytest.mark.parametrize("how", ["withdrawal", "no"])
def test_a_yes_does_not_come_to_life_because_its_end_was_taken_out_first(database, asha, mei, ref, how):
    (told,) = consenting.listing(asha, ref).told
    if how == "withdrawal":
        consenting.withdraw(asha, ref, told.id)
    else:
        consenting.record(asha, ref, factories.answer(given=False), uuid4())
    later = select(Consent.id).where(Consent.id != told.id)
    database.session.execute(delete(Consent).where(Consent.id == database.session.scalar(later)))
    flip_statement(database, ref)
    accept(mei, ref)
    with pytest.raises(Invalid):
        sections.save(
            asha,
            ref,
            Section.IDENTITY,
            {"called": "Kept Test"},
            opening.load(asha, ref).section(Section.IDENTITY).rev,
        )


def test_an_emergency_goes_on_to_its_end(database, asha, mei, freeze):
    start = freeze(clock.now())
    ref = factories.case(asha, consent=None, danger="Held", called="Amina Test").ref
    flip_statement(database, ref)
    accept(mei, ref)
    assert opening.load(asha, ref).called == "Amina Test"
    freeze(start + timedelta(hours=74))
    assert exceptions.lapse().total() == 1
    assert opening.load(asha, ref).called is None


def test_who_may_and_what_is_asked(database, asha, mei, ref, ram):
    with pytest.raises(Invalid, match="Nothing"):
        accept(mei, ref)
    flip_statement(database, ref)
    with pytest.raises(Denied):
        mending.look(asha, ref)
    with pytest.raises((Denied, NotFound)):
        mending.look(ram, ref)
    with pytest.raises(Invalid):
        mending.accept(mei, ref, " ", ref)
    with pytest.raises(Invalid):
        mending.accept(mei, ref, WHY, "ABCD-EFGH")
    assert mending.look(mei, ref).standing is Standing.BROKEN


def test_a_process_that_dies_half_way_leaves_it_as_it_was(database, mei, ref, monkeypatch):
    flip_statement(database, ref)
    database.session.commit()
    before = database.session.scalar(select(func.count()).select_from(CaseSection))
    monkeypatch.setattr(mending, "_take_doubtful_consents_back", _die)
    with pytest.raises(KeyboardInterrupt):
        accept(mei, ref)
    database.session.rollback()
    assert mending.look(mei, ref).standing is Standing.BROKEN
    assert database.session.scalar(select(func.count()).select_from(CaseSection)) == before
    monkeypatch.undo()
    accept(mei, ref)
    assert mending.look(mei, ref).whole


def _die(_case):
    raise KeyboardInterrupt


def test_a_leaver_is_not_written_back_into_a_restricted_case_that_the_coordinator_cannot_open(
    database, app, world
):
    dao = human("dao", "Dao")
    for desk_id in (world.host_id, world.network_id):
        join(world.mei, desk_id, dao, Role.VOLUNTEER)
    dao.keep()
    asha, bo = world.actor(world.asha), world.actor(world.bo)
    row = factories.case(asha, called="Sita Test")
    assignment.assign(asha, row.ref, world.asha.id, world.bo.id, (world.asha.id, None))
    readers.choose(asha, row.ref, frozenset({world.asha.id, world.bo.id, dao.id}), None)
    entries.add(asha, row.ref, "handover", clock.now(), "All that matters.", uuid4())
    mei = world.actor(world.mei)
    with pytest.raises(NotFound):
        opening.load(mei, row.ref)
    leaving.remove(app.extensions["casework.doorway"], mei, world.asha.id)
    bo = world.actor(world.bo)
    case = opening.load(bo, row.ref)
    assert (case.row.primary_id, case.row.backup_id) == (world.bo.id, None)
    entries.add(bo, row.ref, "note", clock.now(), "Mine now.", uuid4())
    stored = database.session.execute(
        select(Case.primary_id, Case.backup_id).where(Case.ref == row.ref)
    ).one()
    assert tuple(stored) == (world.bo.id, None)
    assert complaints(bo, row.ref) == []
    assert keeping.open_case(bo.desk, row.id).restricted
