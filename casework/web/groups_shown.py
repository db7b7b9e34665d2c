"""Groups as pages show them: members by called name and reference, what happened to all of them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import g, url_for
from flask_babel import gettext, ngettext

from casework.cases import kinds
from casework.groups import belonging
from casework.groups.records import Group, Item
from casework.search import desk_lists
from casework.search.card import Card
from casework.web import questions
from casework.web.cases_shown import moment, word, workers


def line(group: Group) -> dict[str, Any]:
    """A group in the list of the desk; only members that the reader may know of are counted."""
    count = len(members(group))
    return {
        "href": url_for("groups.one", group_id=group.id),
        "name": group.name,
        "sort": _word(group),
        "note": group.told.get("place") or group.told.get("employer"),
        "count": ngettext("%(num)s person", "%(num)s people", count),
    }


def facts(group: Group) -> list[tuple[str, Any]]:
    """What binds them."""
    told = {key: said for key, said in group.told.items() if key != "name"}
    return questions.say(kinds.page("group"), told)


def members(group: Group) -> list[dict[str, Any]]:
    """Those whom the reader may know of; who was not asked yet is known by the reference alone."""
    known = belonging.known(g.actor, group)
    found = cards(known)
    shown = [_member(found[one], asked=asked) for one, asked in known.items() if one in found]
    return sorted(shown, key=lambda one: ((one["name"] or "\uffff").casefold(), one["ref"]))


def cards(known: Mapping[UUID, bool]) -> dict[UUID, Card]:
    """The cards of these cases, as far as the reader may see them."""
    return desk_lists.of_cases(g.actor, known)


def _member(card: Card, *, asked: bool) -> dict[str, Any]:
    return {
        "href": url_for("cases.page", ref=card.ref),
        "name": (card.called or None) if asked else None,
        "ref": card.ref,
        "asked": asked,
        "ask_href": url_for("cases.groups_of", ref=card.ref),
    }


def noted(group: Group) -> list[dict[str, Any]]:
    """The chronology: what was written here, and pointers to notes in cases that the reader may know of."""
    known = belonging.known(g.actor, group)
    found = cards({item.case_id: True for item in group.noted if item.case_id in known})
    items = [item for item in group.noted if item.case_id is None or item.case_id in found]
    return [_item(item) if item.case_id is None else _pointer(item, found[item.case_id]) for item in items]


def of_group(group: Group, item: Item) -> dict[str, Any]:
    """A note of a group as the case of one member shows it."""
    where = gettext("Written for the group %(name)s", name=group.name)
    return _item(item) | {"href": url_for("groups.one", group_id=group.id), "href_text": where}


def _item(item: Item) -> dict[str, Any]:
    kind = word("entry_types", item.type)
    return {
        "kind": item.type,
        "kind_label": kind[1] if kind else item.type,
        "when": moment(item.when),
        "iso": item.when.isoformat(),
        "who": workers().get(item.by),
        "text": item.text,
    }


def _pointer(item: Item, card: Card) -> dict[str, Any]:
    """What stands there is read in the case, by whoever may open it."""
    text = gettext("Stands in the case of %(name)s", name=card.called or card.ref)
    return _item(item) | {"href": url_for("cases.entries", ref=card.ref), "href_text": text}


def _word(group: Group) -> str:
    found = word("group_sorts", group.told.get("sort"))
    return found[1] if found else ""
