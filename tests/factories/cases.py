"""Cases, logged as a volunteer logs them."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from casework.access.actor import Actor
from casework.cases import first_contact, opening
from casework.cases.ending import Ending
from casework.cases.first_contact import FirstContact
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.people.consents import Answer

_YES = Answer(
    purpose="casework",
    given=True,
    how="spoken",
    language="ne",
    interpreter="phone",
    present=("nobody",),
    data="What they need to know to help",
)


def answer(purpose: str = "casework", **changes: Any) -> Answer:
    """A yes to casework that counts; `changes` make it another answer."""
    return replace(_YES, purpose=purpose, **changes)


def contact(
    *,
    consent: Answer | None = _YES,
    danger: str = "",
    take: bool = True,
    answers: dict[str, Any] | None = None,
    **common: Any,
) -> FirstContact:
    """What a first contact page brings.

    Args:
        consent: the answer to casework; None, if it was not asked.
        danger: the reason of an emergency.
        take: whether who logs it takes it on.
        answers: by stored key, for keys with a dot in them.
        common: answers to common questions, such as `called="Amina Test"`.
    """
    told = {"language": "ne", "safe_now": "yes", **common, **(answers or {})}
    return FirstContact(answers=told, consent=consent, danger=danger, take=take)


def case(actor: Actor, form_token: UUID | None = None, **told: Any) -> Case:
    """A case as it stands after its first contact; see `contact` for what may be told."""
    return first_contact.log(actor, contact(**told), form_token or uuid4())


def kind_case(actor: Actor, kind: str, answers: dict[str, Any], **told: Any) -> Case:
    """A case of one kind, with answers to that kind's own questions."""
    own = {f"{kind}.{key}": value for key, value in answers.items()}
    return case(actor, kind=kind, answers=own, **told)


def ending(reason: str = "goal_met", **changes: Any) -> Ending:
    """How a case ends: they were told by telephone, a copy was offered; `changes` make it another ending."""
    told: dict[str, Any] = {
        "person_told": "yes",
        "copy_offered": "yes",
        "told_on": date(2020, 1, 1),
        "told_how": "By telephone",
        "dates_done": "Settled",
    }
    return Ending(reason=reason, **(told | changes))


def reload(actor: Actor, ref: str) -> OpenCase:
    """The case as somebody who opens it now finds it."""
    return opening.load(actor, ref)
