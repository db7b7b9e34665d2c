"""Who of a desk works on what, of those who were there at the time."""

from datetime import datetime, timedelta
from random import Random

from casework.demo.cast import Person, people

_VOLUNTEERS_MORE_OFTEN = 3
_COORDINATOR = "coordinator"


def there(desk: str, moment: datetime, end: datetime) -> list[Person]:
    """Who worked on the cases of a desk at a moment.

    Args:
        desk: its key.
        moment: when.
        end: today and now, from which everybody's days are counted.
    """
    ago = end - moment
    return [
        one
        for one in people()
        if one.works_cases and desk in one.desks and timedelta(days=one.since - 1) > ago
    ]


def somebody(rng: Random, among: list[Person], but: str = "") -> str:
    """The login of one of them, volunteers more often than coordinators.

    Args:
        rng: decides.
        among: who may be chosen.
        but: a login that may not.
    """
    free = [one for one in among if one.login != but]
    weights = [1 if one.role == _COORDINATOR else _VOLUNTEERS_MORE_OFTEN for one in free]
    return rng.choices(free, weights)[0].login


def coordinator(rng: Random, among: list[Person]) -> str:
    """The login of a coordinator."""
    return rng.choice([one.login for one in among if one.role == _COORDINATOR])
