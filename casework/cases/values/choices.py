"""Answers that are chosen from a list, one or several."""

from typing import Any

from babel import Locale

from casework.cases.fields import Field, Type
from casework.cases.kinds import code_list
from casework.cases.values.labels import label
from casework.cases.values.typed import Input, Sort, Texts, Typed, Voice

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


def _show_one(field: Field, value: Any, voice: Voice) -> str:
    return label(code_list(list_of(field)), value, voice)


def _show_several(field: Field, value: Any, voice: Voice) -> str:
    listed = code_list(list_of(field))
    return ", ".join(label(listed, key, voice) for key in value)


def _fill(_field: Field, value: Any, name: str, _locale: Locale | None) -> Texts:
    return {name: value}


def _input_one(field: Field, name: str) -> tuple[Input, ...]:
    return (Input(name, "one", codes=list_of(field)),)


def _input_several(field: Field, name: str) -> tuple[Input, ...]:
    return (Input(name, "many", codes=list_of(field)),)


ONE = Sort(_one, _show_one, _fill, _input_one)
SEVERAL = Sort(_several, _show_several, _fill, _input_several)
