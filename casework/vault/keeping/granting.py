"""Grants in the database: boxed anew whenever a case gets a new key, taken away without any key."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from casework import clock
from casework.db import db
from casework.errors import Refused
from casework.vault import grant
from casework.vault.case import CaseKeys
from casework.vault.catalogue import field
from casework.vault.chain import Role
from casework.vault.desk import DeskKeys
from casework.vault.models import Grant
from casework.vault.sections import Section

BODY = field("grant.body")
#: Waiting for a conflict check or a ruling · given · ended, the case still under a key that the ally was given ·
#: the case has a new key, older rows are being sealed anew · nothing is left under the old one.
WAITING, LIVE, DUE, RESEALING, ENDED = "waiting", "live", "due", "resealing", "ended"


def seal(case: CaseKeys, row: Grant, given: dict[str, Any]) -> None:
    """Put what a grant gives under the seal of its row, and count it in the case's statement."""
    said = case.statement
    if row.body is not None:
        said.take(BODY, row.id, row.body)
    row.tag, row.generation = case.tag(Section.HEADER), case.generation
    row.body = case.seal(BODY, row.id, Section.HEADER, given)
    said.add(BODY, row.id, row.body)


def opened(case: CaseKeys, row: Grant) -> dict[str, Any]:
    """What a grant gives.

    Raises:
        Refused: it does not open, is from before the last revocation, or its row says another ally or day.
    """
    generation = int.from_bytes(row.body[1:5], "big")
    if generation < case.state.bumps.get(case.case_id, 0):
        raise Refused
    given = case.open(BODY, row.id, Section.HEADER, row.body)
    if not isinstance(given, dict) or (given["ally"], given["until"]) != (
        str(row.ally_id),
        row.ends_on.isoformat(),
    ):
        raise Refused
    return given


def blocked(given: dict[str, Any]) -> bool:
    """Whether a conflict check found what nobody has ruled on, or had nothing to compare; the plain state proves nothing."""
    allowed = [list(pair) for pair in given.get("allowed", ())]
    return bool(given["unlisted"]) or any(list(pair) not in allowed for pair in given["hits"])


def box(desk: DeskKeys, case: CaseKeys, row: Grant, given: dict[str, Any]) -> None:
    """Hand over what a grant gives: from now on its ally can open it."""
    place = place_of(row, case.generation)
    row.boxed_at = case.generation
    row.box, row.signature = grant.box(desk.person, desk.state, place, case, _handed(given))
    row.signer_id = desk.person.user_id


def _handed(given: dict[str, Any]) -> dict[str, Any]:
    """What goes into the box; what the desk keeps for itself does not."""
    return {name: given[name] for name in ("sections", "talk", "files", "about")}


def place_of(row: Grant, generation: int) -> grant.Place:
    """What the box of a row is bound to."""
    return grant.Place(row.desk_id, row.case_id, row.id, row.ally_id, generation, row.ends_on)


def shared(desk_id: UUID) -> set[UUID]:
    """Which cases of a desk have a grant that lives; they are few."""
    rows = select(Grant.case_id).where(Grant.desk_id == desk_id, Grant.state == LIVE)
    return set(db.session.scalars(rows.distinct()))


def renew(desk: DeskKeys, case: CaseKeys) -> None:
    """Box every living grant of a case anew, because the case has a new key.

    What does not open, has ended, was put back, or is for somebody who is no ally any more gets no box.
    """
    rows = db.session.scalars(select(Grant).where(Grant.case_id == case.case_id, Grant.state == LIVE)).all()
    whole = not case.statement.number or _whole(case)
    for row in rows:
        row.box = None
        if whole and row.ends_on >= clock.today():
            _box_if_it_holds(desk, case, row)
    db.session.flush()


def _whole(case: CaseKeys) -> bool:
    every = db.session.execute(select(Grant.id, Grant.body).where(Grant.case_id == case.case_id))
    return case.statement.whole(BODY, [(row.id, row.body) for row in every])


def _box_if_it_holds(desk: DeskKeys, case: CaseKeys, row: Grant) -> None:
    try:
        given = opened(case, row)
        if not given.get("ended") and not blocked(given) and _is_ally(desk, row.ally_id):
            box(desk, case, row, given)
    except Refused:
        row.box = None


def _is_ally(desk: DeskKeys, user_id: UUID) -> bool:
    member = desk.state.members.get(user_id)
    return member is not None and member.role is Role.ALLY


def carry(case: CaseKeys) -> bool:
    """Seal what grants give under the newest key of their case, if nobody took one out or put one back.

    Returns:
        Whether they are whole; if not, they stay as they are, and a cut leaves them behind.
    """
    if not _whole(case):
        return False
    for row in db.session.scalars(select(Grant).where(Grant.case_id == case.case_id)):
        try:
            seal(case, row, opened(case, row))
        except Refused:
            continue
    return True


def expire(today: date) -> int:
    """Take away the boxes of grants whose last day has passed; needs no keys.

    Returns:
        How many there were.
    """
    late = update(Grant).where(Grant.state.in_((LIVE, WAITING)), Grant.ends_on < today)
    gone = late.values(box=None, state=DUE).returning(Grant.id)
    return len(db.session.execute(gone, execution_options={"synchronize_session": False}).all())


def shut(desk_id: UUID) -> None:
    """A desk was locked: no ally opens anything. Who lives is boxed anew once two have opened it again."""
    every = update(Grant).where(Grant.desk_id == desk_id).values(box=None)
    db.session.execute(every, execution_options={"synchronize_session": False})


def drop(desk_id: UUID, ally_id: UUID) -> None:
    """An ally left the desk: their boxes go at once, and the cases wait for a new key; needs no keys."""
    theirs = (Grant.desk_id == desk_id, Grant.ally_id == ally_id, Grant.state.in_((LIVE, WAITING)))
    gone = update(Grant).where(*theirs).values(box=None, state=DUE)
    db.session.execute(gone, execution_options={"synchronize_session": False})


def pause(desk_id: UUID, ally_id: UUID) -> int:
    """An ally named somebody new whom they act for or against: nothing opens until the desk has compared.

    Returns:
        How many grants wait now.
    """
    theirs = (Grant.desk_id == desk_id, Grant.ally_id == ally_id, Grant.state == LIVE)
    waits = update(Grant).where(*theirs).values(box=None, state=WAITING).returning(Grant.id)
    return len(db.session.execute(waits, execution_options={"synchronize_session": False}).all())
