"""What every test may ask for: real databases with fresh tables, a real Valkey, the app, a clock that stands.

`app`, `database` and `client` run once on SQLite and once on PostgreSQL (`--backends sqlite` takes one).
A test that writes through `database` commits before it asks `client`: each request is a transaction of its own.
"""

import contextlib
import importlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import redis
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from flask_sqlalchemy import SQLAlchemy

from casework import clock
from casework.db import db
from casework.settings import ROOT, Settings
from tests import services

BACKENDS = ("sqlite", "postgres")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--backends", default=",".join(BACKENDS), help="databases to test on, with commas between"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "backend" in metafunc.fixturenames:
        metafunc.parametrize("backend", metafunc.config.getoption("--backends").split(","))


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


@dataclass(frozen=True)
class Prepared:
    """An app whose tables were made once, with the way to empty them."""

    app: Flask
    settings: Settings
    empty: Callable[[], None]


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
            made[backend] = _make(url, request.getfixturevalue("redis_url"), folder)
        return made[backend]

    yield _prepare
    for prepared in made.values():
        _forget_connections(prepared.app)


def _make(database_url: str, redis_url: str, folder: Path) -> Prepared:
    settings = Settings(
        profile="testing",
        database_url=database_url,
        redis_url=redis_url,
        peppers={1: os.urandom(32)},
        secret=os.urandom(32),
        instance=folder,
        secure_cookies=False,
        quick_argon2=True,
    )
    app = _create_app(settings)
    make_tables(app)
    if database_url.startswith("sqlite"):
        return Prepared(app, settings, _restorer(app, folder / "casework.sqlite"))
    return Prepared(app, settings, lambda: _empty_postgres(app))


def _create_app(settings: Settings) -> Flask:
    with contextlib.suppress(ImportError):  # until the parts are joined: the tables alone
        return importlib.import_module("casework.app").create_app(settings)
    app = Flask("casework")
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    db.init_app(app)
    for path in sorted([*(ROOT / "casework").rglob("models.py"), ROOT / "casework/queue.py"]):
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return app


def make_tables(app: Flask) -> None:
    """Makes the tables as an installation does, through the migrations."""
    with app.app_context():
        if (ROOT / "migrations" / "env.py").exists():
            upgrade(directory=str(ROOT / "migrations"))
        else:
            db.create_all()


def _forget_connections(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _restorer(app: Flask, path: Path) -> Callable[[], None]:
    """SQLite: the file as it was when its tables were new is kept, and copied back."""
    fresh = path.with_suffix(".fresh")
    with app.app_context(), db.engine.connect() as connection:
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _forget_connections(app)
    shutil.copyfile(path, fresh)

    def _restore() -> None:
        _forget_connections(app)
        for old in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            old.unlink(missing_ok=True)
        shutil.copyfile(fresh, path)

    return _restore


def _empty_postgres(app: Flask) -> None:
    """PostgreSQL: rows go without their triggers, so that tables which only grow are emptied as well."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        for table in db.metadata.tables.values():
            connection.execute(table.delete())


@pytest.fixture
def app(backend: str, prepare: Callable[[str], Prepared], redis_url: str) -> Iterator[Flask]:
    """The real app on empty tables and an empty Valkey. No context is pushed."""
    prepared = prepare(backend)
    prepared.empty()
    with redis.Redis.from_url(redis_url) as store:
        store.flushall()
    yield prepared.app
    _forget_connections(prepared.app)


@pytest.fixture
def settings(backend: str, prepare: Callable[[str], Prepared]) -> Settings:
    """The settings that `app` was made with."""
    return prepare(backend).settings


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
