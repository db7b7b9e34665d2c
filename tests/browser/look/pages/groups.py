"""Groups: the list, one group, several people logged at once, asking somebody in their case."""

from typing import Any

from casework.cases import kinds
from casework.web import questions
from casework.web.forms import joining
from tests.browser.look import people
from tests.browser.look.pages.cases import _around
from tests.browser.look.pages.register import shows

NAME = "غرف فوق المغسلة"
CHOICES = [("1", NAME), ("2", "Night shift, fish market")]
NOTES = [
    ("note", "Note", True),
    ("call", "Call", False),
    ("visit", "Visit", False),
    ("event", "Event", False),
]


def _form(name: str) -> dict[str, Any]:
    asked = questions.ask(kinds.page(name))
    return {"action": "#", "form_token": "t", "questions": asked, "errors": []}


@shows("groups", "groups/list")
def listing() -> dict[str, Any]:
    rows = [(NAME, "Harbour side", "14 people"), ("Night shift, fish market", None, "1 person")]
    sort = "The same dormitory or house"
    return {
        "groups": [{"href": "#", "name": n, "sort": sort, "note": p, "count": c} for n, p, c in rows],
        "refused": 0,
    }


@shows("groups/none", "groups/list")
def none() -> dict[str, Any]:
    return {"groups": [], "refused": 1}


@shows("groups/one", "groups/one")
def one() -> dict[str, Any]:
    members = [
        {"href": "#", "name": "আমিনা খাতুন", "ref": "K7QD-2MXR", "asked": True, "ask_href": "#"},
        {"href": "#", "name": None, "ref": "P4TN-9WVC", "asked": False, "ask_href": "#"},
    ]
    noted = [
        *people.entries(),
        people.entries()[0] | {"text": "", "href": "#", "href_text": "Stands in the case of أمينة"},
    ]
    return {
        "name": NAME,
        "facts": [("What binds them?", "The same dormitory or house"), ("Place", "Harbour side")],
        "members": members,
        "noted": noted,
        "edit_href": "#",
        "log_href": "#",
        "kinds": NOTES,
        "writing": False,
        **_form("entry"),
    }


@shows("groups/edit", "groups/edit")
def edit() -> dict[str, Any]:
    return {"title": "New group", "back": ("#", "Groups"), **_form("group")}


@shows("groups/log", "groups/log")
def log() -> dict[str, Any]:
    known = [("1", "Golden Bridge Manpower"), ("2", "مصنع الميناء")]
    return {
        "name": NAME,
        "back_href": "#",
        "respondents": known,
        "chosen": "",
        "distinct": False,
        **_form("group_log"),
    }


@shows("case/group", "cases/group_ask")
def ask() -> dict[str, Any]:
    asked = questions.ask(
        [field for field in kinds.page("consent") if field.key not in {"purpose", "recipient", "data"}]
    )
    return {**_around(), "groups": CHOICES, "chosen": "", "new_href": "#", "questions": asked}


@shows("case/group/point", "cases/group_point")
def point() -> dict[str, Any]:
    return {
        **_around(),
        "groups": CHOICES,
        "notes": [("1", "4 May 2031, 10:00: Rang at eight as agreed."), ("2", "زيارة: الباب مقفل")],
    }


def _two() -> list[dict[str, Any]]:
    facts = [
        ("Since", "4 May 2031"),
        ("Worker", "Amina Diallo"),
        ("Comes from", "Nepal"),
        ("Next date", "in 3 hours"),
    ]
    first, second = people.cases()[:2]
    return [
        {"called": one.called, "ref": one.ref, "status": ("open", "Open"), "kinds": one.kinds, "facts": facts}
        for one in (first, second)
    ]


@shows("case/join/which", "cases/join_which")
def which() -> dict[str, Any]:
    return {**_around(), "form": joining.Which(), "likely": people.cases()[:2]}


@shows("case/join", "cases/join")
def join() -> dict[str, Any]:
    return {**_around(), "form": joining.Join(), "pair": _two(), "narrows": True, "swap_href": "#"}


@shows("case/apart", "cases/part")
def apart() -> dict[str, Any]:
    return {**_around(), "form": joining.Part(), "other": "K7QD-2MXR"}
