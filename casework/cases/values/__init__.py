"""What people type for a field, what is stored of it, and how it is shown. Pure: no database, no web.

A form calls the inputs of a field `prefix + key`, its parts `…-part`, the rows of a group
`…-0-key`. `parse` reads them, `fill` writes them back, `show` says the value in the reader's language.
docs/kinds.md shows the stored form of every type.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from babel import Locale

from casework.cases.fields import Field, Type
from casework.cases.values import (
    choices,
    dates,
    durations,
    each,
    groups,
    moments,
    money,
    numbers,
    order,
    texts,
)
from casework.cases.values.dates import spoken
from casework.cases.values.each import answer_of, beside, item_prefix
from casework.cases.values.groups import row_numbers, row_prefix
from casework.cases.values.labels import choices as named_choices
from casework.cases.values.labels import label
from casework.cases.values.moments import moment
from casework.cases.values.money import amount
from casework.cases.values.numbers import digits
from casework.cases.values.typed import Input, Raw, Sort, Texts, Typed, Voice, clean
from casework.errors import Invalid

__all__ = (
    "Answers",
    "Input",
    "Raw",
    "Texts",
    "Voice",
    "amount",
    "answer_of",
    "beside",
    "clean",
    "digits",
    "fill",
    "inputs",
    "item_prefix",
    "label",
    "moment",
    "named_choices",
    "parse",
    "read",
    "row_numbers",
    "row_prefix",
    "said_of_item",
    "show",
    "spoken",
)


class Answers(NamedTuple):
    """What a form said.

    Attributes:
        values: what can be stored, by the keys of the fields; fields left empty are not in it.
        problems: what cannot be read, by the names of the inputs. Show them beside what was typed.
    """

    values: dict[str, Any]
    problems: dict[str, Invalid]


def parse(field: Field, raw: Raw, prefix: str = "", locale: Locale | str | None = None) -> Any:
    """Read the answer to one field.

    Args:
        field: the question.
        raw: the form, a text or a list of texts a name.
        prefix: what the form puts before the field's key.
        locale: of the page, if known: it settles whether 1,234 is a thousand or three decimals.

    Returns:
        The value as it is stored (JSON-able), or None when nothing was typed.

    Raises:
        Invalid: with a sentence, and the name of the input in `field`.
    """
    return _parse(Typed(field, raw, f"{prefix}{field.key}", _locale(locale)))


def read(fields: Iterable[Field], raw: Raw, prefix: str = "", locale: Locale | str | None = None) -> Answers:
    """Read many fields at once: what can be read is kept, the rest is said field by field.

    Args:
        fields: the questions.
        raw: the form, a text or a list of texts a name.
        prefix: what the form puts before each key.
        locale: of the page, if known.
    """
    answers = Answers({}, {})
    asked = tuple(fields)
    for field in asked:
        try:
            if (value := parse(field, raw, prefix, locale)) is not None:
                answers.values[field.key] = value
        except Invalid as problem:
            answers.problems[problem.field or f"{prefix}{field.key}"] = problem
    for complaint in order.complaints(asked, answers.values, prefix):
        answers.problems.setdefault(str(complaint.field), complaint)
    return answers


def show(field: Field, value: Any, locale: Locale | str, gettext: Callable[[str], str] = str) -> str:
    """Say a stored value in the reader's language; empty for None.

    Args:
        field: the question that it answers.
        value: as `parse` returned it.
        locale: the reader's.
        gettext: translates our own labels; without it they stay English.
    """
    if value is None:
        return ""
    return _SORTS[field.type].show(field, value, Voice(_locale(locale) or _ENGLISH, gettext))


def fill(field: Field, value: Any, prefix: str = "", locale: Locale | str | None = None) -> Texts:
    """The texts of a field's inputs for a stored value: what an edit form starts with.

    `parse(field, fill(field, value, p, l), p, l) == value`, whatever the locale.

    Args:
        field: the question.
        value: as `parse` returned it.
        prefix: what the form puts before the field's key.
        locale: of the page, if known.
    """
    if value is None:
        return {}
    return _SORTS[field.type].fill(field, value, f"{prefix}{field.key}", _locale(locale))


def said_of_item(field: Field, stored: Any, locale: Locale | str, gettext: Callable[[str], str] = str) -> str:
    """What was said of one item of a list that is answered item by item; arguments as of `show`."""
    return _EACH.said(field, stored, Voice(_locale(locale) or _ENGLISH, gettext))


def inputs(field: Field, prefix: str = "") -> tuple[Input, ...]:
    """The inputs that ask for a field. For a group: those of one row, so give `row_prefix` as prefix.

    Args:
        field: the question.
        prefix: what the form puts before the field's key.
    """
    name = prefix if field.type is Type.GROUP else f"{prefix}{field.key}"
    return _SORTS[field.type].inputs(field, name)


def _parse(typed: Typed) -> Any:
    try:
        value = _SORTS[typed.field.type].parse(typed)
    except Invalid as problem:
        raise Invalid(problem.message, problem.field or typed.name, **problem.params) from None
    if value is None and typed.field.required:
        raise Invalid("Please answer this one.", typed.name)
    return value


def _locale(locale: Locale | str | None) -> Locale | None:
    return Locale.parse(locale.replace("-", "_")) if isinstance(locale, str) else locale


_ENGLISH = Locale("en")

_SORTS: dict[Type, Sort] = {
    Type.TEXT: texts.TEXT,
    Type.LONG_TEXT: texts.LONG_TEXT,
    Type.CHOICE: choices.ONE,
    Type.CHOICES: choices.SEVERAL,
    Type.ANSWER: choices.ONE,
    Type.DATE: dates.SORT,
    Type.DATE_TIME: moments.SORT,
    Type.MONEY: money.SORT,
    Type.NUMBER: numbers.SORT,
    Type.DURATION: durations.SORT,
    Type.COUNTRY: choices.ONE,
    Type.LANGUAGE: choices.ONE,
    Type.PHONE: texts.PHONE,
    Type.DOCUMENT_NUMBER: texts.DOCUMENT_NUMBER,
    Type.PIECE: texts.PIECE,
}
_EACH = each.Each(lambda field: _SORTS[field.type], _parse)
_SORTS[Type.ANSWERS] = _EACH.sort()
_SORTS[Type.GROUP] = groups.Groups(lambda field: _SORTS[field.type], _parse).sort()
