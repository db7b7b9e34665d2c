"""Two people changed the same thing: both versions side by side, and what was chosen of them.

The page that shows them carries everything that was typed. Where theirs is kept, what was typed is left
out, so that what is stored stays.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import g
from flask_babel import gettext

from casework.cases import kinds
from casework.cases.asking import Asked, Section, asked
from casework.cases.values import Texts
from casework.web import csrf, given_back, questions, sheets

#: What the choice between two versions of an answer is called by, before the answer's own name.
KEEP = "keep-"
#: The marks of what a page showed at first.
WAS = "was"
_OWN = (csrf.FIELD, "rev", "distinct", WAS, sheets.ASKS, sheets.THEN, given_back.PAGE, given_back.OWNER)
#: Signs of a mark that a page carries: it is compared with marks of the same page only, and thirty weigh.
_MARK = 6
_BUTTONS = ("add", "remove")


@dataclass(frozen=True)
class Both:
    """One answer in both versions, in words.

    Attributes:
        name, label: of the question.
        theirs, mine: the answers.
        theirs_by: who, and when.
        untouched: whether "mine" is only what stood there when the page was made: then theirs is
            chosen beforehand, so that nobody undoes a change that they did not see.
    """

    name: str
    label: str
    theirs: questions.Said
    mine: questions.Said
    theirs_by: str
    untouched: bool = False


def differing_answers(
    groups: list[Asked], theirs: Mapping[str, Any], mine: Mapping[str, Any], was: str = "", by: str = ""
) -> list[Both]:
    """The answers that differ.

    Args:
        groups: what the section asks.
        theirs, mine: answers by stored key.
        was: the marks of what the page showed at first, as `marks` gave them; empty where it carries none.
        by: who saved theirs, and when, in words; empty where that is not known.
    """
    before = set(was.split())
    return [
        Both(
            key,
            str(gettext(field.label)),
            questions.said(field, theirs.get(key)),
            questions.said(field, mine.get(key)),
            by or str(gettext("Saved meanwhile")),
            untouched=_mark(key, mine.get(key)) in before,
        )
        for group in groups
        for field in group.fields
        if theirs.get(key := f"{group.prefix}{field.key}") != mine.get(key)
    ]


def marks(groups: list[Asked], stored: Mapping[str, Any]) -> str:
    """Marks of what a page shows at first, by which it is known later which answers were changed on it.

    Args:
        groups: what the section asks.
        stored: answers by stored key.
    """
    keys = [f"{group.prefix}{field.key}" for group in groups for field in group.fields]
    return " ".join(_mark(key, stored.get(key)) for key in keys)


def _mark(key: str, value: Any) -> str:
    written = json.dumps(value or None, sort_keys=True, default=str)
    mark: str = g.actor.person.mark(key, written)
    return mark[:_MARK]


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
