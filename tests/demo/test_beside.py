"""The small network of the demo: a year of which a little can be said, and one of which hardly anything can."""

import pytest

from casework import clock
from casework.access import desks
from casework.demo import beside, cast, founding
from casework.demo.cast import NETWORK
from casework.demo.founding import Network
from casework.errors import NotFound
from casework.trends import releases, windows


@pytest.fixture
def small(app, database):
    """The small network alone; its steward comes from a large one of which nothing else is asked."""
    with app.app_context():
        large = Network(app.extensions["casework.doorway"])
        steward = cast.steward()
        large.keys[steward.login] = founding.keys_of(large.door, steward)
        yield beside.found(large)


def test_two_years_are_released_with_what_little_can_be_said(small):
    newer, older = releases.every(small.actor(cast.steward().login, NETWORK))
    for one in (older, newer):
        assert one.window.plan == "small"
        assert set(one.parts) == {"opening"}
        assert one.window.last_on < clock.today()
    assert windows.last_day(older.window.first_on, 12) < newer.window.first_on
    shown = {table.name: len(table.cells) for table in newer.parts["opening"].tables}
    assert shown["kind"] >= 2
    # Ways are many, and people few: most of it is too few to show, and of the older year nearly everything.
    assert shown["corridor"] <= 5
    assert sum(len(table.cells) for table in older.parts["opening"].tables) <= 6


def test_its_own_people_read_them_and_its_steward_opens_no_case(small):
    (desk,) = cast.beside_desks()
    assert [line.name for line in desks.members(small.actor("joy", desk))] == ["Joy", "Otieno"]
    for person in cast.beside():
        assert len(releases.every(small.actor(person.login, desk))) == 2
    with pytest.raises(NotFound):
        small.actor(cast.steward().login, desk)
