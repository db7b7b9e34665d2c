"""Weekends by country, and public holidays as the `holidays` library knows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from types import MappingProxyType

import holidays

from casework.errors import Invalid

#: What the library writes behind a day that hangs on the sight of the moon.
_ESTIMATED = "estimated)"
_ENGLISH = "en_US"
_SOME_YEAR = 2026

#: Kept with each clock: a new edition of the library may know other days.
DATA_VERSION = f"holidays {version('holidays')}"


@dataclass(frozen=True, slots=True)
class Year:
    """What is known of the days off in one year of one calendar.

    Attributes:
        holidays: names by day.
        worked: days of a weekend that are worked to make up for a holiday.
        known: whether the library reaches this year at all.
    """

    holidays: Mapping[date, str]
    worked: frozenset[date]
    known: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which an office is closed.

    Attributes:
        name: country, such as "US"; country and subdivision, "GB-ENG"; with a further category of the library,
            "HK+optional". Empty: holidays are not looked at.
        weekend: days of the week, Monday is 0.
    """

    name: str = ""
    weekend: frozenset[int] = frozenset()

    def holiday(self, day: date) -> str:
        """The name of the holiday, in English; empty if it is none."""
        return year_of(self.name, day.year).holidays.get(day, "")

    def in_weekend(self, day: date) -> bool:
        """Whether it is a day of the weekend that is not worked instead of a holiday."""
        return day.weekday() in self.weekend and day not in year_of(self.name, day.year).worked

    def is_off(self, day: date) -> bool:
        """Whether the office is closed."""
        return self.in_weekend(day) or bool(self.holiday(day))

    def is_known(self, day: date) -> bool:
        """Whether the holidays of that year are known."""
        return year_of(self.name, day.year).known

    def is_estimated(self, day: date) -> bool:
        """Whether the holiday hangs on the sight of the moon and may move by a day."""
        return _ESTIMATED in self.holiday(day)


@lru_cache(maxsize=4096)
def year_of(name: str, year: int) -> Year:
    """The days off in one year.

    Args:
        name: as in `Calendar`.
        year: of the Gregorian calendar.

    Raises:
        Invalid: the library has no such calendar.
    """
    if not name:
        return Year(MappingProxyType({}), frozenset(), known=True)
    place, _, category = name.partition("+")
    country, _, part = place.partition("-")
    wanted = ("public", category) if category else None
    try:
        found = holidays.country_holidays(
            country, subdiv=part or None, years=year, language=_ENGLISH, categories=wanted
        )
    except (NotImplementedError, ValueError):
        raise Invalid('No holidays are known for "%(name)s". Choose another region.', name=name) from None
    worked = frozenset(day for day in found.weekend_workdays if day.year == year)
    names = {day: title for day, title in found.items() if day.year == year}
    return Year(MappingProxyType(names), worked, found.start_year <= year <= found.end_year)


def check_region(country: str, region: str, field: str) -> None:
    """Refuse a region whose holidays nobody knows.

    Args:
        country: ISO 3166-1.
        region: the subdivision as the library writes it, such as "SCT".
        field: where it was chosen.

    Raises:
        Invalid: with the field.
    """
    try:
        year_of(f"{country}-{region}", _SOME_YEAR)
    except Invalid as unknown:
        raise Invalid(unknown.message, field, **unknown.params) from None
