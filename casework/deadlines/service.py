"""What is done with the dates of a case: reading, ending, striking out, tasks, emergencies.

A date is never deleted. It is done, with what came of it, or void, with a reason and a second person.
"""

<<<<<<< HEAD
from casework.deadlines.ending import answer_strike, done, reopen, seen, strike
from casework.deadlines.listing import Dates, coming, listing, next_of, one
from casework.deadlines.owning import acknowledge, hand_to, take
from casework.deadlines.tasks import LONGEST_TITLE, Pair, add_task, finish, not_reached, put_task, tasks

__all__ = [
    "LONGEST_TITLE",
    "Dates",
    "Pair",
    "acknowledge",
    "add_task",
    "answer_strike",
    "coming",
    "done",
    "finish",
    "hand_to",
    "listing",
    "next_of",
    "not_reached",
    "one",
    "put_task",
    "reopen",
    "seen",
    "strike",
    "take",
    "tasks",
]
=======
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from casework import clock
from casework.access import desks, policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import opening
from casework.cases.changing import changing
from casework.cases.opening import OpenCase
from casework.deadlines import climbing, following, held, sealing
from casework.deadlines.held import Held, Sort, State
from casework.deadlines.starts import SPOKEN
from casework.errors import Invalid, Refused

LONGEST_TITLE = 120
#: What became of a task to call somebody who does not want that any more.
UNWANTED = "unwanted"

#: Whose a date or a task is, and who stands in; None: of whoever works on the case.
Pair = tuple[UUID | None, UUID | None]


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
    return case, climbing.climbed(_found(case, deadline_id), clock.now())


def done(actor: Actor, ref: str, deadline_id: UUID, reason: str) -> None:
    """It was done, or has come to pass.

    Args:
        actor: who says so.
        ref: the case's reference.
        deadline_id: which date.
        reason: what was done, or what came of it, in their words.

    Raises:
        Invalid: no reason, or it was ended already.
    """
    reason = held.reason_of(reason)
    with _turning(actor, ref, deadline_id) as (case, now):
        _end(case, now.turned("done", actor.user_id, reason, state=State.DONE, wake_at=None, moved=False))


def strike(actor: Actor, ref: str, deadline_id: UUID, reason: str) -> None:
    """Ask that it be struck out, because it does not count. Until a second person agrees, it runs on.

    Raises:
        Invalid: no reason, or it was ended already.
    """
    reason = held.reason_of(reason)
    with _turning(actor, ref, deadline_id) as (case, now):
        _end(case, now.turned("asked", actor.user_id, reason, state=State.ASKED))


def answer_strike(actor: Actor, ref: str, deadline_id: UUID, *, agree: bool) -> None:
    """The second person: strike it out, or let it stand.

    Raises:
        Invalid: nobody asked, or the same person did.
    """
    with _turning(actor, ref, deadline_id) as (case, now):
        if now.state is not State.ASKED:
            raise Invalid("Nobody asks for this any more.")
        asked = next(turn for turn in reversed(now.turns) if turn.what == "asked")
        if not agree:
            _end(case, now.turned("kept", actor.user_id, state=State.OPEN))
        elif asked.by == actor.user_id:
            raise Invalid("A second person has to agree: whoever asked cannot.")
        else:
            _end(
                case,
                now.turned("void", actor.user_id, asked.reason, state=State.VOID, wake_at=None, moved=False),
            )


def reopen(actor: Actor, ref: str, deadline_id: UUID, reason: str) -> None:
    """It was ended by mistake: it runs again.

    Raises:
        Invalid: no reason, or it runs.
    """
    reason = held.reason_of(reason)
    with _turning(actor, ref, deadline_id, ended=True) as (case, now):
        wake_at = held.wake_before(now.due_on, now.strikes, exact=now.exact)
        _end(case, now.turned("opened", actor.user_id, reason, state=State.OPEN, wake_at=wake_at))


def seen(actor: Actor, ref: str, deadline_id: UUID) -> None:
    """Somebody has looked at a date that a changed rule moved."""
    with _turning(actor, ref, deadline_id) as (case, now):
        wake_at = held.wake_before(now.due_on, now.strikes, exact=now.exact)
        _put(case, now.turned("seen", actor.user_id, moved=False, wake_at=wake_at), "seen")


def acknowledge(actor: Actor, ref: str, deadline_id: UUID) -> None:
    """Somebody takes an emergency upon themselves, by name. It is theirs until it is done.

    Raises:
        Invalid: it is no emergency, or somebody has it already.
    """
    with _turning(actor, ref, deadline_id) as (case, now):
        if now.sort is not Sort.EMERGENCY:
            raise Invalid("This is no emergency.")
        if now.acknowledged:
            if now.owner_id == actor.user_id:
                return
            raise Invalid("Somebody has taken this upon themselves already.")
        _put(case, _taken_up(now, actor.user_id), "acknowledged")


def hand_to(actor: Actor, ref: str, deadline_id: UUID, owner: UUID | None, backup: UUID | None) -> None:
    """Say whose it is, and who stands in.

    Raises:
        Invalid: they are not two different people of this desk.
    """
    with _turning(actor, ref, deadline_id) as (case, now):
        _check_pair(case, owner, backup)
        _put(case, now.turned("taken", actor.user_id, owner_id=owner, backup_id=backup), "owner")


def take(actor: Actor, ref: str, deadline_id: UUID) -> None:
    """Say that one does it oneself; whose it was before stands in, if anybody.

    Raises:
        Invalid: it was ended already.
    """
    with _turning(actor, ref, deadline_id) as (case, now):
        if now.owner_id == actor.user_id:
            return
        if now.sort is Sort.EMERGENCY:
            raise Invalid("Take the emergency upon yourself on its own page.")
        backup = now.owner_id or (now.backup_id if now.backup_id != actor.user_id else None)
        _check_pair(case, actor.user_id, backup)
        _put(case, now.turned("taken", actor.user_id, owner_id=actor.user_id, backup_id=backup), "owner")


def _taken_up(now: Held, who: UUID) -> Held:
    """An emergency that somebody has taken upon themselves; nobody stands in for themselves."""
    backup = now.backup_id if now.backup_id != who else None
    return now.turned("acknowledged", who, owner_id=who, backup_id=backup, wake_at=None)


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
    _check_pair(case, *pair)
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
            _end(case, replace(ended, wake_at=None, moved=False))


def call_off(case: OpenCase, about: str) -> None:
    """End the running tasks that a room made under a word, because the person does not want to be contacted.

    Args:
        case: held for a change.
        about: the word that they were made under.
    """
    for one in _made_under(case, about):
        ended = one.turned(UNWANTED, case.actor.user_id, state=State.DONE)
        _end(case, replace(ended, wake_at=None, moved=False))


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
            _put(case, one.turned("tried", case.actor.user_id), "tried")


@contextmanager
def _turning(
    actor: Actor, ref: str, deadline_id: UUID, *, ended: bool = False
) -> Iterator[tuple[OpenCase, Held]]:
    """Change one date of a case that is held meanwhile."""
    with changing(actor, ref, Action.DEADLINE_WORK, also_closed=True) as case:
        now = _found(case, deadline_id)
        if now.running and ended:
            raise Invalid("This date runs.")
        if not (now.running or ended):
            raise Invalid("This date was ended already.")
        yield case, following.climbed(case, now)


def _found(case: OpenCase, deadline_id: UUID) -> Held:
    found: Held = policy.found(next((each for each in sealing.read(case) if each.id == deadline_id), None))
    return found


def _end(case: OpenCase, now: Held) -> None:
    sealing.put(case, now)
    audit.record(
        case.actor.desk,
        Event.DEADLINE_ENDED,
        case=case.keys,
        deadline=str(now.id),
        state=now.state.value,
        reason=now.turns[-1].reason,
    )


def _put(case: OpenCase, now: Held, what: str) -> None:
    sealing.put(case, now)
    _changed(case, now, what)


def _changed(case: OpenCase, now: Held, what: str) -> None:
    audit.record(case.actor.desk, Event.DEADLINE_CHANGED, case=case.keys, deadline=str(now.id), what=what)


def _check_pair(case: OpenCase, owner: UUID | None, backup: UUID | None) -> None:
    for who, name in ((owner, "owner"), (backup, "backup")):
        if who is None:
            continue
        if not desks.has_a_place(case.actor.desk, who):
            raise Invalid("Choose somebody who works on the cases of this desk.", name)
        if case.keys.named is not None and who not in case.keys.named:
            raise Invalid("Choose somebody who can see this case.", name)
    if owner is not None and owner == backup:
        raise Invalid("Whoever does it and who stands in are two people.", "backup")
>>>>>>> 6ef017f (Nobody answered, by each way; nobody is tried who does not want it; the printed copy says where they were sent; a calm page after what was hard)
