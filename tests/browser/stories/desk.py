"""A desk on somebody's screen: where its pages are, and how forms are filled, by names and by words."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

#: What is asked about consent, where the person says yes.
AGREED = {
    "consent.given": "yes",
    "consent.how": "spoken",
    "consent.interpreter": "phone",
    "consent.present": "nobody",
}
#: The shortest first contact that names somebody.
NAMED = {
    "language": "ne",
    "safe_now": "yes",
    "called": "Sita Test",
    "reach-0-channel": "call",
    "reach-0-number": "+977 980 111 2233",
    "reach-0-safe": "yes",
    "kind": "wage_theft",
    "risk": "high",
    "what_happened": "Three months without pay.",
    "take": "1",
}


def press(page: Page, words: str) -> None:
    """Press the button that says so, and wait for what it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).first.click()


def follow(page: Page, words: str, within: str = "main") -> None:
    """Follow the link that says so, and wait for the page; where it is folded, unfold it first."""
    place = page.locator(within)
    if not place.get_by_role("link", name=words).count():
        unfold(place, words)
    with page.expect_navigation():
        place.get_by_role("link", name=words).first.click()


def unfold(place: Locator, words: str) -> None:
    """Open what holds a folded link, by its summary, as a person would."""
    link = place.page.get_by_role("link", name=words, include_hidden=True)
    place.locator("details:not([open])").filter(has=link).locator("> summary").first.click()


@dataclass
class Desk:
    """One person's browser at one desk.

    Attributes:
        page: the browser.
        root: what the addresses of this desk begin with.
    """

    page: Page
    root: str

    def go(self, path: str = "") -> Page:
        """Open a page of the desk, and say why where the case is somebody else's."""
        self.page.goto(f"{self.root}/{path}")
        if "/why?" in self.page.url:
            self.page.get_by_text("I stand in for the worker").click()
            self.press("Open the case")
        return self.page

    def fill(self, **answers: str) -> None:
        """Answer questions by the names of their inputs, in order."""
        for name, value in answers.items():
            self._fill_one(name, value)

    def _fill_one(self, name: str, value: str) -> None:
        found = self.page.locator(f"main [name='{name}']")
        kind = found.first.evaluate("e => e.type")
        if kind in {"radio", "checkbox"}:
            self.page.locator(f"main [name='{name}'][value='{value}']").check()
        elif kind == "select-one":
            found.select_option(value)
        else:
            found.fill(value)

    def press(self, words: str) -> None:
        """Press a button of the page."""
        press(self.page, words)

    def follow(self, words: str) -> None:
        """Follow a link of the page."""
        follow(self.page, words)

    def log(self, **answers: str) -> str:
        """Log a first contact; gives the reference of the case."""
        self.go("cases/new")
        self.fill(**{**NAMED, **AGREED, **answers})
        self.press("Log this contact")
        self._somebody_else()
        return self.arrived()

    def _somebody_else(self) -> None:
        """Who is warned of somebody alike says that this is somebody else: all of our people share a number."""
        box = self.page.locator("main [name='distinct']")
        if box.count():
            box.check()
            self.press("Log this contact")

    def arrived(self) -> str:
        """The reference of the case that is shown now."""
        self.page.wait_for_url(re.compile(r"/cases/[0-9A-Z]{4}-[0-9A-Z]{4}$"))
        return self.page.url.rsplit("/", 1)[1]

    @property
    def words(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    def section(self, title: str) -> Locator:
        """One section of a case, by its title."""
        return self.page.locator("[data-section]").filter(
            has=self.page.get_by_role("heading", name=title, exact=True)
        )
