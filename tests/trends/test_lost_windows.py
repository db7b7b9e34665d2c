"""A window whose figures nobody can make any more is given up, and its days are announced again, paid for once."""

import datetime as dt
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from casework import clock
from casework.cases import erasing
from casework.db import db
from casework.errors import Conflict, Denied, Invalid, NotFound
from casework.trends import ledger, returns, stewards, windows, withdrawing
from casework.trends.models import TrendHalf, TrendReturn, TrendWindow
from casework.vault import Role, keeping
from tests import factories
from tests.factories.worlds import join
from tests.trends.conftest import at_end, closed


def stored():
    return list(db.session.scalars(select(TrendReturn)))


def leaves(world, who):
    """Somebody is no coordinator of the network any more."""
    network = keeping.open_desk(world.mei.keys, world.network_id)
    keeping.change_role(network, who.id, Role.VOLUNTEER)


def again(world, mei_there, first_on):
    """The same days once more, with a steward who is there."""
    join(world.mei, world.network_id, world.luz, Role.COORDINATOR)
    here = world.actor(world.mei, world.network_id)
    closes_on = max(windows.last_day(first_on, 3), clock.today()) + dt.timedelta(20)
    return windows.announce(here, "large", first_on, closes_on, (world.mei.id, world.luz.id), uuid4())


def test_a_window_whose_steward_left_is_withdrawn_and_announced_again(count, announce, mei, mei_there, world):
    count()
    window = announce()
    first_on = windows.get(mei_there.desk.state, window).first_on
    with at_end(mei, window):
        returns.send(mei, window)
        leaves(world, world.nina)
        here = world.actor(world.mei, world.network_id)
        withdrawing.withdraw(here, window)
        assert stored() == []
        assert windows.every(here.desk.state) == []
        assert [one.id for one in windows.withdrawn(here.desk.state)] == [window]
        with pytest.raises(NotFound):
            withdrawing.withdraw(here, window)
        second = again(world, here, first_on)
        mei = world.actor(world.mei)
        assert [one.window.id for one in returns.standing(mei)] == [second]
        returns.send(mei, second)
    with at_end(world.actor(world.mei), second, 60):
        stewards.agree(world.actor(world.luz, world.network_id), second)
        stewards.run(world.actor(world.mei, world.network_id), second)


def test_a_window_that_can_still_be_made_is_not_withdrawn(announce, mei, mei_there):
    window = announce()
    with pytest.raises(Invalid, match="not lost"):
        withdrawing.withdraw(mei_there, window)
    with closed(mei, window), pytest.raises(Invalid, match="not lost"):
        withdrawing.withdraw(mei_there, window)
    # Nobody made its figures for a month: somebody else may.
    with at_end(mei, window, 60):
        withdrawing.withdraw(mei_there, window)


def test_a_window_whose_figures_were_made_is_never_withdrawn(announce, mei, mei_there, nina_there, world):
    window = announce()
    with closed(mei, window):
        stewards.agree(nina_there, window)
        stewards.run(mei_there, window)
        leaves(world, world.nina)
        with pytest.raises(Invalid, match="never made twice"):
            withdrawing.withdraw(world.actor(world.mei, world.network_id), window)


def test_who_is_no_coordinator_of_the_network_withdraws_nothing(announce, mei, world):
    window = announce()
    for actor in (world.actor(world.mei), world.actor(world.cara, world.network_id)):
        with at_end(mei, window, 60), pytest.raises(Denied):
            withdrawing.withdraw(actor, window)


def test_columns_alone_withdraw_nothing_and_what_was_withdrawn_pays_nothing_when_put_back(
    count, announce, mei, mei_there, nina_there, world
):
    """Somebody who writes to the database makes a second window of days that are paid for already."""
    window = announce()
    values = {"withdrawn_on": clock.today(), "withdrawer_id": world.mei.id, "withdrawal": bytes(64)}
    db.session.execute(update(TrendWindow).values(**values))
    db.session.expire_all()
    assert [one.id for one in windows.every(mei_there.desk.state)] == [window]
    db.session.execute(update(TrendWindow).values(withdrawn_on=None, withdrawer_id=None, withdrawal=None))
    first_on = windows.get(mei_there.desk.state, window).first_on
    with at_end(mei, window, 60):
        withdrawing.withdraw(mei_there, window)
        second = windows.announce(
            mei_there,
            "large",
            first_on,
            clock.today() + dt.timedelta(5),
            (world.mei.id, world.nina.id),
            uuid4(),
        )
    with at_end(mei, second, 90):
        stewards.agree(nina_there, second)
        stewards.run(mei_there, second)
        db.session.execute(
            update(TrendWindow)
            .where(TrendWindow.id == window)
            .values(withdrawn_on=None, withdrawer_id=None, withdrawal=None)
        )
        db.session.expire_all()
        stewards.agree(nina_there, window)
        with pytest.raises(Conflict):
            stewards.run(mei_there, window)
    assert db.session.scalars(select(TrendHalf).where(TrendHalf.window_id == second)).all() == []


def test_a_job_that_erases_takes_the_return_back_too(count, announce, mei):
    """It has no keys and knows of no return what is in it; so the return goes whole, as with a withdrawal."""
    one, _two = count(), count()
    window = announce()
    with at_end(mei, window):
        returns.send(mei, window)
        db.session.flush()
        assert erasing.again([one.id]) == 1
        assert stored() == []
    with closed(mei, window):
        assert stored() == []


def test_who_never_answered_takes_no_return_along(count, announce, mei, asha):
    """The names of an emergency lapse every day; nobody of those was ever counted."""
    never = factories.case(asha, consent=None, danger="Held at a station", called="Amina Test")
    count()
    window = announce()
    with at_end(mei, window):
        returns.send(mei, window)
        db.session.flush()
        assert erasing.again([never.id]) == 1
        assert len(stored()) == 1


def test_after_the_close_nothing_is_taken_back(count, announce, mei):
    one = count()
    window = announce()
    with at_end(mei, window):
        returns.send(mei, window)
    with closed(mei, window):
        db.session.flush()
        erasing.again([one.id])
        assert len(stored()) == 1


def test_a_return_that_is_gone_is_missed_by_nobody_but_its_desk(count, announce, mei):
    """A deleted row: the desk's own page says that nothing was sent."""
    count()
    window = announce()
    with at_end(mei, window):
        returns.send(mei, window)
        assert returns.standing(mei)[0].sent_on is not None
        db.session.execute(delete(TrendReturn))
        assert returns.standing(mei)[0].sent_on is None


def test_a_run_that_was_recorded_without_its_days_may_have_paid_for_any(announce, mei_there):
    window = windows.get(mei_there.desk.state, announce())
    day = dt.timedelta(1)
    before = {"first_on": "2020-01-01", "last_on": str(window.first_on - day)}
    assert not ledger._touches(before, window)
    assert ledger._touches({**before, "last_on": str(window.first_on)}, window)
    assert ledger._touches({}, window)
