"""At the desk: what somebody who wants to organise lets the organiser whom they chose know, and taking it back.

It stands on an agreement of its own, *I want to organise*, by the organiser's name; help never depends on it. What is
passed is a name to be called by and one way that is expressly safe, boxed to that organiser's key: nobody else of the
network reads it, and neither box nor row says from which desk or case it comes. Taking it back destroys the box; where
the organiser had read it already, they are told to leave the person alone.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import consenting, left, neutral, opening
from casework.cases.changing import changing
from casework.cases.left import Left
from casework.cases.opening import OpenCase
from casework.deadlines import service as dates
from casework.errors import Invalid, NotFound
from casework.organising import boxes, kept, offers, wishing
from casework.organising.kept import Introduced
from casework.organising.models import Introduction
from casework.organising.offers import Offer
from casework.organising.spans import spans
from casework.organising.wishing import Wish
from casework.people import consents
from casework.people.consents import CASEWORK, Answer
from casework.retention import witness

#: What the person agrees to; and the word of the tasks that ask whether the two have met.
PURPOSE = TASK = "organiser"


def introduce(
    actor: Actor, ref: str, wish: Wish, answer: Answer, form_token: UUID, task: str = "Have they met?"
) -> bool:
    """Write down what somebody said, and with a yes let the organiser know.

    Args:
        actor: who asked, with the network's keys open.
        ref: the case's reference.
        wish: what the organiser is to know.
        answer: what was said; purpose and recipient are put in here.
        form_token: of the form; the same one twice is one answer, passed once.
        task: what the task is called that asks whether they met, in the language of who asked.

    Returns:
        Whether something was passed.

    Raises:
        Invalid: the answer does not count, nobody was chosen, or no safe way is known.
        NotFound, Denied: not for this person.
    """
    offer, stand_in = wishing.chosen(actor, wish)
    data = f"{wish.called.strip()} · {wish.channel}" if answer.given else ""
    given = replace(answer, purpose=PURPOSE, recipient=offer.recipient, data=data)
    if not given.given:
        consenting.record(actor, ref, given, form_token)
        return False
    with changing(actor, ref, Action.ORGANISER_TELL) as case:
        if neutral.sent_before(case, form_token) is None:
            # Checked before the answer is kept: a yes that nothing came of would promise something.
            wishing.check(wish)
            number = wishing.number(case, wish.channel)
            consents.record(actor, case.keys, given, uuid4())
            if stand_in is not None:
                beside = replace(given, recipient=stand_in.recipient)
                consents.record(actor, case.keys, beside, uuid4())
            pass_on(case, offer, wish, number, form_token, task, stand_in)
    return True


def pass_on(
    case: OpenCase,
    offer: Offer,
    wish: Wish,
    number: str,
    form_token: UUID,
    task: str,
    stand_in: Offer | None = None,
) -> None:
    """Box it for an organiser, keep that in the case, and see that somebody looks whether they met.

    Args:
        case: held for a change.
        offer: of the organiser, to whom the person agreed.
        wish: what the organiser is to know.
        number: of the way.
        form_token: of the form.
        task: as `introduce` takes it.
        stand_in: who may step in.

    Raises:
        Invalid: they have not agreed, or this organiser knows of them already.
    """
    told = left.agreed(case, PURPOSE, offer.recipient)
    if told is None:
        raise Invalid("They have not agreed to casework any more. Ask that first.")
    if any(not one.ended and one.to == offer.recipient for one in kept.listing(case)):
        raise Invalid("This organiser knows of them already.", "offer")
    state, end, today = offers.network_of(case.actor), uuid4(), clock.today()
    row = Introduction(id=uuid4(), desk_id=state.desk_id, to_id=offer.user_id)
    row.ends_on = min(today + spans().longest, told.answer.ends_on or today)
    value = {
        "called": wish.called.strip(),
        "channel": wish.channel,
        "number": number,
        "words": wish.words.strip(),
        "named": offer.named,
        "on": today.isoformat(),
        "end": str(end),
        "by": str(case.actor.user_id),
    }
    boxes.put(case.actor, row, state.member(offer.user_id).x, value)
    body = {"type": kept.ENTRY, "row": str(row.id), "end": str(end), "to": offer.recipient}
    body |= {"channel": wish.channel, "by": str(case.actor.user_id), "at": clock.now().isoformat()}
    neutral.add(case, kept.SECTION, body | {"ended": ""} | _beside(value, stand_in), form_token)
    dates.put_task(case, task, today + spans().look_after, (None, None), uuid4(), _about(row.id))
    audit.record(case.actor.desk, Event.INTRODUCED, case=case.keys, introduction=str(row.id))


def _beside(value: dict[str, str], stand_in: Offer | None) -> dict[str, Any]:
    """What the case keeps for whoever may step in: without it they would have to be asked for it all again."""
    if stand_in is None:
        return {}
    told = {key: value[key] for key in ("called", "words")}
    return {"stand_in": {"to": stand_in.recipient, "user": str(stand_in.user_id)} | told}


def _about(row_id: UUID | str) -> str:
    return f"{TASK}:{row_id}"


def listing(actor: Actor, ref: str) -> tuple[OpenCase, list[Introduced]]:
    """To whom somebody was introduced, newest first; opening this is recorded.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref, Action.ORGANISER_TELL)
    audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section="organising")
    return case, kept.listing(case)


def take_back(actor: Actor, ref: str, entry_id: UUID) -> None:
    """They do not want to be met any more; a word is enough, and their yes is taken back with it.

    Raises:
        NotFound: they were not introduced.
    """
    case = opening.load(actor, ref, Action.ORGANISER_TELL)
    found = next((one for one in kept.listing(case) if one.id == entry_id and not one.ended), None)
    if found is None:
        raise NotFound
    every = consents.listing(actor, case.keys)
    for recipient in filter(None, (found.stand_in, found.to)):
        told = every.live(PURPOSE, recipient)
        if told is not None:
            consenting.withdraw(actor, ref, told.id)
    with changing(actor, ref, Action.ORGANISER_TELL, also_closed=True) as held:
        end(held, "withdrawn", lambda one: one["to"] == found.to)


def follow_consents(case: OpenCase) -> None:
    """After every answer: who took their yes back, to this or to casework, is known to no organiser any more."""
    end(case, "withdrawn", lambda one: _ended(case, one["to"]))
    for row in kept.rows(case):
        beside = row.body.get("stand_in")
        if beside and _ended(case, beside["to"]):
            kept.change(case, row, stand_in=None)


def _ended(case: OpenCase, to: str) -> bool:
    """Whether an agreement is over. By a clock that jumped none runs out: what is destroyed does not come back."""
    if not witness.doubted():
        return left.agreed(case, PURPOSE, to) is None
    told = consents.listing(case.actor, case.keys)
    refused = told.newest(CASEWORK) is not None and told.given(CASEWORK) is None
    return refused or told.given(PURPOSE, to) is None


def forget(case: OpenCase) -> None:
    """A case is about to lose what identifies its person: no organiser is told of them any more."""
    end(case, "over", lambda _one: True)


def end(case: OpenCase, why: str, which: Callable[[dict[str, Any]], bool]) -> None:
    """End introductions of a case that is held: boxes that nobody read are gone, whoever read theirs is told.

    Args:
        case: held for a change.
        why: `withdrawn`, `stood_in`, or `over` for a case that is about to lose its names.
        which: of the bodies of its rows.
    """
    for row in list(kept.rows(case)):
        if row.body["ended"] or not which(row.body):
            continue
        kept.change(case, row, ended=why, stand_in=None)
        boxes.destroy(UUID(row.body["row"]))
        if why != "over":
            dates.call_off(case, _about(row.body["row"]))
        # Its id stands in the box: whoever puts the row back as it was is betrayed by it.
        audit.record(case.actor.desk, Event.INTRODUCTION_ENDED, None, UUID(row.body["end"]))


def left_to(case: OpenCase) -> list[Left]:
    """What left by this way, for `left.everything`."""
    return [Left(PURPOSE, one.to, one.channel, one.at) for one in kept.listing(case)]
