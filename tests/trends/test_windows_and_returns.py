import datetime as dt
from uuid import uuid4

import pytest
from sqlalchemy import select

from casework import clock
from casework.cases import consenting, erasing, life, readers
from casework.db import db
from casework.errors import Denied, Invalid, NotFound, Refused
from casework.people import consents
from casework.trends import returns, windows
from casework.trends.domains import domain
from casework.trends.facts import ROW_SIZE, Facts
from casework.trends.models import TrendReturn, TrendWindow
from casework.trends.sheets import Sheet
from tests import factories
from tests.trends.caseloads import caseload
from tests.trends.conftest import at_end, closed, made


def said(facts, column):
    return [domain(column)[place] for place in facts.places(column)]


def stored():
    return list(db.session.scalars(select(TrendReturn)))


def test_a_window_is_announced_once_and_tells_its_days(announce, mei_there, world):
    token = uuid4()
    with clock.at(dt.datetime(2026, 2, 1, tzinfo=dt.UTC)):
        one = announce(token=token, first=dt.date(2026, 1, 31))
        assert announce(token=token, first=dt.date(2026, 1, 31)) == one
    window = windows.get(mei_there.desk.state, one)
    assert (window.first_on, window.last_on) == (dt.date(2026, 1, 31), dt.date(2026, 4, 29))
    assert set(window.stewards) == {world.mei.id, world.nina.id}


def test_windows_do_not_overlap(announce):
    announce()
    with pytest.raises(Invalid, match="counted twice"):
        announce()


def test_one_steward_alone_cannot_be_announced(announce, world):
    for stewards in [
        (world.mei.id,),
        (world.mei.id, world.mei.id),
        (world.mei.id, world.asha.id),
        (world.mei.id, uuid4()),
    ]:
        with pytest.raises(Invalid):
            announce(stewards=stewards)


def test_who_is_no_coordinator_of_the_network_announces_nothing(world, announce):
    for actor in (world.actor(world.mei), world.actor(world.cara, world.network_id)):
        with pytest.raises(Denied):
            windows.announce(
                actor, "small", clock.today(), clock.today(), (world.mei.id, world.nina.id), uuid4()
            )


def test_a_window_that_nobody_signed_is_none(announce, mei_there):
    one = announce()
    row = db.session.get_one(TrendWindow, one)
    row.stewards = row.stewards[16:] + b"s" * 16
    with pytest.raises(NotFound):
        windows.get(mei_there.desk.state, one)


def test_only_who_agreed_is_counted(count, announce, mei):
    count("detention")
    count("wage_theft", agreed=False)
    window = announce()
    with at_end(mei, window):
        sheet = made(mei, window)
    assert said(sheet.opening, "kind") == ["detention"]
    assert said(sheet.opening, "home") + said(sheet.opening, "host") + said(sheet.opening, "sector") == [
        "NP",
        "MY",
        "F",
    ]


def test_a_restricted_case_is_never_counted_even_for_who_may_see_it(count, announce, mei, asha, world):
    case = count()
    readers.choose(asha, case.ref, frozenset({world.asha.id, world.mei.id}), None)
    window = announce()
    with at_end(mei, window):
        assert len(made(world.actor(world.mei), window).opening) == 0


def test_a_person_with_two_kinds_is_one_row_with_the_main_one(asha, announce, mei):
    case = factories.case(asha, kind="detention", other_kinds=["wage_theft"])
    consenting.record(asha, case.ref, factories.answer("trends"), uuid4())
    window = announce()
    with at_end(mei, window):
        assert said(made(mei, window).opening, "kind") == ["detention"]


def test_a_case_is_counted_when_it_opens_and_when_it_first_closes(count, announce, asha, mei):
    case = count()
    life.close(asha, case.ref, factories.ending("goal_met"), case.status)
    window = announce()
    with at_end(mei, window):
        sheet = made(mei, window)
        assert (len(sheet.opening), len(sheet.closing)) == (1, 1)
        assert said(sheet.closing, "outcome") == ["goal_met"]
        # Nobody was detained.
        assert said(sheet.closing, "days") == [""]


def test_a_case_of_another_window_is_not_counted(count, announce, mei):
    count()
    window = announce(first=clock.today() + dt.timedelta(1))
    with at_end(mei, window):
        assert len(made(mei, window).opening) == 0


def test_who_paid_too_much_at_the_opening_is_left_out_of_the_closing(count, announce, asha, mei):
    """A network that grew: the small plan spent 0.75 of their budget, the closing of the large one costs 0.4."""
    case = count()
    announce("small")
    with clock.at(clock.now() + dt.timedelta(400)):
        life.close(asha, case.ref, factories.ending("goal_met"), case.status)
        later = announce("large")
    with at_end(mei, later):
        assert len(made(mei, later).closing) == 0


def test_a_return_is_sent_between_the_end_and_the_close_and_sent_again_it_replaces(count, announce, mei):
    count()
    window = announce()
    with pytest.raises(Invalid):
        returns.send(mei, window)
    with at_end(mei, window):
        returns.send(mei, window)
        returns.send(mei, window)
        assert [row.from_id for row in stored()] == [mei.desk.desk_id]
        assert returns.standing(mei)[0].sent_on == clock.today()
    # Late.
    with closed(mei, window), pytest.raises(Invalid):
        returns.send(mei, window)


def test_only_a_coordinator_sends(announce, asha, mei):
    window = announce()
    with at_end(mei, window), pytest.raises(Denied):
        returns.send(asha, window)


def test_a_return_shows_neither_its_facts_nor_how_many_they_are(count, announce, mei):
    for kind in ("detention", "wage_theft", "trafficking"):
        count(kind)
    window = announce()
    with at_end(mei, window):
        plain = made(mei, window).opening.to_bytes()
        returns.send(mei, window)
    (row,) = stored()
    for at in range(0, len(plain), ROW_SIZE):
        assert plain[at : at + 20] not in row.body + row.boxes
    assert len(Sheet(caseload(64), Facts.of([])).to_bytes()) == len(
        Sheet(Facts.of([]), caseload(1)).to_bytes()
    )
    assert len(Sheet(caseload(65), Facts.of([])).to_bytes()) == len(
        Sheet(caseload(200), caseload(56)).to_bytes()
    )


def test_a_withdrawal_takes_the_return_back_until_the_close(count, announce, asha, mei):
    kept, left = count(), count()
    window = announce()
    with at_end(mei, window):
        returns.send(mei, window)
        told = consents.listing(asha, factories.reload(asha, left.ref).keys).newest("trends")
        consenting.withdraw(asha, left.ref, told.id)
        assert stored() == []
        assert len(made(mei, window).opening) == 1
        returns.send(mei, window)
    with closed(mei, window):
        told = consents.listing(asha, factories.reload(asha, kept.ref).keys).newest("trends")
        consenting.withdraw(asha, kept.ref, told.id)
        assert len(stored()) == 1


def test_restricting_and_erasing_take_the_return_back(count, announce, asha, mei, world):
    one, two = count(), count()
    window = announce()
    with at_end(mei, window):
        returns.send(mei, window)
        readers.choose(asha, one.ref, frozenset({world.asha.id, world.mei.id}), None)
        assert stored() == []
        returns.send(mei, window)
        life.close(asha, two.ref, factories.ending("goal_met"), two.status)
        erasing.erase(mei, two.ref, "person_asked", two.ref, dt.timedelta(days=35), uuid4())
        assert stored() == []


def test_bytes_that_are_no_sheet_are_refused():
    whole = Sheet(caseload(3), caseload(2)).to_bytes()
    assert len(Sheet.from_bytes(whole).opening) == 3
    for raw in (b"", whole[:-1] + b"x", b"\xff" * 8 + whole[8:], whole[:100]):
        with pytest.raises(Refused):
            Sheet.from_bytes(raw)
