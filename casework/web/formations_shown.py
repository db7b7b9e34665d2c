"""Organisations and formations as templates show them."""

from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from casework import clock, codes
from casework.formations import sorts
from casework.formations.standing import ENOUGH, Standing, standing
from casework.teams.records import Book, Item
from casework.web import questions
from casework.web.cases_shown import day
from casework.web.teams_shown import all_said, day_said, said

#: What is added, and how the form is called.
WORDS = {
    "organisation": _("An organisation"),
    "formation": _("A formation"),
    "member": _("An organisation joins"),
    "seat": _("A seat in the core group"),
    "deed": _("Something that was done"),
}

_STATES = {
    "forming": _("Forming"),
    "formed": _("Formed"),
    "back": _("Forming again"),
}


def organisation(one: Item) -> dict[str, Any]:
    """A line of the directory."""
    where = (one.told.get("city"), said("countries", one.told.get("country")))
    return {
        "href": url_for("formations.item", item_id=one.id),
        "title": one.told["name"],
        "chips": [
            said("organisation_kinds", one.told["kind"]),
            *all_said("compositions", one.told.get("composed")),
            *all_said("ally_roles", one.told.get("roles")),
        ],
        "note": " · ".join(filter(None, (", ".join(filter(None, where)), one.told.get("contact")))),
    }


def formation(book: Book, one: Item) -> dict[str, Any]:
    """A formation in the list."""
    now = standing(book, one, clock.today())
    return {
        "href": url_for("formations.one", formation_id=one.id),
        "title": one.told["name"],
        "state": str(_STATES[now.state]),
        "formed": now.state == "formed",
        "fallen": now.state == "back",
        "level": said("campaign_levels", one.told.get("level")),
        "note": _notice(now) or ngettext("%(num)s organisation", "%(num)s organisations", len(now.council)),
    }


def notice_of(book: Book, one: Item) -> str:
    """That a formation fell back, and who left; nothing where it did not."""
    return _notice(standing(book, one, clock.today()))


def whole(book: Book, one: Item) -> dict[str, Any]:
    """A formation on its own page."""
    now = standing(book, one, clock.today())
    mine = [each for each in book.items if each.of == one.id and not each.struck]
    return formation(book, one) | {
        "notice": _notice(now),
        "lacking": max(0, ENOUGH - len(now.council)),
        "facts": questions.say([each for each in sorts.fields("formation") if each.key != "name"], one.told),
        "council": [_member(book, each) for each in mine if each.sort == "member"],
        "seats": [_seat(each, now) for each in mine if each.sort == "seat"],
        "deeds": [_deed(each) for each in mine if each.sort == "deed"],
        "composed": [(said("compositions", c.key), now.composed[c.key]) for c in codes.load("compositions")],
        "functions": [
            (said("formation_functions", c.key), now.functions[c.key])
            for c in codes.load("formation_functions")
        ],
    }


def titled(book: Book, one: Item) -> str:
    """What something is called in a line."""
    if one.sort == "member":
        found = next((each for each in book.items if str(each.id) == one.told["organisation"]), None)
        return str(found.told["name"]) if found else "—"
    return str(one.told.get("name") or one.told.get("called") or one.told.get("what") or "—")


def _notice(now: Standing) -> str:
    if now.state != "back" or now.left is None:
        return ""
    who, when = now.left
    return str(
        gettext(
            "%(name)s left on %(day)s: it is below three organisations again.",
            name=who.told["name"],
            day=day(when),
        )
    )


def _member(book: Book, one: Item) -> dict[str, Any]:
    left = day_said(one, "left_on")
    return {
        "href": url_for("formations.item", item_id=one.id),
        "title": titled(book, one),
        "chips": [
            gettext("left on %(day)s", day=left)
            if left
            else gettext("since %(day)s", day=day_said(one, "since"))
        ],
        "note": "",
    }


def _seat(one: Item, now: Standing) -> dict[str, Any]:
    return {
        "href": url_for("formations.item", item_id=one.id),
        "title": one.told["called"],
        "chips": [
            gettext("until %(day)s", day=day_said(one, "ends")),
            *([] if one in now.seats else [gettext("The term does not run")]),
            *all_said("compositions", one.told.get("composed")),
        ],
        "note": "",
    }


def _deed(one: Item) -> dict[str, Any]:
    return {
        "href": url_for("formations.item", item_id=one.id),
        "title": day_said(one, "on"),
        "chips": all_said("formation_functions", one.told["functions"]),
        "note": one.told["what"],
    }
