"""Bytes that travel, against the budgets of docs: 40 KB gzip for the first page, 15 KB for later ones."""

import gzip

import pytest

from casework.settings import ROOT
from tests.browser.look.pages import PAGES

KB = 1024
STATIC = ROOT / "casework" / "web" / "static"


def _packed(content):
    return len(gzip.compress(content, 6))


def _static(name):
    return _packed((STATIC / name).read_bytes())


def _page(shown, name):
    answer = shown.get(f"/page/{name}")
    assert answer.status_code == 200
    return _packed(answer.data)


def test_the_first_page_cold(shown):
    whole = _page(shown, "sign_in") + _static("casework.css") + _static("casework.js")
    assert whole <= 20 * KB  # half of the budget of 40: fonts and pictures are none


def test_the_script():
    assert _static("casework.js") <= 25 * KB


def test_a_list_of_fifty(shown):
    assert _page(shown, "cases/fifty") <= 8 * KB


@pytest.mark.parametrize("name", PAGES)
def test_every_page(shown, name):
    assert _page(shown, name) <= 15 * KB
