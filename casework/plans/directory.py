"""The directory of services of a desk: anybody who works there corrects it, a coordinator retires a place.

It holds organisations, not people. It is sealed all the same, whole and at one size: which clinic is marked as safe
for people without papers is what a police would like to read.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit import versions
from casework.audit.events import Event
from casework.cases.changing import Differing
from casework.db import db
from casework.errors import Conflict, Invalid, NotFound
from casework.plans.models import Service
from casework.plans.places import Place, Wanted
from casework.vault import keeping
from casework.vault.catalogue import field

_BODY = field("service.body")
#: Bytes up to which all places look alike.
_FILL = 3_600

Answers = Mapping[str, Any]


def enter(actor: Actor, answers: Answers, form_token: UUID) -> UUID:
    """Write a place into the directory.

    Args:
        actor: who knows of it.
        answers: by the keys of `config/service.toml`.
        form_token: of the form; the same one twice makes one place.

    Returns:
        Its id.

    Raises:
        Invalid: it has no name.
        Conflict: the token belongs to another desk.
    """
    policy.require(actor, Action.SERVICE_ENTER)
    _check(answers)
    known = db.session.scalar(select(Service).where(Service.form_token == form_token))
    if known is not None:
        return _the_same(actor, known)
    row = Service(id=uuid4(), desk_id=actor.desk.desk_id, form_token=form_token)
    _seal(actor, row, _said(actor, answers, actor.user_id if answers.get("checked_on") else None))
    audit.take_turn(row.desk_id)
    at = versions.place(actor.desk, _BODY, len(_rows(actor)))
    db.session.add(row)
    db.session.flush()
    audit.record(actor.desk, Event.SERVICE_ENTERED, event_id=at, service=str(row.id))
    return row.id


def correct(actor: Actor, service_id: UUID, answers: Answers, rev: int) -> None:
    """Say what is different from what is written.

    Raises:
        Differing: somebody else did so meanwhile.
        Invalid: it has no name.
        NotFound: this desk has no such place.
    """
    policy.require(actor, Action.SERVICE_ENTER)
    _check(answers)
    row, now = _held(actor, service_id)
    if now.rev != rev:
        raise Differing(now, dict(answers), rev)
    checked = now.answers.get("checked_on") == answers.get("checked_on")
    by = now.checked_by if checked else actor.user_id
    _change(actor, row, Event.SERVICE_CHANGED, _said(actor, answers, by, retired=now.retired))


def check_today(actor: Actor, service_id: UUID) -> None:
    """Somebody called or went there, and it is as written.

    Raises:
        NotFound: this desk has no such place.
    """
    policy.require(actor, Action.SERVICE_ENTER)
    row, now = _held(actor, service_id)
    # Whole, as a form gives it: the page that corrects the place fills its questions from this.
    today = {
        "date": clock.today().isoformat(),
        "precision": "day",
        "calendar": "gregorian",
        "written": "",
    }
    answers = {**now.answers, "checked_on": today}
    _change(actor, row, Event.SERVICE_CHECKED, _said(actor, answers, actor.user_id, retired=now.retired))


def retire(actor: Actor, service_id: UUID, *, retired: bool = True) -> None:
    """Send nobody there any more, or again; what was sent there stays written.

    Raises:
        NotFound, Denied: there is none, or not for this person.
    """
    policy.require(actor, Action.SERVICE_RETIRE)
    row, now = _held(actor, service_id)
    said = _said(actor, now.answers, now.checked_by, retired=retired)
    _change(actor, row, Event.SERVICE_RETIRED, said)


def listing(actor: Actor, wanted: Wanted | None = None, *, retired: bool = False) -> tuple[list[Place], int]:
    """The places that fit, by name, and how many do not open, are older ones put back, or are gone.

    Args:
        actor: who looks.
        wanted: what for; everything, if left out.
        retired: those to which nobody is sent any more, instead of the others.
    """
    policy.require(actor, Action.SERVICE_VIEW)
    rows, refused = versions.listed(actor.desk, _BODY, lambda: _rows(actor))
    found = [_place(row, value) for row, value in rows]
    fitting = [one for one in found if one.retired is retired and (wanted is None or wanted.fits(one))]
    return sorted(fitting, key=lambda one: (one.name.casefold(), one.id)), refused


def missing(actor: Actor) -> int:
    """How many places are gone that nobody has let go.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.LIST_MEND)
    return versions.missing(actor.desk, _BODY, len(_rows(actor)))


def let_stand(actor: Actor, reason: str) -> int:
    """Let the directory stand without what is gone.

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
    return versions.let_stand(actor.desk, _BODY, len(_rows(actor)), reason, actor.desk)


def get(actor: Actor, service_id: UUID) -> Place:
    """One place.

    Raises:
        NotFound: this desk has no such place.
        Refused: it does not open, or is an older one that was put back.
    """
    policy.require(actor, Action.SERVICE_VIEW)
    return _open(actor, _row(actor, service_id))


def _rows(actor: Actor) -> Sequence[Service]:
    query = policy.visible(actor, select(Service), Service.desk_id, Action.SERVICE_VIEW)
    return db.session.scalars(query.order_by(Service.id)).all()


def _row(actor: Actor, service_id: UUID) -> Service:
    row = db.session.get(Service, service_id)
    if row is None or row.desk_id != actor.desk_id:
        raise NotFound
    return row


def _held(actor: Actor, service_id: UUID) -> tuple[Service, Place]:
    row = _row(actor, service_id)
    db.session.refresh(row, with_for_update=True)
    return row, _open(actor, row)


def _the_same(actor: Actor, known: Service) -> UUID:
    if known.desk_id != actor.desk_id:
        raise Conflict
    return known.id


def _check(answers: Answers) -> None:
    if not str(answers.get("name") or "").strip():
        raise Invalid("Please give a name.", "name")


def _said(
    actor: Actor, answers: Answers, checked_by: UUID | None, *, retired: bool = False
) -> dict[str, Any]:
    return {
        "answers": {key: one for key, one in answers.items() if one not in (None, "", [])},
        "checked_by": str(checked_by) if checked_by else None,
        "retired": retired,
        "by": str(actor.user_id),
        "at": clock.now().isoformat(),
    }


def _change(actor: Actor, row: Service, event: Event, value: dict[str, Any]) -> None:
    before = versions.opened(actor.desk, _BODY, row)
    if versions.VERSION in before:
        value[versions.VERSION] = before[versions.VERSION]
    at = versions.change(actor.desk, _BODY, row.id, value)
    _seal(actor, row, value)
    audit.record(actor.desk, event, event_id=at, service=str(row.id))


def _seal(actor: Actor, row: Service, value: dict[str, Any]) -> None:
    desk = actor.desk
    keeping.hold_epoch(desk.desk_id, desk.epoch)
    value["fill"] = " " * (_FILL - len(json.dumps(value, ensure_ascii=False).encode()))
    row.body = desk.seal(_BODY, row.id, value)
    db.session.flush()


def _open(actor: Actor, row: Service) -> Place:
    return _place(row, versions.opened(actor.desk, _BODY, row))


def _place(row: Service, value: Mapping[str, Any]) -> Place:
    checked_by = UUID(value["checked_by"]) if value["checked_by"] else None
    at = datetime.fromisoformat(value["at"])
    return Place(row.id, row.rev, value["answers"], checked_by, value["retired"], UUID(value["by"]), at)
