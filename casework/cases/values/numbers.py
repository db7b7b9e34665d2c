"""Numbers as people write them: any digits, usual separators, never a guess that changes the value.

1.234 is a thousand and something in Jakarta and one and a bit in London. Where both could be meant the
reader asks instead of choosing: a wage that is wrong by a thousand discredits the whole claim.
"""

import re
import unicodedata
from copy import copy
from decimal import Decimal, localcontext
from functools import cache
from typing import Any

from babel import Locale
from babel.numbers import NumberPattern, get_decimal_symbol

from casework.cases.fields import Field
from casework.cases.values.typed import Input, Sort, Texts, Typed, Voice
from casework.errors import Invalid

MOST_DIGITS = 15

_MINUS = "-\u2212\uff0d\u2010\u2011\u2013"
_GROUPING = "'\u2019\u066c_"
_COMMAS = ",\uff0c\u060c"
_DOTS = ".\uff0e"
_ARABIC_DECIMAL = "\u066b"
_GROUPS = re.compile(
    r"\d{1,3}(?:(?P<mark>[ ,.])(?:\d{2}(?P=mark))*\d{3}|(?P<same>[ ,.])\d{3}(?:(?P=same)\d{3})*)?"
)


_ETHIOPIC = re.compile("[\u1369-\u137c]+")
_HUNDRED = 100


def digits(text: str) -> str:
    """The text with all digits, of whatever script, as 0 to 9, without formatting marks.

    Ethiopic has no places: ፳፻፲፰ is twenty hundreds, ten and eight.
    """
    plain = "".join(_digit(c) for c in text if unicodedata.category(c) != "Cf")
    return _ETHIOPIC.sub(lambda found: str(_ethiopic(found[0])), plain)


def _ethiopic(numerals: str) -> int:
    """A number in Ethiopic numerals: what stands before a hundred or ten thousand counts so many of them."""
    whole = part = 0
    for numeral in numerals:
        value = int(unicodedata.numeric(numeral))
        if value > _HUNDRED:
            whole, part = (whole + part or 1) * value, 0
        elif value == _HUNDRED:
            part = (part or 1) * value if part < _HUNDRED else part + value
        else:
            part += value
    return whole + part


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def number(text: str, decimals: int = 0, locale: Locale | None = None) -> Decimal:
    """Read a number.

    Args:
        text: as typed.
        decimals: how many are allowed after the decimal mark.
        locale: of the page; tells which mark is the decimal one when both readings are possible.

    Raises:
        Invalid: it is no number, has too many decimals, or can be read in two ways.
    """
    sign, body = _signed(_plain_marks(text))
    whole, fraction = _split(body, decimals, locale)
    if not _GROUPS.fullmatch(whole) and not whole.isdigit():
        raise _no_number()
    units = re.sub(r"\D", "", whole)
    if len(units.lstrip("0")) > MOST_DIGITS:
        raise Invalid("This number is too large. Check the digits.")
    if len(fraction.rstrip("0")) > decimals:
        raise _too_fine(decimals)
    return Decimal(f"{sign}{units}.{fraction or 0}")


def _no_number() -> Invalid:
    return Invalid("This is not a number. Write digits only, for example 1250 or 1250.50.")


def _plain_marks(text: str) -> str:
    marks = dict.fromkeys(_MINUS, "-") | dict.fromkeys(_GROUPING, " ") | dict.fromkeys(_DOTS, ".")
    marks |= dict.fromkeys(_COMMAS, ",") | {_ARABIC_DECIMAL: "d"}
    return "".join(
        " " if c.isspace() else marks.get(c, c if c in "0123456789+" else "?") for c in digits(text).strip()
    )


def _signed(text: str) -> tuple[str, str]:
    if text[:1] in ("-", "+"):
        return text[0], text[1:].strip()
    return "", text


def _split(body: str, decimals: int, locale: Locale | None) -> tuple[str, str]:
    """Whole part and decimals. Which mark parts them is decided here."""
    mark = _decimal_mark(body, decimals, locale)
    whole, found, fraction = body.rpartition(mark) if mark else (body, "", "")
    if found and (not fraction.isdigit() or not fraction.isascii()):
        raise _no_number()
    return (whole or "0" if found else whole), fraction


def _decimal_mark(body: str, decimals: int, locale: Locale | None) -> str:
    kinds = [c for c in "d,." if c in body]
    if "d" in kinds:
        return "d"
    if len(kinds) == 2:  # noqa: PLR2004 - both marks: the later one parts the decimals
        return max(kinds, key=body.rindex)
    if not kinds or body.count(kinds[0]) > 1:
        return ""
    mark = kinds[0]
    before, after = body.split(mark)
    if not re.fullmatch(r"[1-9]\d{0,2}", before) or not re.fullmatch(r"\d{3}", after):
        return mark
    return _one_mark(mark, body, decimals, locale)


def _one_mark(mark: str, body: str, decimals: int, locale: Locale | None) -> str:
    """One mark and three digits after it: a thousand, or three decimals?"""
    three_possible = decimals >= 3  # noqa: PLR2004 - the three digits after the mark
    if locale is None:
        sure = (mark == ".") == three_possible
        chosen = mark if three_possible else ""
    else:
        is_decimal = get_decimal_symbol(locale) == mark
        # The page's language is no proof: in many countries where dots part thousands, English is read.
        sure = is_decimal == three_possible
        chosen = mark if is_decimal else ""
    if not sure:
        raise Invalid(
            "“%(text)s” can be read in two ways. Write it without a mark for thousands.",
            text=body,
        )
    return chosen


def _too_fine(decimals: int) -> Invalid:
    if decimals == 0:
        return Invalid("Write a whole number, without decimals.")
    return Invalid("Write at most %(decimals)s digits after the decimal mark.", decimals=decimals)


def check_bounds(value: Decimal, field: Field) -> None:
    """Refuse what lies outside the field's bounds.

    Raises:
        Invalid: saying the bound.
    """
    if field.least is not None and value < field.least:
        raise Invalid("This must be %(least)s or more.", least=_text(field.least))
    if field.most is not None and value > field.most:
        raise Invalid("This must be %(most)s or less.", most=_text(field.most))


def written(value: Decimal, locale: Locale | None) -> str:
    """A number without marks for thousands, with the decimal mark of the locale: safe to read again."""
    return _text(value).replace(".", get_decimal_symbol(locale) if locale else ".")


def spoken(value: Decimal, locale: Locale, least: int, most: int) -> str:
    """A number as a reader of this locale expects it, with `least` to `most` decimals."""
    # An absurd interest has more digits than the usual 28; it is shown, not refused.
    with localcontext() as exact:
        exact.prec = max(exact.prec, abs(value.adjusted()) + most + 2)
        return str(_pattern(locale, least, most).apply(value, locale))


@cache
def _pattern(locale: Locale, least: int, most: int) -> NumberPattern:
    pattern: NumberPattern = copy(locale.decimal_formats[None])
    pattern.frac_prec = (least, most)
    return pattern


def _text(value: Decimal) -> str:
    return format(value, "f")


def _parse(typed: Typed) -> int | str | None:
    text = typed.one()
    if not text:
        return None
    value = number(text, typed.field.decimals, typed.locale)
    check_bounds(value, typed.field)
    # JSON has no decimals that stay exact: a fraction is kept as text.
    return int(value) if typed.field.decimals == 0 else _text(value.normalize())


def _show(field: Field, value: Any, voice: Voice) -> str:
    amount = spoken(Decimal(value), voice.locale, 0, field.decimals)
    return f"{amount}\u00a0{voice.gettext(field.unit)}" if field.unit else amount


def _fill(_field: Field, value: Any, name: str, locale: Locale | None) -> Texts:
    return {name: written(Decimal(value), locale)}


def _inputs(field: Field, name: str) -> tuple[Input, ...]:
    return (Input(name, "decimal" if field.decimals else "whole"),)


SORT = Sort(_parse, _show, _fill, _inputs)
