"""The specimen, served once, and browsers that look at it: watched like those of the stories."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from tests import stories
from tests.browser.look.look import serving
from tests.browser.look.specimen import make_app

Visit = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="session")
def specimen() -> Iterator[str]:
    """The address of the specimen app."""
    with serving() as address:
        yield address


@pytest.fixture
def visit(chromium: Browser, specimen: str) -> Visit:
    """Opens a page of the specimen: a context manager that takes what a browser context takes."""

    def open_page(**context: Any) -> AbstractContextManager[Page]:
        return stories.visitor(chromium, SimpleNamespace(url=specimen), **context)

    return open_page


@pytest.fixture(scope="session")
def shown() -> FlaskClient:
    """The specimen app without a browser."""
    return make_app().test_client()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every page in every light and width takes minutes: CI looks at them all, `make test` at the stories."""
    for item in items:
        if "browser/look" in item.path.as_posix():
            item.add_marker(pytest.mark.slow)
