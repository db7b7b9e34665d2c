"""Who belongs to a group: the person says so, in their own case; the group only repeats what may be known of it.

The case holds the truth, under its own seal (`GROUPS` in its header). The group lists the case for the desk while
its person agrees, or was not asked yet, and while the case is not restricted: of a restricted case nobody else
learns that it is there. So a withdrawal, a restriction and an end of the agreement need no second deed.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import entries, opening, readers, sections
from casework.cases.changing import changing
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.groups import records, service
from casework.groups.records import Group, Stored
from casework.people import consents
from casework.people.consents import Answer
from casework.vault import Section

#: Where a case says to which groups it belongs, and the purpose under which its person agreed.
GROUPS, PURPOSE = "groups", "link"
#: How many groups a case belongs to, or did.
MOST = 12


@dataclass(frozen=True)
class Link:
    """That a case belongs to a group, or did.

    Attributes:
        group_id: which.
        named: what the group was called when the person was asked: they agreed to that.
        state: `asked`, `waits` for being asked, or `left`.
        until: the last day of the agreement, while it holds.
    """

    group_id: UUID
    named: str
    state: str
    until: date | None

    @property
    def counts(self) -> bool:
        """Whether the case is of the group now."""
        return self.state == "waits" or (self.state == "asked" and self.until is not None)


def links(case: OpenCase) -> list[Link]:
    """To which groups a case belongs, in the order of joining; those that it left are among them."""
    stored = case.section(Section.HEADER).values.get(GROUPS) or []
    return [_link(case, one) for one in stored]


def _link(case: OpenCase, said: Stored) -> Link:
    until = None
    if said["state"] == "asked":
        live = consents.live(case.actor, case.keys, PURPOSE, said["named"])
        until = live.answer.ends_on if live else None
    return Link(UUID(said["id"]), said["named"], said["state"], until)


def join(actor: Actor, ref: str, group_id: UUID, answer: Answer, form_token: UUID) -> OpenCase:
    """Write down what the person said to belonging to a group; a yes lets the case belong to it.

    Args:
        actor: who asked.
        ref: the case's reference.
        group_id: which group.
        answer: what they said; purpose and recipient are put in here.
        form_token: of the form; the same one twice is one answer.

    Raises:
        NotFound: no such group here.
        Invalid: the answer does not count.
    """
    named = service.look(actor, group_id).name
    given = Answer(**{**vars(answer), "purpose": PURPOSE, "recipient": named})
    with changing(actor, ref, Action.CONSENT_RECORD) as case:
        consents.record(actor, case.keys, given, form_token)
        if given.given:
            put(case, group_id, named, "asked")
        elif any(one.group_id == group_id for one in links(case)):
            put(case, group_id, named, "left")
    return case


def leave(actor: Actor, ref: str, group_id: UUID) -> OpenCase:
    """The case belongs to a group no more; what the person agreed to is taken back with it.

    Raises:
        NotFound: it does not belong to it.
    """
    with changing(actor, ref, Action.CONSENT_RECORD, also_closed=True) as case:
        link = next((one for one in links(case) if one.group_id == group_id), None)
        if link is None:
            raise NotFound
        live = consents.live(actor, case.keys, PURPOSE, link.named)
        if live is not None:
            consents.withdraw(actor, case.keys, live.id)
        put(case, group_id, link.named, "left")
    return case


def put(case: OpenCase, group_id: UUID, named: str, state: str) -> None:
    """Say in a case that is held that it belongs to a group, waits to be asked, or left it.

    Raises:
        Invalid: it belongs to too many.
    """
    stored: list[Stored] = case.section(Section.HEADER).values.get(GROUPS) or []
    others = [one for one in stored if one["id"] != str(group_id)]
    if len(others) >= MOST:
        raise Invalid("A case belongs to %(most)s groups at most.", most=MOST)
    changed = [*others, {"id": str(group_id), "named": named, "state": state}]
    if changed != stored:
        sections.put(case, Section.HEADER, {GROUPS: changed})
        event = Event.GROUP_LEFT if state == "left" else Event.GROUP_JOINED
        audit.record(case.actor.desk, event, case=case.keys, group=str(group_id))


def follow(actor: Actor, case: OpenCase) -> None:
    """After every save: the groups list the case, or do so no more. A case that never joined one costs nothing."""
    for link in links(case):
        wanted = None if case.keys.restricted or not link.counts else _listed(link)
        _list_in(actor, link.group_id, case.id, wanted)
        if wanted is None:
            _unpoint(case, link.group_id)


def _listed(link: Link) -> dict[str, Any]:
    return {"asked": link.state == "asked", "until": link.until.isoformat() if link.until else None}


def _list_in(actor: Actor, group_id: UUID, case_id: UUID, wanted: dict[str, Any] | None) -> None:
    try:
        row = records.row(actor, group_id, held=True)
        value = records.opened(actor, row)
    except (NotFound, Refused):
        return
    if value["members"].get(str(case_id)) == wanted:
        return
    value["members"].pop(str(case_id), None)
    if wanted is not None:
        value["members"][str(case_id)] = wanted
    records.seal(actor, row, value)


def forget(case: OpenCase) -> None:
    """A case is about to be erased by somebody with keys: no group names it afterwards."""
    for link in links(case):
        _list_in(case.actor, link.group_id, case.id, None)
        _unpoint(case, link.group_id)


def _unpoint(case: OpenCase, group_id: UUID) -> None:
    try:
        row = records.row(case.actor, group_id, held=True)
        value = records.opened(case.actor, row)
    except (NotFound, Refused):
        return
    kept = [one for one in value["noted"] if one.get("case") != str(case.id)]
    if len(kept) != len(value["noted"]):
        records.seal(case.actor, row, value | {"noted": kept})


def of_case(actor: Actor, ref: str) -> tuple[OpenCase, list[Link]]:
    """The groups of a case, for its page; opening this is recorded.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref)
    audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section=GROUPS)
    return case, links(case)


def chronology(case: OpenCase) -> list[tuple[Group, records.Item]]:
    """What was written for the groups that a case belongs to; not what stands in the cases of others."""
    found = []
    for link in links(case):
        if not link.counts:
            continue
        try:
            group = service.look(case.actor, link.group_id)
        except (NotFound, Refused):
            continue
        found += [(group, item) for item in group.noted if item.case_id is None]
    return found


def known(actor: Actor, group: Group) -> dict[UUID, bool]:
    """The cases of a group that this person may know of: whether each was asked.

    Those whose agreement has run out wait to be asked again. Restricted cases are added for who is named in them.
    """
    today = clock.today()
    found = {
        case_id: member.asked and member.until is not None and member.until >= today
        for case_id, member in group.members.items()
    }
    for case_id in readers.hidden(actor.desk):
        found.pop(case_id, None)
    for case_id in readers.mine(actor):
        if state := _in_restricted(actor, case_id, group.id):
            found[case_id] = state == "asked"
    return found


def _in_restricted(actor: Actor, case_id: UUID, group_id: UUID) -> str | None:
    row = db.session.get(Case, case_id)
    if row is None or row.desk_id != actor.desk_id:
        return None
    try:
        case = opening.for_upkeep(actor, row.ref)
    except (NotFound, Refused):
        return None
    return next((one.state for one in links(case) if one.group_id == group_id and one.counts), None)


def point(actor: Actor, ref: str, entry_id: UUID, group_id: UUID) -> None:
    """Point from the chronology of a group to a note of one member's case. The note itself stays in the case.

    Raises:
        NotFound: no such note, or the case does not belong to the group.
        Invalid: the case is restricted: a pointer would tell others that it is there.
    """
    case = opening.load(actor, ref, Action.CASE_WORK)
    if case.keys.restricted:
        raise Invalid("Only named people see this case. Nothing of it can stand in a group.")
    noted = next((one for one in entries.listing(actor, ref).noted if one.id == entry_id), None)
    if noted is None or not any(one.group_id == group_id and one.counts for one in links(case)):
        raise NotFound
    said = {"type": noted.type, "when": noted.when.isoformat(), "text": "", "case": str(case.id)}
    service.append(actor, group_id, said, entry_id)
