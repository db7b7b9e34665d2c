"""The JSON-able form of figures and sentences of a working, whose types are known only when they are there."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from casework.money.amounts import Money
from casework.money.sentences import Sentence, Value


def encode_figure(value: Value) -> Any:
    """A figure with its type beside it: `{"decimal": "10.26"}`. Text, whole numbers and nothing stand alone."""
    match value:
        case Money():
            return {"money": [value.minor, value.currency]}
        case Decimal():
            return {"decimal": str(value)}
        case date():
            return {"day": value.isoformat()}
        case Sentence():
            return {"say": value.msgid, "with": encode_figures(value.params)}
        case _:
            return value


def encode_figures(values: Mapping[str, Value]) -> dict[str, Any]:
    """Figures by name."""
    return {name: encode_figure(value) for name, value in values.items()}


def decode_figure(record: Any) -> Value:
    """The figure of a record of `encode_figure`."""
    match record:
        case {"money": [int(minor), str(currency)]}:
            return Money(minor, currency)
        case {"decimal": str(text)}:
            return Decimal(text)
        case {"day": str(text)}:
            return date.fromisoformat(text)
        case {"say": str(msgid), "with": dict(params)}:
            return Sentence(msgid, decode_figures(params))
        case None | int() | str():
            return record
        case _:
            raise TypeError("this is no figure of a working")


def decode_figures(record: Mapping[str, Any]) -> dict[str, Value]:
    """Figures by name."""
    return {name: decode_figure(value) for name, value in record.items()}
