"""What waits at a desk because an ally has something of a case: a ruling of a coordinator, or an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, or_, select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases import opening
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Conflict, Denied, NotFound, Refused
from casework.sharing import grants, heard
from casework.sharing.models import GrantMessage
from casework.vault.keeping import granting
from casework.vault.models import Grant

#: Grants that are looked at for one page, of each sort.
MOST = 10


class What(StrEnum):
    """What waits."""

    RULING = "ruling"
    ANSWER = "answer"
    UNSIGNED = "unsigned"


@dataclass(frozen=True)
class Waits:
    """Something that waits for the desk.

    Attributes:
        what: waits.
        ref: of the case.
        called: what the person is called, if they gave a name.
        ally: the name that the ally had when they were given it.
        grant_id: of the grant.
    """

    what: What
    ref: str
    called: str | None
    ally: str
    grant_id: UUID


def waiting(actor: Actor) -> list[Waits]:
    """What waits for this person: rulings for who makes them, questions for who works on the case, or leads the desk.

    Cases that are closed to this person are passed over, like what does not open.
    """
    return [*_rulings(actor), *_questions(actor)]


def _rulings(actor: Actor) -> Iterator[Waits]:
    if not policy.can(actor, Action.GRANT_MAKE):
        return
    waits = select(Grant.case_id, Grant.id).where(
        Grant.state == granting.WAITING, Grant.ends_on >= clock.today(), Grant.desk_id == actor.desk_id
    )
    for case_id, grant_id in db.session.execute(waits.order_by(Grant.ends_on, Grant.id).limit(MOST)):
        for case, name in _opened(actor, case_id, grant_id):
            yield Waits(What.RULING, case.row.ref, case.called, name, grant_id)


def _questions(actor: Actor) -> Iterator[Waits]:
    for case_id, grant_id in _talks(actor):
        for case, name in _opened(actor, case_id, grant_id):
            talk = heard.of_case(case, grant_id)
            if talk.awaits_desk:
                what = What.UNSIGNED if talk.unsigned else What.ANSWER
                yield Waits(what, case.row.ref, case.called, name, grant_id)


def _talks(actor: Actor) -> Sequence[tuple[UUID, UUID]]:
    """Living grants about which something was said, the newest first."""
    talks = (
        select(Grant.case_id, Grant.id)
        .join(GrantMessage, GrantMessage.grant_id == Grant.id)
        .join(Case, Case.id == Grant.case_id)
        .where(Grant.desk_id == actor.desk_id, Grant.state == granting.LIVE)
        .group_by(Grant.case_id, Grant.id)
        .order_by(func.max(GrantMessage.on).desc(), Grant.id)
        .limit(MOST)
    )
    if not policy.can(actor, Action.GRANT_MAKE):
        talks = talks.where(or_(Case.primary_id == actor.user_id, Case.backup_id == actor.user_id))
    return [(case_id, grant_id) for case_id, grant_id in db.session.execute(talks)]


def _opened(actor: Actor, case_id: UUID, grant_id: UUID) -> Iterator[tuple[OpenCase, str]]:
    try:
        case = opening.for_upkeep(actor, db.session.get_one(Case, case_id).ref)
        yield case, str(grants.one(case, grant_id)[1]["name"])
    except (Conflict, Denied, NotFound, Refused):
        return
