"""What the desk sees of all dates at once: from sealed days and lines, restricted ones only by who is named."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from casework.audit import service as audit
from casework.cases import entries, opening, readers
from casework.cases.models import Case
from casework.db import db
from casework.deadlines import sealing, service, sweeping, today
from casework.deadlines.models import CaseDates, HeldDates
from casework.errors import Invalid
from casework.vault import Section
from tests import factories
from tests.deadlines.cases import day, removal, running, save, shared, the
from tests.deadlines.test_case_dates import _change_rules

NOW = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _stand(freeze):
    freeze(NOW)


def seen(actor):
    return {(one.ref, one.due_on) for one in today.coming(actor).due}


def of_case(actor, ref):
    return {(ref, one.due_on) for one in service.listing(actor, ref).running}


def row_of(ref):
    return select(CaseDates).join(Case, Case.id == CaseDates.case_id).where(Case.ref == ref)


def stored(ref, table=CaseDates):
    db.session.flush()
    rows = select(table.__table__).join(Case.__table__).where(Case.ref == ref)
    return dict(db.session.execute(rows).mappings().one())


def put_back(old, *columns, table=CaseDates):
    values = {name: old[name] for name in columns}
    db.session.execute(update(table).where(table.case_id == old["case_id"]).values(values))
    db.session.expire_all()


def complaints(mei, ref):
    case = opening.for_upkeep(mei, ref)
    found = audit.of_case(mei.desk, case.keys)
    return {one.details["where"] for one in found if one.event == "seal.refused"}


def test_today_shows_what_the_case_shows(asha, bo):
    ref = removal(asha)
    wanted = of_case(asha, ref)
    assert seen(asha) == seen(bo) == wanted
    every, count = today.every(asha, 0, 50)
    assert [one.due_on for one in every] == sorted(day for _ref, day in wanted)
    assert count == len(every)
    assert today.every(asha, 1, 50)[0] == every[1:]
    service.done(asha, ref, the(asha, ref).id, "Filed")
    assert len(seen(asha)) == len(wanted) - 1


def test_a_closed_case_is_not_there(asha):
    ref = removal(asha)
    db.session.execute(update(Case).where(Case.ref == ref).values(status="closed"))
    assert today.every(asha, 0, 50) == ([], 0)


@pytest.mark.parametrize("columns", [(), ("body",), ("body", "days", "stamp", "rev")])
def test_older_dates_put_back_are_refused_and_recorded_and_nothing_else_is(asha, mei, columns):
    ref = removal(asha)
    old, lines = stored(ref, HeldDates), stored(ref)
    service.done(asha, ref, the(asha, ref).id, "Filed")
    put_back(old, "body", table=HeldDates)
    if columns:
        put_back(lines, *columns)
    found = service.listing(asha, ref)
    assert (found.running, found.ended, found.refused) == ((), (), True)
    assert "held_dates.body" in complaints(mei, ref)
    # The rest of the case goes on, and what was done to the dates is not written over.
    entries.add(asha, ref, "note", NOW, "One.", uuid4())
    assert service.listing(asha, ref).refused
    assert opening.load(asha, ref).called == "Amina Test"


def test_dates_taken_out_are_noticed(asha, mei):
    ref = removal(asha)
    db.session.execute(delete(HeldDates))
    db.session.execute(delete(CaseDates))
    db.session.expire_all()
    assert today.coming(asha).refused == 1
    assert service.listing(asha, ref).refused
    assert complaints(mei, ref) == {"held_dates.body"}


@pytest.mark.parametrize(
    ("columns", "where"), [(("body",), "case_dates.body"), (("days", "stamp"), "case_dates.days")]
)
def test_older_lines_of_the_desk_are_noticed_by_who_opens_the_case_and_mended_by_the_next_save(
    asha, mei, columns, where
):
    ref = removal(asha)
    old = stored(ref)
    save(asha, ref, Section.LEGAL, deportation__orders=[{"kind": "removal", "served_on": day("2026-03-24")}])
    put_back(old, *columns)
    assert not service.listing(asha, ref).refused
    assert complaints(mei, ref) == {where}
    entries.add(asha, ref, "note", NOW, "One.", uuid4())
    assert seen(asha) == of_case(asha, ref)


def test_a_stamp_written_over_is_noticed(asha):
    removal(asha)
    db.session.execute(update(CaseDates).values(stamp=b"counted!"))
    assert today.coming(asha).refused == 1


def test_another_cases_row_does_not_open(asha):
    refs = removal(asha), removal(asha)
    mine, lines, whole = stored(refs[0])["case_id"], stored(refs[1]), stored(refs[1], HeldDates)
    put_back(lines | {"case_id": mine}, "body", "days")
    put_back(whole | {"case_id": mine}, "body", table=HeldDates)
    assert today.coming(asha).refused == 1
    assert service.listing(asha, refs[0]).refused
    assert not service.listing(asha, refs[1]).refused


# Restricted cases


@pytest.fixture
def closed(asha, world):
    ref = shared(asha, factories.case(asha, kind="deportation", host="US")).ref
    save(asha, ref, Section.LEGAL, deportation__orders=[{"kind": "removal", "served_on": day("2026-03-20")}])
    readers.choose(asha, ref, frozenset({world.asha.id, world.bo.id}), None)
    return ref


def test_dates_of_a_restricted_case_stand_on_the_today_of_the_named_alone(closed, asha, bo, mei):
    wanted = of_case(asha, closed)
    assert wanted
    assert seen(asha) == seen(bo) == wanted
    assert {one.ref for one in today.every(bo, 0, 9)[0]} == {closed}
    assert (seen(mei), today.every(mei, 0, 9), today.coming(mei).refused) == (set(), ([], 0), 0)


def test_the_desk_opens_nothing_of_its_dates(closed, mei):
    row = db.session.scalar(row_of(closed))
    assert mei.desk.open(sealing.DAYS, row.case_id, row.days).strip() == ""
    assert "told" not in str(mei.desk.open(sealing.BODY, row.case_id, row.body))
    with pytest.raises(sealing.Refused):
        sealing.in_lines(mei.desk, row)


def test_its_row_is_of_the_same_sizes(closed, asha):
    open_one = stored(removal(asha))
    shut = stored(closed)
    assert [len(shut[name]) for name in ("body", "days")] == [
        len(open_one[name]) for name in ("body", "days")
    ]
    assert len(stored(closed, HeldDates)["body"]) == 8192 + 33


def test_it_is_counted_anew_by_somebody_named_and_by_nobody_else(closed, asha, bo, mei, monkeypatch):
    _change_rules(monkeypatch, count=12)
    assert sweeping.progress(mei).left == 0
    assert sweeping.sweep(mei) == 0
    before = running(asha, closed)
    assert sweeping.progress(bo).left == 1
    assert sweeping.sweep(bo) == 0
    assert running(asha, closed) != before
    assert {one.ref for one in today.coming(asha).moved} == {closed}
    assert sweeping.progress(asha).left == 0


# People


def test_a_date_goes_to_who_stands_in_when_its_owner_has_no_place_any_more(asha, world):
    state = asha.desk.state
    one = running(asha, removal(asha))[0]
    from dataclasses import replace  # noqa: PLC0415 - only here

    gone, bo = uuid4(), world.bo.id
    assert sealing.staffed(state, replace(one, owner_id=gone, backup_id=bo)).owner_id == bo
    assert sealing.staffed(state, replace(one, owner_id=gone, backup_id=gone)).owner_id is None
    kept = sealing.staffed(state, replace(one, owner_id=bo, backup_id=gone))
    assert (kept.owner_id, kept.backup_id) == (bo, None)
    assert sealing.staffed(state, replace(one, backup_id=bo)).backup_id == bo


def test_nobody_gets_a_date_of_a_case_that_they_cannot_open(closed, asha, world):
    one = running(asha, closed)[0]
    with pytest.raises(Invalid, match="can see this case"):
        service.hand_to(asha, closed, one.id, world.mei.id, None)
    service.hand_to(asha, closed, one.id, world.bo.id, world.asha.id)
