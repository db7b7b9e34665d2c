"""Whose turn an emergency is while nobody takes it upon themselves: its worker, who stands in, the coordinators.

It climbs with the hours, whoever is there. What it has climbed is written into its date at the next thing that
anybody does with the case; until then pages show it as it follows from the time.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from casework.deadlines.held import Held, Sort, Turn

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
#: What such a turn is called; its reason is the rung that was reached.
CLIMBED = "escalated"


class Whom(StrEnum):
    """Whose turn it is."""

    OWNER = "owner"
    BACKUP = "backup"
    COORDINATORS = "coordinators"


def begins(one: Held) -> datetime:
    """When an emergency is its worker's: an hour before its time to answer ends, or when it was given to them.

    Once somebody has taken it upon themselves: a day later, if it is not done by then.

    Args:
        one: an emergency.
    """
    again = [turn.at for turn in one.turns if turn.what == "opened"]
    if taken := one.acknowledged:
        return max([taken.at, *again]) + _DAY
    given = [turn.at for turn in one.turns if turn.what == "taken"]
    return max([one.strikes - _HOUR, *given, *again])


def rungs(begin: datetime) -> tuple[tuple[Whom, datetime], ...]:
    """From when on it is whose.

    Args:
        begin: as `begins` says.
    """
    return (Whom.OWNER, begin), (Whom.BACKUP, begin + _HOUR), (Whom.COORDINATORS, begin + 2 * _HOUR)


def reached(begin: datetime, now: datetime) -> tuple[Whom, datetime]:
    """Whose it is now, and since when.

    Args:
        begin: as `begins` says.
        now: with a zone.
    """
    passed = [rung for rung in rungs(begin) if rung[1] <= now]
    return passed[-1] if passed else (Whom.OWNER, begin)


def climbed(one: Held, now: datetime) -> Held:
    """An emergency with every rung that it has reached in its turns; any other date as it is."""
    if one.sort is not Sort.EMERGENCY or not one.running:
        return one
    begin = begins(one)
    known = {turn.reason for turn in one.turns if turn.what == CLIMBED and turn.at >= begin}
    new = [
        Turn(CLIMBED, at, reason=whom.value)
        for whom, at in rungs(begin)[1:]
        if at <= now and whom.value not in known
    ]
    return replace(one, turns=(*one.turns, *new)) if new else one
