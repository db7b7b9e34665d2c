"""Two people at one moment with two cases of one person: PostgreSQL, where people write side by side.

Each of these ended as a deadlock that the database resolved at somebody's cost, before all cases of a person were
held in one order.
"""

import threading
from contextlib import suppress
from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from casework.access.policy import Action
from casework.cases import consenting, entries, joining, life, opening, person_held, readers
from casework.clock import now
from casework.db import db
from casework.errors import Conflict, Invalid
from casework.people import consents
from tests import factories
from tests.cases.at_once import at_once

WHY = "The same passport"

pytestmark = pytest.mark.parametrize("backend", ["postgres"])


@pytest.fixture
def world(app):
    with app.app_context():
        made = factories.world()
        db.session.commit()
    return made


@pytest.fixture
def pair(app, world):
    """References of two cases, the one that is kept first, by the order of their ids: the smaller is kept or leads."""

    def _pair(*, kept_first: bool, join: bool = True) -> tuple[str, str]:
        with app.app_context():
            asha = world.actor(world.asha)
            rows = sorted((factories.case(asha, called="Amina Test") for _ in range(2)), key=lambda r: r.id)
            kept, other = (row.ref for row in (rows if kept_first else reversed(rows)))
            if join:
                joining.join(asha, kept, other, WHY)
            db.session.commit()
        return kept, other

    return _pair


@pytest.fixture
def meet(monkeypatch):
    """Nobody takes the next step before both hold their own case: without one order, each then waits for the other."""
    both = threading.Barrier(2)
    hold = opening.hold

    def _hold(actor, ref, action):
        case = hold(actor, ref, action)
        # Where the order keeps one of them waiting, the other goes on alone.
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=0.5)
        return case

    monkeypatch.setattr(opening, "hold", _hold)


def broken(results):
    return [one for one in results if isinstance(one, DBAPIError)]


def restricting(world, who, ref):
    named = frozenset({world.asha.id, world.bo.id})
    return lambda: readers.choose(world.actor(who), ref, named, None)


def withdrawing(world, who, ref):
    def _withdraw():
        actor = world.actor(who)
        said = consents.live(actor, opening.for_upkeep(actor, ref).keys, "casework")
        consenting.withdraw(actor, ref, said.id)

    return _withdraw


def closing(world, who, ref):
    return lambda: life.close(world.actor(who), ref, factories.ending(), "contact")


@pytest.mark.parametrize("kept_first", [True, False])
@pytest.mark.parametrize("act", [restricting, withdrawing])
def test_two_act_crosswise_on_joined_cases(app, world, pair, meet, kept_first, act):
    kept, other = pair(kept_first=kept_first)
    results = at_once(app, act(world, world.asha, kept), act(world, world.asha, other))
    assert broken(results) == []
    assert any(not isinstance(one, Exception) for one in results)


@pytest.mark.parametrize("kept_first", [True, False])
def test_one_restricts_while_another_closes(app, world, pair, meet, kept_first):
    kept, other = pair(kept_first=kept_first)
    results = at_once(app, closing(world, world.asha, kept), restricting(world, world.asha, other))
    assert broken(results) == []
    assert all(isinstance(one, Invalid | Conflict) or not isinstance(one, Exception) for one in results)


def test_two_join_crosswise(app, world, pair, meet):
    one, other = pair(kept_first=True, join=False)
    results = at_once(
        app,
        lambda: joining.join(world.actor(world.asha), one, other, WHY).row.ref,
        lambda: joining.join(world.actor(world.asha), other, one, WHY).row.ref,
    )
    assert broken(results) == []
    assert sum(isinstance(result, str) for result in results) == 1


@pytest.mark.parametrize("kept_first", [True, False])
def test_a_note_in_the_other_case_waits_and_is_kept(app, world, pair, meet, kept_first):
    kept, other = pair(kept_first=kept_first)

    def noting():
        return entries.add(world.actor(world.asha), other, "note", now(), "Called back.", uuid4())

    results = at_once(app, closing(world, world.asha, kept), noting)
    assert broken(results) == []


def test_a_case_that_is_joined_between_looking_and_holding_is_not_left_out(app, world, pair):
    kept, other = pair(kept_first=True)
    with app.app_context():
        case = opening.hold(world.actor(world.asha), kept, Action.CASE_JOIN)
        person_held.check(case, frozenset({kept, other}))
        with pytest.raises(Conflict):
            person_held.check(case, frozenset({kept}))
