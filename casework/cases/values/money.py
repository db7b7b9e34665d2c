"""Money: whole numbers of a currency's smaller unit, never a float."""

import unicodedata
from decimal import Decimal
from typing import Any

from babel import Locale

from casework import codes
from casework.cases.fields import Field
from casework.cases.values.numbers import check_bounds, number, spoken, written
from casework.cases.values.typed import Input, Sort, Texts, Typed, Voice, named
from casework.errors import Invalid

CURRENCIES = "currencies"


def exponent(currency: str) -> int:
    """How many decimals a currency's smaller unit takes: 0 for yen, 3 for dinars (ISO 4217).

    Raises:
        Invalid: this currency is not in the list.
    """
    return int(codes.load(CURRENCIES).fact(currency, "exponent"))


def amount(value: dict[str, Any]) -> Decimal:
    """A stored amount in whole currency: `{"minor": 275500, "currency": "KWD"}` is 275.500."""
    return Decimal(value["minor"]).scaleb(-exponent(value["currency"]))


def _parse(typed: Typed) -> dict[str, Any] | None:
    # The currency alone says nothing: forms come with one already chosen.
    if not (text := typed.one("amount")):
        return None
    if not (currency := typed.one("currency")):
        raise Invalid("Choose the currency too.")
    places = exponent(currency)
    value = number(_without_sign(text, currency), places, typed.locale)
    check_bounds(value, typed.field)
    return {"minor": int(value.scaleb(places)), "currency": currency}


def _without_sign(text: str, currency: str) -> str:
    """The amount alone: people copy `KWD 275.500` or `£15` as they see it."""
    bare = text.upper().replace(currency, "")
    return "".join(c for c in bare if unicodedata.category(c) != "Sc").strip()


def _show(_field: Field, value: Any, voice: Voice) -> str:
    places = exponent(value["currency"])
    # The code and not a sign: there are many dollars, and a worker may be owed two of them.
    return f"{spoken(amount(value), voice.locale, places, places)}\u00a0{value['currency']}"


def _fill(_field: Field, value: Any, name: str, locale: Locale | None) -> Texts:
    return {named(name, "amount"): written(amount(value), locale), named(name, "currency"): value["currency"]}


def _inputs(_field: Field, name: str) -> tuple[Input, ...]:
    return (
        Input(named(name, "amount"), "decimal", "Amount"),
        Input(named(name, "currency"), "one", "Currency", CURRENCIES),
    )


SORT = Sort(_parse, _show, _fill, _inputs)
