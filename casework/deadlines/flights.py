"""The emergency timeline of a removal: the steps before it, what can still stop it, and the calls after it.

Steps are dates of the case like all others, counted by rules from the flight: nothing here is kept apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from casework import clock
from casework.access.actor import Actor
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import opening
from casework.cases.opening import OpenCase
from casework.deadlines import following, sealing
from casework.deadlines.choices import Meaning
from casework.deadlines.facts import Happened
from casework.deadlines.happenings import Told
from casework.deadlines.held import Held, Sort, State
from casework.deadlines.zones import moment
from casework.errors import Invalid, Refused

FLIGHT, RETURNED = "flight", "returned"
#: What may stop a removal; habits of work, and what only ends some day, do not.
_BEARS = frozenset({Meaning.ACT_BY, Meaning.OTHER_SIDE_BY, Meaning.NOT_BEFORE})


@dataclass(frozen=True)
class Timeline:
    """The timeline of one removal.

    Attributes:
        leaves: the moment of the flight; the first minute of its day where nobody knows the hour. None: there is none.
        day: the day of the flight there.
        exact: whether the hour is known.
        zone: of the place it leaves from.
        country: whose offices can stop it; a code, or empty.
        before: steps before it and the flight itself, in the order of time, done or not.
        after: what follows it: the call after arrival, the checks after return.
        remedies: dates of the case that may stop it, the earliest first.
        returned: whether the case says that the person has arrived.
        refused: whether the dates do not open, or are not what was last saved.
        trouble: what keeps the clocks from being counted; None if nothing does.
    """

    leaves: datetime | None
    day: date | None
    exact: bool
    zone: str
    country: str
    before: tuple[Held, ...] = ()
    after: tuple[Held, ...] = ()
    remedies: tuple[Held, ...] = ()
    returned: bool = False
    refused: bool = False
    trouble: Invalid | None = None


def of(actor: Actor, ref: str) -> tuple[OpenCase, Timeline]:
    """The timeline of a case; opening it is recorded, for its dates and for what it says of legal steps.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref)
    for section in ("dates", "legal"):
        audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section=section)
    return case, timeline(case)


def planned(case: OpenCase) -> bool:
    """Whether an open case says that there is a flight, or that the person has come back from one."""
    try:
        told = following.told_by(case)
    except (Refused, Invalid):
        return False
    return any(each.event in (FLIGHT, RETURNED) for each in told.events)


def timeline(case: OpenCase) -> Timeline:
    """The timeline of an open case."""
    trouble, zone = following.standing(case)
    try:
        told, dates = following.told_by(case), sealing.read(case)
    except Invalid:
        return Timeline(None, None, exact=False, zone=zone, country="", trouble=trouble)
    except Refused:
        case.complain(sealing.HELD.name)
        return Timeline(None, None, exact=False, zone=zone, country="", refused=True, trouble=trouble)
    return laid_out(told, dates, clock.now(), trouble)


def laid_out(told: Told, dates: Sequence[Held], now: datetime, trouble: Invalid | None = None) -> Timeline:
    """The timeline of what a case tells and of the dates that it has. Pure.

    Args:
        told: what its answers say.
        dates: all of them.
        now: of several flights the next one counts; where all have left, the last one.
        trouble: as in `Timeline`.
    """
    flight = _next(told, now)
    steps = [one for one in dates if flight is not None and _belongs(one, flight)]
    returns = [one for one in dates if _event(one) == RETURNED and (one.state is State.DONE or one.running)]
    leaves = _leaves(flight, told.zone) if flight else None
    return Timeline(
        leaves=leaves,
        day=flight.day if flight else None,
        exact=flight is not None and flight.clock is not None,
        zone=(flight.zone if flight else "") or told.zone,
        country=told.host,
        before=_in_order(one for one in steps if leaves is None or one.strikes <= leaves),
        after=_in_order([*(one for one in steps if leaves and one.strikes > leaves), *returns]),
        remedies=_in_order(one for one in dates if _is_remedy(one)),
        returned=any(each.event == RETURNED for each in told.events),
        trouble=trouble,
    )


def _next(told: Told, now: datetime) -> Happened | None:
    """The next flight; where all have left, the last one."""
    flights = [(_leaves(each, told.zone), each) for each in told.events if each.event == FLIGHT]
    coming = [pair for pair in flights if pair[0] >= now]
    if coming:
        return min(coming, key=lambda pair: pair[0])[1]
    return max(flights, key=lambda pair: pair[0])[1] if flights else None


def _leaves(flight: Happened, zone: str) -> datetime:
    at = flight.clock or datetime.min.time()
    return moment(flight.day, at, flight.zone or zone)[0].astimezone(UTC)


def _belongs(one: Held, flight: Happened) -> bool:
    """Whether a date is a step of this flight; what hangs in the air or was struck out is none any more."""
    same = _event(one) == FLIGHT and one.lead is not None and one.lead.ref == flight.ref and not _acts(one)
    return same and one.base == flight.day.isoformat() and not one.loose and one.state is not State.VOID


def _is_remedy(one: Held) -> bool:
    """Whether it may stop the removal: something to be filed, a day before which it may not be, an end of detention."""
    counts = one.sort is Sort.CLOCK and one.running and not one.loose
    bears = one.lead is not None and one.lead.meaning in _BEARS
    return counts and bears and (_acts(one) or _event(one) not in (FLIGHT, RETURNED))


def _acts(one: Held) -> bool:
    """Whether it is something to be filed somewhere by then: no step, however it is counted."""
    return one.lead is not None and one.lead.meaning is Meaning.ACT_BY


def _event(one: Held) -> str:
    return one.lead.event if one.lead else ""


def _in_order(found: Iterable[Held]) -> tuple[Held, ...]:
    return tuple(sorted(found, key=lambda one: (one.strikes, one.lead.rule if one.lead else "")))
