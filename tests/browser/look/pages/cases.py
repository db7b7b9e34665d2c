"""Cases: the list, the first contact, the one page of a case and what is done from there."""

from types import SimpleNamespace
from typing import Any

from casework.cases import kinds
from casework.web import questions
from casework.web.forms.cases import Assign, Close, Reopen
from casework.web.forms.dates import Outcome
from casework.web.forms.lists import ListForm, list_form
from tests.browser.look import asked, forms, people
from tests.browser.look.pages.register import shows

PAGER = {"page": 2, "pages": 9, "previous": "#", "next": "#"}
SEEN_BY = "Everybody at Harbour desk (6 people)"
TITLES = {
    "header": "Overview",
    "identity": "Who and how to reach",
    "around": "People around",
    "story": "What happened",
    "entries": "Notes, calls, visits",
    "legal": "Legal",
    "money": "Money",
    "health": "Health",
    "evidence": "Evidence",
    "respondents": "Who is answerable",
}
DOING = [
    ("Write a note", "#", "note"),
    ("Consents", "#", "consent"),
    ("Workers and status", "#", "person"),
    ("Close", "#", "done"),
    ("Who did what", "#", "see"),
]


def _case() -> SimpleNamespace:
    return SimpleNamespace(
        **vars(people.cases()[0]) | {"primary": "Amina Diallo", "backup": "ውብሸት", "opened": "4 May 2031"}
    )


def _around() -> dict[str, Any]:
    return {"case": _case(), "back_href": "#", "action": "#", "form_token": "t", "errors": []}


def _section(key: str, **more: Any) -> dict[str, Any]:
    icon = {"around": "desk"}.get(key, key)
    return {
        "key": key,
        "icon": icon,
        "title": TITLES[key],
        "href": "#",
        "fold_href": "#",
        "seen_by": SEEN_BY,
        **more,
    }


@shows("cases", "cases/list")
def listing() -> dict[str, Any]:
    more = {"fields": list(forms.Filters()), "carried": [], "terms_href": "#", "asked_href": "#"}
    return {"cases": people.cases(), "found": 212, "chosen": ["High"], **more, **PAGER}


@shows("cases/terms", "cases/terms")
def terms() -> dict[str, Any]:
    form = ListForm()
    form.offer([], [], {})
    return {"fields": form.terms, "carried": [("sort", "risk")], "action": "#", "back_href": "#"}


@shows("cases/asked", "cases/asked")
def by_kind() -> dict[str, Any]:
    form = list_form("detention")()
    form.offer([], [], {})
    return {
        "kind": "Detention",
        "fields": form.asked,
        "carried": [("kind", "detention")],
        "action": "#",
        "back_href": "#",
    }


@shows("cases/asked-kind", "cases/asked")
def by_which_kind() -> dict[str, Any]:
    form = ListForm()
    form.offer([], [], {})
    return {"kind": "", "fields": [form.kind], "carried": [], "action": "#", "back_href": "#"}


@shows("cases/fifty", "cases/list")
def fifty() -> dict[str, Any]:
    return {
        "cases": people.many(50),
        "found": 212,
        "fields": list(forms.Filters()),
        "carried": [],
        "terms_href": "#",
        "asked_href": "#",
        "chosen": [],
        **PAGER,
    }


@shows("cases/none", "cases/list")
def none() -> dict[str, Any]:
    alone = {"page": 1, "pages": 1, "previous": None, "next": None}
    return {
        "cases": [],
        "found": 0,
        "fields": list(forms.Filters()),
        "carried": [],
        "terms_href": "#",
        "asked_href": "#",
        "chosen": [],
        **alone,
    }


@shows("cases/new", "cases/new")
def new() -> dict[str, Any]:
    asked = questions.ask(kinds.first_contact())
    return {
        "before": asked[:3],
        "questions": asked[3:],
        "consent": questions.ask(kinds.page("may_we_keep"), prefix="consent."),
        "form_token": "t",
        "errors": [],
        "draft_href": "/draft",
    }


@shows("case", "cases/case")
def folded() -> dict[str, Any]:
    warning = "Kept because of danger, without consent, until 7 May, 14:00. Ask the person before then."
    sections = [_section(key) for key in TITLES]
    return {"case": _case(), "sections": sections, "notices": [(warning, "warn")], "doing": DOING}


@shows("case/open", "cases/case")
def opened() -> dict[str, Any]:
    body = {
        "story": {"blocks": [{"title": None, "facts": people.facts()}], "edit_href": "#"},
        "entries": {"entries": people.entries(), "add": [("Write a note", "#", "note")]},
        "around": {"people": people.around(), "token": "", "add": [("Add somebody", "#", "new")]},
        "respondents": {
            "lines": [("#", "Golden Bridge Manpower", "took the fee", ["Recruitment agency"], None)]
        },
        "evidence": {"sealed": True},
        "health": {"refused": True},
        "money": {"blocks": []},
    }
    sections = [_section(key, open=key in body, **body.get(key, {})) for key in TITLES]
    return {"case": _case(), "sections": sections, "notices": [], "doing": DOING}


def _step(number: int, title: str, **more: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "href": "#",
        "title": title,
        "when": "Wed 7 May 2031, 22:30 (19:30 UTC)",
        "due": ("20 hours left", "2031-05-07T19:30:00+00:00", "now"),
        "done": False,
        "late": False,
        "next": False,
        "owner": "Amina Diallo",
        "owner_id": "1",
        "caveat": "",
        "mine_href": "#",
        "done_href": "#",
        **more,
    }


@shows("case/flight", "cases/flight")
def flight() -> dict[str, Any]:
    done = {
        "done": True,
        "reason": "The lawyer has filed for a stay.",
        "done_by": "ውብሸት",
        "done_at": "6 May, 14:05",
    }
    remedy = {
        "href": "#",
        "title": "Appeal",
        "due": ("9 days left", "2031-05-16", None),
        "when": "Fri 16 May 2031",
    }
    counts = {
        "text": "20 hours 14 minutes",
        "iso": "2031-05-07T19:30:00+00:00",
        "now": True,
        "office": "6 hours 30 minutes",
        "offices": "09:00 to 17:00, without weekends and public holidays",
    }
    shown = {
        "counts": counts,
        "leaves": "Wed 7 May 2031, 22:30 (19:30 UTC)",
        "known": True,
        "left": False,
        "place": "Kuwait City",
        "before": [
            _step(1, "Has a stay been applied for?", **done),
            _step(2, "Is the person fit to fly?", next=True, caveat="Ask a doctor of their own."),
            _step(3, "Last call, power of attorney for wages, belongings", owner=None, late=True),
        ],
        "after": [_step(4, "Call after arrival")],
        "remedies": [remedy | {"unverified": True, "meaning": "Act by", "too_late": True}],
        "facts": [SimpleNamespace(label="Lawyer", text="Looking for one", due=None, warning="Nobody yet")],
        "feared": True,
        "returned": False,
        "refused": False,
        "trouble": None,
    }
    blank = Outcome()
    return {**_around(), "shown": shown, "at": None, "form": blank, "blank": blank, "me": "2"}


@shows("case/fragment", "cases/section")
def fragment() -> dict[str, Any]:
    return {"section": _section("story", blocks=[{"title": None, "facts": people.facts()}])}


@shows("case/edit", "cases/section_edit")
def edit() -> dict[str, Any]:
    blocks = asked.of_section("detention", "legal")
    return {**_around(), "section": _section("legal"), "rev": 3, "blocks": blocks, "fragment": False}


@shows("case/conflict", "cases/section_edit")
def conflict() -> dict[str, Any]:
    both = {"conflict": people.versions(), "kept": [("place", "Northgate")]}
    return {**_around(), "section": _section("legal"), "rev": 4, "blocks": [], "fragment": False, **both}


@shows("case/around", "cases/around_edit")
def around() -> dict[str, Any]:
    return {**_around(), "rev": 3, "new": True, "questions": questions.ask(kinds.page("around"))}


@shows("case/entry", "cases/entry_new")
def entry() -> dict[str, Any]:
    types = [
        ("note", "Note", True),
        ("call", "Call", False),
        ("visit", "Visit", False),
        ("event", "Event", False),
    ]
    return {**_around(), "kinds": types, "questions": questions.ask(kinds.page("entry"))}


@shows("case/entry-correct", "cases/entry_edit")
def entry_correct() -> dict[str, Any]:
    text = [field for field in kinds.page("entry") if field.key == "text"]
    asked = questions.ask(text, {"text": "He waits at the gate since six."})
    return {**_around(), "rev": 2, "questions": asked, "heavy": True, "theirs": "He waits inside."}


@shows("case/consents", "cases/consents")
def consents() -> dict[str, Any]:
    emergency = {"emergency_href": "#", "emergency_error": None, "emergency_reason": ""}
    ask = questions.ask(kinds.page("consent"))
    return {**_around(), "told": people.told(), "unread": 1, "questions": ask, **emergency}


@shows("case/assign", "cases/assign")
def assign() -> dict[str, Any]:
    form = Assign()
    form.offer([("1", "Amina Diallo"), ("2", "ውብሸት")], [("contact", "First contact"), ("plan", "Plan")])
    return {**_around(), "form": form}


@shows("case/close", "cases/close")
def close() -> dict[str, Any]:
    form = Close()
    form.offer()
    return {**_around(), "form": form, "reopening": False}


@shows("case/reopen", "cases/close")
def reopen() -> dict[str, Any]:
    form = Reopen()
    form.offer([("assessment", "Assessment"), ("plan", "Plan")])
    return {**_around(), "form": form, "reopening": True}


@shows("case/audit", "cases/audit")
def audit() -> dict[str, Any]:
    lines = [
        {"when": "4 May, 16:10", "who": "Amina Diallo", "what": "Opened: What happened", "reason": ""},
        {"when": "4 May, 15:58", "who": "ውብሸት", "what": "Opened the case", "reason": "I stand in"},
    ]
    return {**_around(), "lines": lines, **PAGER}
