"""What a person says of themselves, as far as lists may ask for it: only what they agreed to, and only so long.

Codes of the profile's questions stand on the card with the question in front, beside the day until which the person
agreed. A list asks for both, so a card that nobody has saved since says nothing any more after that day.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from casework import codes
from casework.cases import gate, kinds
from casework.cases.opening import OpenCase
from casework.people import consents
from casework.vault import Section

#: Questions of `config/profile.toml` whose codes lists filter by.
QUESTIONS = ("groups", "employment", "left_because", "abuses")
#: What a code begins with that says until when they agreed to the profile, and to hearing of meetings.
AGREED, ORGANISES = "agreed:", "organise:"


def code(question: str, answer: str) -> str:
    """A code as it stands on a card."""
    return f"{question}:{answer}"


def on_card(case: OpenCase) -> Iterator[str]:
    """What the card of a case says of the profile; nothing without an agreement."""
    said = case.section(Section.PROFILE).values
    if until := _until(case, gate.PROFILE):
        told = [code(question, one) for question in QUESTIONS for one in _known(question, said.get(question))]
        yield from [f"{AGREED}{until.isoformat()}", *told] if told else []
    if any(said.get(key) for key in gate.TELLS_OF_MEETINGS) and (until := _until(case, gate.ORGANISE)):
        yield f"{ORGANISES}{until.isoformat()}"


def _known(question: str, answer: Any) -> list[str]:
    """The codes of an answer that its list has: what was kept under another list is no filter."""
    return [one for one in answer if one in _listed(question)] if isinstance(answer, list) else []


@cache
def _listed(question: str) -> tuple[str, ...]:
    field = next(field for field in kinds.common() if field.key == question)
    return tuple(one.key for one in codes.load(str(field.codes)))


def _until(case: OpenCase, purpose: str) -> date | None:
    live = consents.live(case.actor, case.keys, purpose)
    return live.answer.ends_on if live else None
