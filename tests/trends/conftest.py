"""A network with two desks whose people agreed to be counted, and two stewards."""

import datetime as dt
from uuid import uuid4

import pytest

from casework import clock
from casework.cases import consenting
from casework.trends import returns, windows
from tests import factories


@pytest.fixture
def mei_there(world):
    """The same at the network."""
    return world.actor(world.mei, world.network_id)


@pytest.fixture
def nina_there(world):
    return world.actor(world.nina, world.network_id)


@pytest.fixture
def count(asha):
    """`count(kind, home, ...)`: a case whose person agreed to be counted."""

    def _count(kind="detention", *, agreed=True, **told):
        case = factories.case(asha, kind=kind, **{"home": "NP", "host": "MY", "sector": "F", **told})
        if agreed:
            consenting.record(asha, case.ref, factories.answer("trends"), uuid4())
        return case

    return _count


@pytest.fixture
def announce(world, mei_there):
    """`announce(plan)`: a window that began yesterday, with Mei and Nina as stewards."""

    def _announce(plan="large", first=None, token=None, stewards=None):
        first_on = first or clock.today() - dt.timedelta(1)
        last_on = windows.last_day(first_on, windows.plan_of(plan).months)
        who = stewards or (world.mei.id, world.nina.id)
        return windows.announce(mei_there, plan, first_on, last_on + dt.timedelta(20), who, token or uuid4())

    return _announce


def at_end(actor, window_id, days=5):
    """A moment some days after the end of a window."""
    window = windows.get(actor.network.state, window_id)
    return clock.at(dt.datetime.combine(window.last_on + dt.timedelta(days), dt.time(12), dt.UTC))


def closed(actor, window_id):
    """A moment at which stewards may open it."""
    return at_end(actor, window_id, 21)


def made(actor, window_id):
    """The sheet that a desk would send."""
    return returns._sheet(actor, windows.get(actor.network.state, window_id))
