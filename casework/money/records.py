"""Plain JSON-able forms of what the ledger holds, each with its kind and version.

A line is sealed in this form, and a printed sheet is reproduced from it years later. So a shape never
changes silently: a field that is added has a default, anything else takes a new version and an upgrade
from each older one.
"""

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any, TypeAlias, TypeVar

from casework.errors import Invalid
from casework.money.amounts import Money

Json: TypeAlias = dict[str, Any]
Upgrade: TypeAlias = Callable[[Json], Json]
_Class = TypeVar("_Class", bound=type)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a class is written down.

    Attributes:
        cls: the frozen dataclass.
        kind: its name in records; never renamed or reused.
        version: of the shape that is written now.
        upgrades: from each older version to the next one.
    """

    cls: type
    kind: str
    version: int
    upgrades: Mapping[int, Upgrade]


_BY_KIND: dict[str, Shape] = {}
_BY_CLASS: dict[type, Shape] = {}


def versioned(
    kind: str, version: int = 1, upgrades: Mapping[int, Upgrade] | None = None
) -> Callable[[_Class], _Class]:
    """Let a frozen dataclass be written down and read again.

    Args:
        kind: its name in records.
        version: of its shape now.
        upgrades: `{1: one_to_two}` for each older version.
    """

    def _register(cls: _Class) -> _Class:
        if kind in _BY_KIND:
            raise ValueError(f"two classes are called {kind}")
        missing = set(range(1, version)) - set(upgrades or {})
        if missing:
            raise ValueError(f"{kind}: no upgrade from version {min(missing)}")
        _BY_KIND[kind] = _BY_CLASS[cls] = Shape(cls, kind, version, upgrades or {})
        return cls

    return _register


def encode(value: Any) -> Any:
    """The JSON-able form of a value of the ledger.

    Raises:
        TypeError: it has none; a float, for instance.
    """
    if value is None or isinstance(value, bool | int | str):
        return str(value) if isinstance(value, StrEnum) else value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return _encode_shape(value)


def _encode_shape(value: Any) -> Json:
    shape = _BY_CLASS.get(type(value))
    if shape is None:
        raise TypeError(f"{type(value).__name__} cannot be written down")
    body = {name: encode(getattr(value, name)) for name in _field_names(shape.cls)}
    return {"kind": shape.kind, "version": shape.version, **body}


@cache
def _field_names(cls: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields(cls))


def decode(record: Any) -> Any:
    """The value of a record, whatever its kind.

    Raises:
        Invalid: the record is broken, of an unknown kind, or written by a newer version of the program.
    """
    shape = _BY_KIND.get(record.get("kind", "")) if isinstance(record, dict) else None
    if shape is None:
        raise _broken("kind")
    return _decode_shape(shape, record)


def _decode_shape(shape: Shape, record: Any) -> Any:
    if not isinstance(record, dict) or record.get("kind") != shape.kind:
        raise _broken(shape.kind)
    body = _upgraded(shape, record)
    decoders = _decoders(shape.cls)
    if unknown := set(body) - set(decoders):
        raise _broken(min(unknown))
    given = {name: decoders[name](value) for name, value in body.items()}
    if missing := _required(shape.cls) - set(given):
        raise _broken(min(missing))
    return shape.cls(**given)


def _upgraded(shape: Shape, record: Json) -> Json:
    version = record.get("version")
    if type(version) is not int or version < 1:
        raise _broken("version")
    if version > shape.version:
        raise Invalid(
            "This was written by a newer version of the program. Update it to open this.", "version"
        )
    body = {name: value for name, value in record.items() if name not in ("kind", "version")}
    for step in range(version, shape.version):
        body = shape.upgrades[step](body)
    return body


@cache
def _required(cls: type) -> frozenset[str]:
    return frozenset(
        item.name for item in fields(cls) if item.default is MISSING and item.default_factory is MISSING
    )


@cache
def _decoders(cls: type) -> Mapping[str, Callable[[Any], Any]]:
    hints = typing.get_type_hints(cls)
    return {name: _decoder(hints[name]) for name in _field_names(cls)}


def _decoder(hint: Any) -> Callable[[Any], Any]:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _optional(hint)
    if origin is tuple:
        item = _decoder(typing.get_args(hint)[0])
        return lambda value: tuple(item(part) for part in _typed(value, list))
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return lambda value: _parsed(hint, value)
    if is_dataclass(hint) and hint in _BY_CLASS:
        return lambda value: _decode_shape(_BY_CLASS[hint], value)
    raise TypeError(f"{hint} cannot be written down")


def _optional(hint: Any) -> Callable[[Any], Any]:
    inner = [part for part in typing.get_args(hint) if part is not types.NoneType]
    if len(inner) != 1:
        raise TypeError(f"{hint} cannot be written down")
    decoder = _decoder(inner[0])
    return lambda value: None if value is None else decoder(value)


def _typed(value: Any, wanted: type) -> Any:
    if type(value) is not wanted:
        raise _broken(wanted.__name__)
    return value


def _parsed(parse: Callable[[str], Any], value: Any) -> Any:
    try:
        return parse(_typed(value, str))
    except (ValueError, InvalidOperation) as error:
        raise _broken(str(getattr(parse, "__name__", "value"))) from error


def _money(value: Any) -> Money:
    if not isinstance(value, dict) or set(value) != {"minor", "currency"}:
        raise _broken("amount")
    return Money(_typed(value["minor"], int), _typed(value["currency"], str))


def _broken(part: str) -> Invalid:
    return Invalid("This record cannot be read: “%(part)s” is missing or broken.", part, part=part)


_SIMPLE: dict[Any, Callable[[Any], Any]] = {
    str: lambda value: _typed(value, str),
    int: lambda value: _typed(value, int),
    bool: lambda value: _typed(value, bool),
    Decimal: lambda value: _parsed(Decimal, value),
    date: lambda value: _parsed(date.fromisoformat, value),
    Money: _money,
}
