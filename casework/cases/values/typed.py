"""What somebody typed for one field, and what a form needs to ask for it."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from babel import Locale

from casework.cases.fields import Field

#: A form as it comes in: a text a name, or all texts of a name.
Raw = Mapping[str, str | list[str]]

#: The texts of inputs, to start a form with.
Texts = dict[str, str | list[str]]

_INVISIBLE_ORDERS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for one field.

    Attributes:
        field: the question.
        raw: the whole form.
        name: of the input of this field; parts are called `name-part`.
        locale: of the page it was typed on, if known: it decides how 1,234 is read.
    """

    field: Field
    raw: Raw
    name: str
    locale: Locale | None = None

    def one(self, part: str = "") -> str:
        """The text of one input, cleaned, on one line; empty if there is none."""
        return " ".join(self.lines(part).split())

    def lines(self, part: str = "") -> str:
        """The text of one input, cleaned, with its line breaks."""
        return clean((self.all(part) or [""])[0])

    def all(self, part: str = "") -> list[str]:
        """All texts of one input: the ticks of a list."""
        found = self.raw.get(named(self.name, part), [])
        return [found] if isinstance(found, str) else list(found)


class Input(NamedTuple):
    """One input of a form.

    Attributes:
        name: as it comes back in the form.
        kind: text, long_text, one (of a list), many (of a list), whole, decimal, phone, month, time,
            zone or tick.
        label: English msgid; empty when the field's own label says it.
        codes: the list that `one` and `many` offer.
    """

    name: str
    kind: str
    label: str = ""
    codes: str = ""


class Voice(NamedTuple):
    """In which language a value is shown.

    Attributes:
        locale: for numbers, dates and the names that CLDR keeps.
        gettext: translates our own labels.
    """

    locale: Locale
    gettext: Callable[[str], str]


class Sort(NamedTuple):
    """The four things that can be done with a type of field.

    Attributes:
        parse: what was typed, as it is stored; None when nothing was.
        show: a stored value in words.
        fill: a stored value as the texts of its inputs.
        inputs: the inputs of a form.
    """

    parse: Callable[[Typed], Any]
    show: Callable[[Field, Any, Voice], str]
    fill: Callable[[Field, Any, str, Locale | None], Texts]
    inputs: Callable[[Field, str], tuple[Input, ...]]


def named(name: str, part: str = "") -> str:
    """The name of a part of an input: `wage` and `currency` make `wage-currency`."""
    return f"{name}-{part}" if part else name


def clean(text: str) -> str:
    """Text as it can be kept: composed, without control characters, trimmed.

    Marks that turn the direction of everything after them are dropped: they can make a name or a number
    read as another one. The joiners that Persian and Indic scripts need stay.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if _kept(c)).strip()


def _kept(char: str) -> bool:
    if ord(char) in _INVISIBLE_ORDERS:
        return False
    return char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")
