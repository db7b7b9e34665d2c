"""What a team has written, as it is sealed: what it is, and items of several sorts.

One body at one size: a copy of the database tells neither how much a campaign has done nor what.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from casework.errors import Refused
from casework.teams.models import Team
from casework.vault.catalogue import field
from casework.vault.team import TeamKeys

#: Its sealed column.
BODY = field("team.body")
#: Bodies up to this size look alike: some eighty longer items.
_FILL = 60_000
#: The key of the version under the seal.
VERSION = "version"

Stored = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """One thing that a team wrote down: a demand, an action, an organisation.

    Attributes:
        id: of the item.
        sort: which; each sort has a page of questions.
        told: the answers.
        of: the item that it belongs to: the demand of an outcome; None for one that stands alone.
        by: who wrote it last.
        at: when.
        rev: how often it was written, from 1.
        struck: whether it counts no more; it stays readable.
    """

    id: UUID
    sort: str
    told: Mapping[str, Any]
    of: UUID | None
    by: UUID
    at: datetime
    rev: int
    struck: bool


@dataclass(frozen=True)
class Book:
    """What a team has written.

    Attributes:
        id: of the team.
        told: what it is.
        told_rev: how often that was written.
        items: all of them, in the order in which they were written.
        names: how its members are called.
        members: who is in it.
    """

    id: UUID
    told: Mapping[str, Any]
    told_rev: int
    items: tuple[Item, ...]
    names: Mapping[UUID, str]
    members: frozenset[UUID]

    def of_sort(self, *sorts: str) -> list[Item]:
        """The items of some sorts that count."""
        return [one for one in self.items if one.sort in sorts and not one.struck]

    def item(self, item_id: UUID | None) -> Item | None:
        """One item, struck or not; None where there is none."""
        return next((one for one in self.items if one.id == item_id), None)


def opened(keys: TeamKeys, row: Team) -> Stored:
    """What lies under the seal.

    Raises:
        Refused: it does not open.
    """
    value = keys.open(BODY, row.id, row.body)
    if not isinstance(value, dict):
        raise Refused
    return {key: part for key, part in value.items() if key != "fill"}


def seal(keys: TeamKeys, row: Team, value: Stored) -> None:
    """Seal what a team has written from now on."""
    size = len(json.dumps(value, ensure_ascii=False).encode())
    row.body = keys.seal(BODY, row.id, value | {"fill": " " * (_FILL - size)})


def read(team_id: UUID, value: Stored, members: frozenset[UUID]) -> Book:
    """What a team has written, as services and pages take it."""
    return Book(
        team_id,
        value["told"],
        value["told_rev"],
        tuple(map(_item, value["items"])),
        {UUID(who): name for who, name in value["names"].items()},
        members,
    )


def _item(said: Mapping[str, Any]) -> Item:
    return Item(
        UUID(said["id"]),
        said["sort"],
        said["told"],
        UUID(said["of"]) if said["of"] else None,
        UUID(said["by"]),
        datetime.fromisoformat(said["at"]),
        said["rev"],
        said["struck"],
    )
