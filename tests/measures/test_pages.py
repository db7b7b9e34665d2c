"""The bench of pages over a few cases: both sides show the same pages, so that there is something to compare."""

import pytest

from bench import _filled, _weight, pages

pytestmark = pytest.mark.slow


def test_both_sides_show_the_same_pages(monkeypatch):
    monkeypatch.setattr(_filled, "LOGGED", 40)
    monkeypatch.setattr(_filled, "CASES", 80)
    monkeypatch.setattr(_filled, "RESPONDENTS", 3)
    monkeypatch.setattr(pages, "ROUNDS", 2)
    monkeypatch.setattr(pages, "WARM", 1)
    monkeypatch.setattr(_weight, "_WORKERS", 1)
    measured = {row["name"]: row for row in pages.run()}
    pairs = ("list of 25 vs plain columns", "case page vs plain columns")
    for name in (*pairs, "case page vs plain columns that keep no record"):
        assert measured[name]["ours"] > 0
        assert measured[name]["theirs"] > 0
