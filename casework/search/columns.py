"""The columns of packed cards, and how a day, an amount or a person is written in them."""

from datetime import date, timedelta
from uuid import UUID

import numpy as np

CODES = ("kind", "risk", "status", "home", "host", "sector", "outcome", "currency")
CODE_LISTS = ("other_kinds", "languages", "flags", "profile", "answers")
USERS = ("primary", "backup")
DAYS = ("opened", "changed", "due")
MONEY = ("claimed", "documented", "awarded", "paid")
CODE, ID = "S122", "V16"

_FIRST_DAY = date(1970, 1, 1)
NO_MONEY = int(np.iinfo(np.int64).min)
NOBODY = bytes(16)


def day_number(some: date | None) -> int:
    """A day as a number: 1 is the first of January 1970, 65,535 a day in 2149; 0 is none."""
    return 0 if some is None else (some - _FIRST_DAY).days + 1


def day(number: int) -> date | None:
    """The day of a number."""
    return _FIRST_DAY + timedelta(days=number - 1) if number else None


def id_bytes(some: UUID | None) -> bytes:
    """A person or respondent as 16 bytes."""
    return some.bytes if some else NOBODY


def money_number(minor: int | None) -> int:
    """An amount in minor units as a number."""
    return NO_MONEY if minor is None else minor


def amount(number: int) -> int | None:
    """The amount of a number."""
    return None if number == NO_MONEY else number


def person(value: bytes) -> UUID | None:
    """Who 16 bytes stand for."""
    return None if value == NOBODY else UUID(bytes=value)
