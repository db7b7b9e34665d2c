"""Attacks walk the same pages as the tests of the web, and whatever is left in a temporary folder is theirs."""

import tempfile

import pytest

from tests.web.conftest import visit, world

__all__ = ["visit", "world"]


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """Where temporary files go; empty when a test begins."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder
