"""An ally who kept every key they were ever given, and gets the whole database: today's, and tomorrow's."""

import datetime as dt
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from casework import clock
from casework.access import leaving
from casework.cases import consenting, entries, opening, sections
from casework.cases.models import CaseSection, Entry
from casework.db import db
from casework.errors import Denied, NotFound, Refused
from casework.sharing import conflicts, ending, grants, reading, undertaking
from casework.sharing.terms import Wish
from casework.vault import Section, keeping
from casework.vault.blob import Fmt
from casework.vault.catalogue import FIELDS, field
from casework.vault.keeping import granting
from casework.vault.models import Grant
from tests import factories

_BODY, _ENTRY = field("case_section.body"), field("entry.body")
STORY = "They took the passport on the first day."


@pytest.fixture
def shared(database):
    """A case, of which the ally was given the story; the world, the case, the grant, and all that she holds."""
    world = factories.world()
    luz, asha = world.actor(world.luz), world.actor(world.asha)
    undertaking.accept(luz)
    conflicts.save(luz, "", 0)
    case = factories.case(asha, called="Amina Qzx", kind="detention")
    rev = sections.view(asha, case.ref, Section.STORY).rev
    sections.save(asha, case.ref, Section.STORY, {"what_happened": STORY}, rev)
    entries.add(asha, case.ref, "note", clock.now(), "She called again.", uuid4())
    said = factories.answer("legal_ally", recipient="Luz", data="What happened")
    consenting.record(asha, case.ref, said, uuid4())
    ends = clock.today() + dt.timedelta(days=10)
    wish = Wish(world.luz.id, (Section.STORY,), (), frozenset(), ends)
    grant_id = grants.make(world.actor(world.mei), case.ref, wish, uuid4())
    keys = reading.open_one(luz, case.ref)[0].keys
    return world, case, grant_id, keys


def every_sealed_value():
    """Each sealed column of each row of the whole database, with its id where it has one."""
    for one in FIELDS:
        table = db.metadata.tables[one.table]
        row_id = table.c.get("id", table.c.get("case_id", next(iter(table.c))))
        for found in db.session.execute(select(row_id, table.c[one.column])):
            if found[1] is not None:
                yield one, found[0], found[1]


def opened_with(keys):
    """Every field of the database that the keys of a grant open, as (field, row)."""
    found = set()
    for one, row_id, blob in every_sealed_value():
        if one.scope != "case" or one.fmt is not Fmt.FIELD:
            continue
        for section in Section:
            try:
                keys.open(one, row_id, section, bytes(blob))
                found.add((one.name, row_id))
            except Refused:
                continue
    return found


def of_story(world, case):
    """The rows that a grant of the story covers: one section, and its notes."""
    opened = opening.load(world.actor(world.asha), case.ref)
    tag = opened.keys.tag(Section.STORY)
    section = db.session.scalars(
        select(CaseSection.id).where(CaseSection.case_id == case.id, CaseSection.tag == tag)
    )
    notes = db.session.scalars(select(Entry.id).where(Entry.case_id == case.id, Entry.tag == tag))
    return {(_BODY.name, one) for one in section} | {(_ENTRY.name, one) for one in notes}


def test_with_the_whole_database_the_keys_open_what_was_given_and_nothing_else(shared):
    world, case, _, keys = shared
    other = factories.case(world.actor(world.asha), called="Somebody else")
    assert other.id != case.id
    expected = of_story(world, case)
    assert len(expected) == 2
    assert opened_with(keys) == expected


def test_her_own_private_keys_open_no_secret_of_the_desk(shared):
    world, *_ = shared
    with pytest.raises(Refused):
        keeping.open_desk(world.luz.keys, world.host_id)
    luz = world.actor(world.luz)
    for ask in (opening.load, grants.listing, entries.listing):
        with pytest.raises((Denied, NotFound)):
            ask(luz, shared[1].ref)


@pytest.mark.parametrize("how", ["by hand", "by its day", "with the consent", "with her place"])
def test_old_keys_and_tomorrows_database_do_not_fit(app, shared, how, monkeypatch):
    world, case, grant_id, keys = shared
    asha, mei = world.actor(world.asha), world.actor(world.mei)
    if how == "by hand":
        ending.revoke(asha, case.ref, grant_id)
    elif how == "by its day":
        day = clock.today() + dt.timedelta(days=11)
        monkeypatch.setattr(clock, "today", lambda: day)
        assert ending.expire() == 1
    elif how == "with the consent":
        told = consenting.listing(asha, case.ref).told
        consenting.withdraw(asha, case.ref, next(t.id for t in told if t.answer.purpose == "legal_ally"))
    else:
        leaving.remove(app.extensions["casework.doorway"], mei, world.luz.id)
    # Whatever ended it, the next write of an unlocked member is under a key that she never had.
    asha = world.actor(world.asha)
    entries.add(asha, case.ref, "note", clock.now(), "Written after she was out.", uuid4())
    assert opened_with(keys) == set()
    assert db.session.get(Grant, grant_id, populate_existing=True).box is None


def test_between_the_end_and_the_next_unlocked_member_only_old_rows_open(shared, monkeypatch):
    """What vault.md says: without anybody's keys nothing can be sealed anew; only the box goes."""
    _, _, _, keys = shared
    before = opened_with(keys)
    day = clock.today() + dt.timedelta(days=11)
    monkeypatch.setattr(clock, "today", lambda: day)
    ending.expire()
    assert opened_with(keys) == before


def test_an_old_box_that_is_put_back_opens_nothing(shared):
    world, case, grant_id, _ = shared
    row = db.session.get(Grant, grant_id)
    kept = {name: getattr(row, name) for name in ("box", "signature", "signer_id", "boxed_at", "state")}
    body, generation = row.body, row.generation
    ending.revoke(world.actor(world.asha), case.ref, grant_id)
    put = kept | {"body": body, "generation": generation}
    db.session.execute(update(Grant).where(Grant.id == grant_id).values(**put))
    db.session.expire_all()
    assert reading.home(world.actor(world.luz)).open == ()
    # Nor does the next member's work hand anything over again.
    asha = world.actor(world.asha)
    entries.add(asha, case.ref, "note", clock.now(), "Later", uuid4())
    ending.renew(held := opening.hold(asha, case.ref, grants.Action.CASE_WORK))
    assert held.keys.generation > generation
    assert db.session.get(Grant, grant_id, populate_existing=True).box is None
    assert reading.home(world.actor(world.luz)).open == ()


def test_a_day_or_an_ally_that_is_changed_in_the_row_does_not_open(shared):
    world, case, grant_id, _ = shared
    later = clock.today() + dt.timedelta(days=300)
    db.session.execute(update(Grant).where(Grant.id == grant_id).values(ends_on=later))
    db.session.expire_all()
    assert reading.home(world.actor(world.luz)).open == ()
    # The desk does not take the row's word either.
    assert grants.listing(world.actor(world.mei), case.ref)[1] == []


def test_a_grant_that_somebody_else_packed_does_not_open(shared):
    """A writer of the database knows the ally's public key and can box to it, but signs for no member."""
    world, _, grant_id, _ = shared
    row = db.session.get(Grant, grant_id)
    row.signer_id = world.luz.id
    db.session.flush()
    assert reading.home(world.actor(world.luz)).open == ()


def test_rows_from_before_the_end_that_are_put_back_open_for_nobody(shared):
    world, case, grant_id, _ = shared
    asha = world.actor(world.asha)
    tag = opening.load(asha, case.ref).keys.tag(Section.STORY)
    row = db.session.scalar(select(CaseSection).where(CaseSection.case_id == case.id, CaseSection.tag == tag))
    old, generation = row.body, row.generation
    ending.revoke(asha, case.ref, grant_id)
    case_keys = opening.load(world.actor(world.asha), case.ref).keys
    assert case_keys.state.floors[case.id, tag] == case_keys.generation > generation
    with pytest.raises(Refused):
        case_keys.open(_BODY, row.id, Section.STORY, old)


def test_the_database_says_neither_what_nor_how_much_was_given(shared):
    """One section or all of them, files or none: the rows are of one size."""
    world, case, _, _ = shared
    mei = world.actor(world.mei)
    ends = clock.today() + dt.timedelta(days=5)
    much = Wish(
        world.luz.id,
        (Section.STORY, Section.LEGAL, Section.MONEY, Section.HEALTH, Section.IDENTITY),
        (),
        frozenset(),
        ends,
    )
    grants.make(mei, case.ref, much, uuid4())
    rows = db.session.execute(select(Grant.body, Grant.box, Grant.seen)).all()
    sizes = {tuple(len(one) for one in row) for row in rows}
    assert len(rows) == 2
    assert len(sizes) == 1


def test_a_lock_of_the_desk_shuts_allies_out(shared):
    world, case, grant_id, _ = shared
    granting.shut(world.host_id)
    assert db.session.get(Grant, grant_id, populate_existing=True).box is None
    assert reading.home(world.actor(world.luz)).open == ()
    # A new key of the case, as it follows the reopening, gives back what was given.
    mei = world.actor(world.mei)
    keeping.bump(mei.desk, opening.load(mei, case.ref).keys)
    assert [one.ref for one in reading.home(world.actor(world.luz)).open] == [case.ref]


def test_what_she_was_given_is_in_no_column_in_the_clear(shared):
    assert shared
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(table.select()):
            for value in row:
                assert STORY not in str(value)
                assert not (isinstance(value, bytes) and STORY.encode() in value)
