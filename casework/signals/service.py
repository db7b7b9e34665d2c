"""The signals of a desk, for its coordinators: who comes up again and again, here and elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from casework import clock, codes
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit.events import Event
from casework.errors import Invalid, NotFound
from casework.respondents import register
from casework.respondents.register import Answerable, Register
from casework.search import desk_lists
from casework.signals import book, counting, telling, thresholds
from casework.signals.book import Aside, Decision
from casework.signals.telling import Heard

LONGEST_WHY, LONGEST_TEXT = 300, 1_000
_MOST_DECISIONS = 20


@dataclass(frozen=True)
class Elsewhere:
    """That another desk knows the same name.

    Attributes:
        desk: which one, and whom to turn to there.
        band: `telling.FEW` or `telling.MANY`: never a number.
    """

    desk: Heard
    band: str


@dataclass(frozen=True)
class Signal:
    """One name in the cases of several people.

    Attributes:
        one: the entry of the register that leads.
        persons: of this desk, exactly; restricted cases are in no count.
        cases: theirs.
        elsewhere: other desks that know it.
        unsure: doubles with people of their own that nobody made sure of: they are not counted.
        aside: that it was put aside, where that still holds.
        decisions: what those affected decided.
        months: for which this counts.
    """

    one: Answerable
    persons: int
    cases: tuple[UUID, ...]
    elsewhere: tuple[Elsewhere, ...]
    unsure: tuple[Answerable, ...]
    aside: Aside | None
    decisions: tuple[Decision, ...]
    months: int

    @property
    def desks(self) -> int:
        """How many desks know it, this one among them."""
        return bool(self.persons) + len(self.elsewhere)


@dataclass(frozen=True)
class Signals:
    """The signals of a desk.

    Attributes:
        now: those to look at, the one with the most people first.
        aside: those that were put aside.
        amiss: how much of what they are made of does not open, or is not as it was left.
    """

    now: tuple[Signal, ...]
    aside: tuple[Signal, ...]
    amiss: int


def listing(actor: Actor) -> Signals:
    """Everything that is a signal for this desk.

    Args:
        actor: who coordinates it, with the network's keys open.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.SIGNAL_VIEW)
    everybody, (told, refused) = register.listing(actor), telling.heard(actor)
    value, whole = book.look(actor)
    kept, opened = book.read(value), desk_lists.cards_for(actor)
    rows = counting.named(opened.pack, clock.today())
    found = [_signal(one, everybody, rows, told, kept) for one in _named_here(everybody, rows)]
    signals = sorted(
        filter(_is_one, found), key=lambda one: (-one.persons, one.one.name.casefold(), one.one.id)
    )
    now = tuple(one for one in signals if one.aside is None)
    aside = tuple(one for one in signals if one.aside is not None)
    amiss = refused + everybody.refused + len(opened.problems) + (not whole)
    return Signals(now, aside, amiss)


def get(actor: Actor, respondent_id: UUID) -> Signal:
    """One signal.

    Raises:
        NotFound: it is none, or none any more.
        Denied: as `listing`.
    """
    found = listing(actor)
    for one in (*found.now, *found.aside):
        if one.one.id == respondent_id:
            return one
    raise NotFound


def _named_here(everybody: Register, rows: list[counting.Named]) -> list[UUID]:
    """Who is named in cases of this desk: about others it learns nothing from anybody."""
    here = {one.respondent for one in rows if one.respondent in everybody.by_id}
    return sorted({everybody.leading(one, checked=True) for one in here})


def _signal(
    leads: UUID, everybody: Register, rows: list[counting.Named], told: list[Heard], kept: book.Book
) -> Signal:
    one = everybody.by_id[leads]
    threshold = thresholds.of(one.kinds)
    start = thresholds.since(threshold.months)
    same = {each.id for each in everybody.known if everybody.leading(each.id, checked=True) == leads}
    mine = [row for row in rows if row.respondent in same and row.opened >= start]
    unsure = {each.id for each in everybody.same(leads)} - same
    named = {row.respondent for row in rows if row.opened >= start}
    aside = kept.aside.get(leads)
    return Signal(
        one,
        len({row.person for row in mine}),
        tuple(dict.fromkeys(row.case_id for row in mine)),
        tuple(_elsewhere(desk, same) for desk in told if desk.bands.keys() & same),
        tuple(everybody.by_id[each] for each in sorted(unsure & named)),
        aside if aside is not None and aside.until >= clock.today() else None,
        tuple(each for key in sorted(same) for each in kept.decisions.get(key, ())),
        threshold.months,
    )


def _elsewhere(desk: Heard, same: set[UUID]) -> Elsewhere:
    bands = {desk.bands[one] for one in desk.bands.keys() & same}
    return Elsewhere(desk, telling.MANY if telling.MANY in bands else telling.FEW)


def _is_one(found: Signal) -> bool:
    threshold = thresholds.of(found.one.kinds)
    if not found.persons:
        return False
    return found.persons >= threshold.persons or found.desks >= threshold.desks


def put_aside(actor: Actor, respondent_id: UUID, until: date, why: str) -> None:
    """Do not show a signal among those to look at, for a while and for a reason.

    Args:
        actor: who coordinates the desk.
        respondent_id: the entry that leads.
        until: the last day.
        why: for the next coordinator.

    Raises:
        Invalid: no reason, or a day that has passed or is too far.
        NotFound: it is no signal.
    """
    policy.require(actor, Action.SIGNAL_DECIDE)
    signal, why = get(actor, respondent_id), " ".join(why.split())
    if not why:
        raise Invalid("Say why: the next coordinator has to understand it.", "why")
    if len(why) > LONGEST_WHY:
        raise Invalid("This is too long: %(most)s characters at most.", "why", most=LONGEST_WHY)
    if until < clock.today():
        raise Invalid("This day has passed. Choose a later one.", "until")
    if until > clock.today() + timedelta(days=thresholds.longest_snooze()):
        raise Invalid(
            "At most %(days)s days. Choose an earlier day.", "until", days=thresholds.longest_snooze()
        )
    stored, value = book.hold(actor)
    said = {"until": until.isoformat(), "why": why, "by": str(actor.user_id)}
    value["aside"] = _still_aside(value["aside"]) | {str(signal.one.id): said}
    book.save(
        actor, stored, value, Event.SIGNAL_ASIDE, respondent=str(signal.one.id), until=until.isoformat()
    )


def _still_aside(aside: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    today = clock.today().isoformat()
    return {key: one for key, one in aside.items() if one["until"] >= today}


def take_up(actor: Actor, respondent_id: UUID) -> None:
    """Show a signal that was put aside again. Doing so twice changes nothing."""
    policy.require(actor, Action.SIGNAL_DECIDE)
    stored, value = book.hold(actor)
    if value["aside"].pop(str(respondent_id), None):
        book.save(actor, stored, value, Event.SIGNAL_TAKEN_UP, respondent=str(respondent_id))


def decide(actor: Actor, respondent_id: UUID, on: date, what: str, text: str, form_token: UUID) -> None:
    """Write down what those affected decided when they met. There is no place for who was there.

    Args:
        actor: who coordinates the desk.
        respondent_id: the entry that leads.
        on: the day of the meeting.
        what: of the list `meeting_decisions`.
        text: what they want, in words; without names.
        form_token: of the form; the same one twice is one decision.

    Raises:
        Invalid: a day to come, nothing chosen, or too long a text.
        NotFound: it is no signal.
    """
    policy.require(actor, Action.SIGNAL_DECIDE)
    signal, text = get(actor, respondent_id), text.strip()
    if what not in codes.load("meeting_decisions"):
        raise Invalid("Please answer this one.", "what")
    if on > clock.today():
        raise Invalid("This day is still to come. Write it down when they have met.", "on")
    if len(text) > LONGEST_TEXT:
        raise Invalid("This is too long: %(most)s characters at most.", "text", most=LONGEST_TEXT)
    stored, value = book.hold(actor)
    now = value["decisions"].get(str(signal.one.id), [])
    if any(one["token"] == str(form_token) for one in now):
        return
    said = {"on": on.isoformat(), "what": what, "text": text, "token": str(form_token)}
    said |= {"by": str(actor.user_id), "at": clock.now().isoformat()}
    value["decisions"][str(signal.one.id)] = [*now, said][-_MOST_DECISIONS:]
    book.save(actor, stored, value, Event.SIGNAL_DECIDED, respondent=str(signal.one.id))
