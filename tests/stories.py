"""Stories played in a real Chromium: how they are run, and what is said when there is none.

`page` is a laptop, `phone` a phone, `dark` a laptop at night, `arabic` one that reads from right to left,
`scriptless` one without JavaScript. Each is a browser of its own without any past; each fails its story when
the page logged an error, broke its own policy, or asked any other machine for anything.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import redis
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from casework.db import db
from casework.settings import Settings
from tests import factories
from tests.prepared import Prepared

HOW = "install Chromium (Debian: apt install chromium)"
_FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
_MORE_FLAGS = "--disable-component-update --disable-sync"
_PATIENCE = 15_000  # milliseconds


def find_chromium() -> str | None:
    """Where Chromium is; None if there is none."""
    named = os.environ.get("CASEWORK_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything that lies under tests/browser is a story."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Name the stories that were not played, and say how they can be."""
    unplayed = [r.nodeid for r in terminalreporter.stats.get("skipped", []) if HOW in str(r.longrepr)]
    if unplayed:
        terminalreporter.section("stories that were not played")
        for name in unplayed:
            terminalreporter.write_line(f"not run: {name}")
        terminalreporter.write_line(f"To play these {len(unplayed)}, {HOW}, or name it in CASEWORK_CHROMIUM.")


@dataclass(frozen=True)
class Live:
    """The application, served on this machine while its tables can be filled from the story.

    Attributes:
        url: where it is, without a slash at the end.
        app: to push a context of, for filling tables; commit before the browser looks.
        settings: what it was made with.
    """

    url: str
    app: Flask
    settings: Settings


@pytest.fixture(scope="session")
def _server(prepare: Callable[[str], Prepared]) -> Iterator[tuple[str, Prepared]]:
    prepared = prepare("sqlite")
    server = make_server("127.0.0.1", 0, prepared.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", prepared
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def live(_server: tuple[str, Prepared], redis_url: str) -> Live:
    """The real application on empty tables, over HTTP on loopback."""
    url, prepared = _server
    prepared.empty()
    with redis.Redis.from_url(redis_url) as store:
        store.flushall()
    return Live(url, prepared.app, prepared.settings)


@pytest.fixture
def live_world(live: Live) -> factories.World:
    """A network of two desks with people in every role, in the application that is served."""
    with live.app.app_context():
        made = factories.world()
        db.session.commit()
    return made


def sign_in(page: Page, who: factories.Human) -> None:
    """Sign somebody in as they would: name, passphrase, code of the moment. Each code counts once.

    Args:
        page: a browser that is not signed in.
        who: of `live_world`.
    """
    page.goto("/sign-in")
    page.fill("[name=login]", who.login)
    page.fill("[name=passphrase]", factories.PASSPHRASE)
    page.fill("[name=code]", who.code())
    page.press("[name=code]", "Enter")
    page.wait_for_url(lambda url: not url.endswith("/sign-in"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium; without one the story is not played, which in CI is a failure."""
    program = find_chromium()
    if program is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(HOW)
    with sync_playwright() as playwright:
        flags = f"{_FLAGS} {_MORE_FLAGS}".split()
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


@contextmanager
def visitor(chromium: Browser, live: Live, **context: Any) -> Iterator[Page]:
    """A browser without any past, watched for errors and for requests to other machines.

    Args:
        chromium: the fixture.
        live: the fixture; addresses may be given without its url.
        context: what Playwright's `new_context` takes.
    """
    opened = chromium.new_context(base_url=live.url, **({"locale": "en-GB"} | context))
    opened.set_default_timeout(_PATIENCE)
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    opened.on("weberror", lambda error: said.append(str(error.error)))
    opened.on(
        "request", lambda request: said.append(request.url) if _foreign(request.url, live.url) else None
    )
    try:
        yield opened.new_page()
    finally:
        opened.close()
    assert _unexpected(said) == []


def _foreign(url: str, home: str) -> bool:
    return not url.startswith((home, "data:", "blob:", "about:"))


def _unexpected(said: list[str]) -> list[str]:
    # Chromium reports an answer of 401 or 422 as an error of the page; stories look at what such a page says.
    # One whose story cuts the connection reports that too.
    known = (
        "Failed to load resource: the server responded",
        "Failed to load resource: net::ERR_INTERNET_DISC",
    )
    return [line for line in said if not line.startswith(known)]


@pytest.fixture
def page(chromium: Browser, live: Live) -> Iterator[Page]:
    """A laptop in English."""
    with visitor(chromium, live, viewport={"width": 1280, "height": 800}) as opened:
        yield opened


@pytest.fixture
def phone(chromium: Browser, live: Live) -> Iterator[Page]:
    """A phone, 390 wide, with a finger instead of a mouse."""
    shape = {
        "viewport": {"width": 390, "height": 844},
        "is_mobile": True,
        "has_touch": True,
        "device_scale_factor": 2,
    }
    with visitor(chromium, live, **shape) as opened:
        yield opened


@pytest.fixture
def dark(chromium: Browser, live: Live) -> Iterator[Page]:
    """A laptop at night."""
    with visitor(chromium, live, color_scheme="dark") as opened:
        yield opened


@pytest.fixture
def arabic(chromium: Browser, live: Live) -> Iterator[Page]:
    """A laptop that asks for Arabic, from right to left."""
    with visitor(chromium, live, locale="ar") as opened:
        yield opened


@pytest.fixture
def scriptless(chromium: Browser, live: Live) -> Iterator[Page]:
    """A laptop without JavaScript."""
    with visitor(chromium, live, java_script_enabled=False) as opened:
        yield opened
