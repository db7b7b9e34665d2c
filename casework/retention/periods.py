"""Months: when a closed case is looked at again, and when it loses its names. Pure arithmetic over days."""

import tomllib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from casework.cases import kinds
from casework.cases.fields import Retention
from casework.codes import DIRECTORY, Broken
from casework.errors import Invalid

_FILE = DIRECTORY.parent / "retention.toml"
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Periods:
    """What `config/retention.toml` says.

    Attributes:
        review: months after closing.
        pseudonymise: months after closing.
        grace: months after a hold or a wish to keep has ended.
        longest: months that either can be put for.
        jump: how far the clock may move on between two runs.
        back: how far it may be put back.
        at_once: cases in one run.
    """

    review: int
    pseudonymise: int
    grace: int
    longest: int
    jump: timedelta
    back: timedelta
    at_once: int


@cache
def load() -> Periods:
    """The periods of this installation, read once.

    Raises:
        Broken: the file cannot be used.
    """
    found: dict[str, Any] = tomllib.loads(_FILE.read_text("utf-8"))
    try:
        months, clock = found["periods"], found["clock"]
        made = Periods(
            review=int(months["review_months"]),
            pseudonymise=int(months["pseudonymise_months"]),
            grace=int(months["grace_months"]),
            longest=int(months["longest_months"]),
            jump=timedelta(days=clock["jump_days"]),
            back=timedelta(minutes=clock["back_minutes"]),
            at_once=int(found["purge"]["at_once"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Broken(f"{_FILE.name}: {error}") from None
    if not 0 < made.review <= made.pseudonymise or made.grace < 0 or made.at_once < 1:
        raise Broken(
            f"{_FILE.name}: months are whole, the review comes first, and a run takes a case at least"
        )
    return made


def month(day: date) -> date:
    """The first day of the month of a day."""
    return day.replace(day=1)


def month_after(day: date, months: int) -> date:
    """The first day of the month that begins after so many months have passed since a day, never earlier.

    Args:
        day: any day.
        months: whole months.
    """
    place = day.year * _YEAR + (day.month - 1) + months + 1
    return date(place // _YEAR, place % _YEAR + 1, 1)


def of_kinds(found: Iterable[str]) -> tuple[int, int]:
    """Months until the review and until a case loses its names.

    Args:
        found: the kinds of a case; one whose file was taken away says nothing.
    """
    said = []
    for key in found:
        with suppress(Invalid):
            said.append(kinds.get(key).retention)
    return longest(said)


def longest(said: Iterable[Retention]) -> tuple[int, int]:
    """The same from what several kinds say: the longest; where none says anything, what the installation says."""
    months = [(one.review_months, one.pseudonymise_months) for one in said]
    months = months or [(load().review, load().pseudonymise)]
    return max(one for one, _ in months), max(one for _, one in months)


@dataclass(frozen=True, slots=True)
class Ends:
    """The plain days of a closed case.

    Attributes:
        review_on: when a coordinator looks at it.
        ends_on: when it loses its names.
    """

    review_on: date
    ends_on: date


def ends(
    closed: date,
    months: tuple[int, int],
    stays: Iterable[date],
    sooner: Iterable[date] = (),
    runs: Iterable[date] = (),
) -> Ends:
    """When a closed case is looked at, and when it loses its names.

    Args:
        closed: the day of its last closing.
        months: as `of_kinds` gives them.
        stays: the last days of its hold and of the wish to keep it, where there are any.
        sooner: days on which somebody has to do something before that.
        runs: days of dates that were taken up again.
    """
    stays = list(stays)
    later = [*(month_after(day, load().grace) for day in stays), *(month_after(day, 0) for day in runs)]
    ends_on = max([month_after(closed, months[1]), *later])
    looked_at = month_after(max(stays), 0) if stays else month_after(closed, months[0])
    return Ends(min([looked_at, *(month(day) for day in sooner)]), ends_on)
