"""What giving a case to an ally and referring it to a desk have in common: parts and files that were chosen, until a day."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from casework import clock
from casework.errors import Invalid
from casework.people.consents import Told
from casework.vault import Section
from casework.vault.grant import GRANTABLE

MOST_FILES = 20
#: Parts that may be chosen, by their keys in the list `sections`.
OFFERED = tuple(one.value for one in GRANTABLE)


def last_day(typed: str) -> date:
    """The day until which it shall hold, as it was typed.

    Raises:
        Invalid: it is no day.
    """
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise Invalid("Write the day as year, month and day: 2026-12-31.", "ends_on") from None


def check_parts(sections: Sequence[Section], files: Sequence[UUID]) -> None:
    """Something was chosen, of what there is to choose from, and not too much.

    Raises:
        Invalid: with the field that it belongs to.
    """
    if not sections and not files:
        raise Invalid("Choose at least one part or one file.", "sections")
    if not set(sections) <= set(GRANTABLE):
        raise Invalid("Please choose from the list.", "sections")
    if len(files) > MOST_FILES:
        raise Invalid("At most %(most)s files at once.", "files", most=MOST_FILES)


def check_last_day(day: date, told: Told, longest: timedelta) -> None:
    """The day is to come, the person agreed until then, and nothing is given for longer than it ever is.

    Args:
        day: the last one.
        told: the agreement that it stands on.
        longest: from today.

    Raises:
        Invalid: beside `ends_on`.
    """
    today = clock.today()
    if day < today:
        raise Invalid("This day has passed.", "ends_on")
    last = min(today + longest, told.answer.ends_on or today)
    if day > last:
        raise Invalid(
            "At the latest %(day)s: the person has agreed until then, or %(days)s days are over.",
            "ends_on",
            day=last.isoformat(),
            days=longest.days,
        )
