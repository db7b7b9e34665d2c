"""After every save of a case its dates are counted anew, in the same transaction."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from casework import clock, codes
from casework.access.actor import Actor
from casework.cases import cards, saved
from casework.cases.changing import CLOSED
from casework.cases.opening import OpenCase, State
from casework.db import db
from casework.deadlines import happenings, held, marking, sealing, telling
from casework.deadlines.happenings import Told
from casework.deadlines.held import Held, Sort
from casework.deadlines.held import State as Stands
from casework.deadlines.matching import Question, matched
from casework.deadlines.models import CaseDates, Deadline
from casework.errors import Invalid, Refused
from casework.vault import Section
from casework.vault.catalogue import field

DATES = field("case_dates.body")

#: The sections in which days stand that start a clock.
_SECTIONS = (Section.HEADER, Section.IDENTITY, Section.STORY, Section.LEGAL)
_EMERGENCY = "emergency"
_OVER = "over"

Rows = list[tuple[Held, Deadline]]


def follow_saves() -> None:
    """Let every save of a case bring its dates up to date, before its card is written."""
    saved.after_save(follow)
    cards.due_from(next_due)


def follow(actor: Actor, case: OpenCase) -> None:
    """Count the dates of a case that was just saved."""
    rows = sealing.all_of(case)
    try:
        told, marks = told_by(case), marking.counting(actor)
        asked = telling.counted(told, clock.today(), marks)
    except (Refused, Invalid):
        # A part that does not open was recorded already; of what cannot be counted the page of the dates
        # says what is wrong. Either moves nothing.
        pass
    else:
        settle(case, rows, asked)
        _remember(actor, case, told, marks, asked)
    _emergency(case, rows)
    _show_or_hide(case)
    db.session.flush()


def _show_or_hide(case: OpenCase) -> None:
    """A case that was closed to all but named people shows no line to the desk any more, and the other way round."""
    db.session.flush()
    for one, row in sealing.all_of(case):
        if bool(sealing.opened_brief(case.actor.desk, row)) is case.keys.restricted:
            sealing.put(case, row, one)


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


def told_by(case: OpenCase) -> Told:
    """What the answers of a case say to clocks.

    Raises:
        Refused: a section does not open.
        Invalid: a day cannot be, or an end lies before its beginning.
    """
    values: dict[str, Any] = {}
    for section in _SECTIONS:
        part = case.section(section)
        if part.state is State.REFUSED:
            raise Refused
        values |= part.values
    return happenings.told(case.kinds, values, case.row.opened_on, clock.today())


def settle(case: OpenCase, rows: Rows, asked: list[Question], *, moved: bool = False) -> bool:
    """Bring the rows of a case in line with what its clocks answer now.

    Args:
        case: held for a change.
        rows: its rows, with what each holds.
        asked: what its clocks answer now.
        moved: whether a changed rule or mark is the reason, so that somebody has to look again.

    Returns:
        Whether a row was written.
    """
    plan = matched([one for one, _row in rows], asked)
    by_id = {row.id: row for _one, row in rows}
    touched = False
    for one, question in plan.kept:
        now = _updated(one, question, moved=moved)
        if now != one:
            sealing.put(case, by_id[one.id], now)
            touched = True
    for question in plan.new:
        sealing.new(case, _made(question, moved=moved))
        touched = True
    for one in plan.loose:
        if not one.loose:
            sealing.put(case, by_id[one.id], one.turned("loose", loose=True, wake_at=None))
            touched = True
    return touched


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


def _remember(actor: Actor, case: OpenCase, told: Told, marks: dict[str, Any], asked: list[Question]) -> None:
    """Keep what was counted from. A restricted case keeps nothing that the whole desk could open."""
    row = db.session.get(CaseDates, case.id)
    if case.keys.restricted:
        if row is not None:
            db.session.delete(row)
        return
    if row is None:
        row = CaseDates(case_id=case.id, desk_id=case.desk_id)
        db.session.add(row)
    row.stamp = marking.stamp(marks)
    row.body = sealed_dates(actor, case.id, told, telling.bearing(told, marks), telling.fingerprint(asked))


def sealed_dates(actor: Actor, case_id: Any, told: Told, bearing: str, came_to: str) -> bytes:
    """What the clocks of a case were counted from, sealed to the desk and filled up to a common size."""
    value = telling.as_value(told) | {"bearing": bearing, "came_to": came_to}
    return actor.desk.seal(DATES, case_id, value | {"fill": " " * max(0, 900 - len(str(value)))})


def _emergency(case: OpenCase, rows: Rows) -> None:
    """An emergency waits for somebody to take it upon themselves, by name, within the hours of its risk."""
    header = case.section(Section.HEADER).values
    now = header.get("risk") == _EMERGENCY or header.get("danger_now") == "yes"
    known = [(one, row) for one, row in rows if one.sort is Sort.EMERGENCY]
    if not now:
        for one, row in known:
            if one.turns[-1].what != _OVER:
                sealing.put(case, row, one.turned(_OVER))
    elif case.row.status != CLOSED and all(not one.running and _called_off(one) for one, _row in known):
        hours = codes.load("risk").fact(_EMERGENCY, "response_hours")
        strikes = clock.now().replace(second=0, microsecond=0) + timedelta(hours=hours)
        made = Held(uuid4(), Sort.EMERGENCY, Stands.OPEN, strikes.date(), strikes, "UTC", wake_at=strikes)
        sealing.new(case, made.turned("made"))


def _called_off(one: Held) -> bool:
    """Whether the emergency was over once: what is one now has begun anew."""
    return any(turn.what == _OVER for turn in one.turns)


def next_due(case: OpenCase) -> Any:
    """The day of the next date of a case, for its card: the earliest that somebody has to act on."""
    days = [one.due_on for one, _row in sealing.all_of(case) if one.running and not one.loose]
    coming = [day for day in days if day >= clock.today()]
    return min(coming or days, default=None)
