"""How an emergency ends: with consent, with a no, or by itself after 72 hours, without any key."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from casework import clock
from casework.audit import service as audit
from casework.cases import consenting, exceptions, saved, sections
from casework.cases.models import Case, CaseSection
from casework.cases.opening import State
from casework.errors import Denied, Invalid
from casework.vault import Section, keeping
from casework.vault.models import ChainEntry
from tests import factories

AFTER = timedelta(hours=72)


@pytest.fixture
def erased(monkeypatch):
    """The ids of cases that the search was told to forget."""
    told = []
    monkeypatch.setattr(saved, "_on_erase", [lambda case_id, _actor: told.append(case_id)])
    return told


@pytest.fixture
def emergency(asha, freeze):
    """A case logged in danger, with a name; the clock stands at its beginning, a full hour."""
    freeze(clock.now().replace(minute=0, second=0, microsecond=0))
    return factories.case(asha, consent=None, danger="Held", called="Amina Test", what_happened="Taken.")


def identity(actor, row):
    return factories.reload(actor, row.ref).section(Section.IDENTITY)


def rows(database, row):
    return database.session.scalars(select(CaseSection).where(CaseSection.case_id == row.id)).all()


def test_before_its_end_nothing_lapses(asha, emergency, erased):
    assert not exceptions.lapse(clock.now() + AFTER - timedelta(seconds=1))
    assert identity(asha, emergency).values == {"called": "Amina Test"}
    assert erased == []


def test_after_its_end_name_and_identity_are_gone(database, asha, emergency, erased, freeze, events):
    freeze(clock.now() + AFTER)
    assert exceptions.lapse().total() == 1
    database.session.expire_all()
    row = database.session.get(Case, emergency.id)
    assert (row.called, row.exception_ends_at, row.exception_section_id) == (None, None, None)
    assert len(rows(database, row)) == len(Section) - 1
    case = factories.reload(asha, row.ref)
    assert (case.called, identity(asha, row).state) == (None, State.REMOVED)
    assert case.section(Section.STORY).values == {"what_happened": "Taken."}
    assert erased == [row.id]
    assert events(row.ref)[-1] == ("exception.lapsed", {})
    assert exceptions.lapse().total() == 0


def test_the_job_opens_no_key(database, emergency, freeze, monkeypatch):
    freeze(clock.now() + AFTER)
    for name in ("open_desk", "open_case", "open_cases"):
        monkeypatch.setattr(keeping, name, None)
    assert exceptions.lapse().total() == 1
    assert audit.verify(keeping.load(emergency.desk_id)).whole


def test_between_its_end_and_the_job_nobody_reads_it(asha, emergency, freeze):
    freeze(clock.now() + AFTER)
    case = factories.reload(asha, emergency.ref)
    assert (case.called, case.section(Section.IDENTITY).state) == (None, State.REMOVED)
    with pytest.raises(Invalid, match="agrees to casework"):
        sections.save(asha, emergency.ref, Section.IDENTITY, {"called": "Amina Test"}, 0)


def test_with_consent_everything_stays(asha, emergency, erased, freeze):
    start = clock.now()
    freeze(start + timedelta(hours=71))
    consenting.record(asha, emergency.ref, factories.answer(), uuid4())
    freeze(start + timedelta(days=30))
    assert exceptions.lapse().total() == 0
    assert identity(asha, emergency).values == {"called": "Amina Test"}
    assert erased == []


def test_a_no_takes_it_away_at_once(asha, emergency, erased, events):
    consenting.record(asha, emergency.ref, factories.answer(given=False), uuid4())
    assert identity(asha, emergency).state is State.REMOVED
    assert erased == [emergency.id]
    assert ("exception.lapsed", {}) in events(emergency.ref)


def test_only_a_coordinator_claims_a_second_time(asha, mei, emergency, freeze):
    start = clock.now()
    for late in (AFTER, AFTER + timedelta(days=9)):
        # Before the job came by, and after it.
        freeze(start + late)
        with pytest.raises(Denied):
            exceptions.claim(asha, emergency.ref, "Held again")
        exceptions.lapse()
    exceptions.claim(mei, emergency.ref, "Held again")
    assert identity(asha, emergency).values == {}
    rev = identity(asha, emergency).rev
    case = sections.save(asha, emergency.ref, Section.IDENTITY, {"called": "Amina Test"}, rev)
    assert case.emergency.ends_at == clock.now() + AFTER


def test_a_second_claim_before_the_job_does_not_keep_the_first_name(mei, emergency, erased, freeze, events):
    freeze(clock.now() + AFTER)
    exceptions.claim(mei, emergency.ref, "Held again")
    assert identity(mei, emergency).values == {}
    assert erased == [emergency.id]
    lapsed, claimed = [one for one in events(emergency.ref) if one[0].startswith("exception.")][-2:]
    assert (lapsed, claimed[0]) == (("exception.lapsed", {}), "exception.claimed")
    assert exceptions.lapse().total() == 0


def test_after_it_lapsed_consent_lets_the_identity_be_written_anew(database, asha, emergency, freeze):
    freeze(clock.now() + AFTER)
    exceptions.lapse()
    consenting.record(asha, emergency.ref, factories.answer(), uuid4())
    case = sections.save(asha, emergency.ref, Section.IDENTITY, {"called": "Amina Test"}, 0)
    assert (case.called, len(rows(database, emergency))) == ("Amina Test", len(Section))


def test_two_desks_lapse_in_one_go_and_others_are_left(asha, ram, emergency, freeze):
    start = clock.now()
    there = factories.case(ram, consent=None, danger="Held", called="Bibek Test")
    agreed = factories.case(asha, called="Chandra Test")
    freeze(start + timedelta(hours=1))
    later = factories.case(asha, consent=None, danger="Held", called="Dipa Test")
    freeze(start + AFTER)
    assert exceptions.lapse().total() == 2
    assert identity(ram, there).state is State.REMOVED
    assert [identity(asha, one).values["called"] for one in (agreed, later)] == ["Chandra Test", "Dipa Test"]


def test_a_case_being_changed_is_left_for_the_next_time(app, database, world, emergency, freeze):
    database.session.commit()
    if database.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one writer in at a time: the job waits")
    freeze(clock.now() + AFTER)
    ref = emergency.ref
    held = select(Case).where(Case.ref == ref).with_for_update()
    database.session.scalar(held)
    with app.app_context():
        database.session.execute(text("SET LOCAL lock_timeout = '5s'"))
        assert exceptions.lapse().total() == 0
        database.session.rollback()
    database.session.rollback()
    assert exceptions.lapse().total() == 1


def test_a_desk_whose_chain_is_broken_still_forgets(database, emergency, freeze):
    newest = select(ChainEntry).where(ChainEntry.desk_id == emergency.desk_id).order_by(ChainEntry.seq.desc())
    entry = database.session.scalars(newest).first()
    entry.signature, entry.head = bytes(64), bytes(32)
    freeze(clock.now() + AFTER)
    assert exceptions.lapse().total() == 1
    assert emergency.called is None


@pytest.mark.parametrize("ended", ["taken back", "ran out"])
def test_no_emergency_after_a_consent_that_ended(asha, mei, freeze, ended):
    start = freeze(clock.now())
    row = factories.case(asha, called="Amina Test")
    if ended == "taken back":
        (told,) = consenting.listing(asha, row.ref).told
        consenting.withdraw(asha, row.ref, told.id)
    else:
        freeze(start + timedelta(days=4000))
    for who in (asha, mei):
        with pytest.raises(Invalid, match="took their consent back" if ended == "taken back" else "run out"):
            exceptions.claim(who, row.ref, "Held")
    freeze(start + timedelta(days=5000))
    assert exceptions.lapse().total() == 0
    assert identity(asha, row).values["called"] == "Amina Test"
