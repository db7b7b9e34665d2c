"""Answers that are chosen from a list, one or several, and lists where every item gets an answer."""

from typing import Any

from babel import Locale

from casework.cases.fields import Field, Type
from casework.cases.kinds import code_list
from casework.cases.values.labels import label
from casework.cases.values.typed import Input, Sort, Texts, Typed, Voice, named

_LISTS = {Type.COUNTRY: "countries", Type.LANGUAGE: "languages"}


def list_of(field: Field) -> str:
    """The name of the list that a field is chosen from."""
    return _LISTS.get(field.type, field.codes)


def _one(typed: Typed) -> str | None:
    key = typed.one()
    return code_list(list_of(typed.field)).code(key).key if key else None


def _several(typed: Typed) -> list[str] | None:
    listed = code_list(list_of(typed.field))
    ticked = {listed.code(key).key for key in typed.all() if key}
    return [code.key for code in listed if code.key in ticked] or None


def _each(typed: Typed) -> dict[str, str] | None:
    answers = code_list(typed.field.answers)
    given = {code.key: typed.one(code.key) for code in code_list(typed.field.codes)}
    return {item: answers.code(answer).key for item, answer in given.items() if answer} or None


def _show_one(field: Field, value: Any, voice: Voice) -> str:
    return label(code_list(list_of(field)), value, voice)


def _show_several(field: Field, value: Any, voice: Voice) -> str:
    listed = code_list(list_of(field))
    return ", ".join(label(listed, key, voice) for key in value)


def _show_each(field: Field, value: Any, voice: Voice) -> str:
    items, answers = code_list(field.codes), code_list(field.answers)
    return "\n".join(f"{label(items, i, voice)}: {label(answers, a, voice)}" for i, a in value.items())


def _fill(_field: Field, value: Any, name: str, _locale: Locale | None) -> Texts:
    return {name: value}


def _fill_each(_field: Field, value: Any, name: str, _locale: Locale | None) -> Texts:
    return {named(name, item): answer for item, answer in value.items()}


def _input_one(field: Field, name: str) -> tuple[Input, ...]:
    return (Input(name, "one", codes=list_of(field)),)


def _input_several(field: Field, name: str) -> tuple[Input, ...]:
    return (Input(name, "many", codes=list_of(field)),)


def _inputs_each(field: Field, name: str) -> tuple[Input, ...]:
    return tuple(
        Input(named(name, item.key), "one", item.label, field.answers) for item in code_list(field.codes)
    )


ONE = Sort(_one, _show_one, _fill, _input_one)
SEVERAL = Sort(_several, _show_several, _fill, _input_several)
EACH = Sort(_each, _show_each, _fill_each, _inputs_each)
