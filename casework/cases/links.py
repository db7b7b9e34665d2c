"""Who is answerable in a case: links to the register, inside the seal of the header."""

from dataclasses import dataclass
from uuid import UUID

from casework import codes
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import sections
from casework.cases.changing import changing
from casework.cases.opening import OpenCase
from casework.respondents import register
from casework.vault import Section

#: Where the links are kept in the header.
RESPONDENTS = "respondents"


@dataclass(frozen=True)
class Link:
    """A respondent's part in a case.

    Attributes:
        respondent_id: of the register.
        role: of the list `respondent_roles`.
    """

    respondent_id: UUID
    role: str


def links(case: OpenCase) -> tuple[Link, ...]:
    """Who is answerable in a case, in the order of linking."""
    stored = case.section(Section.HEADER).values.get(RESPONDENTS, [])
    return tuple(Link(UUID(one["respondent_id"]), one["role"]) for one in stored)


def link(actor: Actor, ref: str, respondent_id: UUID, role: str) -> OpenCase:
    """Say what somebody of the register did in a case. Saying it twice changes nothing.

    Args:
        actor: who says so, with the network's keys open.
        ref: the case's reference.
        respondent_id: of the register.
        role: of the list `respondent_roles`.

    Raises:
        NotFound: the register has none of this id, or there is no such case.
        Invalid: an unknown role.
    """
    codes.load("respondent_roles").code(role)
    register.get(actor, respondent_id)
    with changing(actor, ref, Action.CASE_WORK) as case:
        _add(case, Link(respondent_id, role))
    return case


def enter_and_link(
    actor: Actor, ref: str, kind: str, name: str, country: str, role: str, form_token: UUID
) -> OpenCase:
    """Write somebody into the register and link them, in one go.

    The case is held first, as in every change: taking the two in another order could make two people
    wait for each other.

    Args:
        actor: who says so, with the network's keys open.
        ref: the case's reference.
        kind, name, country: as `register.enter` takes them.
        role: of the list `respondent_roles`.
        form_token: of the form; the same one twice makes one respondent and one link.

    Raises:
        Invalid: no name, or a code that is none.
    """
    codes.load("respondent_roles").code(role)
    with changing(actor, ref, Action.CASE_WORK) as case:
        entered = register.enter(actor, kind, name, country, form_token)
        _add(case, Link(entered.id, role))
    return case


def _add(case: OpenCase, new: Link) -> None:
    now = links(case)
    if new not in now:
        _put(case, (*now, new))
        audit.record(
            case.actor.desk, Event.RESPONDENT_LINKED, case=case.keys, respondent=str(new.respondent_id)
        )


def unlink(actor: Actor, ref: str, respondent_id: UUID, role: str) -> OpenCase:
    """Take a link back; the register keeps the respondent.

    Raises:
        NotFound, Denied: not for this person.
    """
    with changing(actor, ref, Action.CASE_WORK) as case:
        gone = Link(respondent_id, role)
        _put(case, tuple(one for one in links(case) if one != gone))
    return case


def _put(case: OpenCase, now: tuple[Link, ...]) -> None:
    stored = [{"respondent_id": str(one.respondent_id), "role": one.role} for one in now]
    sections.put(case, Section.HEADER, {RESPONDENTS: stored})
