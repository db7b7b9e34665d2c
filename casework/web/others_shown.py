"""People around a case as pages show them: who they are first, then what may be told to them."""

from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext

from casework import codes
from casework.cases import around as others
from casework.cases import kinds
from casework.cases.opening import OpenCase
from casework.web import questions
from casework.web.cases_shown import word


def other_person(case: OpenCase, around: UUID | None) -> list[tuple[str, str]]:
    """Who somebody around a case is and what may be told to them; nothing for the person themselves."""
    if around is None:
        return []
    one = others.one(case, around)
    told = _may_be_told(one)
    nothing = gettext("Nothing, not even that there is a case.")
    return [
        (gettext("This is about"), called(one)),
        (gettext("Do they know about the case?"), told[0]),
        (gettext("What may be told to them"), one.told.get("may_tell") or nothing),
    ]


def called(one: others.Around) -> str:
    """A name with the role, or the role alone."""
    role = word("around_roles", one.told.get("role"))
    return ", ".join(part for part in (one.told.get("name"), role[1] if role else "") if part)


def shown(case: OpenCase, one: others.Around) -> dict[str, Any]:
    """Somebody around a case, with what can be done; how they are reached is a page of its own."""
    ref, open_now = case.row.ref, case.row.status != "closed"
    told = {key: said for key, said in one.told.items() if key not in ("name", "role")}
    role = word("around_roles", one.told.get("role"))
    return {
        "name": one.told.get("name"),
        "role": role[1] if role else "",
        "told": _may_be_told(one),
        "facts": questions.say(kinds.page("around"), told),
        "reach_href": url_for("cases.reach", ref=ref, around=one.id),
        "reachable": one.reachable,
        "edit_href": url_for("cases.edit_around", ref=ref, person=one.id) if open_now else None,
        "take_href": url_for("cases.take_around", ref=ref, person=one.id),
    }


def _may_be_told(one: others.Around) -> tuple[str, bool]:
    """The sign beside a name: whether anything may be spoken of. What is not known counts as no."""
    told = bool(codes.load("knows_of_case").fact(one.told.get("knows", "unknown"), "told"))
    return (gettext("Knows of the case") if told else gettext("Tell them nothing")), told
