"""A respondent as it lies in the register: one sealed body, numbered, so that an older one is noticed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework import clock
from casework.access.actor import Actor
from casework.audit import service as audit
from casework.audit import versions
from casework.audit.events import Event
from casework.db import db
from casework.errors import Conflict, NotFound
from casework.respondents.models import Respondent
from casework.vault import DeskKeys, catalogue, keeping

BODY = catalogue.field("respondent.body")
#: Bytes up to which all of them look alike.
_FILL = 1_950

Stored = dict[str, Any]


@dataclass(frozen=True)
class Chain:
    """What somebody does for, or to, somebody else of the register.

    Attributes:
        to: the other one.
        sort: of the list `respondent_links`, read from this one to the other.
    """

    to: UUID
    sort: str


@dataclass(frozen=True)
class Merge:
    """That an entry is another one's double.

    Attributes:
        into: the one that leads.
        by: who said so.
        at: when.
        why: in their words.
        checked_by: the coordinator who made sure of it, somebody else than `by`; None until then.
    """

    into: UUID
    by: UUID
    at: datetime
    why: str
    checked_by: UUID | None = None


@dataclass(frozen=True)
class Answerable:
    """A respondent as somebody reads it.

    Attributes:
        id: of its row; cases link to it.
        kind: of the list `respondent_kinds`.
        name: as it was said or written.
        country: ISO 3166-1 alpha-2, or empty.
        answers: everything that is written of them, by the keys of `config/respondent.toml`.
        chains: what they do for others of the register.
        merged: whose double they are, where somebody said so.
        rev: how often it was changed.
    """

    id: UUID
    kind: str
    name: str
    country: str
    answers: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)
    chains: tuple[Chain, ...] = ()
    merged: Merge | None = None
    rev: int = field(default=1, compare=False)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Everything that they are, the main thing first."""
        return tuple(dict.fromkeys((self.kind, *self.answers.get("other_kinds", ()))))

    @property
    def names(self) -> tuple[str, ...]:
        """The name, and every other one that they go by."""
        others = str(self.answers.get("aliases") or "").splitlines()
        return (self.name, *(one.strip() for one in others if one.strip()))


class ChangedMeanwhile(Conflict):
    """Somebody else corrected it: the page shows both.

    Args:
        theirs: what is stored now.
    """

    def __init__(self, theirs: Answerable) -> None:
        super().__init__()
        self.theirs = theirs


def rows(network: DeskKeys) -> Sequence[Respondent]:
    """Every row of the register."""
    here = select(Respondent).where(Respondent.desk_id == network.desk_id).order_by(Respondent.id)
    return db.session.scalars(here).all()


def row(actor: Actor, respondent_id: UUID) -> Respondent:
    """One row of the register.

    Raises:
        NotFound: this network has none of this id.
    """
    found = db.session.get(Respondent, respondent_id)
    if found is None or found.desk_id != actor.network.desk_id:
        raise NotFound
    return found


def opened(actor: Actor, stored: Respondent) -> Stored:
    """What lies under the seal.

    Raises:
        Refused: it does not open, or is an older one that was put back.
    """
    return versions.opened(actor.network, BODY, stored, record_at=actor.desk)


def held(actor: Actor, respondent_id: UUID) -> tuple[Respondent, Stored]:
    """A row that nobody else changes before this transaction ends, and what lies in it.

    The record's turn is taken first, as by everybody who records: two never wait for each other.

    Raises:
        NotFound: this network has none of this id.
        Conflict: the network's epoch moved.
    """
    keeping.hold_epoch(actor.network.desk_id, actor.network.epoch)
    audit.take_turn(actor.desk.desk_id)
    found = row(actor, respondent_id)
    db.session.refresh(found, with_for_update=True)
    return found, opened(actor, found)


def change(actor: Actor, stored: Respondent, value: Stored, event: Event, other: UUID | None = None) -> None:
    """Seal what an entry is from now on, and record that it changed.

    Args:
        actor: who changes it.
        stored: its row, held.
        value: what it is from now on.
        event: as which it is recorded.
        other: the second entry, where the event is about two.
    """
    details = {"other": str(other)} if other else {}
    at = versions.change(actor.network, BODY, stored.id, value)
    seal(actor, stored, value)
    db.session.flush()
    audit.record(actor.desk, event, None, at, respondent=str(stored.id), **details)


def seal(actor: Actor, stored: Respondent, value: Stored) -> None:
    """Seal a body, at one size as far as it goes, with who wrote it."""
    value |= {"by": str(actor.user_id), "at": clock.now().isoformat()}
    value.pop("fill", None)
    size = len(json.dumps(value, ensure_ascii=False).encode())
    stored.body = actor.network.seal(BODY, stored.id, value | {"fill": " " * (_FILL - size)})


def read(stored: Respondent, value: Mapping[str, Any]) -> Answerable:
    """An entry as services and pages take it; those of an older form say less."""
    chains = tuple(Chain(UUID(one["to"]), one["sort"]) for one in value.get("chains", ()))
    return Answerable(
        stored.id,
        value["kind"],
        value["name"],
        value["country"],
        value.get("answers", {}),
        chains,
        _merge(value.get("merged")),
        int(value.get(versions.VERSION, 1)),
    )


def _merge(value: Mapping[str, Any] | None) -> Merge | None:
    if not value:
        return None
    checked = value.get("checked_by")
    return Merge(
        UUID(value["into"]),
        UUID(value["by"]),
        datetime.fromisoformat(value["at"]),
        value["why"],
        UUID(checked) if checked else None,
    )
