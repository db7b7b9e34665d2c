"""Tasks: what somebody has to do by a day, written down by people and by other rooms."""

from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases.changing import changing
from casework.cases.opening import OpenCase
from casework.deadlines import following, held, sealing
from casework.deadlines.changed import check_pair, end, put
from casework.deadlines.held import Held, Sort, State
from casework.deadlines.starts import SPOKEN
from casework.errors import Invalid

LONGEST_TITLE = 120
#: What became of a task to call somebody who does not want that any more.
UNWANTED = "unwanted"

#: Whose a date or a task is, and who stands in; None: of whoever works on the case.
Pair = tuple[UUID | None, UUID | None]


def add_task(
    actor: Actor, ref: str, title: str, due_on: date, pair: Pair, form_token: UUID, about: str = ""
) -> UUID:
    """Something that somebody has to do by a day.

    Args:
        actor: who says so.
        ref: the case's reference.
        title: what, without names.
        due_on: the day, at the place of the case.
        pair: whose it is, and who stands in.
        form_token: of the form; the same one twice makes one task.
        about: what it is about for the program, a word: the rooms that make tasks find theirs by it.

    Returns:
        The id of the task.

    Raises:
        Invalid: nothing was written, or these two cannot do it.
    """
    with changing(actor, ref, Action.DEADLINE_WORK) as case:
        return put_task(case, title, due_on, pair, form_token, about)


def put_task(case: OpenCase, title: str, due_on: date, pair: Pair, form_token: UUID, about: str = "") -> UUID:
    """The same on a case that is being changed. Arguments and errors are those of `add_task`."""
    title = " ".join(title.split())
    if not title:
        raise Invalid("Write down what is to be done.", "title")
    if len(title) > LONGEST_TITLE:
        raise Invalid("This is too long: %(most)s characters at most.", "title", most=LONGEST_TITLE)
    check_pair(case, *pair)
    known = next((one for one in sealing.read(case) if one.token == form_token), None)
    if known is not None:
        return known.id
    zone = following.standing(case)[1]
    strikes = datetime.combine(due_on, time(23, 59), ZoneInfo(zone))
    made = Held(
        uuid4(),
        Sort.TASK,
        State.OPEN,
        due_on,
        strikes,
        zone,
        *pair,
        title=title,
        base=about,
        token=form_token,
    )
    made = replace(made, wake_at=held.wake_before(due_on, strikes, exact=False))
    sealing.put(case, made.turned("made", case.actor.user_id))
    audit.record(case.actor.desk, Event.DEADLINE_CHANGED, case=case.keys, deadline=str(made.id), what="task")
    return made.id


def tasks(case: OpenCase, about: str | None = None) -> list[Held]:
    """The running tasks of a case, the earliest first.

    Args:
        case: opened.
        about: only those that a room made under this word.
    """
    found = [one for one in sealing.all_of(case) if one.sort is Sort.TASK and one.running]
    return sorted((one for one in found if about in (None, one.base)), key=lambda one: one.strikes)


def finish(case: OpenCase, about: str, reason: str, due_by: date | None = None) -> None:
    """End the running tasks that a room made under a word, on a case that is being changed.

    Args:
        case: held for a change.
        about: the word that they were made under.
        reason: what came of it.
        due_by: only those that are due by this day.
    """
    for one in _made_under(case, about):
        if due_by is None or one.due_on <= due_by:
            ended = one.turned("done", case.actor.user_id, held.reason_of(reason), state=State.DONE)
            end(case, replace(ended, wake_at=None, moved=False))


def call_off(case: OpenCase, about: str) -> None:
    """End the running tasks that a room made under a word, because the person does not want to be contacted.

    Args:
        case: held for a change.
        about: the word that they were made under.
    """
    for one in _made_under(case, about):
        ended = one.turned(UNWANTED, case.actor.user_id, state=State.DONE)
        end(case, replace(ended, wake_at=None, moved=False))


def _made_under(case: OpenCase, about: str) -> list[Held]:
    """The running tasks that a room made under a word."""
    return [
        one for one in sealing.all_of(case) if one.sort is Sort.TASK and one.running and one.base == about
    ]


def not_reached(case: OpenCase, due_by: date) -> None:
    """Nobody answered: written to the running dates at which somebody speaks with the person; they stay due.

    Args:
        case: held for a change.
        due_by: only those that are due by this day.
    """
    for one in sealing.all_of(case):
        theirs = one.sort is Sort.CLOCK and one.running and not one.loose
        if theirs and sealing.about(one) == SPOKEN and one.due_on <= due_by:
            put(case, one.turned("tried", case.actor.user_id), "tried")
