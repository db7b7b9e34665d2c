"""Which section an answer lies in. The files decide, not the form that sends it.

An answer to a question of a kind is stored under `kind.question`, a common one under its own key, so
that two kinds on one case never overwrite each other. Whatever identifies the person belongs to the
identity section: an answer that is sent for another section than its own is refused, so nothing that
identifies gets past the consent under a wrong heading.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from casework.cases import kinds
from casework.cases.values import order
from casework.errors import Invalid
from casework.vault import Section

#: The name that a person goes by is asked with the identity and sealed in a column of its own.
CALLED = "called"


def stored_key(kind: str | None, question: str) -> str:
    """Under which key an answer is stored.

    Args:
        kind: the key of a kind; None for a common question.
        question: the key of the field.
    """
    return f"{kind}.{question}" if kind else question


def section_of(key: str) -> Section:
    """The section in which an answer is sealed.

    Args:
        key: as it is stored.

    Raises:
        Invalid: no file asks this.
    """
    kind, dot, question = key.partition(".")
    if dot:
        return Section(kinds.get(kind).field(question).section)
    for field in kinds.common():
        if field.key == key:
            return Section(field.section)
    raise Invalid("This question is not asked here.", key)


def insist_on(section: Section, keys: Iterable[str]) -> None:
    """Go on only if all these answers belong to one section.

    Raises:
        Invalid: one belongs elsewhere, or nobody asks it.
    """
    for key in keys:
        if section_of(key) is not section:
            raise Invalid("This answer belongs to another part of the case.", key)


def insist_on_order(section: Section, answers: Mapping[str, Any]) -> None:
    """Go on only if no day among these answers lies before the one that it must follow.

    Raises:
        Invalid: one does; names it by its stored key.
    """
    for kind in dict.fromkeys(key.partition(".")[0] for key in answers if "." in key):
        fields = kinds.get(kind).fields(section=section.value)
        for complaint in order.complaints(fields, of_kind(answers, kind), stored_key(kind, "")):
            raise complaint


def by_section(answers: Mapping[str, Any]) -> dict[Section, dict[str, Any]]:
    """Answers in the sections that they belong to; every section is there, filled or not.

    Raises:
        Invalid: nobody asks one of them.
    """
    parts: dict[Section, dict[str, Any]] = {section: {} for section in Section}
    for key, value in answers.items():
        if given(value):
            parts[section_of(key)][key] = value
    return parts


def of_kind(values: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The answers to the questions of one kind, under the questions' own keys."""
    lead = f"{kind}."
    return {key.removeprefix(lead): value for key, value in values.items() if key.startswith(lead)}


def given(value: Any) -> bool:
    """Whether something was answered; no and nought are answers."""
    return value is not None and value not in ("", [], {}, ())
