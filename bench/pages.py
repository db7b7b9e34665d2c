"""Pages of a desk with 5,000 cases, beside the same pages over plain columns.

`_filled` says what lies in the desk and `_plain` what the other side does; both pages of a pair are compared
word by word before they are timed, and the two sides take turns. Opening a section of ours is recorded and
committed; of the other side both are shown, a page that keeps a plain record and one that keeps none.
"""

import re
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from difflib import unified_diff
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from bench import _copying, _filled, _plain, _signing, _weight
from bench._filled import Filled
from bench._rows import Row, row, took

ROUNDS, WARM = 100, 8


def run() -> list[Row]:
    """Measure, in milliseconds, bytes and MiB."""
    with tempfile.TemporaryDirectory() as name, _quiet(Path(name)), _filled.desk(Path(name)) as filled:
        plain = _plain.create_app(filled.settings, f"sqlite:///{name}/plain.sqlite")
        plain_bytes = _copying.copy(filled, plain)
        logged = len(filled.logged)
        found = [
            *_times(filled, plain),
            _weight.memory(filled, plain),
            row(f"bytes a case, of {logged:,}", filled.case_bytes, plain_bytes, "bytes", logged),
            *_weight.sizes(filled),
            _signing.measure(filled),
        ]
        _plain.forget_connections(plain)
        return found


@contextmanager
def _quiet(folder: Path) -> Iterator[None]:
    """Both sides log each request, as they do when they serve; here into a file."""
    with (folder / "said").open("w", encoding="utf-8") as said, redirect_stderr(said):
        yield


def _times(filled: Filled, plain: Flask) -> list[Row]:
    ours, theirs = filled.visitor.client, _plain.browser(plain, filled.world.asha.id)
    cases, case = filled.visitor.at("cases/"), filled.visitor.at(f"cases/{filled.ref}/part/identity")
    found = [
        _pair("list of 25 vs plain columns", ours, theirs, cases),
        _pair("case page vs plain columns", ours, theirs, case),
    ]
    plain.config["RECORDS"] = False
    return [*found, _pair("case page vs plain columns that keep no record", ours, theirs, case)]


def _pair(name: str, ours: FlaskClient, theirs: FlaskClient, path: str) -> Row:
    mine, other = (_said(side, path).splitlines() for side in (ours, theirs))
    assert mine == other, f"{path} differs: {[*unified_diff(other, mine, lineterm='', n=0)]}"
    for _ in range(WARM):
        ours.get(path)
        theirs.get(path)
    rounds = [(took(lambda: ours.get(path)), took(lambda: theirs.get(path))) for _ in range(ROUNDS)]
    here, there = (statistics.median(column) for column in zip(*rounds, strict=True))
    return row(name, here, there, "ms", ROUNDS)


def _said(browser: FlaskClient, path: str) -> str:
    """A page without the tokens of its forms, which differ each time."""
    answer = browser.get(path)
    assert answer.status_code == 200, path  # noqa: PLR2004 - all is well
    return re.sub(r'name="(csrf|form_token)" value="[^"]*"', "", answer.get_data(as_text=True))
