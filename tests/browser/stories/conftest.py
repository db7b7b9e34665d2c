"""People of one desk at their own devices, each signed in: what every story begins with."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from casework.cases import assignment
from casework.db import db
from tests import factories, stories
from tests.browser.stories.desk import Desk
from tests.factories.worlds import code

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}

At = Callable[..., Desk]


@pytest.fixture
def at(chromium: Browser, live: stories.Live, live_world: factories.World) -> Iterator[At]:
    """`at(who)` signs somebody in on a phone of their own; more arguments make it another device."""
    with contextlib.ExitStack() as devices, live.app.app_context():
        host = code(live_world.host_id)
        db.session.rollback()

        def _at(who: factories.Human, **device: Any) -> Desk:
            page = devices.enter_context(stories.visitor(chromium, live, **(PHONE | device)))
            stories.sign_in(page, who)
            return Desk(page, f"/desk/{host}")

        yield _at
        db.session.rollback()


@pytest.fixture
def asha(at: At, live_world: factories.World) -> Desk:
    """A volunteer with a phone."""
    return at(live_world.asha)


@pytest.fixture
def scriptless_asha(at: At, live_world: factories.World) -> Desk:
    """The same volunteer with a phone whose browser runs no script."""
    return at(live_world.asha, java_script_enabled=False)


@pytest.fixture
def case(live: stories.Live, live_world: factories.World) -> Callable[..., str]:
    """`case(called="…")` makes a case that Asha works on and Bo stands in for; gives its reference."""

    def _case(**told: Any) -> str:
        with live.app.app_context():
            asha = live_world.actor(live_world.asha)
            ref = factories.case(asha, **({"called": "Sita Test"} | told)).ref
            assignment.assign(asha, ref, live_world.asha.id, live_world.bo.id, (live_world.asha.id, None))
            db.session.commit()
        return ref

    return _case
