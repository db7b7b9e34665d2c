"""What the people of a desk are told about a case on their Today: a rule was overridden, a release is asked for.

The line lies under the case's own key, so that a restricted case tells nobody who cannot open it. The record
of the case keeps for good what happened; a line goes when it was seen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import apart, opening
from casework.cases.changing import following
from casework.cases.models import Case, HeadsUp
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Denied, NotFound, Refused
from casework.vault import CaseKeys, Section

#: More would bury the rest of the page; the record of each case has them all.
MOST = 20
#: Lines that are looked at for those, at most: what concerns others must not push out what concerns this person.
_MOST_READ = 1_000


class What(StrEnum):
    """What somebody is told."""

    OVERRIDDEN = "overridden"
    RELEASE = "release"
    WITHDRAWN = "withdrawn"
    NOT_REACHED = "not_reached"
    #: Not written down by anybody: lines of this case were taken out or put back.
    AMISS = "amiss"


#: Who is told: those who may do this.
FOR = {
    What.OVERRIDDEN: Action.CASE_AUDIT,
    What.RELEASE: Action.OUTSIDE_RELEASE,
    What.WITHDRAWN: Action.CASE_AUDIT,
    What.NOT_REACHED: Action.CASE_AUDIT,
    What.AMISS: Action.CASE_MEND,
}


@dataclass(frozen=True)
class Line:
    """One thing that somebody is told.

    Attributes:
        id: of its row.
        ref: of the case.
        called: what the person is called, if they gave a name.
        what: happened.
        by: who did it.
        at: when.
        reason: in their words.
    """

    id: UUID
    ref: str
    called: str | None
    what: What
    by: UUID
    at: datetime
    reason: str


def tell(case: OpenCase, what: What, reason: str = "") -> None:
    """Put a line on the Today of those whom it concerns.

    Args:
        case: held, so that the line is stated with it.
        what: happened.
        reason: in somebody's words.
    """
    row = HeadsUp(id=uuid4(), case_id=case.id, desk_id=case.desk_id, on=clock.today())
    row.tag, row.generation = case.keys.tag(Section.HEADER), case.keys.generation
    value = {
        "what": what.value,
        "by": str(case.actor.user_id),
        "at": clock.now().isoformat(),
        "reason": reason,
    }
    row.body = case.keys.seal(apart.TOLD, row.id, Section.HEADER, value)
    db.session.add(row)
    apart.told(case, row)
    db.session.flush()


def waiting(actor: Actor) -> list[Line]:
    """What concerns this person, newest first; what does not open is passed over."""
    newest = select(HeadsUp).order_by(HeadsUp.on.desc(), HeadsUp.id).limit(_MOST_READ)
    rows = db.session.scalars(policy.visible(actor, newest, HeadsUp.desk_id, Action.CASE_LIST)).all()
    cases = dict.fromkeys(row.case_id for row in rows)
    found = islice((line for case_id in cases for line in _of_case(actor, case_id)), MOST)
    return sorted(found, key=lambda line: line.at, reverse=True)


def _of_case(actor: Actor, case_id: UUID) -> Iterator[Line]:
    try:
        case = opening.for_upkeep(actor, db.session.get_one(Case, case_id).ref)
    except (Refused, Denied, NotFound):
        return
    rows, as_left = apart.lines(case)
    if not as_left:
        case.lacks(apart.TOLD.name)
    told = [*_opened(case, rows), *(() if as_left else (_amiss(case),))]
    yield from (one for one in told if _concerns(actor, one, case))


def _opened(case: OpenCase, rows: Iterable[HeadsUp]) -> Iterator[Line]:
    for row in rows:
        try:
            yield _line(case.keys, row, case)
        except Refused:
            continue


def _amiss(case: OpenCase) -> Line:
    """Lines were taken out or put back: whoever can mend the case is sent there."""
    return Line(case.id, case.row.ref, case.called, What.AMISS, case.actor.user_id, clock.now(), "")


def _concerns(actor: Actor, line: Line, case: OpenCase) -> bool:
    asked = line.what is What.RELEASE and line.by == actor.user_id
    return policy.can(actor, FOR[line.what], case) and not asked


def _line(keys: CaseKeys, row: HeadsUp, case: OpenCase) -> Line:
    value = keys.open(apart.TOLD, row.id, Section.HEADER, row.body)
    if not isinstance(value, dict):
        raise Refused
    return Line(
        id=row.id,
        ref=case.row.ref,
        called=case.called,
        what=What(value["what"]),
        by=UUID(value["by"]),
        at=datetime.fromisoformat(value["at"]),
        reason=value["reason"],
    )


def seen(actor: Actor, ref: str, line_id: UUID) -> None:
    """Take a line away, because whom it concerned has seen it; that is recorded.

    Raises:
        NotFound, Denied: not for this person, or gone already.
    """
    with following(actor, ref) as case:
        row = db.session.get(HeadsUp, line_id, populate_existing=True)
        if row is None or row.case_id != case.id:
            raise NotFound
        line = _line(case.keys, row, case)
        policy.require(actor, FOR[line.what], case)
        if line.what is What.RELEASE:
            # It goes when somebody has decided, not when somebody has looked.
            raise NotFound
        _drop(case, row)
        audit.record(actor.desk, Event.HEADS_UP_SEEN, case=case.keys, what=line.what.value)


def settle(case: OpenCase, what: What) -> None:
    """What a case waited for was decided: its lines go. One that does not open stays, and keeps nobody from it."""
    for row in apart.lines(case)[0]:
        try:
            line = _line(case.keys, row, case)
        except Refused:
            case.complain(apart.TOLD.name)
            continue
        if line.what is what:
            _drop(case, row)
    db.session.flush()


def _drop(case: OpenCase, row: HeadsUp) -> None:
    apart.untold(case, row)
    db.session.delete(row)
