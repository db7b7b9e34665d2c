"""Filters and an order of the list under a name, sealed to whoever saved them: nobody else knows what they look for."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.search.models import SavedView
from casework.vault.catalogue import field

_BODY = field("saved_view.body")
#: Of one person at one desk.
MOST = 20
LONGEST_NAME = 60


@dataclass(frozen=True)
class Saved:
    """A saved view.

    Attributes:
        id: of its row.
        name: as its owner calls it.
        chosen: what was chosen, by the names of the list's form.
    """

    id: UUID
    name: str
    chosen: Mapping[str, str]


def save(actor: Actor, name: str, chosen: Mapping[str, str]) -> Saved:
    """Keep what was chosen under a name; the same name again takes the place of the old one.

    Args:
        actor: whose it is.
        name: at most 60 characters.
        chosen: of the list's form.

    Raises:
        Invalid: no name, one that is too long, or twenty are there already.
    """
    policy.require(actor, Action.CASE_LIST)
    name, rows = _checked(name), _rows(actor)
    opened = [(row, _open(actor, row)) for row in rows]
    row = next((row for row, saved in opened if saved and saved.name.casefold() == name.casefold()), None)
    if row is None:
        if len(rows) >= MOST:
            raise Invalid("%(most)s are kept at most. Delete one first.", "name", most=MOST)
        row = SavedView(id=uuid4(), owner_id=actor.user_id, desk_id=actor.desk_id, body=b"")
        db.session.add(row)
    saved = Saved(row.id, name, dict(chosen))
    row.body = actor.person.seal(_BODY, row.id, {"name": name, "chosen": dict(chosen)})
    db.session.flush()
    return saved


def listing(actor: Actor) -> list[Saved]:
    """Everything that this person saved at this desk, by name. What does not open is left out."""
    policy.require(actor, Action.CASE_LIST)
    found = [saved for row in _rows(actor) if (saved := _open(actor, row)) is not None]
    return sorted(found, key=lambda saved: saved.name.casefold())


def get(actor: Actor, view_id: UUID) -> Saved:
    """One of them.

    Raises:
        NotFound: it is gone, or another's, or another desk's.
    """
    for saved in listing(actor):
        if saved.id == view_id:
            return saved
    raise NotFound


def forget(actor: Actor, view_id: UUID) -> None:
    """Delete one, because its owner says so. Twice is once."""
    policy.require(actor, Action.CASE_LIST)
    db.session.execute(
        delete(SavedView).where(
            SavedView.id == view_id,
            SavedView.owner_id == actor.user_id,
            SavedView.desk_id == actor.desk_id,
        )
    )


def _rows(actor: Actor) -> list[SavedView]:
    mine = select(SavedView).where(SavedView.owner_id == actor.user_id, SavedView.desk_id == actor.desk_id)
    return list(db.session.scalars(mine))


def _open(actor: Actor, row: SavedView) -> Saved | None:
    value: Any = None
    with suppress(Refused):
        value = actor.person.open(_BODY, row.id, row.body)
    return Saved(row.id, value["name"], value["chosen"]) if isinstance(value, dict) else None


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid("Please give a name.", "name")
    if len(name) > LONGEST_NAME:
        raise Invalid("This name is too long: %(most)s characters at most.", "name", most=LONGEST_NAME)
    return name
