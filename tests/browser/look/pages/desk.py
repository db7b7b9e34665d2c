"""The day, the desk and its members."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from casework.web import qr
from casework.web.forms import access
from tests.browser.look import people
from tests.browser.look.pages.register import shows

ID = UUID("7d9a3c1e-0000-4000-8000-000000000001")
NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
LINK = "https://desk.example/welcome/" + "k" * 32


#: No date is near, and no rule has changed.
NO_DATES = {
    "urgent": [],
    "more_urgent": 0,
    "due": [],
    "then": [],
    "moved": [],
    "more": 0,
    "older": 0,
    "refused": False,
    "counting": SimpleNamespace(left=0, total=0),
}


URGENT = [
    {
        "href": "#",
        "called": "أمينة عبد الرحمن",
        "ref": "KQ7M-2XPD",
        "due": ("2 hours ago", "2031-05-04T10:00:00+00:00", "now"),
        "when": "Sun 4 May 2031, 10:00",
        "said": "Nobody has taken it: it is with the coordinators since 4 May, 11:00.",
        "mine": True,
        "take_href": "#",
    }
]


@shows("today", "desk/home")
def today() -> dict[str, Any]:
    lines = [
        ("The 72 hours of KQ7M-2XPD end in 5 hours. Ask for consent.", "#", "exception"),
        ("Rosa is ready to be let in.", "#", "member"),
        ("A first contact that was not finished, from this morning.", "#", "draft"),
    ]
    cases = people.cases()
    return {
        "waiting": lines,
        "mine": cases[:3],
        "unassigned": cases[5:6],
        "changed": cases[3:5],
        "dates": NO_DATES | {"urgent": URGENT, "more_urgent": 3},
    }


@shows("today/empty", "desk/home")
def nothing_today() -> dict[str, Any]:
    return {"waiting": [], "mine": [], "unassigned": [], "changed": [], "dates": NO_DATES}


@shows("members", "desk/members")
def members() -> dict[str, Any]:
    people_here = [
        SimpleNamespace(user_id=ID, name="Amina Diallo", role="coordinator", since=date(2030, 2, 1)),
        SimpleNamespace(user_id=ID, name="ውብሸት", role="volunteer", since=date(2030, 9, 14)),
        SimpleNamespace(user_id=ID, name="सुनिता", role="ally", since=date(2031, 1, 3)),
    ]
    waiting = [
        (SimpleNamespace(id=ID, role="volunteer", state="answered", ends_at=NOON), "Rosa"),
        (SimpleNamespace(id=ID, role="ally", state="open", ends_at=NOON), "محمد"),
    ]
    return {"members": people_here, "waiting": waiting, "may_invite": True}


@shows("members/invite", "desk/invite")
def invite() -> dict[str, Any]:
    form = access.Invite()
    form.only(("volunteer", "coordinator", "ally"))
    return {"form": form}


@shows("members/invited", "desk/invited")
def invited() -> dict[str, Any]:
    return {"link": LINK, "qr": qr.data_uri(LINK), "name": "Rosa"}


@shows("members/admit", "desk/admit")
def admit() -> dict[str, Any]:
    return {"form": access.Admit(), "name": "Rosa", "half": "77310 02946 58815", "invitation_id": ID}


@shows("desk/about", "desk/about")
def about() -> dict[str, Any]:
    name = access.NameDesk(data={"name": "Harbour desk", "rev": "1"})
    return {"name_form": name, "found_form": access.FoundDesk()}
