import pytest

from casework.db import db
from tests import factories
from tests.factories.worlds import code
from tests.web.visitor import Visitor


@pytest.fixture
def world(app):
    """A network of two desks, stored."""
    with app.app_context():
        made = factories.world()
        db.session.commit()
        made_codes = {
            made.host_id: code(made.host_id),
            made.home_id: code(made.home_id),
            made.network_id: code(made.network_id),
        }
        db.session.rollback()
    made_with = made
    object.__setattr__(made_with, "codes", made_codes)
    return made_with


@pytest.fixture
def visit(app, world):
    """`visit(human)`: a browser in which somebody is signed in; `visit()`: a stranger's."""

    def _visit(human=None, desk_id=None) -> Visitor:
        at_home = human in (world.nina, world.ram)
        visitor = Visitor(
            app.test_client(), world.codes[desk_id or (world.home_id if at_home else world.host_id)]
        )
        if human is not None:
            assert visitor.sign_in(human).status_code == 302
        return visitor

    return _visit


@pytest.fixture
def asha(visit, world):
    """A volunteer, signed in."""
    return visit(world.asha)


@pytest.fixture
def mei(visit, world):
    """The coordinator of her desk, signed in."""
    return visit(world.mei)
