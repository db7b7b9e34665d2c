"""Questions that come from data files, as a page asks them: labels translated, choices named, answers kept.

The template `pieces/questions.html` shows what is built here. Nothing typed is ever lost: a form that
comes back wrong is built from what was typed, not from what could be read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from flask_babel import get_locale, gettext

from casework.cases import kinds, values
from casework.cases.fields import Field, Type
from casework.cases.values import Input, Texts, Voice
from casework.errors import Invalid

#: Up to this many choices are rows to tap; more are a list to open.
_ROWS = 7

Choice = tuple[str, str, bool]


@dataclass(frozen=True)
class Part:
    """One input.

    Attributes:
        name: as it comes back.
        sort: long_text, text, whole, decimal, phone, time, tick, rows, ticks or select.
        label: its own words, where the question has several inputs.
        value: what stands in it.
        choices: value, words, chosen.
    """

    name: str
    sort: str
    label: str
    value: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question, or a group of questions with its rows.

    Attributes:
        key, label, help: of the field, in the reader's language.
        sort: what sort of field it is.
        needed, folded: whether it must be answered, and is shown closed.
        parts: its inputs.
        rows: of a group: for each row its questions.
        errors: what is wrong, in words.
        unit: words behind a number.
    """

    key: str
    label: str
    help: str
    sort: str
    needed: bool
    folded: bool
    parts: tuple[Part, ...]
    rows: tuple[tuple["Question", ...], ...]
    errors: tuple[str, ...]
    unit: str


def voice() -> Voice:
    """The language of this page."""
    return Voice(get_locale(), lambda text: str(gettext(text)))


def spoken(field: Field, value: object) -> str:
    """A stored answer in the reader's language."""
    return values.show(field, value, get_locale(), voice().gettext)


def ask(
    fields: Iterable[Field],
    stored: Mapping[str, object] | None = None,
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


def _texts(field: Field, stored: Mapping[str, object] | None, typed: Texts | None, prefix: str) -> Texts:
    if typed is not None:
        return typed
    return values.fill(field, (stored or {}).get(field.key), prefix, get_locale())


def _question(field: Field, texts: Texts, problems: Mapping[str, Invalid], prefix: str) -> Question:
    name = f"{prefix}{field.key}"
    group = field.type is Type.GROUP
    return Question(
        key=name,
        label=gettext(field.label),
        help=gettext(field.help) if field.help else "",
        sort=field.type.value,
        needed=field.required,
        folded=field.folded,
        parts=() if group else tuple(_part(one, texts, field) for one in values.inputs(field, prefix)),
        rows=_rows(field, name, texts, problems) if group else (),
        errors=_errors(name, problems, own=group),
        unit=gettext(field.unit) if field.unit else "",
    )


def _rows(
    field: Field, name: str, texts: Texts, problems: Mapping[str, Invalid]
) -> tuple[tuple[Question, ...], ...]:
    """The rows that are there, and an empty one at the end while there is room."""
    numbers = values.row_numbers(texts, name)
    free = [max(numbers, default=-1) + 1] if len(numbers) < field.rows else []
    return tuple(
        tuple(_question(one, texts, problems, values.row_prefix(name, number)) for one in field.fields)
        for number in [*numbers, *free]
    )


def _errors(name: str, problems: Mapping[str, Invalid], *, own: bool) -> tuple[str, ...]:
    """What is wrong with this question; a group speaks for itself only, its rows for themselves."""
    return tuple(
        str(gettext(problem.message, **problem.params))
        for key, problem in problems.items()
        if key == name or (not own and key.startswith(f"{name}-"))
    )


def _part(one: Input, texts: Texts, field: Field) -> Part:
    found = texts.get(one.name, "")
    chosen = [found] if isinstance(found, str) else list(found)
    choices = _choices(one, chosen, field)
    return Part(
        one.name,
        _sort(one, choices, field),
        gettext(one.label) if one.label else "",
        chosen[0] if chosen else "",
        choices,
    )


def _choices(one: Input, chosen: list[str], field: Field) -> tuple[Choice, ...]:
    if one.kind == "month":
        pairs = [
            (str(m), str(format_date(date(2000, m, 1), "LLLL", locale=get_locale()))) for m in range(1, 13)
        ]
    elif one.codes:
        pairs = values.named_choices(kinds.code_list(one.codes), voice())
        if field.units and one.name.endswith("-unit"):
            pairs = [pair for pair in pairs if pair[0] in field.units]
    else:
        return ()
    return tuple((key, label, key in chosen) for key, label in pairs)


def _sort(one: Input, choices: tuple[Choice, ...], field: Field) -> str:
    if one.kind == "many":
        return "ticks"
    if one.kind in {"month", "zone"}:
        return "select"
    if one.kind == "one":
        lone = field.type in {Type.CHOICE, Type.ANSWER, Type.ANSWERS}
        return "rows" if lone and len(choices) <= _ROWS else "select"
    return one.kind
