"""Somebody with the database in hand swaps what is sealed: that piece is refused and recorded, the rest works."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from casework.cases import cards, consenting, entries, opening, sections
from casework.cases.models import Case, CaseSection, Entry
from casework.cases.opening import State
from casework.clock import now
from casework.errors import NotFound, Refused
from casework.people.models import Consent
from casework.respondents import register
from casework.respondents.models import Respondent
from casework.vault import Section
from casework.vault.models import CaseWrap
from tests import factories

TOLD = {"called": "Amina Test", "what_happened": "Taken.", "host": "QA"}


@pytest.fixture
def ref(asha):
    return factories.case(asha, **TOLD).ref


def row_of(database, actor, ref, section):
    row_id = factories.reload(actor, ref).section(section).row_id
    return database.session.get(CaseSection, row_id)


def only_refused(actor, ref, *broken):
    case = factories.reload(actor, ref)
    states = {section: case.section(section).state for section in Section}
    assert {section for section, state in states.items() if state is State.REFUSED} == set(broken)
    return case


def flipped(blob, place):
    return blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :]


@pytest.mark.parametrize("change", ["flip", "cut", "empty", "head", "version"])
def test_a_changed_body_is_refused_alone(database, asha, ref, events, change):
    row = row_of(database, asha, ref, Section.STORY)
    row.body = {
        "flip": flipped(row.body, len(row.body) // 2),
        "cut": row.body[:-1],
        "empty": b"",
        "head": flipped(row.body, 0),
        "version": flipped(row.body, 4),
    }[change]
    database.session.flush()
    case = only_refused(asha, ref, Section.STORY)
    assert case.called == "Amina Test"
    assert case.section(Section.STORY).values == {}
    assert events(ref)[-1] == ("seal.refused", {"where": "case_section.body/story"})
    assert cards.summary(case).called == "Amina Test"


def test_one_refusal_is_recorded_once_a_request(database, asha, ref, events):
    row_of(database, asha, ref, Section.STORY).body = b"x"
    case = factories.reload(asha, ref)
    for _ in range(3):
        assert case.section(Section.STORY).state is State.REFUSED
        case.forget()
    assert [name for name, _ in events(ref)].count("seal.refused") == 1


def test_bodies_exchanged_between_two_sections(database, asha, ref):
    story, legal = (row_of(database, asha, ref, s) for s in (Section.STORY, Section.LEGAL))
    story.body, legal.body = legal.body, story.body
    database.session.flush()
    only_refused(asha, ref, Section.STORY, Section.LEGAL)


def test_tags_exchanged_between_two_sections(database, asha, ref):
    story, legal = (row_of(database, asha, ref, s) for s in (Section.STORY, Section.LEGAL))
    one, other = story.tag, legal.tag
    for row, tag in ((story, bytes(8)), (legal, one), (story, other)):
        row.tag = tag
        database.session.flush()
    only_refused(asha, ref, Section.STORY, Section.LEGAL)


def test_a_body_of_another_case(database, asha, ref):
    other = factories.case(asha, **TOLD).ref
    row_of(database, asha, ref, Section.HEADER).body = row_of(database, asha, other, Section.HEADER).body
    only_refused(asha, ref, Section.HEADER)
    only_refused(asha, other)


def test_a_name_of_another_case(database, asha, ref):
    other = factories.case(asha, called="Bibek Test")
    case = factories.reload(asha, ref)
    case.row.called = other.called
    database.session.flush()
    case = only_refused(asha, ref)
    assert (case.called, case.section(Section.HEADER).values["host"]) == (None, "QA")


def test_a_row_taken_out_is_no_lapsed_emergency(database, asha, ref):
    for section in (Section.IDENTITY, Section.HEALTH):
        database.session.delete(row_of(database, asha, ref, section))
        database.session.flush()
    only_refused(asha, ref, Section.IDENTITY, Section.HEALTH)


def test_nothing_is_saved_over_what_was_tampered_with(database, asha, ref):
    row = row_of(database, asha, ref, Section.STORY)
    row.body = b"x"
    database.session.flush()
    with pytest.raises(Refused):
        sections.save(asha, ref, Section.STORY, {"what_happened": "New."}, 1)
    assert row.body == b"x"
    sections.save(asha, ref, Section.LEGAL, {"detention.facility": "Harbour centre"}, 1)


def test_a_case_moved_to_another_desk_opens_nowhere(database, world, asha, ram, ref):
    row = database.session.scalar(select(Case).where(Case.ref == ref))
    row.desk_id = world.home_id
    wrap = database.session.scalar(select(CaseWrap).where(CaseWrap.case_id == row.id))
    wrap.desk_id = world.home_id
    database.session.flush()
    with pytest.raises(NotFound):
        opening.load(asha, ref)
    with pytest.raises(Refused):
        opening.load(ram, ref)


def test_keys_exchanged_between_two_cases_open_neither(database, asha, ref):
    other = factories.case(asha, **TOLD)
    wraps = database.session.scalars(select(CaseWrap)).all()
    wraps[0].blob, wraps[1].blob = wraps[1].blob, wraps[0].blob
    database.session.flush()
    for one in (ref, other.ref):
        with pytest.raises(Refused):
            opening.load(asha, one)


def test_entries_exchanged_and_cut(database, asha, ref, events):
    for text in ("One.", "Two.", "Three.", "Four."):
        entries.add(asha, ref, "note", now(), text, uuid4())
    rows = database.session.scalars(select(Entry)).all()
    rows[0].body, rows[1].body = rows[1].body, rows[0].body
    rows[2].body = rows[2].body[:-1]
    kept = rows[3].id
    database.session.flush()
    found = entries.listing(asha, ref)
    assert ([one.id for one in found.noted], found.refused) == ([kept], 3)
    assert ("seal.refused", {"where": "entry.body"}) in events(ref)


def test_an_entry_of_another_case(database, asha, ref):
    other = factories.case(asha).ref
    for one in (ref, other):
        entries.add(asha, one, "note", now(), "Called.", uuid4())
    here, there = (factories.reload(asha, one).id for one in (ref, other))
    stolen = database.session.scalars(select(Entry).where(Entry.case_id == here)).one()
    stolen.case_id = there
    database.session.flush()
    found = entries.listing(asha, other)
    assert (len(found.noted), found.refused) == (1, 1)


def test_a_consent_that_does_not_open_is_no_yes(database, asha, events):
    row = factories.case(asha, consent=None)
    consenting.record(asha, row.ref, factories.answer(), uuid4())
    consenting.record(asha, row.ref, factories.answer(given=False), uuid4())
    consenting.record(asha, row.ref, factories.answer("trends"), uuid4())
    told = consenting.listing(asha, row.ref).told
    yes, no = told[2].id, told[1].id
    for damage in ("broken", "gone"):
        with database.session.begin_nested() as attempt:
            victim = database.session.get(Consent, no)
            if damage == "gone":
                database.session.delete(victim)
            else:
                victim.body = b"x"
            database.session.flush()
            # The older yes does not come to life because the no was damaged.
            with pytest.raises(Exception, match="agrees to casework"):
                sections.save(asha, row.ref, Section.IDENTITY, {"called": "Amina Test"}, 1)
            attempt.rollback()
        database.session.expire_all()
    assert database.session.get(Consent, yes) is not None
    consenting.record(asha, row.ref, factories.answer(), uuid4())
    assert sections.save(asha, row.ref, Section.IDENTITY, {"called": "Amina Test"}, 1).called == "Amina Test"


def test_respondents_exchanged(database, asha):
    for name in ("Acme", "Gulf Manpower", "Harbour Lines"):
        register.enter(asha, "employer", name, "", uuid4())
    rows = database.session.scalars(select(Respondent)).all()
    rows[0].body, rows[1].body = rows[1].body, rows[0].body
    database.session.flush()
    found = register.listing(asha)
    assert (len(found.known), found.refused) == (1, 2)
    with pytest.raises(Refused):
        register.get(asha, rows[0].id)
