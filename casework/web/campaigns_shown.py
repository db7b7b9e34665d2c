"""Campaigns as templates show them: what is due, what was won, each item in a line."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from casework import codes
from casework.campaigns import due, outcomes, sorts
from casework.campaigns.due import Due
from casework.signals.to_teams import Shared
from casework.teams.records import Book, Item
from casework.web import formations_shown, questions, teams_shown
from casework.web.cases_shown import day
from casework.web.teams_shown import all_said, day_said, level_of, said, written

#: Heading, what is added, and what stands where there is none yet; by sort, in the order of the page.
WORDS = {
    "target": (_("Who can grant it"), _("A target"), _("Nobody yet: who decides, and who presses them?")),
    "demand": (_("Demands"), _("A demand"), _("None yet. Each has somebody who can grant it, and a day.")),
    "action": (_("Actions"), _("An action"), _("None yet. The ladder says what each needs.")),
    "reply": (_("What came back"), _("An answer"), _("Nothing yet.")),
    "check": (_("Is it kept?"), _("A day to look"), _("Nothing to look at yet.")),
    "outcome": (_("What was won"), _("A result"), _("Nothing yet. A promise is no win.")),
    "report": (_("Told to those affected"), _("A report back"), _("They were not told yet.")),
    "spokesperson": (_("Who speaks"), _("A spokesperson"), _("Nobody speaks yet.")),
    "endorsement": (_("Who stands with it"), _("An organisation"), _("Nobody yet.")),
    "lesson": (_("What others can learn"), _("A lesson"), _("Nothing yet.")),
}

_WHY = {
    "demand": _("Demand to be met"),
    "planned": _("Planned"),
    "answer": _("An answer is due"),
    "check": _("Look whether it is kept"),
    "consent": _("Consent to speak ends: ask again"),
    "withdrawn": _("Stepped back: take down what is public"),
    "report": _("Tell those affected of it"),
    "review": _("Look at the campaign again"),
    "story": _("A story was taken back: take it down"),
}


def shared(one: Shared) -> dict[str, Any]:
    """A signal that a desk's coordinators let campaign teams know. It leads nowhere."""
    return {
        "name": one.name,
        "chips": [*all_said("respondent_kinds", one.kinds), said("countries", one.country)],
        "words": one.words,
        "desk": one.desk,
        "coordinators": ", ".join(one.coordinators),
        "week": day(one.week),
    }


def fallen(directory: Book | None) -> list[dict[str, Any]]:
    """Formations that fell below three organisations, with who left."""
    every = directory.of_sort("formation") if directory else []
    found = [formations_shown.formation(directory, one) for one in every] if directory else []
    return [one for one in found if one["fallen"]]


def line(book: Book) -> dict[str, Any]:
    """A campaign in the list."""
    open_demands = [one for one in book.of_sort("demand") if one.told.get("state") not in ("met", "given_up")]
    return {
        "href": url_for("campaigns.one", campaign_id=book.id),
        "name": book.told["name"],
        "level": said("campaign_levels", book.told.get("level")),
        "demands": ngettext("%(num)s open demand", "%(num)s open demands", len(open_demands)),
        "won": " · ".join(paid_first(book)[:1]),
    }


def due_line(book: Book, one: Due) -> dict[str, Any]:
    """Something that is due, with the campaign that it belongs to."""
    return {
        "href": _due_href(book, one),
        "title": said(one.titled, one.title) if one.titled else one.title,
        "why": str(_WHY[one.what]),
        "campaign": book.told["name"],
        "day": day(one.day),
        "level": level_of(one.day),
    }


def _due_href(book: Book, one: Due) -> str:
    if one.item is None:
        return url_for("campaigns.edit", campaign_id=book.id)
    page = "campaign_stories.one" if one.what == "story" else "campaigns.item"
    return url_for(page, campaign_id=book.id, item_id=one.item)


def paid_first(book: Book) -> list[str]:
    """What was won, a sentence each: paid before awarded, awarded before claimed."""
    found = outcomes.won(book.of_sort("outcome"))
    lines = [
        gettext(
            "Paid %(paid)s, of %(awarded)s awarded and %(claimed)s claimed",
            paid=_money(one.paid, one.currency),
            awarded=_money(one.awarded, one.currency),
            claimed=_money(one.claimed, one.currency),
        )
        for one in found.sums
    ]
    lines += [f"{said('outcome_sorts', one.sort)}: {_people(one)}" for one in found.people]
    lines += [
        f"{said('outcome_sorts', sort)}: {ngettext('once', '%(num)s times', number)}"
        for sort, number in found.other.items()
    ]
    return lines


def _people(one: outcomes.People) -> str:
    if one.exactly:
        return str(ngettext("%(num)s person", "%(num)s people", one.count))
    return str(
        gettext("three or more") if one.count == sorts.FEW else gettext("%(num)s or more", num=one.count)
    )


def _money(minor: int, currency: str) -> str:
    field = next(one for one in sorts.sort_named("outcome").fields if one.key == "paid")
    return questions.spoken(field, {"minor": minor, "currency": currency})


def facts(book: Book) -> list[tuple[str, Any]]:
    """What the campaign is, in words; its name stands above."""
    return questions.say([one for one in sorts.brief() if one.key != "name"], book.told)


def listed(directory: Book | None, item: Item | None) -> list[teams_shown.Choice]:
    """Organisations and formations of the directory to choose from, by name."""
    every = directory.of_sort("organisation", "formation") if directory else []
    known = sorted(every, key=lambda one: (str(one.told["name"]).casefold(), one.id))
    now = item.told.get("listed") if item else None
    return teams_shown.choices(
        [(one.id, str(one.told["name"])) for one in known], UUID(now) if now else None, "listed"
    )


def parts(book: Book, directory: Book | None = None) -> list[dict[str, Any]]:
    """The sorts of items in the order of the page, each with its lines."""
    return [
        {
            "sort": sort,
            "title": str(title),
            "add": str(add),
            "none": str(none),
            "lines": [item_line(book, one, directory) for one in book.items if one.sort == sort],
            "add_href": url_for("campaigns.new_item", campaign_id=book.id, sort=sort),
        }
        for sort, (title, add, none) in WORDS.items()
    ]


def item_line(book: Book, item: Item, directory: Book | None = None) -> dict[str, Any]:
    """An item in its part of the page."""
    parent = book.item(item.of)
    return {
        "href": url_for("campaigns.item", campaign_id=book.id, item_id=item.id),
        "title": titled(item),
        "of": titled(parent) if parent else "",
        "chips": [one for one in _CHIPS[item.sort](item) if one],
        "note": _stands(directory, item) or (_NOTES[item.sort](item) if item.sort in _NOTES else ""),
        "struck": item.struck,
        "written": written(book, item),
    }


def _stands(directory: Book | None, item: Item) -> str:
    """What became, in the directory, of who stands with the campaign: a formation that fell back, one that is gone."""
    if directory is None or not item.told.get("listed"):
        return ""
    found = directory.item(UUID(item.told["listed"]))
    if found is None or found.struck:
        return str(gettext("Not in the directory any more: ask whether they still stand with it."))
    return formations_shown.notice_of(directory, found) if found.sort == "formation" else ""


def lesson(item: Item) -> dict[str, Any]:
    """A lesson as others read it: nothing beside what was written for them."""
    shown = [one for one in sorts.sort_named("lesson").fields if one.key not in ("title", "shared")]
    return {"title": item.told["title"], "facts": questions.say(shown, item.told)}


def titled(item: Item) -> str:
    """What an item is called in a line."""
    return str(_TITLES[item.sort](item)) or "—"


def by_function(book: Book) -> list[tuple[str, int]]:
    """How many actions that were done served each of the four functions."""
    done = [one for one in book.of_sort("action") if one.told.get("state") == "done"]
    counted = Counter(function for one in done for function in one.told.get("functions", ()))
    return [
        (said("formation_functions", one.key), counted[one.key]) for one in codes.load("formation_functions")
    ]


def ladder() -> list[dict[str, Any]]:
    """Every action with what it needs, until when an answer is due, and what that rests on."""
    return [
        {
            "label": said("campaign_actions", one.key),
            "help": gettext(one.help),
            "needs": all_said("action_needs", one.facts["needs"]),
            "days": int(one.facts["days"]),
            "clock": gettext(one.facts["clock"]),
        }
        for one in codes.load("campaign_actions")
    ]


def lacking(item: Item) -> list[str]:
    """What an action needs and is not ready."""
    needs = codes.load("campaign_actions").fact(item.told["rung"], "needs", ())
    return all_said("action_needs", [one for one in needs if one not in item.told.get("ready", ())])


def answers(item: Item) -> list[tuple[str, Any]]:
    """An item in words, for who looks at another's version of it."""
    return questions.say(sorts.sort_named(item.sort).fields, item.told)


def _lacking_said(item: Item) -> str:
    left = lacking(item) if item.told.get("state") == "planned" else []
    return str(gettext("Still needed: %(what)s", what=", ".join(left))) if left else ""


_TITLES: dict[str, Callable[[Item], Any]] = {
    "target": lambda one: one.told["name"],
    "demand": lambda one: one.told["what"],
    "spokesperson": lambda one: one.told["called"],
    "endorsement": lambda one: one.told["name"],
    "action": lambda one: said("campaign_actions", one.told["rung"]),
    "reply": lambda one: said("reply_sorts", one.told["sort"]),
    "check": lambda one: one.told["how"],
    "outcome": lambda one: said("outcome_sorts", one.told["sort"]),
    "report": lambda one: said("report_ways", one.told["how"]),
    "lesson": lambda one: one.told["title"],
}

_CHIPS: dict[str, Callable[[Item], list[str]]] = {
    "target": lambda one: [
        said("respondent_kinds", one.told["kind"]),
        said("target_places", one.told["place"]),
    ],
    "demand": lambda one: [said("demand_states", one.told.get("state", "open")), day_said(one, "until")],
    "spokesperson": lambda one: [
        gettext("Stepped back") if one.told.get("withdrew_on") else gettext("Said yes"),
        *all_said("public_uses", one.told.get("agreed")),
    ],
    "endorsement": lambda one: [said("endorsement_sorts", one.told["as_what"])],
    "action": lambda one: [
        said("action_states", one.told["state"]),
        day_said(one, "on"),
        *all_said("formation_functions", one.told.get("functions")),
    ],
    "reply": lambda one: [day_said(one, "on")],
    "check": lambda one: [
        said("check_results", one.told.get("result")) or gettext("Not looked at yet"),
        day_said(one, "due"),
    ],
    "outcome": lambda one: [day_said(one, "on")],
    "report": lambda one: [day_said(one, "on")],
    "lesson": lambda one: all_said("campaign_actions", one.told.get("rungs")),
}


def _answer_said(item: Item) -> str:
    by = due.answer_by(item)
    return str(gettext("Answer due on %(day)s", day=day(by))) if by else ""


def _won_said(item: Item) -> str:
    found = [
        f"{gettext(label)}: {_money(item.told[key]['minor'], item.told[key]['currency'])}"
        for key, label in (
            ("paid", "Actually paid"),
            ("awarded", "Awarded or agreed"),
            ("claimed", "Claimed"),
        )
        if item.told.get(key)
    ]
    return " · ".join(found)


def _plan_said(item: Item) -> str:
    """Of who stepped back: what was settled for that day, so that whoever is due reads it without opening the form."""
    return str(item.told.get("withdrawal", "")) if item.told.get("withdrew_on") else ""


_NOTES: dict[str, Callable[[Item], str]] = {
    "target": lambda one: str(one.told.get("grants", "")),
    "demand": lambda one: str(one.told.get("measure", "")),
    "action": lambda one: _lacking_said(one) or _answer_said(one),
    "outcome": _won_said,
    "spokesperson": _plan_said,
}
