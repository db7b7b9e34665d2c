"""The app over a database whose tables are made once for each test process, and the ways to empty them."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from casework.app import create_app, migrations
from casework.db import db
from casework.settings import Settings


@dataclass(frozen=True)
class Prepared:
    """An app whose tables were made once, with the way to empty them."""

    app: Flask
    settings: Settings
    empty: Callable[[], None]


def make(database_url: str, redis_url: str, folder: Path) -> Prepared:
    """Make the app of a database, and its tables.

    Args:
        database_url, redis_url: of the real servers.
        folder: private to this app; SQLite's file is there.
    """
    settings = Settings(
        profile="testing",
        database_url=database_url,
        redis_url=redis_url,
        peppers={1: os.urandom(32)},
        secret=os.urandom(32),
        instance=folder,
        secure_cookies=False,
        quick_argon2=True,
        mail_url=(folder / "mail").as_uri(),
    )
    app = create_app(settings)
    make_tables(app)
    if database_url.startswith("sqlite"):
        return Prepared(app, settings, _restorer(app, folder / "casework.sqlite"))
    return Prepared(app, settings, lambda: _empty_postgres(app))


def make_tables(app: Flask) -> None:
    """Makes the tables as an installation does, through the migrations."""
    with app.app_context():
        upgrade(directory=str(migrations()))


def forget_connections(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _restorer(app: Flask, path: Path) -> Callable[[], None]:
    """SQLite: the file as it was when its tables were new is kept, and copied back."""
    fresh = path.with_suffix(".fresh")
    with app.app_context(), db.engine.connect() as connection:
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    forget_connections(app)
    shutil.copyfile(path, fresh)

    def _restore() -> None:
        forget_connections(app)
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
