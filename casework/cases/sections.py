"""The sections of a case: looked at, which is recorded, and saved, which is compared first."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import gate, kinds, opening, questions, rows, safe_contact
from casework.cases.changing import Differing, changing
from casework.cases.opening import OpenCase, SectionValues, State
from casework.errors import Invalid
from casework.vault import Section


def look(actor: Actor, ref: str, section: Section) -> tuple[OpenCase, SectionValues]:
    """Open a case for one of its sections, for somebody to read; each opening is one event.

    How the person is reached is not among it, whoever asks: `reaching` shows that after its rule was read.

    Args:
        actor: who reads.
        ref: the case's reference.
        section: which one.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref)
    seen = case.section(section)
    if seen.state is State.OPEN:
        audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section=section.value)
    return case, replace(seen, values=safe_contact.held_back(seen.values))


def view(actor: Actor, ref: str, section: Section) -> SectionValues:
    """The section alone. Arguments and errors are those of `look`."""
    return look(actor, ref, section)[1]


def save(actor: Actor, ref: str, section: Section, values: Mapping[str, Any], rev: int) -> OpenCase:
    """Save answers of one section. Answers that are not sent stay; one sent empty is taken out.

    Args:
        actor: who saves.
        ref: the case's reference.
        section: which one.
        values: answers by stored key, as `values.parse` gives them.
        rev: the revision that the sender had seen; 0 for a section that was removed.

    Raises:
        Differing: somebody else saved meanwhile; carries both versions.
        Invalid: an answer belongs elsewhere, or identifies the person without their consent.
        Refused: the section does not open.
    """
    questions.insist_on(section, values)
    questions.insist_on_order(section, values)
    with changing(actor, ref, Action.CASE_WORK) as case:
        now = case.section(section)
        changed = _changes(now.values, values)
        if now.rev != rev and changed:
            raise Differing(now, dict(values), rev)
        gate.pass_through(case, section, changed)
        put(case, section, changed)
    return case


def put(case: OpenCase, section: Section, changed: Mapping[str, Any]) -> None:
    """Write changed answers of a case that is held, and record which ones they were."""
    if section is Section.HEADER:
        check_header(changed)
    merged = {**case.section(section).values, **changed}
    written = rows.write(
        case, section, {key: value for key, value in merged.items() if questions.given(value)}
    )
    audit.record(
        case.actor.desk,
        Event.SECTION_SAVED,
        case=case.keys,
        section=section.value,
        fields=sorted(changed),
        rows=audit.digest(*written),
    )


def _changes(old: Mapping[str, Any], sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent and is not stored already; something empty stands for what is to be taken out."""
    tidy = {key: value if questions.given(value) else None for key, value in sent.items()}
    return {key: value for key, value in tidy.items() if value != old.get(key)}


def check_header(answers: Mapping[str, Any]) -> None:
    """What every case must have, whoever saves it.

    Args:
        answers: those that are to be stored; empty ones are to be taken out.

    Raises:
        Invalid: a question that has to be answered is not, or a kind is not known.
    """
    for key in required():
        if key in answers and not questions.given(answers[key]):
            raise Invalid("This question has to be answered.", key)
    for kind in (answers.get("kind"), *(answers.get("other_kinds") or [])):
        if kind:
            kinds.get(kind)


def required() -> tuple[str, ...]:
    """The common questions that have to be answered: a language, and whether the person is safe."""
    return tuple(field.key for field in kinds.common() if field.required)
