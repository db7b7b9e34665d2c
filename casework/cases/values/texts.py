"""Words, phone numbers, and the numbers that systems give to people."""

import re
import unicodedata
from typing import Any
from uuid import UUID

from babel import Locale

from casework import codes
from casework.cases.fields import Field
from casework.cases.values.labels import label
from casework.cases.values.numbers import digits
from casework.cases.values.typed import Input, Sort, Texts, Typed, Voice, named
from casework.errors import Invalid

_FEWEST, _MOST = 3, 20


def dialled(text: str) -> str:
    """The digits of a phone number, of whatever script, with + where it starts with + or 00."""
    plain = digits(text).strip().lstrip("(").replace("\uff0b", "+")
    bare = "".join(c for c in plain if c.isascii() and c.isdigit())
    if plain.startswith("+"):
        return f"+{bare}"
    return f"+{bare[2:]}" if bare.startswith("00") else bare


def bare_number(text: str) -> str:
    """A document's number without spaces and marks, in capitals, with digits 0 to 9."""
    return "".join(c for c in digits(unicodedata.normalize("NFKC", text)).upper() if c.isalnum())


def _text(typed: Typed) -> str | None:
    return _short_enough(typed, typed.one())


def _long_text(typed: Typed) -> str | None:
    return _short_enough(typed, typed.lines())


def _short_enough(typed: Typed, text: str) -> str | None:
    if len(text) > typed.field.longest:
        raise Invalid(
            "This has %(length)s characters; %(longest)s fit. Shorten it, or put the rest in a note.",
            length=len(text),
            longest=typed.field.longest,
        )
    return text or None


def _phone(typed: Typed) -> dict[str, str] | None:
    if not (text := typed.one()):
        return None
    number = dialled(text)
    if not _FEWEST <= len(number.lstrip("+")) <= _MOST or len(text) > typed.field.longest:
        raise Invalid("This is not a phone number. Write the digits, with + and the country if you know it.")
    return {"written": text, "digits": number}


def _document_number(typed: Typed) -> dict[str, str] | None:
    text, system = typed.one("number"), typed.one("system")
    if not text:
        return None
    plain = bare_number(text)
    if not plain:
        raise Invalid("There is no letter and no digit in this number.")
    if len(text) > typed.field.longest:
        raise Invalid("This number is too long. Check it once more.")
    if system and typed.field.codes:
        plain = _as_its_system_writes(plain, codes.load(typed.field.codes).code(system))
    return {"written": text, "system": system if typed.field.codes else "", "plain": plain}


def _as_its_system_writes(plain: str, system: codes.Code) -> str:
    """The number as this system writes it, so that one typed by phone and one from a paper are the same.

    Raises:
        Invalid: it cannot be a number of this system.
    """
    facts = system.facts
    if (pattern := facts.get("pattern")) and not re.fullmatch(pattern, plain):
        raise Invalid(
            "A number of this system looks different. Check it, or choose “not sure” to keep it as it is."
        )
    return plain.removeprefix(facts.get("strip", "")).zfill(facts.get("length", 0))


def _show_text(_field: Field, value: Any, _voice: Voice) -> str:
    return str(value)


def _show_phone(_field: Field, value: Any, _voice: Voice) -> str:
    return str(value["written"])


def _show_document_number(field: Field, value: Any, voice: Voice) -> str:
    shown = str(value["written"])
    if value["plain"] != bare_number(shown):
        shown = f"{shown} = {value['plain']}"
    if not value["system"] or not field.codes:
        return shown
    return f"{shown} ({label(codes.load(field.codes), value['system'], voice)})"


def _piece(typed: Typed) -> str | None:
    """A file of the case, by its id."""
    if not (text := typed.one()):
        return None
    try:
        return str(UUID(text))
    except ValueError:
        raise Invalid("Please choose from the list.") from None


def _show_piece(_field: Field, _value: Any, voice: Voice) -> str:
    return voice.gettext("A file of this case")


def _piece_inputs(_field: Field, name: str) -> tuple[Input, ...]:
    return (Input(name, "piece"),)


def _fill_text(_field: Field, value: Any, name: str, _locale: Locale | None) -> Texts:
    return {name: str(value)}


def _fill_phone(_field: Field, value: Any, name: str, _locale: Locale | None) -> Texts:
    return {name: value["written"]}


def _fill_document_number(_field: Field, value: Any, name: str, _locale: Locale | None) -> Texts:
    return {named(name, "number"): value["written"], named(name, "system"): value["system"]}


def _document_inputs(field: Field, name: str) -> tuple[Input, ...]:
    number = Input(named(name, "number"), "text", "Number")
    return (
        (Input(named(name, "system"), "one", "Given by", field.codes), number) if field.codes else (number,)
    )


TEXT = Sort(_text, _show_text, _fill_text, lambda _field, name: (Input(name, "text"),))
LONG_TEXT = Sort(_long_text, _show_text, _fill_text, lambda _field, name: (Input(name, "long_text"),))
PHONE = Sort(_phone, _show_phone, _fill_phone, lambda _field, name: (Input(name, "phone"),))
DOCUMENT_NUMBER = Sort(_document_number, _show_document_number, _fill_document_number, _document_inputs)
PIECE = Sort(_piece, _show_piece, _fill_text, _piece_inputs)
