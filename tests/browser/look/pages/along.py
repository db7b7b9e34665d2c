"""All files of a desk in one: asked for, agreed to, being made."""

from typing import Any
from uuid import UUID

from casework.web.forms.export import Agree, Ask, Make
from tests.browser.look.pages.register import shows

ID = UUID("7d9a3c1e-0000-4000-8000-00000000000e")
TERMS = {"wait_hours": 24, "ends_days": 7}


def _asked(stand: str, **more: Any) -> dict[str, Any]:
    return {
        "id": ID,
        "stand": stand,
        "living": stand in {"asked", "waits", "ready"},
        "reason": "The firm that runs our server closes at the end of the month.",
        "fingerprint": "9f" * 32,
        "code": "9f9f 9f9f 9f9f",
        "asked": ("أمينة عبد الرحمن", "Sun 4 May 2031, 10:00"),
        "agreed": None,
        "stopped": None,
        "free": "",
        "ends": "Sun 11 May 2031, 10:00",
        "mine": False,
        "may_agree": stand == "asked",
        "may_make": stand == "ready",
        "made": [],
        **more,
    }


@shows("along/ask", "export/page")
def ask() -> dict[str, Any]:
    return {"form": Ask(), "token": ID, "living": [], "before": [_asked("stopped")], **TERMS}


@shows("along/agree", "export/one")
def agree() -> dict[str, Any]:
    return {"asked": _asked("asked"), "form": Agree(), "problem": "", **TERMS}


@shows("along/ready", "export/one")
def ready() -> dict[str, Any]:
    made = [
        {"at": "Mon 5 May 2031, 10:04", "done": False, "cases": 0, "manifest": ""},
        {"at": "Mon 5 May 2031, 10:31", "done": True, "cases": 214, "manifest": "c1" * 32},
    ]
    said = {"agreed": ("Rosa", "Sun 4 May 2031, 10:20"), "free": "Mon 5 May 2031, 10:20", "mine": True}
    return {"asked": _asked("ready", made=made, **said), "form": Agree(), "problem": "", **TERMS}


@shows("along/make", "export/make")
def make() -> dict[str, Any]:
    words = "river lamp stone copper window market"
    return {"asked": _asked("ready"), "form": Make(), "words": words, "token": ID}
