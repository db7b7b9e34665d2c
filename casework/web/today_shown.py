"""What Today shows of dates, of the last shift, and to coordinators of the load."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from flask import g, url_for
from flask_babel import gettext

from casework import codes
from casework.access import desks
from casework.deadlines import today
from casework.deadlines.today import Line
from casework.plans import trying
from casework.search import desk_lists
from casework.search.card import Card
from casework.search.listing import Filters
from casework.shifts import service as shifts
from casework.shifts.service import Note
from casework.web import emergencies_shown
from casework.web.cases_shown import moment, staff, workers
from casework.web.dates_shown import line
from casework.web.lists_shown import cards

_URGENT = frozenset({"emergency", "high"})
#: Of each sort so many stand on Today, so that its page has a size whatever a desk carries; the rest is one link away.
_URGENT_SHOWN, _SHOWN, _MOVED_SHOWN = 10, 12, 10
#: Dates that stand open also where none of them presses.
_AT_LEAST = 3
#: Tasks at which somebody calls the person, so that nobody may answer.
_TRIES = frozenset({trying.TASK, trying.CONTACT})


def dates() -> dict[str, Any]:
    """Emergencies, the next dates of the desk, those that a rule moved, and how many more there are."""
    coming = today.coming(g.actor)
    urgent = emergencies_shown.shown(coming.urgent, _cards(coming.urgent), _URGENT_SHOWN)
    due = date_lines(coming.due[:_SHOWN])
    first = max(_AT_LEAST, sum(_presses(one) for one in due))
    return {
        "urgent": urgent,
        "more_urgent": len(coming.urgent) - len(urgent) + coming.unread,
        "due": due[:first],
        "then": due[first:],
        "moved": date_lines(coming.moved[:_MOVED_SHOWN]),
        "more": len(coming.due[_SHOWN:]) + coming.later,
        "older": coming.older,
        "refused": coming.refused > 0,
        "counting": coming.progress,
    }


def _presses(one: dict[str, Any]) -> bool:
    """Whether something can still be done about it today or tomorrow, or nobody has taken it. These come first."""
    return one["waiting"] or (one["due"][2] == "now" and not one["overdue"])


def date_lines(found: Sequence[Line]) -> list[dict[str, Any]]:
    """Dates of the desk as lines, with what each person is called."""
    of = _cards(found)
    return [_line(one, of.get(one.case_id)) for one in found]


def _cards(found: Sequence[Line]) -> dict[UUID, Card]:
    """The cards of the cases of some dates."""
    return desk_lists.of_cases(g.actor, {one.case_id for one in found}, cards()) if found else {}


def _line(one: Line, card: Any) -> dict[str, Any]:
    owner = one.owner_id or (card.primary if card else None)
    href = url_for("cases.one_date", ref=one.ref, deadline_id=one.id)
    mine = one.about in _TRIES and owner == g.actor.user_id
    return line(one, card.called if card else None, workers().get(owner) if owner else None) | {
        "href": href,
        "try_href": url_for("cases.no_answer", ref=one.ref) if mine else None,
        "token": uuid4() if mine else None,
    }


def last_note() -> dict[str, str] | None:
    """What the last shift left."""
    found = shifts.notes(g.actor)
    return note(found[0]) if found else None


def note(one: Note) -> dict[str, str]:
    """A note of a shift."""
    return {
        "text": one.text if one.text is not None else gettext("This note does not open."),
        "who": (workers().get(one.by) or gettext("somebody who left")) if one.by else "",
        "when": moment(one.at),
    }


def load() -> dict[str, Any]:
    """For coordinators: who carries how much."""
    found = today.open_cases(g.actor)
    people = [one for one in staff() if found.get(one.user_id)]
    urgent, caps = _urgent([one.user_id for one in people]), desks.caps(g.actor.desk)
    carried = [
        (one.name or "?", found[one.user_id], count, found[one.user_id] > caps.open or count > caps.urgent)
        for one, count in zip(people, urgent, strict=True)
    ]
    return {
        "load": sorted(carried, key=lambda one: -one[1]),
        "most": (caps.open, caps.urgent),
    }


def carries_enough(who: UUID) -> bool:
    """Whether somebody carries what one worker of this desk can carry, or more, before a case is added."""
    caps = desks.caps(g.actor.desk)
    return who in today.at_cap(g.actor, caps.open) or _urgent([who])[0] >= caps.urgent


def _urgent(people: Sequence[UUID]) -> Sequence[int]:
    """How many urgent cases each of them has."""
    return desk_lists.totals(
        g.actor,
        [Filters(primaries=frozenset({one}), risks=_URGENT, statuses=_working()) for one in people],
        cards(),
    )


def _working() -> frozenset[str]:
    return frozenset(code.key for code in codes.load("statuses")) - {"closed"}
