"""A group as it is sealed to its desk: what it is called, who belongs to it, what happened to all of them.

One body at one size: a copy of the database tells neither how many belong to a group nor how much was noted, and
nothing of a case says that it belongs to one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import versions
from casework.cases.models import Case
from casework.db import db
from casework.errors import NotFound
from casework.groups.models import CaseGroup
from casework.vault.catalogue import field

#: Its sealed column.
BODY = field("case_group.body")
#: Groups up to this size look alike: some sixty members, or forty longer notes.
_FILL = 24_000

Stored = dict[str, Any]


@dataclass(frozen=True)
class Member:
    """A case that belongs to a group, as everybody of the desk may know it.

    Attributes:
        asked: whether the person agreed; one who was not asked yet is known by the reference alone.
        until: the last day of their agreement; None for one who was not asked yet.
    """

    asked: bool
    until: date | None


@dataclass(frozen=True)
class Item:
    """Something in the chronology of a group: written for all of them, or pointed at in one case.

    Attributes:
        type: of the list `entry_types`.
        when: it happened.
        text: what happened; empty where it stands in a case.
        by: who wrote it down, or pointed at it.
        case_id: of the case whose notes it stands in; None for what was written for the group.
    """

    type: str
    when: datetime
    text: str
    by: UUID
    case_id: UUID | None = None


@dataclass(frozen=True)
class Group:
    """A group.

    Attributes:
        id: of its row.
        told: the answers of `config/group.toml`.
        members: cases that the desk may know of.
        noted: newest first.
    """

    id: UUID
    told: Mapping[str, Any]
    members: Mapping[UUID, Member]
    noted: tuple[Item, ...]

    @property
    def name(self) -> str:
        """What the desk calls it."""
        return str(self.told["name"])


def rows(actor: Actor) -> list[CaseGroup]:
    """Every group of this desk, in no order that says anything."""
    query = select(CaseGroup).order_by(CaseGroup.id)
    return list(db.session.scalars(policy.visible(actor, query, CaseGroup.desk_id, Action.CASE_LIST)))


def row(actor: Actor, group_id: UUID, *, held: bool = False) -> CaseGroup:
    """One group of this desk.

    Args:
        actor: who asks.
        group_id: which.
        held: whether nobody else may change it before this transaction ends.

    Raises:
        NotFound: there is none here.
    """
    query = select(CaseGroup).where(CaseGroup.id == group_id).execution_options(populate_existing=True)
    query = policy.visible(
        actor, query.with_for_update() if held else query, CaseGroup.desk_id, Action.CASE_LIST
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def opened(actor: Actor, stored: CaseGroup) -> Stored:
    """What lies under the seal.

    Raises:
        Refused: it does not open, or is an older one that was put back.
    """
    value = versions.opened(actor.desk, BODY, stored)
    return {key: part for key, part in value.items() if key != "fill"}


def seal(actor: Actor, stored: CaseGroup, value: Stored) -> None:
    """Seal what a group is from now on; a case that a job took away meanwhile, without keys, goes from it as well."""
    ids = {UUID(one) for one in value["members"]} | {
        UUID(one["case"]) for one in value["noted"] if one.get("case")
    }
    there = (
        {str(one) for one in db.session.scalars(select(Case.id).where(Case.id.in_(ids)))} if ids else set()
    )
    value = value | {
        "members": {one: said for one, said in value["members"].items() if one in there},
        "noted": [one for one in value["noted"] if not one.get("case") or one["case"] in there],
    }
    size = len(json.dumps(value, ensure_ascii=False).encode())
    stored.body = actor.desk.seal(BODY, stored.id, value | {"fill": " " * (_FILL - size)})
    db.session.add(stored)
    db.session.flush()


def read(group_id: UUID, value: Stored) -> Group:
    """A group as services and pages take it."""
    noted = sorted(map(_item, value["noted"]), key=lambda one: one.when, reverse=True)
    return Group(
        group_id,
        value["told"],
        {UUID(one): _member(said) for one, said in value["members"].items()},
        tuple(noted),
    )


def _member(said: Mapping[str, Any]) -> Member:
    return Member(bool(said["asked"]), date.fromisoformat(said["until"]) if said["until"] else None)


def _item(said: Mapping[str, Any]) -> Item:
    return Item(
        said["type"],
        datetime.fromisoformat(said["when"]),
        said["text"],
        UUID(said["by"]),
        UUID(said["case"]) if said.get("case") else None,
    )
