"""Logging a first contact: one page becomes a case, once, however often it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from casework import clock
from casework.access import policy, recovery
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import exceptions, gate, questions, references, rows, safe_contact, sections
from casework.cases.changing import finish
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Conflict, Invalid
from casework.people import consents
from casework.people.consents import CASEWORK, Answer
from casework.vault import Section, keeping

#: The code of the highest risk.
EMERGENCY = "emergency"
#: Where every case begins.
FIRST = "contact"


@dataclass(frozen=True, kw_only=True)
class FirstContact:
    """What the page brings.

    Attributes:
        answers: by stored key; only the language and "safe now?" are compulsory.
        consent: the answer to casework, if it was asked.
        danger: why somebody in danger could not be asked; empty, if there is no such need.
        take: whether who logs the case takes it on.
    """

    answers: Mapping[str, Any]
    consent: Answer | None = None
    danger: str = ""
    take: bool = False


def log(actor: Actor, contact: FirstContact, form_token: UUID) -> Case:
    """Make a case of a first contact.

    Args:
        actor: who logs it.
        contact: what the person said.
        form_token: of the form; the same one twice, also at one moment, makes one case.

    Raises:
        Invalid: a compulsory answer is missing, an answer identifies the person without consent or
            danger, the consent does not count, or the desk takes no cases yet. Nothing is kept then: the entrance rolls back.
        Conflict: the desk's keys were changed just now.
    """
    policy.require(actor, Action.CASE_LOG)
    known = logged_before(actor, form_token)
    if known is not None:
        return known
    if not recovery.takes_cases(actor.desk):
        raise Invalid(
            "This desk takes no cases yet: two people have to work here, or recovery cards have to be tried first.",
            "desk",
        )
    parts = questions.by_section(_urgent(contact.answers))
    sections.check_header({**dict.fromkeys(sections.required()), **parts[Section.HEADER]})
    row = _new_row(actor, contact, form_token)
    if row is None:
        return logged_before(actor, form_token) or _taken()
    case = OpenCase(actor, row, keeping.new_case(actor.desk, row.id), held=True)
    case.keys.statement.begin()
    _fill(case, contact, parts)
    finish(case)
    return row


def takes_cases(actor: Actor) -> bool:
    """Whether the desk may take cases, so that the page can say it before anything is typed."""
    return recovery.takes_cases(actor.desk)


def _urgent(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """An emergency is the highest risk, where nobody said how urgent it is."""
    if answers.get("danger_now") == "yes" and not questions.given(answers.get("risk")):
        return {**answers, "risk": EMERGENCY}
    return answers


def logged_before(actor: Actor, form_token: UUID) -> Case | None:
    """The case that this form has made already; None for a form that comes for the first time.

    Raises:
        Conflict: it made one at another desk.
    """
    row = db.session.scalar(select(Case).where(Case.form_token == form_token))
    if row is not None and row.desk_id != actor.desk_id:
        raise Conflict
    return row


def _taken() -> Case:
    raise Conflict


def _new_row(actor: Actor, contact: FirstContact, form_token: UUID) -> Case | None:
    """The plain row; None when the same form has just made one."""
    today = clock.today()
    row = Case(
        id=uuid4(),
        desk_id=actor.desk.desk_id,
        ref=_free_reference(),
        status=FIRST,
        primary_id=actor.user_id if contact.take else None,
        opened_on=today,
        changed_on=today,
        form_token=form_token,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return None
    return row


def _free_reference() -> str:
    """Eight billion references: at a hundred thousand cases one meeting another is no rarity any more."""
    while True:
        ref = references.new()
        if db.session.scalar(select(Case.id).where(Case.ref == ref)) is None:
            return ref


def _fill(case: OpenCase, contact: FirstContact, parts: Mapping[Section, Mapping[str, Any]]) -> None:
    """Seven sealed rows and a sealed name, written once; then the consent or the danger that allows them."""
    written = rows.lay_out(case, {**parts, Section.IDENTITY: safe_contact.first(parts[Section.IDENTITY])})
    audit.record(case.actor.desk, Event.CASE_LOGGED, case=case.keys, rows=audit.digest(*written))
    if contact.consent is not None:
        consents.record(case.actor, case.keys, contact.consent, uuid4())
    if contact.danger and not _agreed(contact):
        exceptions.begin(case, contact.danger)
    if parts[Section.IDENTITY]:
        gate.insist(case)


def _agreed(contact: FirstContact) -> bool:
    """Whether the person said yes to casework: then no emergency is needed, whatever else was typed."""
    asked = contact.consent
    return asked is not None and asked.given and asked.purpose == CASEWORK
