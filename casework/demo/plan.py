"""Everything that happens in the demo, in the order in which it happened. Nothing is done here."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from casework.demo import desk_life, hours, numbers
from casework.demo.cast import Person, desks, people
from casework.demo.deeds import SignIn
from casework.demo.telling import Step, tell
from casework.demo.wishes import wishes

#: The same for everybody: two installations show the same demo on one day.
SEED = 20_26

_NO_CASE = -1
_LATELY = 10
_EVERY = 60
_ON_DUTY = 0.5


def plan(end: datetime, cases: int) -> list[Step]:
    """All steps of the demo, the oldest first.

    Args:
        end: today and now.
        cases: how many there shall be.
    """
    rng = Random(SEED)
    free = numbers.deal(rng)
    wished = wishes(rng, end, cases)
    steps = [
        step
        for number, wish in enumerate(wished)
        for step in tell(Random(rng.random()), number, wish, free, end)
    ]
    steps += [step for person in people() if person.desks for step in _sign_ins(rng, person, end)]
    steps += desk_life.steps(wished, end)
    return sorted(steps, key=lambda step: step.at)


def _sign_ins(rng: Random, person: Person, end: datetime) -> Iterator[Step]:
    """The days on which somebody came: many lately, one a month before that, which is enough to look at."""
    desk = desks()[person.desks[0]]
    today = end.astimezone(desk.zone).date()
    for ago in (*range(person.since - 2, _LATELY, -_EVERY), *range(_LATELY, -1, -1)):
        moment = hours.open_moment(rng, desk, today - timedelta(days=ago))
        if moment < end and (ago > _LATELY or rng.random() < _ON_DUTY):
            yield Step(moment, _NO_CASE, person.login, desk.key, SignIn())
