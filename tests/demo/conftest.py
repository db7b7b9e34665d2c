"""A demo of two dozen cases, made as `make run` makes its own."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from casework import demo
from casework.access.doorway import Doorway
from casework.db import db
from casework.demo.authenticators import FILE
from casework.settings import Settings

SMALL = 28


@pytest.fixture
def demo_app(app: Flask, app_with: Callable[..., Flask]) -> Iterator[Flask]:
    """An installation that is a demo, with empty tables; its context is pushed."""
    made = app_with(demo=True)
    (made.config["CASEWORK"].instance / FILE).unlink(missing_ok=True)
    with made.app_context():
        yield made
        db.session.rollback()


@pytest.fixture
def demo_settings(demo_app: Flask) -> Settings:
    return demo_app.config["CASEWORK"]


@pytest.fixture
def door(demo_app: Flask) -> Doorway:
    return demo_app.extensions["casework.doorway"]


@pytest.fixture
def said() -> list[str]:
    """What was said while the demo was made."""
    return []


@pytest.fixture
def seed(demo_settings: Settings, door: Doorway, said: list[str]) -> Callable[..., bool]:
    """`seed(cases)` makes a demo and commits, as the command does."""

    def _seed(cases: int = SMALL) -> bool:
        made = demo.seed(demo_settings, door, said.append, cases)
        db.session.commit()
        return made

    return _seed
