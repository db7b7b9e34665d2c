"""Somebody who writes to the database puts older rows back, takes rows out, and changes plain columns.

Nothing of this needs a key: every row that is put back once opened. The statement of the case says what
there is, so that each part that differs is refused alone, and recorded.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete, inspect, select, update

from casework import clock
from casework.audit import service as audit
from casework.audit.models import AuditEvent
from casework.cases import assignment, consenting, entries, exceptions, life, opening, sections
from casework.cases.models import Case, CaseSection, Entry
from casework.cases.opening import State
from casework.errors import Invalid, NotFound, Refused
from casework.people.models import Consent
from casework.vault import Section, keeping
from tests import factories

NAME = {"called": "Amina Test"}
#: What belongs to a case, beside its record.
TABLES = (Case, CaseSection, Consent, Entry)


@pytest.fixture
def world(database):
    return factories.world()


@pytest.fixture
def asha(world):
    return world.actor(world.asha)


@pytest.fixture
def mei(world):
    return world.actor(world.mei)


@pytest.fixture
def ref(asha):
    return factories.case(asha, called="Amina Test", what_happened="First.").ref


def copy_of(database, ref):
    """Every row of a case, as somebody with the disk takes it along."""
    database.session.flush()
    case_id = database.session.scalar(select(Case.id).where(Case.ref == ref))
    return {
        table: [
            dict(row)
            for row in database.session.execute(
                select(table.__table__).where((table.id if table is Case else table.case_id) == case_id)
            ).mappings()
        ]
        for table in TABLES
    }


def put_back(database, copied, *tables):
    """Write rows as they were copied, in place of what is there; rows that came later go."""
    case_id = copied[Case][0]["id"]
    for table in tables:
        if table is Case:
            (old,) = copied[Case]
            database.session.execute(update(Case.__table__).where(Case.id == case_id).values(old))
        else:
            database.session.execute(delete(table.__table__).where(table.case_id == case_id))
            for old in copied[table]:
                database.session.execute(table.__table__.insert().values(old))
    database.session.expire_all()


def write(database, ref, /, **values):
    database.session.flush()
    database.session.execute(update(Case.__table__).where(Case.ref == ref).values(values))
    database.session.expire_all()


def refusals(mei, ref):
    case = opening.load(mei, ref)
    seen = audit.of_case(mei.desk, case.keys)
    return {one.details["where"] for one in seen if one.event == "seal.refused"}


def test_an_older_section_put_back_is_refused_alone(database, asha, mei, ref):
    row_id = opening.load(asha, ref).section(Section.STORY).row_id
    old = database.session.scalar(select(CaseSection.body).where(CaseSection.id == row_id))
    sections.save(asha, ref, Section.STORY, {"what_happened": "Second."}, 1)
    database.session.execute(update(CaseSection).where(CaseSection.id == row_id).values(body=old))
    database.session.expire_all()
    case = opening.load(asha, ref)
    assert (case.section(Section.STORY).state, case.section(Section.STORY).values) == (State.REFUSED, {})
    assert (case.called, case.section(Section.HEADER).state) == ("Amina Test", State.OPEN)
    assert refusals(mei, ref) == {"case_section.body/story"}
    with pytest.raises(Refused):
        sections.save(asha, ref, Section.STORY, {"what_happened": "Third."}, 2)
    database.session.rollback()


def test_all_older_sections_put_back_are_refused(database, asha, ref):
    copied = copy_of(database, ref)
    sections.save(asha, ref, Section.STORY, {"what_happened": "Second."}, 1)
    put_back(database, copied, CaseSection)
    case = opening.load(asha, ref)
    assert {case.section(one).state for one in Section} == {State.REFUSED}
    assert case.called == "Amina Test"


def test_an_older_name_put_back_is_not_shown(database, asha, mei, ref):
    old = copy_of(database, ref)[Case][0]["called"]
    sections.save(asha, ref, Section.IDENTITY, {"called": "Another Test"}, 1)
    write(database, ref, called=old)
    case = opening.load(asha, ref)
    assert (case.called, case.section(Section.IDENTITY).values) == (None, {})
    assert refusals(mei, ref) == {"case.called"}


def test_a_name_taken_out_is_no_case_without_a_name(database, asha, mei, ref):
    write(database, ref, called=None)
    assert opening.load(asha, ref).called is None
    assert refusals(mei, ref) == {"case.called"}


@pytest.mark.parametrize("tables", [(Case,), (Case, CaseSection), TABLES])
def test_an_older_case_put_back_with_all_its_rows_is_betrayed_by_the_record(database, asha, ref, tables):
    copied = copy_of(database, ref)
    sections.save(asha, ref, Section.STORY, {"what_happened": "Second."}, 1)
    put_back(database, copied, *tables)
    with pytest.raises(Refused):
        opening.load(asha, ref)


# Consents


def agreed(asha, ref):
    return opening.load(asha, ref), consenting.listing(asha, ref)


def refuses_a_name(asha, ref):
    with pytest.raises(Invalid, match="agrees to casework"):
        sections.save(asha, ref, Section.IDENTITY, {"called": "Kept Test"}, 1)


def test_a_consent_taken_back_does_not_come_to_life_again(database, asha, mei, ref):
    copied = copy_of(database, ref)
    (told,) = consenting.listing(asha, ref).told
    consenting.withdraw(asha, ref, told.id)
    put_back(database, copied, Consent)
    refuses_a_name(asha, ref)
    assert not consenting.listing(asha, ref).whole
    assert "consent.body" in refusals(mei, ref)


@pytest.mark.parametrize("how_many", [1, 2])
def test_a_no_that_is_deleted_leaves_no_yes(database, asha, ref, how_many):
    consenting.record(asha, ref, factories.answer(given=False), uuid4())
    newest = [one.id for one in consenting.listing(asha, ref).told][:how_many]
    database.session.execute(delete(Consent).where(Consent.id.in_(newest)))
    database.session.expire_all()
    refuses_a_name(asha, ref)
    # Asked again, the newest answer counts: nothing that came after it can be out of sight.
    consenting.record(asha, ref, factories.answer(), uuid4())
    assert sections.save(asha, ref, Section.IDENTITY, NAME | {"name_variants": "أمينة"}, 1).called


def test_a_no_that_is_deleted_opens_no_emergency(database, asha, ref):
    consenting.record(asha, ref, factories.answer(given=False), uuid4())
    database.session.execute(delete(Consent))
    database.session.expire_all()
    with pytest.raises(Invalid, match="ask again"):
        exceptions.claim(asha, ref, "Held")


# Entries


def test_notes_taken_out_or_put_back_are_noticed(database, asha, mei, ref):
    for text in ("One.", "Two."):
        entries.add(asha, ref, "note", clock.now(), text, uuid4())
    assert entries.listing(asha, ref).whole
    gone = entries.listing(asha, ref).noted[0].id
    database.session.execute(delete(Entry).where(Entry.id == gone))
    database.session.expire_all()
    found = entries.listing(asha, ref)
    assert (len(found.noted), found.whole) == (1, False)
    assert refusals(mei, ref) == {"entry.body"}
    # A save in between does not cover it up.
    entries.add(asha, ref, "note", clock.now(), "Three.", uuid4())
    assert not entries.listing(asha, ref).whole


# Plain columns


@pytest.mark.parametrize("column", ["status", "primary_id", "backup_id", "opened_on", "changed_on"])
def test_a_plain_column_counts_for_what_was_sealed(database, world, asha, mei, ref, column):
    assignment.assign(asha, ref, world.asha.id, world.bo.id, (world.asha.id, None))
    true = getattr(opening.load(asha, ref).row, column)
    day = clock.today() - timedelta(days=700)
    false = {"status": "closed", "primary_id": world.mei.id, "backup_id": None}.get(column, day)
    write(database, ref, **{column: false})
    assert getattr(opening.load(asha, ref).row, column) == true
    assert refusals(mei, ref) == {f"case.{column}"}
    # Whoever changes the case next writes the true word back.
    entries.add(asha, ref, "note", clock.now(), "One.", uuid4())
    stored = database.session.scalar(select(Case.__table__.c[column]).where(Case.ref == ref))
    assert stored == true


def test_a_case_reopened_by_a_column_stays_closed(database, asha, ref):
    ending = factories.ending("out_of_scope")
    life.close(asha, ref, ending, "contact")
    write(database, ref, status="action")
    with pytest.raises(Invalid, match="closed"):
        sections.save(asha, ref, Section.STORY, {"what_happened": "x"}, 1)


def test_a_reference_led_to_another_case_opens_nothing(database, asha, ref):
    other = factories.case(asha, called="Bibek Test").ref
    for one, new in ((ref, "ZZZZ-ZZZZ"), (other, ref), ("ZZZZ-ZZZZ", other)):
        write(database, one, ref=new)
    for one in (ref, other):
        with pytest.raises((Refused, NotFound)):
            opening.load(asha, one)


# The emergency


def test_an_emergency_written_into_columns_takes_no_name_away(database, asha, mei, ref, freeze):
    row_id = opening.load(asha, ref).section(Section.IDENTITY).row_id
    past = clock.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    write(database, ref, exception_ends_at=past, exception_section_id=row_id, exception_token=uuid4())
    assert exceptions.lapse().total() == 0
    assert opening.load(asha, ref).called == "Amina Test"
    assert refusals(mei, ref) == {"case.exception_ends_at"}


def test_an_emergency_that_was_settled_is_not_brought_back(database, asha, freeze):
    freeze(clock.now())
    ref = factories.case(asha, consent=None, danger="Held", called="Amina Test").ref
    old = copy_of(database, ref)[Case][0]
    consenting.record(asha, ref, factories.answer(), uuid4())
    columns = ("exception_ends_at", "exception_section_id", "exception_token")
    write(database, ref, **{name: old[name] for name in columns})
    freeze(clock.now() + timedelta(hours=80))
    assert exceptions.lapse().total() == 0
    assert opening.load(asha, ref).called == "Amina Test"


@pytest.mark.parametrize("change", ["later", "gone"])
def test_an_emergency_made_longer_ends_all_the_same(database, asha, freeze, change):
    start = freeze(clock.now())
    ref = factories.case(asha, consent=None, danger="Held", called="Amina Test").ref
    ends_at = {"later": start + timedelta(days=300), "gone": None}[change]
    write(database, ref, exception_ends_at=ends_at)
    freeze(start + timedelta(hours=72))
    case = opening.load(asha, ref)
    assert (case.called, case.section(Section.IDENTITY).state) == (None, State.REMOVED)
    # The next change puts the columns right, so that the job finds what it has to take away.
    entries.add(asha, ref, "note", clock.now(), "One.", uuid4())
    freeze(start + timedelta(hours=73))
    assert exceptions.lapse().total() == 1


def test_an_identity_deleted_before_its_end_is_no_lapsed_emergency(database, asha, freeze):
    freeze(clock.now())
    ref = factories.case(asha, consent=None, danger="Held", called="Amina Test").ref
    row_id = opening.load(asha, ref).section(Section.IDENTITY).row_id
    database.session.execute(delete(CaseSection).where(CaseSection.id == row_id))
    database.session.expire_all()
    assert opening.load(asha, ref).section(Section.IDENTITY).state is State.REFUSED


# The statement itself


@pytest.mark.parametrize("change", ["gone", "cut", "another case's"])
def test_without_its_statement_nothing_of_a_case_opens(database, asha, ref, change):
    other = factories.case(asha)
    database.session.flush()
    mine = copy_of(database, ref)[Case][0]["statement"]
    blob = {"gone": None, "cut": mine[:-1], "another case's": other.statement}[change]
    write(database, ref, statement=blob)
    with pytest.raises(Refused):
        opening.load(asha, ref)


def test_a_save_cut_out_of_the_record_as_well_leaves_a_record_that_is_not_whole(database, asha, ref):
    """What is left: everything of a case at once, with the end of the desk's record. The check tells, or a pin."""
    copied = copy_of(database, ref)
    sections.save(asha, ref, Section.STORY, {"what_happened": "Second."}, 1)
    put_back(database, copied, *TABLES)
    newest = select(AuditEvent.id).order_by(AuditEvent.seq.desc()).limit(1)
    database.session.execute(delete(AuditEvent).where(AuditEvent.id == database.session.scalar(newest)))
    assert opening.load(asha, ref).section(Section.STORY).values == {"what_happened": "First."}
    assert not audit.verify(keeping.load(asha.desk_id)).whole


def test_every_column_of_a_case_is_stated_or_known_to_be_harmless():
    """A new plain column of a case must be stated, or stand here with a reason."""
    from casework.cases import stating  # noqa: PLC0415 - only here

    columns = {column.key for column in inspect(Case).columns}
    harmless = {"id", "desk_id", "form_token", "rev", "statement"}  # bound by the key, or relied on by nobody
    emergency = {"exception_ends_at", "exception_section_id", "exception_token"}
    assert columns == harmless | emergency | {"called"} | set(stating.COLUMNS)
