"""What was given to a person: added to the plan one by one, quicker than by changing the whole of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases import kinds, sections
from casework.cases.changing import changing
from casework.cases.fields import Field
from casework.errors import Invalid
from casework.vault import Section

#: The question of the plan whose rows these are; and the tokens of the last forms, by which a double click adds one.
SERVICES, _TOKENS = "services", "given_by_form"
_KEPT_TOKENS = 8


def question() -> Field:
    """The question of the plan that asks for what was given."""
    return next(field for field in kinds.page("plan") if field.key == SERVICES)


def give(actor: Actor, ref: str, row: Mapping[str, Any], form_token: UUID) -> None:
    """Write down something that was given.

    Args:
        actor: who writes.
        ref: the case's reference.
        row: by the keys of the question's own fields.
        form_token: of the form; the same one twice adds one.

    Raises:
        Invalid: it does not say what, or there is no room for more.
        NotFound, Denied: not for this person.
    """
    if not row.get("service"):
        raise Invalid("Please answer this one.", "service")
    with changing(actor, ref, Action.CASE_WORK) as case:
        stored = case.section(Section.PLAN).values
        given, sent = list(stored.get(SERVICES, [])), list(stored.get(_TOKENS, []))
        if str(form_token) in sent:
            return
        if len(given) >= (most := question().rows):
            raise Invalid("There is room for %(rows)s of these. Put the rest in a note.", rows=most)
        changed = {SERVICES: [*given, dict(row)], _TOKENS: [*sent, str(form_token)][-_KEPT_TOKENS:]}
        sections.put(case, Section.PLAN, changed)
