"""The register of those who are answerable, shared by the desks of a network, sealed under its key."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from casework import codes
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit import versions
from casework.audit.events import Event
from casework.db import db
from casework.errors import Conflict, Invalid
from casework.respondents import records
from casework.respondents.models import Respondent
from casework.respondents.records import Answerable, ChangedMeanwhile
from casework.vault import keeping

__all__ = ["Answerable", "Register", "correct", "enter", "find", "get", "listing"]

LONGEST_NAME = 200
#: What stands apart from the other answers.
_OWN = ("name", "kind", "country")


@dataclass(frozen=True)
class Register:
    """The register as it opens.

    Attributes:
        known: by name.
        refused: how many do not open.
    """

    known: tuple[Answerable, ...]
    refused: int

    @cached_property
    def by_id(self) -> dict[UUID, Answerable]:
        """Everybody by id."""
        return {one.id: one for one in self.known}

    def leading(self, respondent_id: UUID, *, checked: bool = False) -> UUID:
        """Whom an entry stands for: itself, or the one that it was merged into.

        Args:
            respondent_id: of the entry.
            checked: whether only those merges count that a coordinator made sure of.
        """
        seen = {respondent_id}
        while (one := self.by_id.get(respondent_id)) is not None and one.merged is not None:
            unsure = checked and one.merged.checked_by is None
            if unsure or one.merged.into in seen or one.merged.into not in self.by_id:
                break
            respondent_id = one.merged.into
            seen.add(respondent_id)
        return respondent_id

    def same(self, respondent_id: UUID) -> tuple[Answerable, ...]:
        """An entry with all its doubles, the one that leads first."""
        first = self.leading(respondent_id)
        every = [one for one in self.known if self.leading(one.id) == first]
        return tuple(sorted(every, key=lambda one: one.id != first))


def enter(
    actor: Actor,
    kind: str,
    name: str,
    country: str,
    form_token: UUID,
    answers: Mapping[str, Any] | None = None,
) -> Answerable:
    """Write somebody into the register.

    Args:
        actor: at any desk of the network, with the network's keys open.
        kind: of the list `respondent_kinds`.
        name: of the firm, the agency, the place, the person.
        country: ISO 3166-1 alpha-2, or empty.
        form_token: of the form; the same one twice makes one respondent.
        answers: what else is known, by the keys of `config/respondent.toml`.

    Raises:
        Invalid: no name, or a code that is none.
        Conflict: the network's epoch moved, or the token belongs to another network.
    """
    policy.require(actor, Action.RESPONDENT_ENTER)
    value = _checked(kind, name, country, answers or {})
    network = actor.network
    keeping.hold_epoch(network.desk_id, network.epoch)
    row = Respondent(id=uuid4(), desk_id=network.desk_id, form_token=form_token)
    records.seal(actor, row, value)
    audit.take_turn(actor.desk.desk_id)
    at = versions.place(network, records.BODY, len(records.rows(network)))
    try:
        # The desks of a network do not wait for each other: two that enter at once take one place, and one repeats.
        with db.session.begin_nested():
            db.session.add(row)
            audit.record(actor.desk, Event.RESPONDENT_ENTERED, event_id=at, respondent=str(row.id))
    except IntegrityError:
        return _entered_before(actor, form_token)
    return records.read(row, value)


def correct(
    actor: Actor,
    respondent_id: UUID,
    kind: str,
    name: str,
    country: str,
    answers: Mapping[str, Any],
    rev: int,
) -> None:
    """Say what is different from what is written.

    Args:
        actor: at any desk of the network.
        respondent_id: of the register.
        kind, name, country, answers: as `enter` takes them.
        rev: the revision that the sender had seen.

    Raises:
        ChangedMeanwhile: somebody else did so.
        Invalid: no name, or a code that is none.
        NotFound: this network has none of this id.
    """
    policy.require(actor, Action.RESPONDENT_ENTER)
    asked = _checked(kind, name, country, answers)
    row, value = records.held(actor, respondent_id)
    now = records.read(row, value)
    if now.rev != rev:
        raise ChangedMeanwhile(now)
    records.change(actor, row, value | asked, Event.RESPONDENT_CHANGED)


def _checked(kind: str, name: str, country: str, answers: Mapping[str, Any]) -> records.Stored:
    name = " ".join(name.split())
    if not name:
        raise Invalid("Please give a name.", "name")
    if len(name) > LONGEST_NAME:
        raise Invalid("This name is too long: %(most)s characters at most.", "name", most=LONGEST_NAME)
    codes.load("respondent_kinds").code(kind)
    if country:
        codes.load("countries").code(country)
    more = {key: one for key, one in answers.items() if key not in _OWN and one not in (None, "", [])}
    return {"kind": kind, "name": name, "country": country, "answers": more}


def _entered_before(actor: Actor, form_token: UUID) -> Answerable:
    row = db.session.scalar(select(Respondent).where(Respondent.form_token == form_token))
    if row is None or row.desk_id != actor.network.desk_id:
        raise Conflict
    return records.read(row, records.opened(actor, row))


def listing(actor: Actor) -> Register:
    """Everybody in the register, by name; one that does not open, is an older one or is gone is counted and recorded."""
    policy.require(actor, Action.RESPONDENT_VIEW)
    network = actor.network
    found, refused = versions.listed(
        network, records.BODY, lambda: records.rows(network), record_at=actor.desk
    )
    known = [records.read(row, value) for row, value in found]
    return Register(tuple(sorted(known, key=lambda one: (one.name.casefold(), one.id))), refused)


def missing(actor: Actor) -> int:
    """How many lines are gone that nobody has let go.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.LIST_MEND)
    return versions.missing(actor.network, records.BODY, len(records.rows(actor.network)))


def let_stand(actor: Actor, reason: str) -> int:
    """Let the register of the network stand without what is gone.

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
    there = len(records.rows(actor.network))
    return versions.let_stand(actor.network, records.BODY, there, reason, actor.desk)


def find(actor: Actor, text: str) -> Register:
    """Those one of whose names contains a text, capital and small letters alike.

    Args:
        actor: who asks.
        text: a part of the name; nothing finds everybody.
    """
    wanted, everybody = " ".join(text.casefold().split()), listing(actor)
    known = tuple(one for one in everybody.known if any(wanted in name.casefold() for name in one.names))
    return Register(known, everybody.refused)


def get(actor: Actor, respondent_id: UUID) -> Answerable:
    """One of the register.

    Raises:
        NotFound: this network has none of this id.
        Refused: it does not open, or is an older one that was put back.
    """
    policy.require(actor, Action.RESPONDENT_VIEW)
    row = records.row(actor, respondent_id)
    return records.read(row, records.opened(actor, row))
