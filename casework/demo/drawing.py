"""Answers to the questions of a kind, drawn as its data file says, in the form in which they are stored."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from casework import clock, codes
from casework.cases import kinds, values
from casework.cases.fields import Field, Type
from casework.cases.values import each
from casework.demo import calendar
from casework.demo.circumstances import Circumstances

_ITEM = 0.8
_ROW = 0.9
_MOST_CHOSEN = 3
_FIGURES = 2
_FLIGHTS = (5, 22)


def draw(field: Field, given: Any, of: Circumstances) -> Any:
    """An answer to one question.

    Args:
        field: the question.
        given: what the data file says about it; something empty means that it was not answered.
        of: what is true of the case.

    Returns:
        The value as `values.parse` would give it; None where it was not answered.
    """
    return _SORTS[field.type](field, given, of) if given else None


def _text(_field: Field, given: Any, of: Circumstances) -> str:
    return of.fill(of.one(given))


def _choice(_field: Field, given: Any, of: Circumstances) -> str:
    return str(of.one(given))


def _choices(field: Field, given: Any, of: Circumstances) -> list[str]:
    several = [given] if isinstance(given, str) else given
    count = of.rng.randint(1, min(_MOST_CHOSEN, len(several)))
    return sorted(of.rng.sample(several, count), key=kinds.code_list(field.codes).order)


def _answers(field: Field, given: Any, of: Circumstances) -> dict[str, str] | None:
    items = [code.key for code in kinds.code_list(field.codes) if code.key in given]
    return {item: _item(field, given[item], of) for item in items if of.rng.random() < _ITEM} or None


def _item(field: Field, given: Any, of: Circumstances) -> Any:
    """The answer to an item; where the file says more of it, that too."""
    if not isinstance(given, dict):
        return of.one(given)
    more = {inner.key: draw(inner, given.get(inner.key), of) for inner in field.fields}
    return {each.IS: of.one(given[each.IS])} | {
        key: value for key, value in more.items() if value is not None
    }


def _piece(_field: Field, _given: Any, _of: Circumstances) -> None:
    """Files are handed in later than answers are drawn."""


def _date(field: Field, given: Any, of: Circumstances) -> Any:
    ago, ahead = given.get("ago"), given.get("days_ahead")
    days = -of.rng.randint(*ago) if ago else of.rng.randint(*ahead)
    day = of.at.date() + timedelta(days=days)
    if field.brief:
        # Whoever writes it down does so then; by the clock of now, days of then might still be to come.
        with clock.at(of.at):
            return values.parse(field, {f"{field.key}-written": day.isoformat()})
    return calendar.said(of.rng, day, of.language, exact=field.when == "future" or bool(ahead))


def _moment(_field: Field, given: Any, of: Circumstances) -> dict[str, Any]:
    zone = of.host.zone
    if ahead := given.get("days_ahead"):
        day = of.at.astimezone(ZoneInfo(zone)) + timedelta(days=of.rng.randint(*ahead))
        return _as_stored(day.replace(hour=of.rng.randint(*_FLIGHTS), minute=5 * of.rng.randrange(12)), zone)
    hours = of.rng.randint(*given["hours_ago"])
    return _as_stored((of.at - timedelta(hours=hours)).astimezone(ZoneInfo(zone)), zone)


def _as_stored(local: datetime, zone: str) -> dict[str, Any]:
    return {"date": local.date().isoformat(), "time": local.time().isoformat("minutes"), "zone": zone}


def _money(_field: Field, given: Any, of: Circumstances) -> dict[str, Any]:
    there = of.place(given["in"])
    amount = Decimal(of.rng.randint(*given["usd"])) * Decimal(str(there.rate))
    exponent = int(codes.load("currencies").fact(there.currency, "exponent"))
    return {"minor": int(_round(amount).scaleb(exponent)), "currency": there.currency}


def _round(amount: Decimal) -> Decimal:
    """People say round sums: two figures, then zeros."""
    return amount.quantize(Decimal(1).scaleb(amount.adjusted() - _FIGURES + 1))


def _number(field: Field, given: Any, of: Circumstances) -> int | str:
    number = of.rng.randint(*given)
    return str(number) if field.decimals else number


def _duration(_field: Field, given: Any, of: Circumstances) -> dict[str, Any]:
    return {"count": of.rng.randint(*given["count"]), "unit": given["unit"]}


def _phone(field: Field, _given: Any, of: Circumstances) -> Any:
    return values.parse(field, {field.key: next(of.numbers)})


def _document(field: Field, given: Any, of: Circumstances) -> Any:
    number = "".join(str(of.rng.randrange(10)) if sign == "#" else sign for sign in given)
    system = {f"{field.key}-system": "other"} if field.codes else {}
    return values.parse(field, {f"{field.key}-number": number, **system})


def _country(_field: Field, given: Any, of: Circumstances) -> str:
    return of.place(given).code


def _language(_field: Field, given: Any, of: Circumstances) -> str:
    return of.language if given == "home" else str(given)


def _group(field: Field, given: Any, of: Circumstances) -> list[dict[str, Any]] | None:
    rows = [_row(field, row, of) for row in given if of.rng.random() < _ROW]
    return [row for row in rows if row] or None


def _row(field: Field, given: dict[str, Any], of: Circumstances) -> dict[str, Any]:
    drawn = {inner.key: draw(inner, given.get(inner.key), of) for inner in field.fields}
    return {key: value for key, value in drawn.items() if value is not None}


_SORTS: dict[Type, Callable[[Field, Any, Circumstances], Any]] = {
    Type.TEXT: _text,
    Type.LONG_TEXT: _text,
    Type.CHOICE: _choice,
    Type.CHOICES: _choices,
    Type.ANSWER: _choice,
    Type.ANSWERS: _answers,
    Type.DATE: _date,
    Type.DATE_TIME: _moment,
    Type.MONEY: _money,
    Type.NUMBER: _number,
    Type.DURATION: _duration,
    Type.COUNTRY: _country,
    Type.LANGUAGE: _language,
    Type.PHONE: _phone,
    Type.DOCUMENT_NUMBER: _document,
    Type.GROUP: _group,
    Type.PIECE: _piece,
}
