"""Coming to a case, and reading what happened on it."""

from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.audit.service import Seen
from casework.cases import opening
from casework.cases.opening import OpenCase


def arrive(actor: Actor, ref: str, reason: str | None = None) -> OpenCase:
    """Open a case to work on it; recorded once for each arrival.

    Args:
        actor: who opens it.
        ref: its reference.
        reason: why, where it is somebody else's.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref)
    audit.record(actor.desk, Event.CASE_OPENED, case=case.keys, reason=reason)
    return case


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
