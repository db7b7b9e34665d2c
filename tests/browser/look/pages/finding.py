"""Search, and the register of those who are answerable."""

from types import SimpleNamespace
from typing import Any

from casework.web.forms.cases import EnterRespondent, NameRespondent
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
    return {"respondents": found, "form": forms.Look(), "may_enter": True}


@shows("respondents/one", "respondents/one")
def respondent() -> dict[str, Any]:
    one = SimpleNamespace(
        name="Golden Bridge Manpower",
        kinds=["Recruitment agency"],
        facts=[("Country", "Nepal"), ("Licence", "1182/067")],
        seen_by="Every desk of the network",
        edit_href="#",
    )
    return {"respondent": one, "cases": people.cases()[:2]}


@shows("respondents/enter", "respondents/edit")
def enter() -> dict[str, Any]:
    form = EnterRespondent()
    form.offer()
    return {
        "title": "Somebody who is answerable",
        "back": ("#", "Who is answerable"),
        "action": "#",
        "form": form,
    }


@shows("respondents/name", "respondents/edit")
def name() -> dict[str, Any]:
    form = NameRespondent()
    form.offer([("1", "Golden Bridge Manpower")])
    alike = [("1", "Golden Bridge Manpower", "Recruitment agency, Nepal")]
    return {"title": "Who is answerable", "back": ("#", "Back"), "action": "#", "form": form, "alike": alike}


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
