"""Logging several people of one group: what they share typed once, a line a person, a case for each.

Nobody of them was asked yet. So each case belongs to the group as one that waits to be asked, and names and
numbers are kept only in an emergency, for 72 hours, as for everybody.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases import first_contact, links
from casework.cases.changing import changing
from casework.cases.first_contact import FirstContact
from casework.cases.questions import given
from casework.errors import Invalid
from casework.groups import belonging, service

#: As long as the page is short enough to be read back to them.
MOST = 12
_SHARED = ("kind", "host", "home", "safe_now", "risk", "what_happened")


def answers(shared: Mapping[str, Any], person: Mapping[str, Any]) -> dict[str, Any]:
    """What the case of one person begins with."""
    told = {key: shared[key] for key in _SHARED if given(shared.get(key))}
    told |= {key: person[key] for key in ("called", "language") if given(person.get(key))}
    if given(person.get("number")):
        told["reach"] = [
            {"channel": "call", "number": person["number"], "safe": person.get("safe", "unknown")}
        ]
    return told


def log(
    actor: Actor,
    group_id: UUID,
    shared: Mapping[str, Any],
    people: Sequence[Mapping[str, Any]],
    form_token: UUID,
    respondent: UUID | None = None,
) -> list[str]:
    """Make a case of each of them.

    Args:
        actor: who logs them.
        group_id: of which group they are.
        shared: answers of `config/group_log.toml`; `danger` among them where nobody could be asked.
        people: `called`, `language`, `number`, `safe` of each.
        form_token: of the form; the same one twice makes the cases once.
        respondent: of the register: the employer of all of them, where it was chosen.

    Returns:
        The references, in the order of the lines.

    Raises:
        Invalid: nobody, too many, no language, or a name without a yes and without danger.
        NotFound: no such group here.
    """
    named = service.look(actor, group_id).name
    _check(shared, people)
    found = []
    for place, person in enumerate(people):
        told = answers(shared, person)
        danger = str(shared.get("danger") or "") if told.keys() & {"called", "reach"} else ""
        row = first_contact.log(
            actor, FirstContact(answers=told, danger=danger), uuid5(form_token, str(place))
        )
        with changing(actor, row.ref, Action.CASE_WORK) as case:
            if not any(one.group_id == group_id for one in belonging.links(case)):
                belonging.put(case, group_id, named, "waits")
        if respondent is not None:
            links.link(actor, row.ref, respondent, "employer")
        found.append(row.ref)
    return found


def _check(shared: Mapping[str, Any], people: Sequence[Mapping[str, Any]]) -> None:
    if not people:
        raise Invalid("Write down one person at least: their language is enough.", "people")
    if len(people) > MOST:
        raise Invalid("Twelve at a time. Send these, then the others.", "people")
    if any(not given(person.get("language")) for person in people):
        raise Invalid("Each of them needs a language.", "people")
    identified = any(given(person.get("called")) or given(person.get("number")) for person in people)
    if identified and not str(shared.get("danger") or "").strip():
        raise Invalid(
            "Nobody was asked yet, so names and numbers can only be kept when they are in danger: say why, or"
            " leave them out.",
            "danger",
        )
