"""People of the network at their own browsers, and what they write down together."""

from tests.browser.stories.desk import Desk

BRIEF = {
    "name": "Nine wages",
    "goals": "struggles",
    "level": "locality",
    "about": "Wages of nine months are owed.",
    "risks": "Dismissal; a lawyer is at hand.",
}
TARGET = {"name": "Gulf Manpower", "kind": "recruiter", "place": "decides", "grants": "Pays back the fees."}
DEMAND = {"what": "Pay back every fee", "measure": "The sums are in their accounts"}
ACTION = {
    "rung": "delegation",
    "state": "done",
    "functions": "hold_power",
    "goals": "solidarity",
    "level": "workplace",
}


def day(name: str, date: int, month: int, year: int) -> dict[str, str]:
    """A day in the three boxes of a question."""
    return {f"{name}-day": str(date), f"{name}-month": str(month), f"{name}-year": str(year)}


def write(desk: Desk, path: str, **told: str) -> None:
    """Fill a form of the network's people, and keep it."""
    desk.go(path)
    desk.fill(**told)
    desk.press("Save")


def organisation(desk: Desk, name: str, kind: str, composed: str) -> None:
    """Write an organisation into the directory."""
    write(desk, "formations/new/organisation", name=name, kind=kind, composed=composed)


def campaign(desk: Desk) -> str:
    """Make a campaign with a target, a demand and an action; where its pages are."""
    write(desk, "campaigns/new", **BRIEF)
    home = "campaigns/" + desk.page.url.rstrip("/").rpartition("/")[2]
    write(desk, f"{home}/new/target", **TARGET)
    desk.go(f"{home}/new/demand")
    desk.page.locator("main [name='of']").select_option(label=TARGET["name"])
    desk.fill(**DEMAND, **day("until", 1, 3, 2027))
    desk.press("Save")
    write(desk, f"{home}/new/action", **ACTION, **day("on", 3, 3, 2026))
    return home
