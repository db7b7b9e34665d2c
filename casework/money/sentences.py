"""Sentences that can be translated later: an English msgid with named places, and what fills them.

A working is kept for years and read in many languages, so it stores the msgid and the values, never the
finished text. `text` makes the English one; pages hand in gettext and their own way to show a number.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias, Union

from casework import codes
from casework.money.amounts import Money

Value: TypeAlias = Union[str, int, Decimal, date, Money, "Sentence", None]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A msgid and what fills its places.

    Args:
        msgid: English, with `%(name)s` places.
        params: numbers, days, amounts, other sentences; plain text stands for itself.
    """

    msgid: str
    params: Mapping[str, Value] = field(default_factory=dict)

    def text(
        self, translate: Callable[[str], str] | None = None, show: Callable[[Value], str] | None = None
    ) -> str:
        """The sentence in words.

        Args:
            translate: msgid to the reader's language; English if left out.
            show: how the reader writes numbers, days and amounts.
        """
        show = show or plain
        shown = {
            name: value.text(translate, show) if isinstance(value, Sentence) else show(value)
            for name, value in self.params.items()
        }
        words = translate(self.msgid) if translate else self.msgid
        # As flask_babel does it: without places a percent sign is a percent sign.
        return words % shown if shown else words


def say(msgid: str, **params: Value) -> Sentence:
    """A sentence; gettext's extraction looks for this name."""
    return Sentence(msgid, params)


def label(list_name: str, key: str) -> Sentence:
    """The name of a code as a sentence, so that it is translated with the rest.

    Raises:
        Invalid: there is no such code.
    """
    return Sentence(codes.load(list_name).label(key))


def plain(value: Value) -> str:
    """A value as an English reader without a country writes it: 2,337.50 and 30 August 2026."""
    match value:
        case None:
            return ""
        case Money():
            return f"{value.major:,}"
        case Decimal():
            return _number(value)
        case date():
            return f"{value.day} {value:%B %Y}"
        case Sentence():
            return value.text()
        case _:
            return str(value)


def _number(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
