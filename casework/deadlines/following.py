"""After every save of a case its dates are counted anew, in the same transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from casework import clock
from casework.access import desks
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import cards, mending, saved
from casework.cases.changing import CLOSED
from casework.cases.opening import OpenCase, State
from casework.deadlines import climbing, happenings, held, marking, sealing, starts, telling
from casework.deadlines.days import Counted
from casework.deadlines.happenings import Told
from casework.deadlines.held import Held, Sort
from casework.deadlines.held import State as Stands
from casework.deadlines.matching import Question, matched
from casework.errors import Invalid, Refused
from casework.vault import Section

#: The sections in which days stand that start a clock.
_SECTIONS = (Section.HEADER, Section.IDENTITY, Section.STORY, Section.LEGAL)
_EMERGENCY = "emergency"
_OVER = "over"


def follow_saves() -> None:
    """Let every save of a case bring its dates up to date, before the case states itself and its card is written."""
    saved.before_statement(follow)
    cards.due_from(next_due)
    mending.follow(mending.Room("dates", sealing.opens, sealing.as_left, sealing.accept))


def follow(case: OpenCase, *, moved: bool = False) -> None:
    """Count the dates of a case that is being saved.

    Args:
        case: held for a change.
        moved: whether a changed rule or mark is the reason, so that somebody has to look again.
    """
    try:
        dates = sealing.read(case)
    except Refused:
        # Writing over them would hide what was done to them.
        case.complain(sealing.HELD.name)
        return
    marks = marking.counting(case.actor)
    stamp = marking.stamp(marks).hex()
    told, counted = None, Counted(stamp)
    try:
        facts = told_by(case)
        asked = telling.counted(facts, clock.today(), marks)
    except (Refused, Invalid):
        # A part that does not open was recorded already; of what cannot be counted the page of the dates
        # says what is wrong. Either moves nothing.
        pass
    else:
        dates, told = settled(dates, asked, moved=moved), telling.as_value(facts)
        dates = [_answered(case, one) for one in dates]
        counted = Counted(stamp, telling.bearing(facts, marks), telling.fingerprint(asked))
    sealing.write(case, _with_emergency(case, dates), told, counted)


def standing(case: OpenCase) -> tuple[Invalid | None, str]:
    """What keeps the clocks of a case from being counted, if anything; and the zone of its place."""
    try:
        told = told_by(case)
        telling.counted(told, clock.today(), {})
    except Invalid as trouble:
        return trouble, happenings.zone_of("")
    except Refused:
        return None, happenings.zone_of("")
    return None, told.zone


def zone_to_offer(case: OpenCase, own: str) -> str:
    """Which zone a form of a case has chosen already where a time is asked for; empty where nobody knows.

    Args:
        case: opened.
        own: of the desk.
    """
    try:
        return happenings.zone_to_offer(told_by(case), own)
    except (Invalid, Refused):
        return own


def told_by(case: OpenCase) -> Told:
    """What the answers of a case say to clocks.

    Raises:
        Refused: a section does not open.
        Invalid: a day cannot be, or an end lies before its beginning.
    """
    if any(case.section(section).state is State.REFUSED for section in _SECTIONS):
        raise Refused
    return happenings.told(case.kinds, _values(case), case.row.opened_on, clock.today())


def _values(case: OpenCase) -> dict[str, Any]:
    """All answers from which dates follow, by stored key."""
    return {key: value for section in _SECTIONS for key, value in case.section(section).values.items()}


def settled(dates: Sequence[Held], asked: list[Question], *, moved: bool = False) -> list[Held]:
    """The dates of a case in line with what its clocks answer now. Pure.

    Args:
        dates: as they were.
        asked: what its clocks answer now.
        moved: whether a changed rule or mark is the reason, so that somebody has to look again.
    """
    plan = matched(dates, asked)
    now = {one.id: _updated(one, question, moved=moved) for one, question in plan.kept}
    now |= {one.id: one.turned("loose", loose=True, wake_at=None) for one in plan.loose if not one.loose}
    new = [_made(question, moved=moved) for question in plan.new]
    return [*(now.get(one.id, one) for one in dates), *new]


def _answered(case: OpenCase, one: Held) -> Held:
    """A date whose answer stands in the case is done; one that somebody took up again stays theirs to end."""
    again = any(turn.what == "opened" for turn in one.turns)
    if not one.running or one.loose or again or not _has_answer(case, one):
        return one
    audit.record(
        case.actor.desk,
        Event.DEADLINE_ENDED,
        case=case.keys,
        deadline=str(one.id),
        state=Stands.DONE.value,
        reason="",
    )
    return one.turned("answered", case.actor.user_id, state=Stands.DONE, wake_at=None, moved=False)


def _has_answer(case: OpenCase, one: Held) -> bool:
    for answer in starts.load().answers:
        if one.lead and one.lead.rule == answer.rule:
            rows = _values(case).get(answer.source) or []
            if any(all(row.get(name) in codes for name, codes in answer.where.items()) for row in rows):
                return True
    return False


def _made(question: Question, *, moved: bool) -> Held:
    lead = question.clocks[0]
    fresh = Held(uuid4(), Sort.CLOCK, Stands.OPEN, lead.day, lead.strikes, lead.zone)
    wake_at = (
        _this_morning() if moved else held.wake_before(lead.day, lead.strikes, exact=lead.moment is not None)
    )
    return replace(
        fresh.turned("made"), clocks=question.clocks, base=question.base, wake_at=wake_at, moved=moved
    )


def _this_morning() -> datetime:
    """The hour at which ordinary dates wake: a moment of its own would show which cases one rule moved."""
    return (clock.now() - timedelta(hours=6)).replace(hour=6, minute=0, second=0, microsecond=0)


def _updated(one: Held, question: Question, *, moved: bool) -> Held:
    """A running row with what its clocks say now; what it was before stays in its turns."""
    lead = question.clocks[0]
    now = replace(one, clocks=question.clocks, base=question.base, loose=False)
    now = replace(now, due_on=lead.day, strikes=lead.strikes, zone=lead.zone)
    if (one.due_on, one.strikes) == (now.due_on, now.strikes) and not (moved and _says_else(one, now)):
        return now
    wake_at = held.wake_before(lead.day, lead.strikes, exact=lead.moment is not None)
    if moved:
        return now.turned("rule", was=one.due_on, moved=True, wake_at=_this_morning())
    return now.turned("moved", was=one.due_on, wake_at=wake_at)


def _says_else(one: Held, now: Held) -> bool:
    """Whether another version leads, or the law stands otherwise; a mark of trust alone calls nobody."""
    was, lead = one.clocks[0], now.clocks[0]
    return (was.version, was.status) != (lead.version, lead.status) or _blocked(one) != _blocked(now)


def _blocked(one: Held) -> set[str]:
    return {each.version for each in one.clocks if each.status.value == "blocked"}


def _with_emergency(case: OpenCase, dates: list[Held]) -> list[Held]:
    """An emergency waits for somebody to take it upon themselves, by name, within the hours of its risk."""
    header = case.section(Section.HEADER).values
    dates = [climbed(case, one) for one in dates]
    known = [one for one in dates if one.sort is Sort.EMERGENCY]
    if header.get("risk") != _EMERGENCY and header.get("danger_now") != "yes":
        return [_over(one) if one in known else one for one in dates]
    if case.row.status == CLOSED or any(one.running or not _called_off(one) for one in known):
        return dates
    hours = desks.response_hours(case.actor.desk)[_EMERGENCY]
    strikes = clock.now().replace(second=0, microsecond=0) + timedelta(hours=hours)
    made = Held(uuid4(), Sort.EMERGENCY, Stands.OPEN, strikes.date(), strikes, "UTC", wake_at=strikes)
    return [*dates, made.turned("made")]


def climbed(case: OpenCase, one: Held) -> Held:
    """A date with what it has climbed because nobody took it in time; the record of the case keeps that.

    Args:
        case: held for a change; whoever calls keeps the date.
        one: of that case.
    """
    now = climbing.climbed(one, clock.now())
    for _turn in now.turns[len(one.turns) :]:
        audit.record(
            case.actor.desk,
            Event.DEADLINE_CHANGED,
            case=case.keys,
            deadline=str(one.id),
            what=climbing.CLIMBED,
        )
    return now


def _over(one: Held) -> Held:
    return one if one.turns[-1].what == _OVER else one.turned(_OVER)


def _called_off(one: Held) -> bool:
    """Whether the emergency was over once: what is one now has begun anew."""
    return any(turn.what == _OVER for turn in one.turns)


def next_due(case: OpenCase) -> Any:
    """The day of the next date of a case, for its card: the earliest that somebody has to act on."""
    days = [one.due_on for one in sealing.all_of(case) if one.running and not one.loose]
    coming = [day for day in days if day >= clock.today()]
    return min(coming or days, default=None)
