"""Every table with something sealed in it: a row deleted, an older one put back, two exchanged, one cut.

docs/vault.md says for each table what is noticed and by what, or why not and what harm that can do. A new table fails
here until it has its line there, and until its rows are attacked below, or it is named among those whose attacks
stand elsewhere or that are not noticed.
"""

import re
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from casework import clock
from casework.access import record
from casework.app import ROOT
from casework.cases import consenting, entries, heads_up, legal_status, mending, sections
from casework.cases.changing import following
from casework.cases.legal_status import Needed
from casework.cases.models import CaseSection, Entry, HeadsUp, LegalStatus
from casework.db import db
from casework.deadlines.models import HeldDates
from casework.errors import Denied, Refused
from casework.groups import service as groups
from casework.groups.models import CaseGroup
from casework.people.models import Consent
from casework.plans import directory
from casework.plans.models import Service
from casework.respondents import register
from casework.respondents.models import Respondent
from casework.vault import Section, catalogue
from tests import factories

#: Attacked below: the coordinator's look at a case, or the page of a list, says that it is not as it was left.
OF_A_CASE = (CaseSection, Consent, Entry, HeadsUp, HeldDates, LegalStatus)
OF_A_DESK = (Service, CaseGroup, Respondent)
#: No row of these is changed in this story, so there is no older one to put back.
ONLY_ADDED_TO = (Consent, Entry, HeadsUp)
#: Attacked in the tests named in docs/vault.md.
ELSEWHERE = {
    "arrival",
    "attachment",
    "audit_event",
    "case",
    "case_link",
    "case_wrap",
    "conflict_list",
    "departure",
    "desk_export",
    "desk_box",
    "desk_link",
    "grant",
    "grant_message",
    "packet",
    "partner_desk",
    "restricted_wrap",
    "rule_mark",
    "segment",
    "segment_manifest",
    "signal_book",
    "signal_shared",
    "signal_told",
    "story_copy",
    "team",
    "team_box",
}
#: Not noticed, or not always; docs/vault.md says what harm it can do.
UNNOTICED = {
    "advice",
    "case_dates",
    "desk",
    "desk_pair",
    "desk_reopening",
    "draft",
    "erasure",
    "introduction",
    "invitation",
    "kept",
    "late_form",
    "membership",
    "organiser",
    "paper_text",
    "passkey",
    "reminder",
    "saved_view",
    "session",
    "shift_note",
    "signal_note",
    "slot",
    "trend_half",
    "trend_return",
    "user",
}


def in_the_documentation():
    told = (ROOT / "docs" / "vault.md").read_text("utf-8")
    part = told.split("## Rows put back")[1].split("\n## ")[0]
    return {
        name
        for line in re.findall(r"^\| ([^|]+) \|", part, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", line)
    }


def test_every_table_with_something_sealed_is_attacked_or_accounted_for():
    sealed = {one.table for one in catalogue.FIELDS}
    attacked = {table.__tablename__ for table in (*OF_A_CASE, *OF_A_DESK)}
    assert sealed == attacked | ELSEWHERE | UNNOTICED
    assert not attacked & (ELSEWHERE | UNNOTICED)
    assert not ELSEWHERE & UNNOTICED
    assert in_the_documentation() >= sealed


@pytest.fixture
def world(database):
    return factories.world()


@pytest.fixture
def asha(world):
    return world.actor(world.asha)


@pytest.fixture
def mei(world):
    return world.actor(world.mei)


def key_of(table):
    return table.case_id if table is HeldDates else table.id


def attacks(tables):
    """Every attack on every table; an older row only where there is one."""
    every = [(table, attack) for table in tables for attack in ("deleted", "older", "exchanged", "cut")]
    return [
        pytest.param(table, attack, id=f"{attack}-{table.__tablename__}")
        for table, attack in every
        if attack != "older" or table not in ONLY_ADDED_TO
    ]


def copy_of(table):
    db.session.flush()
    return [dict(row) for row in db.session.execute(select(table.__table__)).mappings()]


def put(table, row, **changes):
    db.session.flush()
    here = key_of(table) == row[key_of(table).key]
    db.session.execute(update(table.__table__).where(here).values(**changes))
    db.session.expire_all()


def take_out(table, row):
    db.session.flush()
    db.session.execute(delete(table.__table__).where(key_of(table) == row[key_of(table).key]))
    db.session.expire_all()


# Rows of cases


def told_case(asha, mei, called):
    """A case that has a row in every table, and an older state of each."""
    ref = factories.case(asha, called=called, what_happened="First.", take=True).ref
    for text in ("One.", "Two."):
        entries.add(asha, ref, "note", clock.now(), text, uuid4())
        with following(asha, ref) as case:
            heads_up.tell(case, heads_up.What.OVERRIDDEN, text)
    legal_status.write(asha, ref, Needed("removal", "expired"))
    consenting.record(asha, ref, factories.answer("link", recipient="A group"), uuid4())
    return ref


def later(asha, ref):
    """Everything that can change does."""
    sections.save(asha, ref, Section.STORY, {"what_happened": "Second."}, 1)
    legal_status.write(asha, ref, Needed("removal", "asylum_seeker"))


@pytest.fixture
def two(asha, mei):
    return [told_case(asha, mei, called) for called in ("Amina Test", "Bibek Test")]


@pytest.mark.parametrize(("table", "attack"), attacks(OF_A_CASE))
def test_a_row_of_a_case_that_is_not_as_it_was_left_is_noticed(asha, mei, two, table, attack):
    ref, other = two
    before = copy_of(table)
    later(asha, ref)
    ours, theirs = of_cases(table, ref, other)
    changed = [row for row in ours for old in before if old["body"] != row["body"] and same(table, old, row)]
    assert bool(changed) == (table not in ONLY_ADDED_TO)
    assert mending.look(mei, ref).whole
    if attack == "deleted":
        take_out(table, ours[0])
    elif attack == "older":
        (old,) = [old for old in before if same(table, old, changed[0])]
        put(table, changed[0], body=old["body"])
    elif attack == "exchanged":
        put(table, ours[0], body=theirs[0]["body"])
    else:
        put(table, ours[0], body=ours[0]["body"][:-1])
    assert not mending.look(mei, ref).whole
    if attack != "exchanged":
        assert mending.look(mei, other).whole


def same(table, one, other):
    return one[key_of(table).key] == other[key_of(table).key]


def of_cases(table, *refs):
    from casework.cases.models import Case  # noqa: PLC0415 - only here

    rows = copy_of(table)
    ids = [db.session.scalar(select(Case.id).where(Case.ref == ref)) for ref in refs]
    return [[row for row in rows if row["case_id"] == case_id] for case_id in ids]


# Lists of a desk


def enter(actor, table, name):
    if table is Service:
        return directory.enter(actor, {"name": name}, uuid4())
    if table is CaseGroup:
        return groups.make(actor, {"name": name, "sort": "workplace"}, uuid4())
    return register.enter(actor, "employer", name, "", uuid4()).id


def change(actor, table, row_id):
    if table is Service:
        directory.check_today(actor, row_id)
    elif table is Respondent:
        now = register.get(actor, row_id)
        register.correct(actor, row_id, now.kind, now.name, "QA", {"aliases": "Another"}, now.rev)
    else:
        groups.note(actor, row_id, "note", clock.now(), "They went on strike.", uuid4())


def listed(actor, table):
    if table is Service:
        return directory.listing(actor)
    if table is CaseGroup:
        return groups.listing(actor)
    found = register.listing(actor)
    return list(found.known), found.refused


def one_of(actor, table, row_id):
    return {Service: directory.get, CaseGroup: groups.look, Respondent: register.get}[table](actor, row_id)


@pytest.mark.parametrize(("table", "attack"), attacks(OF_A_DESK))
def test_a_row_of_a_list_that_is_not_as_it_was_left_is_noticed(asha, mei, table, attack):
    ids = [enter(asha, table, name) for name in ("One", "Two", "Three")]
    before = {row["id"]: row for row in copy_of(table)}
    change(asha, table, ids[0])
    assert listed(asha, table)[1] == 0
    now = {row["id"]: row for row in copy_of(table)}
    if attack == "deleted":
        take_out(table, now[ids[0]])
    else:
        blob = {
            "older": before[ids[0]]["body"],
            "exchanged": now[ids[1]]["body"],
            "cut": now[ids[0]]["body"][:-1],
        }[attack]
        put(table, now[ids[0]], body=blob)
    found, refused = listed(asha, table)
    assert (len(found), refused) == (2, 1)
    assert "seal.refused" in [one.event.value for one in record.of_desk(mei)]
    if attack != "deleted":
        with pytest.raises(Refused):
            one_of(asha, table, ids[0])
    # The rest stays usable, and what is entered now does not cover it up.
    change(asha, table, ids[1])
    enter(asha, table, "Four")
    found, refused = listed(asha, table)
    assert (len(found), refused) == (3, 1)


@pytest.mark.parametrize("table", OF_A_DESK, ids=lambda table: table.__tablename__)
def test_all_rows_of_a_list_taken_out_are_missed(asha, table):
    for name in ("One", "Two"):
        enter(asha, table, name)
    for row in copy_of(table):
        take_out(table, row)
    assert listed(asha, table) == ([], 2)


ROOMS = {Service: directory, CaseGroup: groups, Respondent: register}


@pytest.mark.parametrize("table", OF_A_DESK, ids=lambda table: table.__tablename__)
def test_a_coordinator_lets_a_list_stand_and_the_next_row_that_goes_is_missed(asha, mei, table):
    room, ids = ROOMS[table], [enter(asha, table, name) for name in ("One", "Two", "Three", "Four")]
    rows = {row["id"]: row for row in copy_of(table)}
    assert (room.missing(mei), room.let_stand(mei, "Nothing to do")) == (0, 0)
    for gone in ids[:2]:
        take_out(table, rows[gone])
    assert (room.missing(mei), listed(asha, table)[1]) == (2, 2)
    for who in (room.missing, lambda actor: room.let_stand(actor, "Mine")):
        with pytest.raises(Denied):
            who(asha)
    assert room.let_stand(mei, "A disk failed.") == 2
    assert (room.missing(mei), listed(asha, table)[1]) == (0, 0)
    assert [one.details["reason"] for one in record.of_desk(mei) if one.event.value == "list.stands"] == [
        "A disk failed."
    ] * 2
    enter(asha, table, "Five")
    assert listed(asha, table)[1] == 0
    take_out(table, rows[ids[2]])
    assert (room.missing(mei), listed(asha, table)[1]) == (1, 1)
    assert room.let_stand(mei, "Once more.") == 1
    assert listed(asha, table)[1] == 0
