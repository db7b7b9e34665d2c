"""Reading the dates and tasks of a case."""

from dataclasses import dataclass
from uuid import UUID

from casework import clock
from casework.access.actor import Actor
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import opening
from casework.cases.opening import OpenCase
from casework.deadlines import climbing, following, sealing
from casework.deadlines.changed import date_of
from casework.deadlines.held import Held, Sort
from casework.errors import Invalid, Refused


@dataclass(frozen=True)
class Dates:
    """The dates and tasks of a case.

    Attributes:
        running: those that somebody has to act on, the earliest first.
        ended: done or void, the newest first.
        refused: whether they do not open, or are not what was last saved.
        trouble: what keeps the clocks from being counted; None if nothing does.
        zone: IANA name of the place where the case happens.
    """

    running: tuple[Held, ...]
    ended: tuple[Held, ...]
    refused: bool
    trouble: Invalid | None
    zone: str


def listing(actor: Actor, ref: str) -> Dates:
    """The dates and tasks of a case; opening them is recorded.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref)
    found, refused = _seen(case)
    audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section="dates")
    running = sorted((one for one in found if one.running), key=lambda one: (one.loose, one.strikes))
    ended = sorted((one for one in found if not one.running), key=lambda one: one.turns[-1].at, reverse=True)
    trouble, zone = following.standing(case)
    return Dates(tuple(running), tuple(ended), refused, trouble, zone)


def _seen(case: OpenCase) -> tuple[list[Held], bool]:
    try:
        found = sealing.read(case)
    except Refused:
        case.complain(sealing.HELD.name)
        return [], True
    sealing.check(case, found)
    return found, False


def coming(case: OpenCase) -> list[Held]:
    """The dates of an open case that somebody has to act on, the earliest first; tasks and emergencies left out."""
    found = [each for each in sealing.all_of(case) if each.running and not each.loose]
    return sorted((each for each in found if each.sort is Sort.CLOCK), key=lambda each: each.strikes)


def next_of(case: OpenCase) -> Held | None:
    """The next date of an open case that somebody has to act on; of those that passed, where none is to come."""
    running = [each for each in sealing.all_of(case) if each.running and not each.loose]
    coming = [each for each in running if each.strikes >= clock.now()]
    return min(coming or running, key=lambda each: each.strikes, default=None)


def one(actor: Actor, ref: str, deadline_id: UUID) -> tuple[OpenCase, Held]:
    """One date of a case.

    Raises:
        NotFound: this case has no such date.
        Refused: it does not open.
    """
    case = opening.load(actor, ref)
    return case, climbing.climbed(date_of(case, deadline_id), clock.now())
