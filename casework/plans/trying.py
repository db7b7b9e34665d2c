"""Nobody answered: one press keeps the try, and says when and how to try again within the person's own rule.

Nothing is ever sent from here and no number is shown. A message is left only where the safe-contact rule says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from casework import clock, codes
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases import entries, gate, heads_up, neutral, safe_contact
from casework.cases.changing import CLOSED, changing
from casework.cases.entries import Noted
from casework.cases.opening import OpenCase
from casework.deadlines import following
from casework.deadlines import service as dates
from casework.deadlines.starts import SPOKEN
from casework.errors import Invalid
from casework.people.windows import Window
from casework.plans import rhythm, setting
from casework.plans.rhythm import Next, Step

#: What such an entry is, and the word of the task that follows it.
NO_ANSWER, TASK = "no_answer", "try"
#: The word of a task at which somebody speaks with the person.
CONTACT = SPOKEN
#: The way of a try that is none of those that are written down.
OTHER = "other"

Say = Callable[[Next], str]


@dataclass(frozen=True)
class Tried:
    """What became of a try.

    Attributes:
        count: how many in a row found nobody.
        next: the next one; None where no way is marked safe.
        coordinator: whether coordinators were told.
        message: whether a message may be left.
        outside: whether it was outside of the hours that the person gave.
    """

    count: int
    next: Next | None
    coordinator: bool
    message: bool
    outside: bool


def offered(case: OpenCase) -> frozenset[str]:
    """By which ways somebody may say that nobody answered: those that are marked safe.

    None of a closed case, and none where the person does not want to be contacted: there nobody tries again. Where
    no way is marked safe, somebody tried one against the rule: `OTHER`.

    Args:
        case: opened.
    """
    ways = safe_contact.of(case).ways
    if case.row.status == CLOSED or not ways or gate.unwanted(case):
        return frozenset()
    safe = {way["channel"] for way in ways if safe_contact.is_safe(way) and way.get("channel")}
    return frozenset(safe or {OTHER})


def follow_consents(case: OpenCase) -> None:
    """After every answer: where they do not want to be contacted, no task to try again stays.

    Args:
        case: held for a change.
    """
    if gate.unwanted(case):
        dates.call_off(case, TASK)


def no_answer(actor: Actor, ref: str, channel: str, say: Say, done: str, form_token: UUID) -> Tried:
    """Keep that nobody answered, and plan the next try.

    Args:
        actor: who tried.
        ref: the case's reference.
        channel: of the list `contact_channels`; empty for the way that was to be tried.
        say: what the next try is called as a task, in the language of who tried.
        done: what is written down as the end of the task before, in the same language.
        form_token: of the form; the same one twice keeps one try.

    Raises:
        Invalid: an unknown channel, no way to reach them is written down, or they do not want to be contacted.
        NotFound, Denied: not for this person.
    """
    with changing(actor, ref, Action.CASE_WORK) as case:
        rule, now, row = safe_contact.of(case), clock.now(), in_a_row(case)
        if gate.unwanted(case):
            raise Invalid("They do not want to be contacted: do not try again. What was tried can be noted.")
        safe = [way["channel"] for way in rule.ways if safe_contact.is_safe(way) and way.get("channel")]
        if neutral.sent_before(case, form_token) is None:
            way = channel or _expected(row, safe, rule.ways)
            codes.load("contact_channels").code(way)
            noted = Noted(uuid4(), NO_ANSWER, now, "", actor.user_id, now, channel=way)
            entries.put(case, noted, form_token)
            row = [*row, noted]
            tried = _follow(case, row, safe, say, done)
        else:
            tried = _planned(case, row, safe)
        return tried


def note(
    actor: Actor,
    ref: str,
    type_: str,
    when: datetime,
    text: str,
    form_token: UUID,
    *,
    heavy: bool,
    done: str,
) -> UUID:
    """Note something on a case; where they were spoken to, nobody has to try again.

    Args:
        actor, ref, type_, when, text, form_token: as `entries.add` takes them.
        heavy: whether it is hard to read: pages fold it.
        done: what is written down as the end of the task to try again.

    Raises:
        As `entries.add`.
    """
    entries.check(type_, text)
    with changing(actor, ref, Action.CASE_WORK) as case:
        noted = Noted(uuid4(), type_, when, text.strip(), actor.user_id, clock.now(), heavy=heavy)
        if _speaks(type_) and neutral.sent_before(case, form_token) is None:
            dates.finish(case, TASK, done)
            dates.finish(case, CONTACT, done, due_by=clock.today())
        return entries.put(case, noted, form_token)


def _speaks(type_: str) -> bool:
    """Whether somebody spoke with the person in such an entry."""
    listed = codes.load("entry_types")
    return type_ in listed and bool(listed.code(type_).facts.get("reached"))


def in_a_row(case: OpenCase) -> list[Noted]:
    """The tries since somebody last spoke with them, the oldest first."""
    known = sorted(entries.readable(case), key=lambda one: (one.when, one.at))
    spoken = [n for n, one in enumerate(known) if _speaks(one.type)]
    return [one for one in known[spoken[-1] + 1 if spoken else 0 :] if one.type == NO_ANSWER]


def _expected(row: Sequence[Noted], safe: Sequence[str], ways: Sequence[object]) -> str:
    if not ways:
        raise Invalid("No way to reach them is written down. Ask how, and write it down first.")
    if not row:
        return safe[0] if safe else OTHER
    return rhythm.channel_for(_step(row), [one.channel for one in row], safe) or OTHER


def _follow(case: OpenCase, row: list[Noted], safe: list[str], say: Say, done: str) -> Tried:
    tried = _planned(case, row, safe)
    dates.finish(case, TASK, done)
    dates.finish(case, CONTACT, done, due_by=clock.today())
    dates.not_reached(case, clock.today())
    if tried.next is not None:
        dates.put_task(case, say(tried.next), tried.next.begins.date(), (None, None), uuid4(), TASK)
    if tried.coordinator:
        heads_up.tell(case, heads_up.What.NOT_REACHED)
    return tried


def _planned(case: OpenCase, row: list[Noted], safe: list[str]) -> Tried:
    if not row:
        # The same form once more, and since then they were spoken to.
        return Tried(0, None, coordinator=False, message=False, outside=False)
    rule, step, last = safe_contact.of(case), _step(row), row[-1]
    channel = rhythm.channel_for(step, [one.channel for one in row], safe)
    window = rule.window or rhythm.hours_of_the_desk(
        setting.table("tries")["begins"], setting.table("tries")["ends"], following.standing(case)[1]
    )
    following_try = Next(*rhythm.when(step, last.when, window), channel) if channel else None
    return Tried(
        len(row),
        following_try,
        step.coordinator or channel is None,
        rule.told.get("voicemail") == "yes" and _within(rule.window, last.when),
        not _within(rule.window, last.when),
    )


def _within(window: Window | None, moment: datetime) -> bool:
    return window is None or window.holds(moment)


def _step(row: Sequence[Noted]) -> Step:
    return rhythm.step_after(len(row), [Step.read(one) for one in setting.table("tries")["step"]])
