"""The register of those who are answerable, shared by the desks of a network, sealed under its key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from casework.errors import Conflict, Invalid, NotFound, Refused
from casework.respondents.models import Respondent
from casework.vault import DeskKeys, keeping
from casework.vault.catalogue import field

_BODY = field("respondent.body")
LONGEST_NAME = 200


@dataclass(frozen=True)
class Answerable:
    """A respondent as somebody reads it.

    Attributes:
        id: of its row; cases link to it.
        kind: of the list `respondent_kinds`.
        name: as it was said or written.
        country: ISO 3166-1 alpha-2, or empty.
    """

    id: UUID
    kind: str
    name: str
    country: str


@dataclass(frozen=True)
class Register:
    """The register as it opens.

    Attributes:
        known: by name.
        refused: how many do not open.
    """

    known: tuple[Answerable, ...]
    refused: int


def enter(actor: Actor, kind: str, name: str, country: str, form_token: UUID) -> Answerable:
    """Write somebody into the register.

    Args:
        actor: at any desk of the network, with the network's keys open.
        kind: of the list `respondent_kinds`.
        name: of the firm, the agency, the place, the person.
        country: ISO 3166-1 alpha-2, or empty.
        form_token: of the form; the same one twice makes one respondent.

    Raises:
        Invalid: no name, or a code that is none.
        Conflict: the network's epoch moved, or the token belongs to another network.
    """
    policy.require(actor, Action.RESPONDENT_ENTER)
    asked = _checked(kind, name, country)
    network = actor.network
    keeping.hold_epoch(network.desk_id, network.epoch)
    row = Respondent(id=asked.id, desk_id=network.desk_id, form_token=form_token)
    row.body = network.seal(_BODY, row.id, {"kind": kind, "name": asked.name, "country": country})
    audit.take_turn(actor.desk.desk_id)
    at = versions.place(network, _BODY, len(_rows(network)))
    try:
        # The desks of a network do not wait for each other: two that enter at once take one place, and one repeats.
        with db.session.begin_nested():
            db.session.add(row)
            audit.record(actor.desk, Event.RESPONDENT_ENTERED, event_id=at, respondent=str(row.id))
    except IntegrityError:
        return _entered_before(network, form_token)
    return asked


def _checked(kind: str, name: str, country: str) -> Answerable:
    name = " ".join(name.split())
    if not name:
        raise Invalid("Please give a name.", "name")
    if len(name) > LONGEST_NAME:
        raise Invalid("This name is too long: %(most)s characters at most.", "name", most=LONGEST_NAME)
    codes.load("respondent_kinds").code(kind)
    if country:
        codes.load("countries").code(country)
    return Answerable(uuid4(), kind, name, country)


def _entered_before(network: DeskKeys, form_token: UUID) -> Answerable:
    row = db.session.scalar(select(Respondent).where(Respondent.form_token == form_token))
    if row is None or row.desk_id != network.desk_id:
        raise Conflict
    return _open(network, row)


def listing(actor: Actor) -> Register:
    """Everybody in the register, by name; one that does not open, or is gone, is counted and recorded."""
    policy.require(actor, Action.RESPONDENT_VIEW)
    network = actor.network
    rows, refused = versions.listed(network, _BODY, lambda: _rows(network), record_at=actor.desk)
    known = [_answerable(row, value) for row, value in rows]
    return Register(tuple(sorted(known, key=lambda one: (one.name.casefold(), one.id))), refused)


def missing(actor: Actor) -> int:
    """How many lines are gone that nobody has let go.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.LIST_MEND)
    return versions.missing(actor.network, _BODY, len(_rows(actor.network)))


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
    return versions.let_stand(actor.network, _BODY, len(_rows(actor.network)), reason, actor.desk)


def find(actor: Actor, text: str) -> Register:
    """Those whose name contains a text, capital and small letters alike.

    Args:
        actor: who asks.
        text: a part of the name; nothing finds everybody.
    """
    wanted, everybody = " ".join(text.casefold().split()), listing(actor)
    known = tuple(one for one in everybody.known if wanted in one.name.casefold())
    return Register(known, everybody.refused)


def get(actor: Actor, respondent_id: UUID) -> Answerable:
    """One of the register.

    Raises:
        NotFound: this network has none of this id.
        Refused: it does not open.
    """
    policy.require(actor, Action.RESPONDENT_VIEW)
    row = db.session.get(Respondent, respondent_id)
    if row is None or row.desk_id != actor.network.desk_id:
        raise NotFound
    return _open(actor.network, row)


def _open(network: DeskKeys, row: Respondent) -> Answerable:
    value = network.open(_BODY, row.id, row.body)
    if not isinstance(value, dict):
        raise Refused
    return _answerable(row, value)


def _rows(network: DeskKeys) -> Sequence[Respondent]:
    here = select(Respondent).where(Respondent.desk_id == network.desk_id).order_by(Respondent.id)
    return db.session.scalars(here).all()


def _answerable(row: Respondent, value: Mapping[str, str]) -> Answerable:
    return Answerable(row.id, value["kind"], value["name"], value["country"])
