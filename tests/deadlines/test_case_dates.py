"""The dates of a case: counted at every save, kept, ended by people, never by a file."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from casework.cases import entries, opening
from casework.db import db
from casework.deadlines import following, rules, sealing, service, spent
from casework.deadlines.held import State
from casework.deadlines.models import CaseDates
from casework.errors import Denied, Invalid, NotFound, Refused
from casework.vault import Section
from tests import factories
from tests.deadlines.cases import day, days, moment, removal, running, save, shared, the

NOW = datetime(2026, 3, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _stand(freeze):
    freeze(NOW)


def test_an_order_served_gives_the_appeal_with_its_working(asha):
    one = the(asha, removal(asha))
    assert one.due_on == date(2026, 4, 20)
    assert [(each.version, each.day) for each in one.clocks] == [
        ("30 days", date(2026, 4, 20)),
        ("10 days", date(2026, 3, 30)),
    ]
    said = " ".join(step.say() for step in one.lead.steps)
    assert "Sunday 19 April 2026 is not worked (weekend)" in said
    assert not one.lead.verified


def test_a_flight_brings_the_steps_before_it_in_the_airports_time(asha):
    ref = factories.case(
        asha,
        kind="deportation",
        host="US",
        answers={"deportation.removal_at": moment("2026-03-25", "22:30", "America/Los_Angeles")},
    ).ref
    stay = the(asha, ref, "int.flight_stay")
    assert stay.strikes == datetime(2026, 3, 23, 5, 30, tzinfo=UTC)
    assert stay.zone == "America/Los_Angeles"
    assert the(asha, ref, "int.flight_watch").strikes == datetime(2026, 3, 26, 5, 30, tzinfo=UTC)


def test_a_corrected_day_moves_the_date_and_says_what_it_was(asha):
    ref = removal(asha)
    before = the(asha, ref)
    save(asha, ref, Section.LEGAL, deportation__orders=[{"kind": "removal", "served_on": day("2026-03-18")}])
    now = the(asha, ref)
    assert (now.id, now.due_on) == (before.id, date(2026, 4, 17))
    assert (now.turns[-1].what, now.turns[-1].was) == ("moved", date(2026, 4, 20))


def test_what_is_not_written_any_more_stays_and_says_so(asha):
    ref = removal(asha)
    save(asha, ref, Section.LEGAL, deportation__orders=[])
    assert the(asha, ref).loose
    save(asha, ref, Section.LEGAL, deportation__orders=[{"kind": "removal", "served_on": day("2026-03-20")}])
    assert not the(asha, ref).loose


def test_two_orders_have_dates_of_their_own(asha):
    ref = removal(asha)
    both = [{"kind": "removal", "served_on": day(served)} for served in ("2026-03-20", "2026-03-16")]
    save(asha, ref, Section.LEGAL, deportation__orders=both)
    assert {one.due_on for one in running(asha, ref)} == {date(2026, 4, 20), date(2026, 4, 15)}
    save(asha, ref, Section.LEGAL, deportation__orders=both[1:])
    assert {(one.due_on, one.loose) for one in running(asha, ref)} == {
        (date(2026, 4, 20), True),
        (date(2026, 4, 15), False),
    }


def test_days_of_the_common_group_start_clocks_of_any_kind(asha):
    ref = factories.case(
        asha,
        kind="wage_theft",
        host="GB",
        dates=[{"event": "deduction", "at": moment("2026-03-01")}],
    ).ref
    assert the(asha, ref, "gb.tribunal_claim").due_on == date(2026, 5, 31)


def test_spells_give_the_limit_three_ways(asha, freeze):
    freeze(datetime(2026, 4, 2, 9, 0, tzinfo=UTC))
    spells = [
        {"from": day("2026-01-10"), "until": day("2026-02-20")},
        {"from": day("2026-03-01"), "until": day("2026-03-31")},
    ]
    ref = factories.case(asha, kind="detention", host="IT", answers={"detention.spells": spells}).ref
    limit = the(asha, ref, "eu.detention_limit")
    assert {each.reading: each.day for each in limit.clocks if each.version == "directive"} == {
        "first": date(2026, 7, 10),
        "cumulative": date(2026, 7, 18),
        "current": date(2026, 9, 1),
    }
    assert limit.due_on == date(2026, 7, 10)


def test_a_release_that_was_written_down_ends_what_runs_in_detention(asha):
    ref = factories.case(
        asha,
        kind="detention",
        host="CA",
        answers={"detention.arrested_at": moment("2026-03-01", "10:00", "America/Toronto")},
    ).ref
    assert "ca.detention_review" in days(asha, ref)
    save(asha, ref, Section.LEGAL, detention__released_on=day("2026-03-18"))
    # What asked for somebody inside hangs in the air: it is looked at by a person, and never deleted.
    reviews = running(asha, ref, "ca.detention_review")
    assert reviews
    assert all(one.loose for one in reviews)
    assert spent.added_up(_told(asha, ref).spells, date(2026, 3, 22)).days == 18


def _told(asha, ref):
    return following.told_by(opening.load(asha, ref))


def test_a_demand_letter_and_a_licence_start_their_clocks_where_they_are_written_down(asha):
    steps = [{"step": "demand", "on": day("2026-03-20")}, {"step": "delegation", "on": day("2026-03-21")}]
    ref = factories.case(asha, kind="wage_theft", host="QA", answers={"wage_theft.steps": steps}).ref
    assert days(asha, ref)["int.demand_answer"] == date(2026, 3, 27)
    chain = [{"role": "origin_agency", "licence_until": day("2026-06-30")}]
    ref = factories.case(
        asha, kind="recruitment_debt", host="QA", answers={"recruitment_debt.chain": chain}
    ).ref
    assert days(asha, ref)["int.licence_complaint"] == date(2026, 6, 30)


def test_an_end_before_its_beginning_moves_nothing_and_is_said(asha):
    ref = removal(asha)
    dates = [
        {"event": "acas_day_a", "at": moment("2026-03-10")},
        {"event": "acas_day_b", "at": moment("2026-03-01")},
    ]
    save(asha, ref, Section.LEGAL, dates=dates)
    found = service.listing(asha, ref)
    assert found.trouble is not None
    assert found.trouble.field == "acas_day_b"
    assert days(asha, ref)["us.bia_appeal"] == date(2026, 4, 20)


def test_done_needs_words_and_stays_as_it_was(asha, monkeypatch):
    ref = removal(asha)
    one = the(asha, ref)
    with pytest.raises(Invalid):
        service.done(asha, ref, one.id, "  ")
    service.done(asha, ref, one.id, "Appeal received on 14 April")
    before = service.one(asha, ref, one.id)[1]
    _change_rules(monkeypatch, count=12)
    entries.add(asha, ref, "note", NOW, "Called.", uuid4())
    assert service.one(asha, ref, one.id)[1] == before
    assert running(asha, ref) == []
    with pytest.raises(Invalid):
        service.done(asha, ref, one.id, "Again")


def _change_rules(monkeypatch, **changes):
    from dataclasses import replace  # noqa: PLC0415 - only here
    from types import MappingProxyType  # noqa: PLC0415

    book = rules.load()
    key = "us.bia_appeal@30 days"
    changed = rules.Rules(MappingProxyType({**book.by_key, key: replace(book.by_key[key], **changes)}))
    monkeypatch.setattr(rules, "load", lambda: changed)


def test_striking_out_needs_a_reason_and_a_second_person(asha, bo):
    ref = removal(asha)
    one = the(asha, ref)
    service.strike(asha, ref, one.id, "Served on somebody else")
    with pytest.raises(Invalid):
        service.answer_strike(asha, ref, one.id, agree=True)
    assert the(asha, ref).state is State.ASKED
    service.answer_strike(bo, ref, one.id, agree=True)
    assert running(asha, ref) == []
    (ended,) = [each for each in service.listing(asha, ref).ended if each.id == one.id]
    assert ended.state is State.VOID
    assert [turn.by for turn in ended.turns if turn.what in {"asked", "void"}] == [asha.user_id, bo.user_id]
    with pytest.raises(Invalid):
        service.answer_strike(bo, ref, one.id, agree=True)


def test_the_second_person_may_let_it_stand(asha, bo):
    ref = removal(asha)
    service.strike(asha, ref, the(asha, ref).id, "Does not count")
    service.answer_strike(bo, ref, the(asha, ref).id, agree=False)
    assert the(asha, ref).state is State.OPEN


def test_no_date_is_ever_deleted_while_its_case_is_there(asha, bo):
    ref = removal(asha)
    ids = {one.id for one in sealing.read(opening.load(asha, ref))}
    service.done(asha, ref, the(asha, ref).id, "Filed")
    save(asha, ref, Section.LEGAL, deportation__orders=[])
    assert ids <= {one.id for one in sealing.read(opening.load(asha, ref))}


def test_a_task_is_made_once_and_is_somebodys(asha, world):
    ref = removal(asha)
    token = uuid4()
    made = service.add_task(
        asha, ref, "Ring the court", date(2026, 3, 25), (world.asha.id, world.bo.id), token
    )
    assert service.add_task(asha, ref, "Again", date(2026, 3, 25), (None, None), token) == made
    _case, task = service.one(asha, ref, made)
    assert (task.title, task.owner_id, task.backup_id) == ("Ring the court", world.asha.id, world.bo.id)
    with pytest.raises(Invalid):
        service.add_task(asha, ref, "Ring", date(2026, 3, 25), (world.asha.id, world.asha.id), uuid4())
    with pytest.raises(Invalid):
        service.add_task(asha, ref, " ", date(2026, 3, 25), (None, None), uuid4())
    with pytest.raises(Invalid):
        service.add_task(asha, ref, "Ring", date(2026, 3, 25), (world.luz.id, None), uuid4())


def test_an_emergency_waits_for_somebody_by_name(asha, bo):
    ref = shared(asha, factories.case(asha, kind="detention", danger_now="yes")).ref
    (one,) = [each for each in service.listing(asha, ref).running if each.sort.value == "emergency"]
    assert one.wake_at == one.strikes == NOW + timedelta(hours=1)
    assert one.acknowledged is None
    service.acknowledge(bo, ref, one.id)
    now = service.one(asha, ref, one.id)[1]
    assert (now.owner_id, now.wake_at) == (bo.user_id, None)
    with pytest.raises(Invalid):
        service.acknowledge(asha, ref, one.id)
    entries.add(asha, ref, "note", NOW, "Called.", uuid4())
    assert sum(each.sort.value == "emergency" for each in service.listing(asha, ref).running) == 1
    service.done(asha, ref, one.id, "Found, safe")
    entries.add(asha, ref, "note", NOW, "Called.", uuid4())
    assert not [each for each in service.listing(asha, ref).running if each.sort.value == "emergency"]


def test_walls_hold(asha, ram, world):
    ref = removal(asha)
    one = the(asha, ref)
    with pytest.raises(NotFound):
        service.listing(ram, ref)
    with pytest.raises(NotFound):
        service.done(ram, ref, one.id, "x")
    with pytest.raises(Denied):
        service.done(world.actor(world.luz), ref, one.id, "x")
    other = factories.case(asha).ref
    with pytest.raises(NotFound):
        service.one(asha, other, one.id)


def test_the_card_knows_the_next_date(asha):
    from casework.search import desk_lists  # noqa: PLC0415 - above this room
    from casework.search.listing import Filters, Sort  # noqa: PLC0415

    removal(asha)
    (card,) = desk_lists.browse(asha, Filters(), Sort(), 1, 10).cards
    assert card.due == date(2026, 3, 29)


def test_what_was_counted_from_is_kept_for_the_desk_alone(asha, ram):
    ref = removal(asha)
    row = db.session.get_one(CaseDates, opening.load(asha, ref).id)
    assert b"2026-03-20" not in row.body
    with pytest.raises(Refused):
        ram.desk.open(sealing.BODY, row.case_id, row.body)
