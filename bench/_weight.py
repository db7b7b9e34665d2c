"""What a page weighs on the line, and a worker in memory."""

import gzip
import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from bench._filled import Filled
from bench._rows import Row, row
from casework.app import create_app
from casework.settings import ROOT

#: Bytes of gzip, as the interface's budgets have them.
FIRST_PAGE, LATER_PAGE = 40_000, 15_000
_BUILT = ("casework.css", "casework.js")
_PAGES, _WORKERS = 50, 3
_SESSION = "casework-session"
_MIB = 2**20


def memory(filled: Filled, plain: Flask) -> Row:
    """Resident memory of a fresh process after 50 pages, the smallest of a few.

    The plain application shares the words and forms of the house, and with them what these import; an
    application of its own would be smaller.
    """
    paths = [filled.visitor.at("cases/"), filled.visitor.at(f"cases/{filled.ref}/part/identity")]
    common = {
        "peppers": {number: pepper.hex() for number, pepper in filled.settings.peppers.items()},
        "secret": filled.settings.secret.hex(),
        "instance": str(filled.settings.instance),
        "redis_url": filled.settings.redis_url,
        "pages": _PAGES,
        "paths": paths,
        "person": "",
    }
    cookie = (_SESSION, _cookie(filled.visitor.client))
    ours = _resident(common | {"database_url": filled.settings.database_url, "cookie": cookie})
    url = plain.config["SQLALCHEMY_DATABASE_URI"]
    theirs = _resident(common | {"database_url": url, "person": str(filled.world.asha.id)})
    return row("worker memory after 50 pages", ours / _MIB, theirs / _MIB, "MiB", _PAGES)


def _resident(told: dict[str, Any]) -> int:
    return min(_asked(json.dumps(told)) for _ in range(_WORKERS))


def _asked(told: str) -> int:
    worker = [sys.executable, "-m", "bench._worker"]
    done = subprocess.run(worker, input=told, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603 - our own module
    return int(done.stdout)


def sizes(filled: Filled) -> list[Row]:
    """Pages as they go over the line, beside their budgets; the first one with its style and its script."""
    at, client = filled.visitor.at, filled.visitor.client
    long = create_app(replace(filled.settings, page_size=50)).test_client()
    long.set_cookie(_SESSION, _cookie(client))
    later = {
        "list of 25": (client, at("cases/")),
        "list of 50": (long, at("cases/")),
        "case": (client, at(f"cases/{filled.ref}")),
        "case with a section open": (client, at(f"cases/{filled.ref}/part/identity")),
        "first contact": (client, at("cases/new")),
        "today": (client, at("")),
    }
    stranger = filled.app.test_client()
    first = sum(_bytes(stranger, path) for path in ("/sign-in", *(f"/static/{name}" for name in _BUILT)))
    return [
        row("page bytes: first page, cold, with style and script", first, FIRST_PAGE, "bytes", 1),
        *(
            row(f"page bytes: {name}", _bytes(*where), LATER_PAGE, "bytes", 1)
            for name, where in later.items()
        ),
    ]


def _cookie(client: FlaskClient) -> str:
    found = client.get_cookie(_SESSION)
    assert found is not None
    return found.value


def _bytes(client: FlaskClient, path: str) -> int:
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200, path  # noqa: PLR2004 - all is well
    assert gzip.decompress(answer.data), path
    return len(answer.data)
