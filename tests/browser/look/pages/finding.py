"""Search, and the register of those who are answerable."""

from types import SimpleNamespace
from typing import Any

from casework.cases import kinds
from casework.web import questions
from casework.web.forms.cases import NameRespondent
from casework.web.forms.signals import Decide, PutAside, ShareSignal, WriteNote
from tests.browser.look import forms, people
from tests.browser.look.pages.register import shows


@shows("search", "search/search")
def search() -> dict[str, Any]:
    form = forms.Look(data={"query": "amina"})
    return {"form": form, "asked": True, "hits": people.cases()[:3], "more": True, "problems": 0}


@shows("search/none", "search/search")
def nobody() -> dict[str, Any]:
    return {"form": forms.Look(), "asked": True, "hits": [], "more": False, "problems": 1}


@shows("respondents", "respondents/list")
def respondents() -> dict[str, Any]:
    found = [
        {
            "href": "#",
            "name": "Golden Bridge Manpower",
            "kinds": ["Recruitment agency"],
            "country": "Nepal",
            "note": "also: Golden Brige",
        },
        {"href": "#", "name": "مؤسسة الوفاء", "kinds": ["Employer"], "country": "Kuwait", "note": None},
    ]
    return {"respondents": found, "form": forms.Look(), "may_enter": True, "refused": False}


@shows("respondents/one", "respondents/one")
def respondent() -> dict[str, Any]:
    one = SimpleNamespace(
        id="1",
        name="Golden Bridge Manpower",
        kinds=["Recruitment agency", "Lender"],
        facts=[("Country", "Nepal"), ("Licence or registration numbers", [[("Number", "1182/067")]])],
        seen_by="Every desk of the network",
        edit_href="#",
    )
    boxes = [
        ("مؤسسة الوفاء للتجارة", "Employer", 97, 4),
        ("Golden Bridge Manpo…", "Recruitment agency", 97, 90),
    ]
    drawing = {
        "width": 360,
        "height": 140,
        "boxes": [
            {"x": x, "y": y, "width": 166, "height": 46, "middle": x + 83, "name": n, "kind": k, "own": y > 4}
            for n, k, x, y in boxes
        ],
        "lines": [
            {
                "number": 1,
                "sort": "Recruits for",
                "code": "recruits_for",
                "above": {"name": "مؤسسة الوفاء للتجارة", "href": "#"},
                "below": {"name": "Golden Bridge Manpower", "href": "#"},
                "said": ("1", "2"),
                "way": {"points": "180,50 180,90", "x": 180, "y": 70},
            }
        ],
        "left_out": 0,
    }
    double = {
        "id": "2",
        "href": "#",
        "name": "Golden Brige",
        "why": "Same licence.",
        "said": "20 Nov, Mei",
        "checked": False,
        "checker": None,
        "own": False,
    }
    near = {"href": "#", "name": "Golden Ridge", "kinds": ["Employer"], "note": "nearly the same"}
    return {
        "respondent": one,
        "leads": None,
        "doubles": [double],
        "alike": [near | {"merge_href": "#"}],
        "drawing": drawing,
        "links": [("owns", "This one: Owns")],
        "others": [("3", "Al Wafa Trading")],
        "cases": people.cases()[:2],
    }


@shows("respondents/enter", "respondents/form")
def enter() -> dict[str, Any]:
    return {
        "title": "Somebody who is answerable",
        "back_href": "#",
        "action": "#",
        "form_token": "1",
        "rev": 0,
        "questions": questions.ask(kinds.page("respondent")),
        "errors": [],
        "theirs": None,
        "alike": None,
    }


@shows("respondents/merge", "respondents/merge")
def merge() -> dict[str, Any]:
    return {
        "name": "Golden Brige",
        "back_href": "#",
        "action": "#",
        "choices": [("1", "Golden Bridge Manpower", "Recruitment agency", True)],
        "compared": [("Country", "Nepal", "Nepal"), ("Other names", "", "GBM")],
        "other": "Golden Bridge Manpower",
        "why": "",
        "problem": "",
        "wrong": "",
    }


@shows("respondents/name", "respondents/edit")
def name() -> dict[str, Any]:
    form = NameRespondent()
    form.offer([("1", "Golden Bridge Manpower")])
    alike = [("1", "Golden Bridge Manpower", "Recruitment agency, Nepal")]
    return {"title": "Who is answerable", "back": ("#", "Back"), "action": "#", "form": form, "alike": alike}


_SIGNAL = {
    "id": "1",
    "href": "#",
    "name": "Golden Bridge Manpower",
    "kinds": ["Recruitment agency"],
    "persons": "7 people here",
    "months": 12,
    "elsewhere": ["Valley desk: 1 or 2 people"],
    "unsure": 1,
    "aside": None,
    "decided": {"what": "A demand, not in public", "on": "12 Nov 2026"},
}


@shows("signals", "signals/list")
def signals() -> dict[str, Any]:
    aside = _SIGNAL | {"aside": {"until": "1 Dec 2026", "why": "They meet in December.", "who": "Mei"}}
    return {"now": [_SIGNAL, _SIGNAL | {"name": "مؤسسة الوفاء"}], "aside": [aside], "amiss": True}


@shows("signals/one", "signals/one")
def signal() -> dict[str, Any]:
    decide, share = Decide(), ShareSignal()
    decide.offer()
    share.offer()
    unasked = {"ways": "Call, Text", "safe": True, "now": False, "answer": None, "ask_href": "#", "later": []}
    later = [("Count me in anonymised figures", "No: asked by Asha, 18 Nov", "line")]
    asked = unasked | {"answer": ("Yes: asked by Asha, 18 Nov", "green"), "later": later}
    return {
        "signal": _SIGNAL,
        "register_href": "#",
        "unsure": [{"name": "Golden Brige", "href": "#"}],
        "answers": (1, 0, 2),
        "people": [
            {"case": people.cases()[0], **unasked},
            {"case": people.cases()[1], **unasked, "safe": False},
            {"case": people.cases()[2], **asked},
        ],
        "more": 2,
        "others": [
            {
                "id": "2",
                "name": "Valley desk",
                "band": "Valley desk: 1 or 2 people",
                "coordinators": "Nina",
                "since": "16 Nov 2026",
                "notes": [{"own": False, "by": "Nina", "at": "17 Nov, 09:12", "text": "Thursdays are good."}],
            }
        ],
        "decisions": [{"what": "They meet again", "on": "12 Nov 2026", "text": "In December.", "who": "Mei"}],
        "aside_form": PutAside(),
        "decide_form": decide,
        "note_form": WriteNote(),
        "note_to": None,
        "share_form": share,
        "shared": (True, None),
        "open": {"aside": False, "decide": False, "share": True},
        "form_token": "1",
    }


@shows("figures", "cases/figures")
def figures() -> dict[str, Any]:
    bars = [("Wage theft", 128, 300), ("Detention", 61, 143), ("Recruitment debt", 3, 7)]
    quarters = [[f"Jan {year}", "4", "9"] for year in range(2019, 2027)]
    columns = [(place, (place * 7) % 41) for place in range(8)]
    return {
        "back_href": "#",
        "sums_href": "#",
        "chosen": ["Kuwait"],
        "found": 192,
        "problems": True,
        "tiles": [("Cases", 192), ("Open", 118), ("A date has passed", 7), ("Nobody has taken it", 2)],
        "tables": [
            {"title": "Kind", "bars": bars},
            {"title": "From where to where", "bars": [("Nepal → United Arab Emirates", 88, 300)]},
        ],
        "quarters": {
            "charts": [
                {"title": words, "sum": 61, "columns": columns} for words in ("Wage theft", "Detention")
            ],
            "heads": ["Quarter that begins in", ("Wage theft", "number"), ("Detention", "number")],
            "lines": quarters,
            "from": "Jan 2019",
            "to": "Jan 2026",
        },
    }
