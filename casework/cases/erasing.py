"""Erasing a case for good: its keys, its rows, its cards, its files; a certificate stays, and an id.

Without its wraps nothing of a case opens any more, also where a copy of its rows is still about. A backup
made earlier holds wraps and rows; the certificate names the day by which the last one has to be destroyed,
and the id is replayed over whatever is restored before that (`again`).
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from hmac import compare_digest
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from casework import clock, codes, queue
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import opening, person_held, references, saved
from casework.cases.models import Case, Erasure
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Conflict, Invalid, NotFound, Refused
from casework.vault import pack_for
from casework.vault.catalogue import field

_BODY = field("erasure.body")
_PURPOSE = "erased reference"
#: Certificates up to this size look alike.
_FILL = 1_500
#: The job that writes the ids of erased cases to a list outside the database.
KEEP_LIST = "cases.keep_erased_list"


@dataclass(frozen=True)
class Certificate:
    """What stays of an erased case.

    Attributes:
        id: of the certificate.
        ref: the reference that the person may hold on paper.
        reason: of the list `erasure_reasons`.
        on: the day of the erasure.
        backups_end_on: the day by which every backup that could hold the case is to be destroyed.
        by: who erased it.
    """

    id: UUID
    ref: str
    reason: str
    on: date
    backups_end_on: date
    by: UUID


def erase(
    actor: Actor, ref: str, reason: str, ref_again: str, backups_kept: timedelta, form_token: UUID
) -> UUID:
    """Erase a case. It cannot be taken back.

    Args:
        actor: who does it.
        ref: its reference.
        reason: of the list `erasure_reasons`.
        ref_again: the reference typed by hand, so that nobody erases another case than they mean.
        backups_kept: how long this installation keeps a backup.
        form_token: of the form; the same one twice erases once.

    Returns:
        The id of the certificate.

    Raises:
        Invalid: another reference was typed, the reason is none, or a hold stands.
        NotFound, Denied: not for this person.
        Conflict: the token made another certificate.
    """
    policy.require(actor, Action.CASE_ERASE)
    known = db.session.get(Erasure, form_token)
    if known is not None:
        return _the_same(actor, known)
    codes.load("erasure_reasons").code(reason)
    held = person_held.take(actor, Action.CASE_ERASE, ref)
    case = opening.hold(actor, ref, Action.CASE_ERASE)
    person_held.check(case, held)
    if not compare_digest(references.read(ref_again) or "", case.row.ref):
        raise Invalid("This is another reference. Type the one of this case.", "ref_again")
    saved.announce_erasing(case)
    _certify(case, reason, backups_kept, form_token)
    _take_away(case.id, actor)
    queue.enqueue(KEEP_LIST)
    return form_token


def _the_same(actor: Actor, known: Erasure) -> UUID:
    if known.desk_id != actor.desk_id:
        raise Conflict
    return known.id


def _certify(case: OpenCase, reason: str, backups_kept: timedelta, form_token: UUID) -> None:
    today, actor = clock.today(), case.actor
    row = Erasure(
        id=form_token, case_id=case.id, desk_id=case.desk_id, on=today, backups_end_on=today + backups_kept
    )
    value: dict[str, Any] = {
        "ref": "" if case.keys.restricted else case.row.ref,
        "named": _boxed(case, row.id),
        "reason": reason,
        "by": str(actor.user_id),
        "on": row.on.isoformat(),
        "backups_end_on": row.backups_end_on.isoformat(),
    }
    value["fill"] = " " * max(0, _FILL - len(json.dumps(value)))
    row.body = actor.desk.seal(_BODY, row.id, value)
    db.session.add(row)
    db.session.flush()
    # At the desk, not at the case: what is sealed to the case does not open any more from now on.
    audit.record(actor.desk, Event.CASE_ERASED, case_id=str(case.id), reason=reason)


def _boxed(case: OpenCase, row_id: UUID) -> dict[str, str]:
    """The reference of a restricted case, for each of those who could see it and for nobody else."""
    members = case.actor.desk.state.members
    named = sorted((case.keys.named or frozenset()) & members.keys())
    return {
        str(who): b64encode(pack_for(members[who].x, case.row.ref, _PURPOSE, row_id, who)).decode("ascii")
        for who in named
    }


def _take_away(case_id: UUID, actor: Actor | None = None) -> None:
    saved.announce_erased(case_id, actor)
    # Everything else that belongs to a case names it as its owner, and goes with it: wraps and links too.
    db.session.execute(delete(Case).where(Case.id == case_id))


def certificate(actor: Actor, certificate_id: UUID) -> Certificate:
    """The certificate of an erased case.

    Raises:
        NotFound, Denied: there is none here, or not for this person, or of a case that was closed to them.
        Refused: it does not open, or is not what was written.
    """
    policy.require(actor, Action.CASE_ERASE)
    query = select(Erasure).where(Erasure.id == certificate_id)
    row = db.session.scalar(policy.visible(actor, query, Erasure.desk_id, Action.CASE_ERASE))
    if row is None:
        raise NotFound
    found = _open(actor, row)
    if found is None:
        raise NotFound
    return found


def certificates(actor: Actor) -> list[Certificate]:
    """Every certificate of this desk that opens, newest first; of restricted cases, those of one's own.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.CASE_ERASE)
    query = select(Erasure).order_by(Erasure.on.desc(), Erasure.id)
    rows = db.session.scalars(policy.visible(actor, query, Erasure.desk_id, Action.CASE_ERASE))
    found = []
    for row in rows:
        # One that does not open must not hide the others.
        with suppress(Refused):
            found.append(_open(actor, row))
    return [one for one in found if one is not None]


def _open(actor: Actor, row: Erasure) -> Certificate | None:
    """A certificate; None where its case was closed to this person."""
    value = actor.desk.open(_BODY, row.id, row.body)
    if not isinstance(value, dict):
        raise Refused
    on, ends = date.fromisoformat(value["on"]), date.fromisoformat(value["backups_end_on"])
    if (on, ends) != (row.on, row.backups_end_on):
        raise Refused
    ref = value["ref"] or _mine(actor, row.id, value["named"])
    return Certificate(row.id, ref, value["reason"], on, ends, UUID(value["by"])) if ref else None


def _mine(actor: Actor, row_id: UUID, named: dict[str, str]) -> str | None:
    """The reference that was boxed to this person, if it was."""
    box = named.get(str(actor.user_id))
    if box is None:
        return None
    ref = actor.person.unpack(b64decode(box), _PURPOSE, row_id, actor.user_id)
    if not isinstance(ref, str):
        raise Refused
    return ref


def erased_ids() -> list[UUID]:
    """The ids of all erased cases, for the list that is kept apart from backups. Needs no keys."""
    return list(db.session.scalars(select(Erasure.case_id).order_by(Erasure.case_id)))


def again(case_ids: Iterable[UUID]) -> int:
    """Erase cases once more that a restored backup brought back. Needs no keys; before anything is served.

    Args:
        case_ids: from the list that was kept apart.

    Returns:
        How many of them were there.
    """
    there = db.session.scalars(select(Case.id).where(Case.id.in_(list(case_ids)))).all()
    for case_id in there:
        _take_away(case_id)
    return len(there)
