"""Two people changed the same thing: both versions side by side, and what was chosen of them.

The page that shows them carries everything that was typed. Where theirs is kept, what was typed is left
out, so that what is stored stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from casework.cases import kinds
from casework.cases.asking import Asked, Section, asked
from casework.cases.values import Texts
from casework.web import csrf, given_back, questions

#: What the choice between two versions of an answer is called by, before the answer's own name.
KEEP = "keep-"
_OWN = (csrf.FIELD, "rev", "distinct", given_back.PAGE, given_back.OWNER)
_BUTTONS = ("add", "remove")


@dataclass(frozen=True)
class Both:
    """One answer in both versions, in words."""

    name: str
    label: str
    theirs: questions.Said
    mine: questions.Said
    theirs_by: str


def differing_answers(groups: list[Asked], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> list[Both]:
    """The answers that differ.

    Args:
        groups: what the section asks.
        theirs, mine: answers by stored key.
    """
    return [
        Both(
            key,
            str(gettext(field.label)),
            questions.said(field, theirs.get(key)),
            questions.said(field, mine.get(key)),
            str(gettext("Saved meanwhile")),
        )
        for group in groups
        for field in group.fields
        if theirs.get(key := f"{group.prefix}{field.key}") != mine.get(key)
    ]


def carried(texts: Texts) -> list[tuple[str, str]]:
    """Everything that was typed, to be sent again with the choices."""
    return [
        (name, one)
        for name, value in texts.items()
        if name not in _OWN and not name.startswith(KEEP)
        for one in ([value] if isinstance(value, str) else value)
    ]


def without_question(groups: list[Asked], texts: Texts) -> list[tuple[str, str]]:
    """What was typed under a question that is not asked any more, because the kinds of the case changed.

    Args:
        groups: what the section asks now.
        texts: everything that was typed.

    Returns:
        The question in words, as far as there is still such a question, and what was typed.
    """
    names = tuple(f"{group.prefix}{field.key}" for group in groups for field in group.fields)
    asked_now = {*names, *_BUTTONS}
    begun = tuple(f"{name}-" for name in names)
    return [
        (_question_of(name), text)
        for name, text in carried(texts)
        if text.strip() and name not in asked_now and not name.startswith(begun)
    ]


def _question_of(name: str) -> str:
    """The words of a question of any kind by the name of one of its inputs; else the name."""
    for kind in kinds.all():
        for group in (one for section in Section for one in asked(section, [kind.key])):
            for field in group.fields:
                own = f"{group.prefix}{field.key}"
                if name == own or name.startswith(f"{own}-"):
                    return str(gettext(field.label))
    return name


def chosen(found: Mapping[str, Any], form: Mapping[str, str]) -> dict[str, Any]:
    """The answers to save: all that were sent, but for those where theirs is to stay."""
    return {key: value for key, value in found.items() if form.get(f"{KEEP}{key}") != "theirs"}
