"""What every test may ask for: real databases with fresh tables, a real Valkey, the app, a clock that stands.

`app`, `database` and `client` run once on SQLite and once on PostgreSQL (`--backends sqlite` takes one, and a
test that is about one of them says `@pytest.mark.parametrize("backend", ["postgres"])`).
A test that writes through `database` commits before it asks `client`: each request is a transaction of its own.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from hypothesis import settings as properties

from casework import clock
from casework.app import create_app
from casework.db import db
from casework.settings import Settings
from tests import services
from tests.prepared import Prepared, forget_connections, make

pytest_plugins = ["tests.stories", "tests.cast"]

# A slow moment of the machine is no failure: no property is about time.
properties.register_profile("patient", deadline=None)
properties.load_profile("patient")

BACKENDS = ("sqlite", "postgres")
_TESTS = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--backends", default=",".join(BACKENDS), help="databases to test on, with commas between"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    chosen = (mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "backend" in metafunc.fixturenames and "backend" not in chosen:
        metafunc.parametrize("backend", metafunc.config.getoption("--backends").split(","))


#: Rooms that lean on what a database does when several write, and run on both always.
_ON_BOTH = {"access", "audit", "drafts", "jobs", "migrations", "retention", "vault"}
#: Stories in a browser that are played always: coming in, agreeing, going away.
_PLAYED = {"test_consent", "test_leaving", "test_newcomer", "test_passkey"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits for `CI=true`: most rooms, pages and attacks on PostgreSQL, and most stories in a browser."""
    for item in items:
        room, on = item.path.relative_to(_TESTS).parts[0], getattr(item, "callspec", None)
        on_postgres = on is not None and on.params.get("backend") == "postgres"
        story = item.get_closest_marker("browser") is not None and item.path.stem not in _PLAYED
        if (on_postgres and room not in _ON_BOTH) or story:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def pg_url() -> Iterator[str]:
    """The address of a real PostgreSQL 18, one for each test process."""
    with services.postgres() as url:
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The address of a real Valkey, one for each test process; `app` empties it."""
    with services.valkey() as url:
        yield url


@pytest.fixture(scope="session")
def prepare(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Prepared]]:
    """Makes the app of a backend, once for each test process."""
    made: dict[str, Prepared] = {}

    def _prepare(backend: str) -> Prepared:
        if backend not in made:
            folder = tmp_path_factory.mktemp(backend)
            sqlite = backend == "sqlite"
            url = f"sqlite:///{folder / 'casework.sqlite'}" if sqlite else request.getfixturevalue("pg_url")
            made[backend] = make(url, request.getfixturevalue("redis_url"), folder)
        return made[backend]

    yield _prepare
    for prepared in made.values():
        forget_connections(prepared.app)


@pytest.fixture
def app(backend: str, prepare: Callable[[str], Prepared], redis_url: str) -> Iterator[Flask]:
    """The real app on empty tables and an empty Valkey. No context is pushed."""
    prepared = prepare(backend)
    prepared.empty()
    with redis.Redis.from_url(redis_url) as store:
        store.flushall()
    yield prepared.app
    forget_connections(prepared.app)


@pytest.fixture
def settings(backend: str, prepare: Callable[[str], Prepared]) -> Settings:
    """The settings that `app` was made with."""
    return prepare(backend).settings


@pytest.fixture
def app_with(settings: Settings) -> Iterator[Callable[..., Flask]]:
    """`app_with(redis_url=…)` makes another app, with other settings, over the same tables."""
    made: list[Flask] = []

    def _app_with(**changes: Any) -> Flask:
        made.append(create_app(replace(settings, **changes)))
        return made[-1]

    yield _app_with
    for app in made:
        forget_connections(app)


@pytest.fixture
def database(app: Flask) -> Iterator[SQLAlchemy]:
    """An app context over empty tables; gives `db`."""
    with app.app_context():
        yield db
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a screen, with its own cookies."""
    return app.test_client()


@pytest.fixture
def freeze() -> Iterator[Callable[[datetime], datetime]]:
    """`freeze(moment)` lets the clock stand there, until the next call or the end of the test."""
    with contextlib.ExitStack() as stack:

        def _freeze(moment: datetime) -> datetime:
            stack.close()
            stack.enter_context(clock.at(moment))
            return moment

        yield _freeze
