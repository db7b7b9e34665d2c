"""Attacks walk the same pages as the tests of the web."""

from tests.web.conftest import visit, world

__all__ = ["visit", "world"]
