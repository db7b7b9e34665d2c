"""Coming to a case, and reading what happened on it."""

from uuid import UUID

from sqlalchemy import select

from casework import codes
from casework.access.actor import Actor
from casework.access.models import Desk
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.audit.service import Seen
from casework.cases import opening, references
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Invalid


def arrive(actor: Actor, ref: str) -> OpenCase:
    """Open a case to work on it; recorded once for each arrival.

    Args:
        actor: who opens it.
        ref: its reference.

    Raises:
        NotFound, Denied: not for this person.
        NeedsReason: it is somebody else's; `say_why` comes first.
    """
    case = opening.load(actor, ref)
    audit.record(actor.desk, Event.CASE_OPENED, case=case.keys, reason=None)
    return case


def case_id_of(code: str, ref: str) -> UUID | None:
    """The id of the case that an address names; it opens nothing and says nothing to anybody.

    Args:
        code: of the desk.
        ref: as it stands in the address.
    """
    here = select(Case.id).join(Desk, Desk.id == Case.desk_id).where(Desk.code == code)
    return db.session.scalar(here.where(Case.ref == references.read(ref)))


def check_there(actor: Actor, ref: str) -> None:
    """Go on only where this person could open the case.

    Raises:
        NotFound, Denied: not for this person.
    """
    opening.for_upkeep(actor, ref)


def say_why(actor: Actor, ref: str, reason: str) -> UUID:
    """Say why a case is opened that is somebody else's; the case's record keeps it, and the desk's for a week's look.

    Args:
        actor: who opens it.
        ref: its reference.
        reason: of the list `opening_reasons`.

    Returns:
        The id of the case, for the session to remember.

    Raises:
        NotFound, Denied: not for this person.
        Invalid: no reason of the list.
    """
    if reason not in codes.load("opening_reasons").codes:
        raise Invalid("Please choose why you open it.", "reason")
    case = opening.for_upkeep(actor, ref)
    audit.record(actor.desk, Event.CASE_OPENED, case=case.keys, reason=reason)
    audit.record(actor.desk, Event.OPENED_WITH_REASON, case_id=str(case.id), reason=reason)
    return case.id


def look_into(actor: Actor, ref: str, part: str) -> OpenCase:
    """Open a case for a page about one part of it that is no section: its consents, who is answerable.

    Args:
        actor: who reads.
        ref: the case's reference.
        part: `consents` or `respondents`, as the record names it.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref)
    audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section=part)
    return case


def record_of(actor: Actor, ref: str) -> tuple[OpenCase, list[Seen]]:
    """What happened on a case, newest first; reading it is recorded too.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref, Action.CASE_AUDIT)
    seen = audit.of_case(actor.desk, case.keys)
    audit.record(actor.desk, Event.AUDIT_READ, case=case.keys)
    return case, seen
