"""Referring somebody outward: with their agreement, to whom, what was told; and asking later what came of it.

What leaves is a contact outside like any other (`cases.outside`), so that consent is asked there, and taking it back
lists it among what has left. Beside it the plan keeps the referral, and a task asks for its outcome.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from casework import clock, codes
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases import outside, sections
from casework.cases.changing import changing
from casework.cases.opening import OpenCase
from casework.cases.outside import Going
from casework.deadlines import service as dates
from casework.errors import Invalid, NotFound
from casework.plans import directory, setting
from casework.vault import Section

#: Where the referrals of a case are kept in its plan; and the word of the tasks that ask what came of one.
REFERRALS, TASK = "referrals", "referral"
#: Of the list `consent_purposes`.
PURPOSE = "referral"
MOST, LONGEST_NOTE = 40, 300


@dataclass(frozen=True)
class Referral:
    """Somebody was sent somewhere.

    Attributes:
        id: of the referral, and of the form that it came with.
        to: the place, as the consent names it.
        service_id: of the directory; None where the place is not in it.
        told: what they learned.
        on: the day.
        by: who referred.
        ask_on: the day on which somebody asks what came of it.
        outcome: of the list `referral_outcomes`; empty until somebody asked.
        note: what came of it, in words.
    """

    id: UUID
    to: str
    service_id: UUID | None
    told: str
    on: date
    by: UUID
    ask_on: date
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True)
class Wish:
    """A referral that somebody asks for.

    Attributes:
        to: the place by name, where it is not in the directory.
        service_id: of the directory.
        told: what they are told.
        after: after how many days somebody asks what came of it.
        home_state: whether they are an authority of the country that the person comes from (`answers`).
    """

    to: str
    service_id: UUID | None
    told: str
    after: int
    home_state: str


def refer(actor: Actor, ref: str, wish: Wish, words: str, form_token: UUID) -> UUID:
    """Refer somebody, with their agreement to this very place.

    Args:
        actor: who refers.
        ref: the case's reference.
        wish: to where, what is told, when to ask.
        words: what the task is called that asks for the outcome, in the language of who refers.
        form_token: of the form; the same one twice makes one referral.

    Returns:
        The id of the referral.

    Raises:
        Invalid: the person has not agreed to this place, the place is retired, it may speak for the home state,
            or something is missing.
        NotFound, Denied: not for this person.
    """
    with changing(actor, ref, Action.OUTSIDE_RECORD) as case:
        made = listing(case)
        if any(one.id == form_token for one in made):
            return form_token
        if len(made) >= MOST:
            raise Invalid("There is room for %(rows)s of these. Put the rest in a note.", rows=MOST)
        new = _new(case, wish, form_token)
        outside.put(case, _going(new, wish), form_token)
        _keep(case, [*made, new])
        dates.put_task(case, words, new.ask_on, (None, None), uuid4(), _about(new.id))
    return new.id


def answer(actor: Actor, ref: str, referral_id: UUID, outcome: str, note: str, words: str) -> None:
    """Say what came of a referral; its task is done with that.

    Args:
        actor: who asked.
        ref: the case's reference.
        referral_id: which one.
        outcome: of the list `referral_outcomes`.
        note: in words, without names.
        words: the outcome in the language of who says it, for the task's record.

    Raises:
        NotFound: this case has no such referral.
        Invalid: no such outcome, or too many words.
    """
    codes.load("referral_outcomes").code(outcome)
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise Invalid("This is too long: %(most)s characters at most.", "note", most=LONGEST_NOTE)
    with changing(actor, ref, Action.CASE_WORK) as case:
        made = listing(case)
        if all(one.id != referral_id for one in made):
            raise NotFound
        told = {"outcome": outcome, "note": note}
        _keep(case, [Referral(**(vars(one) | told)) if one.id == referral_id else one for one in made])
        dates.finish(case, _about(referral_id), words)


def listing(case: OpenCase) -> list[Referral]:
    """The referrals of a case that is open, the oldest first."""
    return [_read(one) for one in case.section(Section.PLAN).values.get(REFERRALS, [])]


def _going(new: Referral, wish: Wish) -> Going:
    """What leaves. A referral goes at once, so it is no way to a home state, which two people release."""
    going = Going(PURPOSE, new.to, new.told, wish.home_state)
    if going.by_two:
        raise Invalid(
            "Nobody is referred to an authority of the country that they come from, or may come from. Write it down"
            " under “Contacts outside”: there a second person decides.",
            "home_state",
        )
    return going


def _about(referral_id: UUID) -> str:
    return f"{TASK}:{referral_id}"


def _new(case: OpenCase, wish: Wish, referral_id: UUID) -> Referral:
    shortest, longest = setting.referral("shortest_days"), setting.referral("longest_days")
    if not shortest <= wish.after <= longest:
        raise Invalid("Between %(least)s and %(most)s days.", "after", least=shortest, most=longest)
    today, to = clock.today(), wish.to
    if wish.service_id is not None:
        place = directory.get(case.actor, wish.service_id)
        if place.retired:
            raise Invalid("Nobody is sent there any more. Choose another place.", "service")
        to = place.name
    return Referral(
        referral_id,
        " ".join(to.split()),
        wish.service_id,
        wish.told.strip(),
        today,
        case.actor.user_id,
        today + timedelta(days=wish.after),
    )


def _keep(case: OpenCase, all_of_them: list[Referral]) -> None:
    sections.put(case, Section.PLAN, {REFERRALS: [_written(one) for one in all_of_them]})


def _written(one: Referral) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "to": one.to,
        "service": str(one.service_id) if one.service_id else None,
        "told": one.told,
        "on": one.on.isoformat(),
        "by": str(one.by),
        "ask_on": one.ask_on.isoformat(),
        "outcome": one.outcome,
        "note": one.note,
    }


def _read(value: Mapping[str, Any]) -> Referral:
    return Referral(
        id=UUID(value["id"]),
        to=value["to"],
        service_id=UUID(value["service"]) if value["service"] else None,
        told=value["told"],
        on=date.fromisoformat(value["on"]),
        by=UUID(value["by"]),
        ask_on=date.fromisoformat(value["ask_on"]),
        outcome=value["outcome"],
        note=value["note"],
    )
