"""Whom to ask whether they want to be linked with others, each by their safe way; nobody has to.

The answer is a consent of the case and lies there, with who asked and when. Here it is only read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import opening, safe_contact
from casework.cases.opening import OpenCase
from casework.cases.safe_contact import WAYS
from casework.errors import Refused
from casework.people import consents
from casework.people.consents import Consents, Told
from casework.search import desk_lists
from casework.search.card import Card
from casework.signals import service
from casework.vault import Section

#: What they are asked.
PURPOSE = "link"
#: What they may be asked for later, in the order in which it comes up: a campaign goes no further than each of them.
LATER = ("trends", "organise", "organiser", "story_text", "complaint", "litigation")
#: People shown at once: more are asked by whoever works on their cases.
MOST = 40


@dataclass(frozen=True)
class Later:
    """One of the later questions, as somebody answered it last.

    Attributes:
        purpose: of the list `consent_purposes`.
        answer: with who asked and when; None for one who was not asked.
        holds: whether that answer is a yes that still counts.
    """

    purpose: str
    answer: Told | None
    holds: bool


@dataclass(frozen=True)
class ToAsk:
    """One person of a signal.

    Attributes:
        card: of their case.
        ways: channels that are expressly safe, codes of `contact_channels`.
        now: whether one of them may be used at this hour, as they said.
        answer: what they answered last, with who asked and when; None for one who was not asked.
        holds: whether that answer is a yes that still counts.
        later: what else they were asked for.
    """

    card: Card
    ways: tuple[str, ...]
    now: bool
    answer: Told | None
    holds: bool
    later: tuple[Later, ...] = ()


def to_ask(actor: Actor, respondent_id: UUID) -> list[ToAsk]:
    """The people of a signal, those who were not asked first. Reading the list is recorded.

    Args:
        actor: who coordinates the desk, with the network's keys open.
        respondent_id: the entry that leads.

    Raises:
        NotFound: it is no signal.
        Denied: not for this person.
    """
    policy.require(actor, Action.SIGNAL_DECIDE)
    signal = service.get(actor, respondent_id)
    cards = desk_lists.of_cases(actor, signal.cases[:MOST])
    audit.record(actor.desk, Event.SIGNAL_ASKING, respondent=str(signal.one.id))
    found = [one for card in cards.values() if (one := _one(actor, card)) is not None]
    return sorted(found, key=lambda one: (one.answer is not None, one.card.ref))


def _one(actor: Actor, card: Card) -> ToAsk | None:
    try:
        case = opening.for_upkeep(actor, card.ref)
    except Refused:
        return None
    told = consents.listing(actor, case.keys)
    answer = told.newest(PURPOSE)
    later = tuple(_later(told, purpose) for purpose in LATER)
    return ToAsk(card, tuple(_ways(case)), _now(case), answer, told.live(PURPOSE) is not None, later)


def _later(told: Consents, purpose: str) -> Later:
    """The newest answer to a question, to whomever something was to go."""
    answer = next((one for one in told.told if one.answer.purpose == purpose), None)
    return Later(purpose, answer, answer is not None and answer.holds(clock.today()) and told.counts(answer))


def _ways(case: OpenCase) -> Iterable[str]:
    ways = case.section(Section.IDENTITY).values.get(WAYS) or []
    return dict.fromkeys(way["channel"] for way in ways if safe_contact.is_safe(way) and way.get("channel"))


def _now(case: OpenCase) -> bool:
    return not safe_contact.of(case).obstacles(clock.now())


def answers(people: Iterable[ToAsk]) -> tuple[int, int, int]:
    """How many of a signal said yes, said no, and were not asked."""
    some = list(people)
    yes = sum(one.holds for one in some)
    asked = sum(one.answer is not None for one in some)
    return yes, asked - yes, len(some) - asked
