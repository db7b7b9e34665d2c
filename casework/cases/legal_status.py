"""Immigration status: absent, until a legal step needs it; for those who are assigned; gone on its day.

Every copy is boxed to one user's own key, inside a seal of the case: whoever holds the case's key, as all of the
desk do, can neither read nor forge it for another. It is on no card, in no list, in no record and in no figure.

Source: casework practice §5, rule 6.
"""

from base64 import b64decode, b64encode
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from casework import clock, codes
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import apart, gate, opening
from casework.cases.changing import changing, following
from casework.cases.models import LegalStatus
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.vault import Section, keeping, pack_for

_BODY = apart.STATUS
_PURPOSE = "legal status"
USUALLY = timedelta(days=90)
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Needed:
    """What a legal step needs.

    Attributes:
        step: of the list `legal_steps`.
        status: of the list `immigration_statuses`.
        note: what a lawyer has to know about it.
        until: the last day; 90 days from now, if left out.
    """

    step: str
    status: str
    note: str = ""
    until: date | None = None


def assigned(case: OpenCase) -> bool:
    """Whether whoever opened a case works on it or stands in: nobody else writes or opens this."""
    return case.actor.user_id in (case.row.primary_id, case.row.backup_id)


def write(actor: Actor, ref: str, needed: Needed) -> None:
    """Write down what a legal step needs, in place of what was there.

    Raises:
        NotFound: this person is not assigned.
        Invalid: no such step or status, a day that has passed or is too far, or the person did not agree to casework.
    """
    with changing(actor, ref, Action.STATUS_RECORD) as case:
        _only_assigned(case)
        until = _checked(needed)
        if not gate.allowed(case):
            raise Invalid("This can only be kept when the person agrees to casework.", "status")
        value = {
            "step": needed.step,
            "status": needed.status,
            "note": needed.note,
            "until": until.isoformat(),
        }
        _keep(case, apart.status(case)[0] or _new(case), value, until)
        audit.record(actor.desk, Event.LEGAL_STATUS_WRITTEN, case=case.keys)


def _only_assigned(case: OpenCase) -> None:
    if not assigned(case):
        raise NotFound


def _checked(needed: Needed) -> date:
    for listed, key, name in (
        ("legal_steps", needed.step, "step"),
        ("immigration_statuses", needed.status, "status"),
    ):
        if key not in codes.load(listed):
            raise Invalid("Please answer this one.", name)
    until = needed.until or clock.today() + USUALLY
    if not clock.today() < until <= clock.today() + LONGEST:
        raise Invalid("Choose a day within a year from now.", "until")
    return until


def look(actor: Actor, ref: str) -> Needed | None:
    """What a legal step needs, for those who are assigned; opening it is recorded.

    Raises:
        NotFound: this person is not assigned, or was not when it was written.
        Refused: it does not open, or is not what was left there.
    """
    case = opening.load(actor, ref, Action.STATUS_RECORD)
    _only_assigned(case)
    row = _as_left(case)
    if row is None or row.purge_on <= clock.today():
        return None
    value = _mine(case, row)
    if value is None:
        raise NotFound
    if _shared(case, row):
        audit.record(actor.desk, Event.LEGAL_STATUS_OPENED, case=case.keys)
    else:
        _share(actor, ref)
    # The day inside the seal counts: the plain one could be put off by whoever writes to the database.
    if (until := date.fromisoformat(value["until"])) <= clock.today():
        return None
    return Needed(value["step"], value["status"], value["note"], until)


def remove(actor: Actor, ref: str) -> None:
    """It is not needed any more.

    Raises:
        NotFound: this person is not assigned.
    """
    with changing(actor, ref, Action.STATUS_RECORD, also_closed=True) as case:
        _only_assigned(case)
        _drop(case)
        audit.record(actor.desk, Event.LEGAL_STATUS_PURGED, case=case.keys)


def hand_on(case: OpenCase) -> None:
    """After others were assigned: who is not any more loses their copy, who is new gets one from who has it.

    Where nobody who holds a copy is left, nobody could read it, so it goes.
    """
    row, as_left = apart.status(case)
    if row is None:
        return
    if not as_left:
        # Whose copy lies in it, nobody knows. It stays noticed until a coordinator lets the case stand.
        db.session.execute(delete(LegalStatus).where(LegalStatus.case_id == case.id))
        return
    value = _mine(case, row)
    if value is not None:
        _keep(case, row, value, row.purge_on)
        return
    left = {user: box for user, box in _boxes(case, row).items() if UUID(user) in _pair(case)}
    if left:
        _seal(case, row, left)
    else:
        _drop(case)
    db.session.flush()


def purge(today: date | None = None) -> Counter[UUID]:
    """Remove what has come to its day. A job: needs no keys.

    Args:
        today: up to which day; the present one, if left out.

    Returns:
        How many were removed at each desk; those of restricted cases are not counted.
    """
    due = select(LegalStatus).where(LegalStatus.purge_on <= (today or clock.today()))
    rows = db.session.scalars(due.with_for_update(skip_locked=True)).all()
    gone = [(row.desk_id, row.case_id) for row in rows]
    for row in rows:
        db.session.delete(row)
    db.session.flush()
    for desk_id, case_id in sorted(gone):
        _record(desk_id, case_id)
    return Counter(desk_id for desk_id, case_id in gone if not keeping.is_restricted(case_id))


def _record(desk_id: UUID, case_id: UUID) -> None:
    try:
        audit.record_keyless(keeping.load(desk_id), Event.LEGAL_STATUS_PURGED, case_id=case_id)
    except Refused:
        # A chain that does not verify cannot be written for; that must not keep this alive.
        return


def for_copy(case: OpenCase) -> dict[str, Any]:
    """What a copy for the person says of it: all of it where who makes the copy holds it, else that it is kept.

    Args:
        case: opened by whoever makes the copy; opening it is recorded.
    """
    try:
        row = _as_left(case)
    except Refused:
        return {"kept": True, "left_out": "it is not what was left here"}
    if row is None or row.purge_on <= clock.today():
        return {"kept": False}
    try:
        value = _mine(case, row) if assigned(case) else None
    except Refused:
        value = None
    if value is None:
        return {"kept": True, "left_out": "only those who work on the case can open it"}
    audit.record(case.actor.desk, Event.LEGAL_STATUS_OPENED, case=case.keys)
    return {"kept": True, **value}


def end(case: OpenCase) -> None:
    """The case is being closed: no legal step needs it any more."""
    stored = select(LegalStatus.id).where(LegalStatus.case_id == case.id)
    if db.session.scalar(stored) is not None:
        _drop(case)
        audit.record(case.actor.desk, Event.LEGAL_STATUS_PURGED, case=case.keys)


def _as_left(case: OpenCase) -> LegalStatus | None:
    """The row.

    Raises:
        Refused: it is not what was left there; that is recorded.
    """
    row, as_left = apart.status(case)
    if not as_left:
        case.lacks(_BODY.name)
        raise Refused
    return row


def _drop(case: OpenCase) -> None:
    db.session.execute(delete(LegalStatus).where(LegalStatus.case_id == case.id))
    apart.no_status(case)


def _new(case: OpenCase) -> LegalStatus:
    row = LegalStatus(id=uuid4(), case_id=case.id, desk_id=case.desk_id)
    row.tag = case.keys.tag(Section.LEGAL)
    db.session.add(row)
    return row


def _pair(case: OpenCase) -> set[UUID]:
    """Who is assigned, as far as the desk's signed chain knows them as its workers."""
    members = case.actor.desk.state.members
    pair = (case.row.primary_id, case.row.backup_id)
    return {who for who in pair if who and who in members and policy.works_cases(members[who].role)}


def _shared(case: OpenCase, row: LegalStatus) -> bool:
    return {UUID(user) for user in _boxes(case, row)} == _pair(case)


def _share(actor: Actor, ref: str) -> None:
    """Give a copy to whoever was assigned by somebody who held none."""
    with following(actor, ref) as case:
        row = _as_left(case)
        value = _mine(case, row) if row else None
        if row and value:
            _keep(case, row, value, row.purge_on)
        audit.record(actor.desk, Event.LEGAL_STATUS_OPENED, case=case.keys)


def _keep(case: OpenCase, row: LegalStatus, value: dict[str, Any], until: date) -> None:
    row.purge_on = until
    _seal(case, row, {str(who): _boxed(case, row, who, value) for who in sorted(_pair(case))})
    db.session.flush()


def _boxed(case: OpenCase, row: LegalStatus, who: UUID, value: dict[str, Any]) -> str:
    public = case.actor.desk.state.members[who].x
    return b64encode(pack_for(public, value, _PURPOSE, case.id, row.id, who)).decode("ascii")


def _seal(case: OpenCase, row: LegalStatus, boxes: dict[str, str]) -> None:
    row.generation = case.keys.generation
    row.body = case.keys.seal(_BODY, row.id, Section.LEGAL, {"boxes": boxes})
    apart.put_status(case, row)


def _boxes(case: OpenCase, row: LegalStatus) -> dict[str, str]:
    value = case.keys.open(_BODY, row.id, Section.LEGAL, row.body)
    if not isinstance(value, dict):
        raise Refused
    return dict(value["boxes"])


def _mine(case: OpenCase, row: LegalStatus) -> dict[str, Any] | None:
    """What is boxed to whoever opened the case; None where nothing is."""
    me = case.actor.user_id
    box = _boxes(case, row).get(str(me))
    if box is None:
        return None
    value = case.actor.person.unpack(b64decode(box), _PURPOSE, case.id, row.id, me)
    if not isinstance(value, dict):
        raise Refused
    return value
