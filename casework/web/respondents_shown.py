"""Entries of the register as templates show them: lines, one of them whole, two beside each other."""

from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext

from casework import codes
from casework.access import desks
from casework.access.actor import Actor
from casework.access.policy import Action, can
from casework.cases import kinds
from casework.respondents import register
from casework.respondents.records import Answerable
from casework.respondents.register import Register
from casework.search import answerable, desk_lists
from casework.search.listing import Filters, Sort
from casework.search.names import Reason
from casework.web import questions
from casework.web.cases_shown import day, word
from casework.web.chains_shown import drawn
from casework.web.lists_shown import row, why

#: What stands in the head of a page and is not said again below it.
_SAID = frozenset({"name", "kind", "other_kinds"})
_CASES = 12


def kinds_in_words(one: Answerable) -> list[str]:
    """Everything that they are."""
    return [found[1] for kind in one.kinds if (found := word("respondent_kinds", kind))]


def line(one: Answerable, reason: Reason | None = None) -> dict[str, Any]:
    """An entry in a list."""
    others = ", ".join(one.names[1:4])
    return {
        "id": one.id,
        "href": url_for("respondents.one", respondent_id=one.id),
        "name": one.name,
        "kinds": kinds_in_words(one),
        "country": (word("countries", one.country) or ("", ""))[1],
        "note": " · ".join(filter(None, (others, why(reason) if reason else ""))) or None,
    }


def lines(everybody: Register, query: str) -> list[dict[str, Any]]:
    """The register, or what fits a query; a double is shown by the one that leads."""
    if not query.strip():
        return [line(one) for one in everybody.known if everybody.leading(one.id) == one.id]
    found: dict[UUID, dict[str, Any]] = {}
    for likely in answerable.find(everybody, query):
        leads = everybody.by_id[everybody.leading(likely.one.id)]
        found.setdefault(leads.id, line(leads, likely.reason))
    return list(found.values())


def whole(actor: Actor, respondent_id: UUID) -> dict[str, Any]:
    """One entry on its own page, with what it hangs together with and the cases of this desk that name it."""
    here, everybody = register.get(actor, respondent_id), register.listing(actor)
    return {
        "respondent": {
            "id": here.id,
            "name": here.name,
            "kinds": kinds_in_words(here),
            "facts": _facts(here),
            "seen_by": gettext("Everybody who works at a desk of this network"),
            "edit_href": _edit(actor, here),
        },
        "leads": _leads(everybody, here),
        "doubles": _followers(actor, everybody, here),
        "alike": _alike(everybody, here),
        "drawing": drawn(everybody, here.id),
        "links": _links(),
        "others": [(str(one.id), one.name) for one in everybody.known if _other(everybody, one, here)],
        "cases": _cases(actor, everybody, here),
    }


def _edit(actor: Actor, here: Answerable) -> str | None:
    may = can(actor, Action.RESPONDENT_ENTER)
    return url_for("respondents.edit", respondent_id=here.id) if may else None


def _facts(one: Answerable) -> list[tuple[str, Any]]:
    asked = [field for field in kinds.page("respondent") if field.key not in _SAID]
    return list(questions.say(asked, {**one.answers, "country": one.country}))


def _leads(everybody: Register, here: Answerable) -> dict[str, Any] | None:
    """The one that this entry is a double of."""
    leads = everybody.by_id.get(everybody.leading(here.id))
    return line(leads) if leads is not None and leads.id != here.id else None


def _followers(actor: Actor, everybody: Register, here: Answerable) -> list[dict[str, Any]]:
    """Entries of which somebody said that they are this one, and whether that was made sure of."""
    said = _names(actor)
    return [
        line(one)
        | {
            "why": one.merged.why,
            "said": gettext(
                "%(day)s, %(who)s",
                day=day(one.merged.at.date()),
                who=said.get(one.merged.by) or gettext("somebody who left"),
            ),
            "checked": one.merged.checked_by is not None,
            "checker": said.get(one.merged.checked_by) if one.merged.checked_by else None,
            "own": one.merged.by == actor.user_id,
        }
        for one in everybody.same(here.id)
        if one.merged is not None and here.id in {one.merged.into, one.id}
    ]


def _names(actor: Actor) -> dict[UUID, str | None]:
    """What the members of the network are called."""
    return {one.user_id: one.name for one in desks.lines_of(actor.network)}


def _alike(everybody: Register, here: Answerable) -> list[dict[str, Any]]:
    found = answerable.alike(everybody, (*here.names, *answerable.numbers(here)), here)
    merge = "respondents.merge_page"
    return [
        line(likely.one, likely.reason)
        | {"merge_href": url_for(merge, respondent_id=here.id, into=likely.one.id)}
        for likely in found
    ]


def _links() -> list[tuple[str, str]]:
    """How two hang together, each way: the second is read from the other one to this one."""
    every = codes.load("respondent_links")
    there = [(code.key, gettext(code.label)) for code in every]
    back = [(f"{key}/back", gettext("%(link)s this one", link=label)) for key, label in there]
    return [*((key, gettext("This one: %(link)s", link=label)) for key, label in there), *back]


def _other(everybody: Register, one: Answerable, here: Answerable) -> bool:
    return everybody.leading(one.id) == one.id != everybody.leading(here.id)


def _cases(actor: Actor, everybody: Register, here: Answerable) -> list[dict[str, Any]]:
    """Cases of this desk that name it or a double of it; nobody else's."""
    same = frozenset(one.id for one in everybody.same(here.id)) or frozenset({here.id})
    found = desk_lists.browse(actor, Filters(respondents=same), Sort(), 1, _CASES)
    return [row(card) for card in found.cards]


def doubles(everybody: Register, here: Answerable, chosen: UUID | None) -> list[tuple[str, str, str, bool]]:
    """Entries to choose from: those that are alike first, then the others by name."""
    likely = [one.one for one in answerable.alike(everybody, (*here.names, *answerable.numbers(here)), here)]
    rest = [one for one in everybody.known if _other(everybody, one, here) and one not in likely]
    return [
        (str(one.id), one.name, ", ".join(kinds_in_words(one)), one.id == chosen) for one in (*likely, *rest)
    ]


def compared(here: Answerable, other: Answerable) -> list[tuple[str, Any, Any]]:
    """Two entries beside each other, question by question."""
    asked = kinds.page("respondent")
    both = [dict(questions.say(asked, _all(one))) for one in (here, other)]
    labels = dict.fromkeys((*both[0], *both[1]))
    return [(label, both[0].get(label, ""), both[1].get(label, "")) for label in labels]


def _all(one: Answerable) -> dict[str, Any]:
    return {**one.answers, "name": one.name, "kind": one.kind, "country": one.country}
