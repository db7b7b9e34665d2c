"""What stays of a case that lost its names: codes, sums and months, kept for figures. Nothing else.

It is written while the case is closed and its keys are open, sealed to the desk, so that a job without
keys can take everything else away: with the case's wraps goes its key, and no copy of a row opens any more.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from casework.cases import cards, kinds, life
from casework.cases.cards import Money
from casework.cases.fields import Field, Type
from casework.cases.opening import OpenCase, State
from casework.cases.questions import given, stored_key
from casework.errors import Invalid
from casework.retention import stays
from casework.vault import Section

#: Answers that are codes of a list. Words, numbers of papers, places and days are none.
_CODED = frozenset({Type.CHOICE, Type.CHOICES, Type.ANSWER, Type.ANSWERS, Type.COUNTRY})
#: Sections that are about who somebody is and how they are; nothing of them stays, whatever its file says.
_NEVER = frozenset({Section.IDENTITY, Section.HEALTH})
_KEPT = "case"
_STAGES = ("claimed", "documented", "awarded", "paid")


def of(case: OpenCase) -> dict[str, Any]:
    """What stays of a closed case; nothing of a restricted one, because the desk could read it.

    Args:
        case: opened.
    """
    if case.keys.restricted:
        return {}
    card = cards.summary(case)
    return {
        "ref": case.row.ref,
        "kinds": list(case.kinds),
        "risk": card.risk,
        "host": card.host,
        "home": card.home,
        "language": card.languages[0] if card.languages else "",
        "opened": _month(case.row.opened_on),
        "closed": _month(stays.closed_on(case)),
        "reason": life.outcome(case) or "",
        "money": {name: _sum(getattr(card, name)) for name in _STAGES if getattr(card, name)},
        "answers": dict(_answers(case)),
    }


def _answers(case: OpenCase) -> Iterator[tuple[str, Any]]:
    for key, field in _fields(case):
        if field.type not in _CODED or field.kept != _KEPT or field.section in _NEVER:
            continue
        part = case.section(Section(field.section))
        if part.state is State.OPEN and given(value := part.values.get(key)):
            yield key, value


def _fields(case: OpenCase) -> Iterator[tuple[str, Field]]:
    for field in kinds.common():
        yield field.key, field
    for kind in case.kinds:
        try:
            asked = kinds.get(kind).every_field
        except Invalid:
            continue
        for field in asked:
            yield stored_key(kind, field.key), field


def _sum(money: Money) -> dict[str, Any]:
    return {"minor": money.minor, "currency": money.currency}


def _month(day: date) -> str:
    return f"{day:%Y-%m}"
