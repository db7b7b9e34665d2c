"""Places that help, the plan of a case, a referral."""

from types import SimpleNamespace
from typing import Any

from casework.cases import kinds
from casework.plans import giving
from casework.web import questions
from casework.web.forms.plans import LookForPlace, Outcome, Refer
from tests.browser.look.pages.cases import _around
from tests.browser.look.pages.register import shows

CLINIC = {
    "id": "6f1f5c0e-8d07-4d0e-9a53-6a0b6a0f2f11",
    "href": "#",
    "name": "Harbour Community Clinic",
    "sorts": ["Clinic or doctor", "Counselling"],
    "where": "Doha, Qatar",
    "languages": "Arabic, English, Nepali",
    "cost": "Free",
    "free": True,
    "undocumented": "yes",
    "stale": False,
    "checked": "Checked on 4 May 2031, Amina Diallo",
}
SHELTER = CLINIC | {
    "name": "دار الأمان للنساء والأطفال",
    "sorts": ["Shelter"],
    "undocumented": "unknown",
    "stale": True,
    "checked": "Nobody has made sure of this yet",
}
REFERRAL = {
    "to": "Harbour Community Clinic",
    "told": "A cough for three weeks; works with stone dust.",
    "on": "4 May 2031",
    "by": "Amina Diallo",
    "outcome": "",
    "badly": False,
    "note": "",
    "ask_on": "18 May 2031",
    "late": True,
    "place_href": "#",
    "href": "#",
}
PLAN = {
    "actions": [
        {
            "href": "#",
            "title": "Write to the ministry",
            "due": ("2 days left", "2031-05-06", "soon"),
            "owner": "Bo",
        }
    ],
    "referrals": [
        REFERRAL,
        REFERRAL | {"outcome": "It went badly for the person", "badly": True, "note": "Sent away."},
    ],
}


@shows("services", "services/list")
def services() -> dict[str, Any]:
    form = LookForPlace()
    form.offer([])
    return {"places": [CLINIC, SHELTER], "any": True, "form": form, "chosen": ["Shelter"], "refused": False}


@shows("services/retired", "services/retired")
def retired() -> dict[str, Any]:
    return {"places": [SHELTER]}


@shows("services/one", "services/one")
def service() -> dict[str, Any]:
    facts = [("Phone", "+974 4000 0000"), ("When is it open?", "Sunday to Thursday, 8 to 14")]
    return {"place": SimpleNamespace(**SHELTER, facts=facts, retired=False, written="4 May 2031, Bo")}


@shows("services/edit", "services/edit")
def edit() -> dict[str, Any]:
    told = {"title": "A place that helps", "back_href": "#", "action": "#", "form_token": "t", "rev": 1}
    return told | {"questions": questions.ask(kinds.page("service")), "errors": [], "theirs": None}


@shows("case/given", "cases/service_new")
def given() -> dict[str, Any]:
    return _around() | {"questions": questions.ask(giving.question().fields)}


@shows("case/refer", "cases/refer")
def refer() -> dict[str, Any]:
    form = Refer(data={"after": 14})
    form.offer([("1", "Harbour Community Clinic, Doha (check first)")])
    return _around() | {"form": form, "agreed": ["Harbour Community Clinic"], "consents_href": "#"}


@shows("case/referral", "cases/referral")
def referral() -> dict[str, Any]:
    form = Outcome()
    form.offer()
    return _around() | {"form": form, "one": REFERRAL, "closed": False}


@shows("case/pause", "cases/pause")
def pause() -> dict[str, Any]:
    return {"whom": "Rosa, Tuesdays after six; or the counsellor of the union.", "on_href": "#"}
