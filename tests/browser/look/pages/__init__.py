"""An invented context for every page template, by a short name: /page/<name> of the specimen shows it."""

from tests.browser.look.pages import arriving, cases, desk, finding, groups, helping
from tests.browser.look.pages.register import PAGES, Page

__all__ = ("PAGES", "Page", "arriving", "cases", "desk", "finding", "groups", "helping")
