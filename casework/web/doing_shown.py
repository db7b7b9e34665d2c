"""What may be done with a case: the few things that its state asks for stand open, the rest is folded."""

from flask import g, url_for
from flask_babel import gettext

from casework.access.policy import Action, can
from casework.cases import joined
from casework.cases.opening import OpenCase

#: Words, address, icon.
Deed = tuple[str, str, str]

_OPEN_ONES = 4
_WORKED = ("cases.reach", "cases.new_entry", "cases.consents", "cases.papers")
_FREE = ("cases.assign", "cases.reach", "cases.new_entry", "cases.consents")
_CLOSED = ("cases.reopen", "cases.copy", "retention.one", "cases.papers")


def deeds(case: OpenCase) -> tuple[list[Deed], list[Deed]]:
    """What stands open, and what is folded.

    Args:
        case: opened, by whoever looks.
    """
    every = _every(case)
    first = [one for one in _first(case) if one in every][:_OPEN_ONES]
    first += [one for one in every if one not in first][: _OPEN_ONES - len(first)]
    rest = [one for one in every if one not in first]
    return _words(case, every, first), _words(case, every, rest)


def _first(case: OpenCase) -> tuple[str, ...]:
    if case.row.status == "closed":
        return _CLOSED
    return _WORKED if case.row.primary_id else _FREE


def _words(case: OpenCase, every: dict[str, tuple[str, str]], wanted: list[str]) -> list[Deed]:
    return [(every[one][0], url_for(one, ref=case.row.ref), every[one][1]) for one in wanted]


def _every(case: OpenCase) -> dict[str, tuple[str, str]]:
    """Words and icon of everything that this person may do here, by its route."""
    closed = case.row.status == "closed"
    every = {
        "cases.reach": (gettext("Reach them"), "phone", can(g.actor, Action.CONTACT_SHOW)),
        "cases.new_entry": (gettext("Write a note"), "note", not closed),
        "cases.consents": (gettext("Consents"), "consent", True),
        "cases.papers": (gettext("Papers"), "papers", can(g.actor, Action.PAPER_MAKE)),
        "cases.outside": (gettext("Contacts outside"), "outside", can(g.actor, Action.OUTSIDE_RECORD)),
        "cases.stories": (gettext("A story for the public"), "note", can(g.actor, Action.STORY_TELL)),
        "cases.lawyers": (gettext("Legal allies"), "legal", can(g.actor, Action.GRANT_VIEW)),
        "cases.packets": (gettext("Refer to another desk"), "outside", can(g.actor, Action.PACKET_SEND)),
        "cases.organising": (gettext("I want to organise"), "person", can(g.actor, Action.ORGANISER_TELL)),
        "cases.assign": (gettext("Workers and status"), "person", not closed),
        "cases.who": (gettext("Who can see it"), "lock" if case.keys.restricted else "see", True),
        "cases.join": (gettext("Same person, other case"), "desk", joined.into(case) is None),
        "cases.close": (gettext("Close"), "done", not closed),
        "cases.reopen": (gettext("Open again"), "history", closed),
        "cases.copy": (gettext("A copy for the person"), "copy", can(g.actor, Action.CASE_COPY)),
        "cases.audit": (gettext("Who did what"), "history", can(g.actor, Action.CASE_AUDIT)),
        "retention.one": (
            gettext("How long it is kept"),
            "clock",
            closed and can(g.actor, Action.RETENTION_DECIDE),
        ),
        "cases.erase": (gettext("Erase"), "erase", can(g.actor, Action.CASE_ERASE)),
    }
    return {route: (text, icon) for route, (text, icon, may) in every.items() if may}
