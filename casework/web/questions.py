"""Questions that come from data files, as a page asks them: labels translated, choices named, answers kept.

The template `pieces/questions.html` shows what is built here. Nothing typed is ever lost: a form that
comes back wrong is built from what was typed, not from what could be read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from babel.dates import format_date
from flask import request
from flask_babel import get_locale, gettext

from casework.cases import kinds, values
from casework.cases.fields import Field, Type
from casework.cases.values import Input, Texts, Voice
from casework.errors import Invalid
from casework.web import languages

#: Words beside a choice that need more than their label.
Choice = tuple[str, str, bool, dict[str, str]]


@dataclass(frozen=True)
class Box:
    """One input.

    Attributes:
        name: as it comes back.
        kind: as `values.Input` says.
        label: its own words, where the question has several inputs.
        value: what stands in it.
        choices: value, words, chosen, and what to add.
        focus: whether the page comes back to it: the first input of a row that was just added.
    """

    name: str
    kind: str
    label: str
    value: str
    choices: tuple[Choice, ...] = ()
    focus: bool = False


@dataclass(frozen=True)
class Question:
    """One question, or a group of questions with its rows.

    Attributes:
        name: of its inputs, or what their names begin with.
        label, help: in the reader's language.
        required, folded: whether it must be answered, and can wait.
        error: what is wrong, in words.
        inputs: of a single question.
        rows: of a group: for each row its questions.
    """

    name: str
    label: str
    help: str
    required: bool
    folded: bool
    error: str
    inputs: tuple[Box, ...] = ()
    rows: list[list["Question"]] | None = None

    @property
    def wrong(self) -> list["Question"]:
        """What is wrong here, the questions in its rows too: a summary that leaves one out misleads."""
        inner = [question for row in self.rows or () for question in row]
        return [*([self] if self.error else ()), *(one for question in inner for one in question.wrong)]


def typed_texts() -> Texts:
    """Everything that was typed into the form of this request."""
    return dict(request.form.to_dict(flat=False).items())


def voice() -> Voice:
    """The language of this page."""
    return Voice(get_locale(), lambda text: str(gettext(text)))


def sentence(problem: Invalid) -> str:
    """What is wrong, in the reader's language."""
    return str(gettext(problem.message, **problem.params))


def general(problems: Mapping[str, Invalid]) -> list[str]:
    """What is wrong and belongs to no question, in the reader's language."""
    return [sentence(problem) for name, problem in problems.items() if not name]


def spoken(field: Field, value: Any) -> str:
    """A stored answer in the reader's language."""
    return values.show(field, value, get_locale(), voice().gettext)


#: An answer in words; of a group its rows, each with the questions that were answered in it.
Said = str | list[list[tuple[str, Any]]]


def said(field: Field, value: Any) -> Said:
    """A stored answer in the reader's language, rows apart: joined, a number would run with the words around it."""
    if field.type is Type.GROUP:
        return [say(field.fields, row) for row in value or ()]
    return spoken(field, value)


def say(fields: Iterable[Field], stored: Mapping[str, Any]) -> list[tuple[str, Said]]:
    """Questions that were answered, with their answers in words."""
    found = [(str(gettext(field.label)), said(field, stored.get(field.key))) for field in fields]
    return [(label, answer) for label, answer in found if answer]


def ask(
    fields: Iterable[Field],
    stored: Mapping[str, Any] | None = None,
    typed: Texts | None = None,
    problems: Mapping[str, Invalid] | None = None,
    prefix: str = "",
) -> list[Question]:
    """Questions with what they start from.

    Args:
        fields: in order.
        stored: answers by key, for an edit form.
        typed: the form as it was sent, when it comes back wrong; it wins over what is stored.
        problems: by the names of the inputs, as `values.read` gives them.
        prefix: what the form puts before each key.
    """
    return [
        _question(field, _texts(field, stored, typed, prefix), problems or {}, prefix) for field in fields
    ]


def _texts(field: Field, stored: Mapping[str, Any] | None, typed: Texts | None, prefix: str) -> Texts:
    if typed is not None:
        return typed
    return values.fill(field, (stored or {}).get(field.key), prefix, get_locale())


def _question(field: Field, texts: Texts, problems: Mapping[str, Invalid], prefix: str) -> Question:
    name, group = f"{prefix}{field.key}", field.type is Type.GROUP
    return Question(
        name=name,
        label=str(gettext(field.label)),
        help=str(gettext(field.help)) if field.help else "",
        required=field.required,
        folded=field.folded,
        error=_error(name, problems, own=group),
        inputs=() if group else tuple(_box(one, texts, field) for one in values.inputs(field, prefix)),
        rows=_rows(field, name, texts, problems) if group else None,
    )


def _rows(field: Field, name: str, texts: Texts, problems: Mapping[str, Invalid]) -> list[list[Question]]:
    """The rows that are there; an empty one where there is none."""
    numbers = values.row_numbers(texts, name) or [0]
    rows = [
        [_question(one, texts, problems, values.row_prefix(name, number)) for one in field.fields]
        for number in numbers
    ]
    if request.form.get("add") == name:
        rows[-1][0] = _come_back_to(rows[-1][0])
    return rows


def _come_back_to(question: Question) -> Question:
    """The page comes back to a new row, not to its top; with no script, a browser does it by itself."""
    first, *others = question.inputs
    return replace(question, inputs=(replace(first, focus=True), *others))


def _error(name: str, problems: Mapping[str, Invalid], *, own: bool) -> str:
    """What is wrong with this question; a group speaks for itself only, its rows for themselves."""
    return " ".join(
        sentence(problem)
        for key, problem in problems.items()
        if key == name or (not own and key.startswith(f"{name}-"))
    )


def _box(one: Input, texts: Texts, field: Field) -> Box:
    found = texts.get(one.name, "")
    chosen = [found] if isinstance(found, str) else list(found)
    label = str(gettext(one.label)) if one.label else ""
    value = chosen[0] if chosen else ""
    if one.kind == "zone" and one.name not in texts:
        chosen = [value := languages.zone()]
    return Box(one.name, one.kind, label or _unit(field), value, _choices(one, chosen, field))


def _unit(field: Field) -> str:
    return str(gettext(field.unit)) if field.unit else ""


def _choices(one: Input, chosen: list[str], field: Field) -> tuple[Choice, ...]:
    if one.kind == "month":
        return tuple((str(m), _month(m), str(m) in chosen, {}) for m in range(1, 13))
    if not one.codes:
        return ()
    listed = kinds.code_list(one.codes)
    pairs = values.named_choices(listed, voice())
    if field.units and one.name.endswith("-unit"):
        pairs = [pair for pair in pairs if pair[0] in field.units]
    return tuple((key, label, key in chosen, _more(listed.codes[key].help)) for key, label in pairs)


def _more(text: str) -> dict[str, str]:
    return {"help": str(gettext(text))} if text else {}


def _month(number: int) -> str:
    return str(format_date(date(2000, number, 1), "LLLL", locale=get_locale()))
