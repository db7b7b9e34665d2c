"""An invented context for every page template, by a short name: /page/<name> of the specimen shows it."""

from tests.browser.look.pages import (
    along,
    arriving,
    cases,
    desk,
    figures,
    finding,
    groups,
    helping,
    papers,
    passing,
    stories,
    together,
)
from tests.browser.look.pages.register import PAGES, Page

__all__ = (
    "PAGES",
    "Page",
    "along",
    "arriving",
    "cases",
    "desk",
    "figures",
    "finding",
    "groups",
    "helping",
    "papers",
    "passing",
    "stories",
    "together",
)
