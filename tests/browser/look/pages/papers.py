"""Papers of a campaign, drafts of complaints, and its public page."""

from typing import Any

from casework.campaigns import complaints, page
from casework.web import questions
from casework.web.forms.campaign_papers import MakePaper, Publish
from tests.browser.look.pages.register import shows

CAMPAIGN = "Pay us by spring: أجورنا"
LEFT = {
    "title": "Campaign brief",
    "recipient": "اتحاد عمال الميناء",
    "written": "Cara Lind, 4 May 2031, 10:20",
}
INSTRUMENTS = [
    ("c095", "ILO C95 Protection of Wages, 1949"),
    ("c097", "ILO C97 Migration for Employment, 1949"),
]
PARTS = [
    {"heading": "", "text": "Forty people cleaned the port for nine months. Nobody was paid.", "lines": []},
    {
        "heading": "What we demand",
        "text": "",
        "lines": ["Pay every wage that is owed", "جوازات السفر تعود لأصحابها"],
    },
]


@shows("campaign/papers", "campaigns/papers")
def listing() -> dict[str, Any]:
    kinds = [(one.title, one.lead, "#") for one in complaints.all().values()]
    papers = [("Campaign brief", "", "#"), ("Plan and timeline", "", "#")]
    told = {"campaign": CAMPAIGN, "back_href": "#", "papers": papers, "complaints": kinds}
    return told | {"page_href": "#", "left": [LEFT, LEFT]}


def _made(title: str, parts: list[tuple[str, str]], **more: Any) -> dict[str, Any]:
    form = MakePaper()
    form.offer(parts, [("en", "English"), ("ar", "العربية")])
    told = {"title": title, "campaign": CAMPAIGN, "back_href": "#", "action": "#", "form": form}
    told |= {"form_token": "t", "lead": "", "waits": "", "checks": [], "source": None}
    return told | more


@shows("campaign/paper", "campaigns/paper_new")
def brief() -> dict[str, Any]:
    return _made("Campaign brief", [("target", "Who is answerable"), ("demand", "Demands")])


@shows("campaign/complaint", "campaigns/paper_new")
def complaint() -> dict[str, Any]:
    one = complaints.get("un")
    checks = [(check.text, check.source) for check in one.checks]
    told = {"lead": one.lead, "waits": one.waits, "checks": checks, "source": (one.source, one.source_date)}
    return _made(one.title, INSTRUMENTS, **told)


@shows("campaign/page", "campaigns/page")
def public() -> dict[str, Any]:
    told = {"back_href": "#", "heading": CAMPAIGN, "parts": PARTS, "seen": "0" * 64, "publish": Publish()}
    told |= {"theirs": [("What it says", "Other words")], "take_href": "#", "action": "#", "form_token": "t"}
    return told | {"rev": 1, "questions": questions.ask(page.fields()), "errors": []}
