"""Dates and tasks of the demo: done, struck out by two, taken upon oneself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import uuid4

from casework import clock
from casework.cases import opening
from casework.deadlines import sealing, service
from casework.deadlines.held import Held, Sort, State
from casework.demo.deeds import Stage
from casework.demo.sources import table

#: What comes within so many days is done at this sitting already.
_AHEAD = timedelta(days=9)
#: Whoever was taken up that long ago is safe by now.
_SAFE_BY = timedelta(days=2)
_STRUCK = 0.1
_OVERLOOKED = 0.06


@dataclass(frozen=True)
class TakeUp:
    """Somebody takes an emergency upon themselves, by name."""

    def do(self, stage: Stage) -> None:
        """Acknowledge what waits for that."""
        for one in service.listing(stage.actor, stage.ref).running:
            if one.sort is Sort.EMERGENCY and not one.acknowledged:
                service.acknowledge(stage.actor, stage.ref, one.id)


@dataclass(frozen=True)
class Heed:
    """Somebody goes through the dates: what was done is written down, what does not count is asked to be struck.

    Attributes:
        draw: decides, between 0 and 1.
        closing: the case ends, so that nothing is left.
        late: it is the last time: what is still to come stays for today's list, and something was overlooked.
    """

    draw: float
    closing: bool = False
    late: bool = False

    def do(self, stage: Stage) -> None:
        """Read the page, and end what is over."""
        if service.next_of(opening.for_upkeep(stage.actor, stage.ref)) is None:
            return
        rng = Random(self.draw)
        for one in service.listing(stage.actor, stage.ref).running:
            if one.state is State.OPEN and self._over(rng, one):
                self._end(stage, rng, one)
            elif one.sort is Sort.EMERGENCY and not one.acknowledged:
                # Whoever sits down to a case takes upon themselves what nobody has: one that began anew, for instance.
                service.acknowledge(stage.actor, stage.ref, one.id)

    def _over(self, rng: Random, one: Held) -> bool:
        if self.closing:
            return True
        if one.sort is Sort.EMERGENCY:
            return one.turns[-1].what == "over" or one.strikes < clock.now() - _SAFE_BY
        if self.late:
            return one.strikes < clock.now() and rng.random() > _OVERLOOKED
        return one.strikes < clock.now() + _AHEAD

    def _end(self, stage: Stage, rng: Random, one: Held) -> None:
        to_come = self.closing and one.strikes > clock.now()
        if one.lead and (to_come or rng.random() < _STRUCK):
            reasons = table("dates")["struck"]["closing" if to_come else "passed"]
            service.strike(stage.actor, stage.ref, one.id, rng.choice(reasons))
        else:
            service.done(stage.actor, stage.ref, one.id, rng.choice(_came_of_it(one)))


def _came_of_it(one: Held) -> list[str]:
    """What may be written down of a date that is done: of a step in its own words, of others by what they are."""
    said = table("dates")
    steps: list[str] | None = said["steps"].get(one.lead.rule) if one.lead else None
    known: list[str] = said["done"][one.lead.meaning.value if one.lead else one.sort.value]
    return steps or known


@dataclass(frozen=True)
class Agree:
    """A second person looks at what is to be struck out, and agrees."""

    def do(self, stage: Stage) -> None:
        """Agree to all that somebody else asked for."""
        case = opening.for_upkeep(stage.actor, stage.ref)
        for one in sealing.all_of(case):
            if one.state is State.ASKED:
                service.answer_strike(stage.actor, stage.ref, one.id, agree=True)


@dataclass(frozen=True)
class AddTask:
    """Something is to be done by a day; it is its writer's own.

    Attributes:
        title: what.
        days: from now.
    """

    title: str
    days: int

    def do(self, stage: Stage) -> None:
        """Write it down."""
        due_on = (clock.now() + timedelta(days=self.days)).date()
        service.add_task(stage.actor, stage.ref, self.title, due_on, (stage.actor.user_id, None), uuid4())


def task(rng: Random, within: tuple[int, int]) -> Iterator[AddTask]:
    """A task, in one case of three.

    Args:
        rng: decides.
        within: days from now, the fewest and the most.
    """
    if rng.random() < 1 / 3:
        yield AddTask(rng.choice(table("dates")["tasks"]["titles"]), rng.randint(*within))


def last_look(rng: Random, since: datetime, end: datetime) -> Iterator[datetime]:
    """When somebody looks through the dates of an open case again: midway where nothing happened for long, and lately.

    Args:
        rng: decides.
        since: the last sitting.
        end: today and now.
    """
    gap = end - since
    if gap > timedelta(days=30):
        yield since + gap / 2
    if gap > timedelta(days=1):
        yield end - min(gap / 2, timedelta(days=rng.uniform(0.3, 6)))
