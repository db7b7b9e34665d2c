"""The groups of a desk: made, named, and what happened to all of them, written once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import codes
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit import versions
from casework.audit.events import Event
from casework.db import db
from casework.errors import Conflict, Invalid
from casework.groups import records
from casework.groups.models import CaseGroup
from casework.groups.records import Group, Stored

LONGEST_TEXT = 2_000
#: What a group notes before it has to be told in the cases themselves.
MOST_NOTED = 200


def make(actor: Actor, told: Mapping[str, Any], form_token: UUID) -> UUID:
    """Make a group.

    Args:
        actor: who makes it.
        told: answers of `config/group.toml`.
        form_token: of the form; the same one twice makes one group.

    Raises:
        Invalid: it has no name, or it is not said what binds them.
        Conflict: the token made a group of another desk.
    """
    policy.require(actor, Action.CASE_WORK)
    known = db.session.scalar(select(CaseGroup).where(CaseGroup.form_token == form_token))
    if known is not None:
        if known.desk_id != actor.desk_id:
            raise Conflict
        return known.id
    row = CaseGroup(id=uuid4(), desk_id=actor.desk.desk_id, form_token=form_token)
    told = _checked(told)
    audit.take_turn(row.desk_id)
    at = versions.place(actor.desk, records.BODY, len(records.rows(actor)))
    records.seal(actor, row, {"told": told, "members": {}, "noted": []})
    _recorded(actor, row, at)
    return row.id


def change(actor: Actor, group_id: UUID, told: Mapping[str, Any]) -> None:
    """Correct what a group is. Its name stays: people agreed to belong to the group of that name.

    Raises:
        NotFound: there is none here.
        Invalid: it is not said what binds them.
    """
    policy.require(actor, Action.CASE_WORK)
    row = records.row(actor, group_id, held=True)
    value = records.opened(actor, row)
    value["told"] = _checked({**told, "name": value["told"]["name"]})
    _change(actor, row, value)


def note(actor: Actor, group_id: UUID, type_: str, when: datetime, text: str, form_token: UUID) -> None:
    """Write down what happened to all of them; it is shown in the case of each.

    Args:
        actor: who writes.
        group_id: of which group.
        type_: of the list `entry_types`.
        when: it happened, with its zone.
        text: what happened; without names.
        form_token: of the form; the same one twice is one note.

    Raises:
        NotFound: there is none here.
        Invalid: nothing was written, or too much.
    """
    text = text.strip()
    codes.load("entry_types").code(type_)
    if not text:
        raise Invalid("Write down what happened.", "text")
    if len(text) > LONGEST_TEXT:
        raise Invalid("This is too long: %(most)s characters at most. Divide it.", "text", most=LONGEST_TEXT)
    append(actor, group_id, {"type": type_, "when": when.isoformat(), "text": text}, form_token)


def append(actor: Actor, group_id: UUID, said: Stored, form_token: UUID) -> None:
    """Put something into the chronology of a group, once."""
    policy.require(actor, Action.CASE_WORK)
    row = records.row(actor, group_id, held=True)
    value = records.opened(actor, row)
    if any(one["token"] == str(form_token) for one in value["noted"]):
        return
    if len(value["noted"]) >= MOST_NOTED:
        raise Invalid("This group has %(most)s notes. Write what follows into the cases.", most=MOST_NOTED)
    value["noted"].append({**said, "by": str(actor.user_id), "token": str(form_token)})
    _change(actor, row, value)


def look(actor: Actor, group_id: UUID) -> Group:
    """One group.

    Raises:
        NotFound, Denied: not for this person.
        Refused: it does not open.
    """
    policy.require(actor, Action.CASE_LIST)
    row = records.row(actor, group_id)
    return records.read(row.id, records.opened(actor, row))


def listing(actor: Actor) -> tuple[list[Group], int]:
    """The groups of the desk by name, and how many do not open, are older ones put back, or are gone.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.CASE_LIST)
    rows, refused = versions.listed(actor.desk, records.BODY, lambda: records.rows(actor))
    found = [records.read(row.id, value) for row, value in rows]
    return sorted(found, key=lambda one: one.name.casefold()), refused


def missing(actor: Actor) -> int:
    """How many groups are gone that nobody has let go.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.LIST_MEND)
    return versions.missing(actor.desk, records.BODY, len(records.rows(actor)))


def let_stand(actor: Actor, reason: str) -> int:
    """Let the list of groups stand without what is gone.

    Args:
        actor: a coordinator.
        reason: why, without names.

    Returns:
        How many were let go.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.LIST_MEND)
    audit.take_turn(actor.desk.desk_id)
    return versions.let_stand(actor.desk, records.BODY, len(records.rows(actor)), reason, actor.desk)


def _checked(told: Mapping[str, Any]) -> dict[str, Any]:
    if not str(told.get("name") or "").strip():
        raise Invalid("Please answer this one.", "name")
    if told.get("sort") not in codes.load("group_sorts"):
        raise Invalid("Please answer this one.", "sort")
    return dict(told)


def _change(actor: Actor, row: CaseGroup, value: Stored) -> None:
    at = versions.change(actor.desk, records.BODY, row.id, value)
    records.seal(actor, row, value)
    _recorded(actor, row, at)


def _recorded(actor: Actor, row: CaseGroup, at: UUID) -> None:
    rows = audit.digest(row.body)
    audit.record(actor.desk, Event.GROUP_WRITTEN, event_id=at, group=str(row.id), rows=rows)
