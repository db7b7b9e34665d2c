"""Days as people give them: exactly, roughly, in another calendar, in their own words.

Stored as `{"written", "calendar", "date", "precision"}`: what was said stays beside what was understood.
A whole day of another calendar is converted, and kept as written too; a month or a year of one has no day of
ours, and a date is never guessed.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton

from casework import clock, codes
from casework.cases.fields import Field
from casework.cases.values import calendars, months
from casework.cases.values.labels import label
from casework.cases.values.months import Parts
from casework.cases.values.numbers import digits
from casework.cases.values.typed import Input, Sort, Texts, Typed, Voice, named
from casework.errors import Invalid

GREGORIAN = "gregorian"
CALENDARS = "calendars"
EARLIEST = 1900
#: Years ahead that make sense for a case. Not more: the year 2082 in Kathmandu is 2025 in London.
AHEAD = 30

_SKELETONS = {"month": "yMMM", "year": "y"}
#: As on every other page: the day first, the month in letters.
_DAY = "d MMM y"
_MONTHS, _DAY_MONTH_YEAR = 12, 3


def day_of(parts: Parts) -> tuple[date, str]:
    """A Gregorian date and how exact it is; months and years stand for their first day.

    Raises:
        Invalid: there is no such day; says why.
    """
    if not _likely(parts.year):
        raise Invalid(
            "Write the year with four digits. If it is a year of another calendar, choose the calendar."
        )
    if parts.day and not parts.month:
        raise Invalid("Write the month too, or leave out the day.")
    last = monthrange(parts.year, parts.month or 1)[1]
    if parts.day > last:
        raise Invalid("That month has only %(days)s days. Check the day.", days=last)
    precision = "day" if parts.day else "month" if parts.month else "year"
    return date(parts.year, parts.month or 1, parts.day or 1), precision


def _likely(year: int) -> bool:
    return EARLIEST <= year <= clock.today().year + AHEAD


def typed_parts(typed: Typed) -> Parts | None:
    """Day, month and year from three inputs; None when all are empty.

    Raises:
        Invalid: one of them cannot be read.
    """
    day, month, year = (typed.one(part) for part in ("day", "month", "year"))
    if not (day or month or year):
        return None
    if not year:
        raise Invalid("Write the year too, with four digits.")
    number = months.month(month)
    if month and not number:
        raise Invalid("Write the month as a name, or as a number from 1 to 12.")
    return Parts(_whole(day, 2), number, _whole(year, 4))


def _whole(text: str, longest: int) -> int:
    plain = digits(text)
    if not text:
        return 0
    if not (plain.isascii() and plain.isdigit()) or len(plain) > longest or int(plain) == 0:
        raise Invalid("Write day and year in digits, the year with four.")
    return int(plain)


def check_when(day: date, field: Field) -> None:
    """Refuse days on the wrong side of today. A day of grace: it may be tomorrow already where it happened.

    Raises:
        Invalid: in words.
    """
    if field.when == "past" and day > clock.today() + timedelta(days=1):
        raise Invalid("This day is still to come. Check the year, or choose another calendar.")
    if field.when == "future" and day < clock.today() - timedelta(days=1):
        raise Invalid("This day has passed. Check the year.")


def _parse(typed: Typed) -> dict[str, Any] | None:
    words = typed.one("written")
    if len(words) > typed.field.longest:
        raise Invalid("This is too long for a date. Put the rest in a note.")
    calendar = codes.load(CALENDARS).code(typed.one("calendar") or GREGORIAN)
    about = bool(typed.one("about"))
    if calendar.key == GREGORIAN:
        return _gregorian(typed, words, about)
    said = [" ".join(filter(None, (typed.one(part) for part in ("day", "month", "year")))), words]
    text = ", ".join(filter(None, said))
    return _of_other_calendar(text, calendar, typed.field, about=about) if text else None


def _gregorian(typed: Typed, words: str, about: bool) -> dict[str, Any] | None:
    parts = typed_parts(typed)
    said = _said(words, parts)
    if parts and said and said != parts:
        raise Invalid("The words and the three fields say different days. Correct one of them.")
    if not (found := parts or said):
        return _stored(words, None, "approx") if words else None
    day, precision = day_of(found)
    check_when(day, typed.field)
    return _stored(
        words or _plain(day, precision), day, "approx" if about and precision == "day" else precision
    )


def _said(words: str, settled: Parts | None) -> Parts | None:
    """The date that words say; None when they say more than a date, or something else.

    Args:
        words: as typed.
        settled: what the three inputs say: it settles what 3/4/2026 means.
    """
    try:
        found = months.read(words)
    except months.TwoWays as two:
        if settled in two.either:
            return settled
        raise Invalid("“%(text)s” can be two different days. Use day, month and year.", text=words) from None
    if found is None or not _likely(found.year):
        return None
    if found.month > _MONTHS:
        raise Invalid("There is no month %(month)s. Use day, month and year.", month=found.month)
    return found


def _plain(day: date, precision: str) -> str:
    """How a date is written when nobody used words: 2026, 2026-03, 2026-03-01."""
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def _stored(written: str, day: date | None, precision: str, calendar: str = GREGORIAN) -> dict[str, Any]:
    iso = day.isoformat() if day else None
    return {"written": written, "calendar": calendar, "date": iso, "precision": precision}


def _of_other_calendar(text: str, calendar: codes.Code, field: Field, *, about: bool) -> dict[str, Any]:
    """Kept as written, with the day of ours where it is one. What that calendar cannot hold is refused."""
    parts, day = calendars.read(text, calendar), None
    try:
        day = calendars.gregorian(parts, calendar.key) if parts else None
    except ValueError:
        raise Invalid("There is no such day in this calendar. Check day and month.") from None
    if day:
        if not _likely(day.year):
            raise Invalid(
                "That would be the year %(year)s of our calendar. Check year and calendar.", year=day.year
            )
        check_when(day, field)
        exact = "approx" if calendar.facts.get("seen") else "day"
    else:
        exact = {1: "year", 2: "month", _DAY_MONTH_YEAR: "day"}.get(len(text.split()), "approx")
    return _stored(text, day, "approx" if about else exact, calendar.key)


def _show(_field: Field, value: Any, voice: Voice) -> str:
    if value["date"] is None:
        return _as_written(value, voice)
    day = date.fromisoformat(value["date"])
    shown = spoken(day, value["precision"], voice)
    if value["calendar"] != GREGORIAN:
        return f"{shown} ({_as_written(value, voice)})"
    same = value["written"] == _plain(day, value["precision"]) or _says_the_same(value["written"], day)
    return shown if same else f"{shown} ({value['written']})"


def spoken(day: date, precision: str, voice: Voice) -> str:
    """A date with the name of its month, as exact as it is known."""
    if precision in _SKELETONS:
        return format_skeleton(_SKELETONS[precision], day, locale=voice.locale)
    shown = format_date(day, _DAY, locale=voice.locale)
    return voice.gettext("about %(date)s") % {"date": shown} if precision == "approx" else shown


def _as_written(value: Any, voice: Voice) -> str:
    if value["calendar"] == GREGORIAN:
        return str(value["written"])
    said = label(codes.load(CALENDARS), value["calendar"], voice)
    if _is_beyond(value):
        said += "; " + voice.gettext(
            "kept as written: no table of this calendar reaches that day, so no date is counted from it"
        )
    return f"{value['written']} ({said})"


def _is_beyond(value: Any) -> bool:
    return value["date"] is None and calendars.beyond(
        value["written"], codes.load(CALENDARS).code(value["calendar"])
    )


def _says_the_same(written: str, day: date) -> bool:
    try:
        said = months.read(written)
    except months.TwoWays:
        return False
    return said is not None and (said.year, said.month or 1, said.day or 1) == (day.year, day.month, day.day)


def _fill(field: Field, value: Any, name: str, _locale: Locale | None) -> Texts:
    precision, filled = value["precision"], {"calendar": value["calendar"], "written": value["written"]}
    if precision == "approx":
        filled["about"] = "1"
    if value["date"] and value["calendar"] == GREGORIAN and not field.brief:
        day = date.fromisoformat(value["date"])
        filled |= fill_day(day, precision)
        if value["written"] == _plain(day, precision):
            del filled["written"]
    return {named(name, part): text for part, text in filled.items()}


def fill_day(day: date, precision: str = "day") -> dict[str, str]:
    """A date as the texts of the three inputs, as far as it is known."""
    parts = {"year": str(day.year), "month": str(day.month), "day": str(day.day)}
    known = {"year": 1, "month": 2}.get(precision, 3)
    return dict(list(parts.items())[:known])


def _inputs(field: Field, name: str) -> tuple[Input, ...]:
    if field.brief:
        return (Input(named(name, "written"), "text", "As it was said"),)
    return (
        Input(named(name, "day"), "whole", "Day"),
        Input(named(name, "month"), "month", "Month"),
        Input(named(name, "year"), "whole", "Year"),
        Input(named(name, "written"), "text", "As it was said"),
        Input(named(name, "calendar"), "one", "Calendar", CALENDARS),
        Input(named(name, "about"), "tick", "Not exact"),
    )


SORT = Sort(_parse, _show, _fill, _inputs)
