"""People whom nobody met, as codes alone: a released window needs more of them than a demo has cases."""

from collections.abc import Sequence
from random import Random
from uuid import UUID

import numpy as np

from casework.trends.domains import COLUMNS, RESPONDENT, domain, place
from casework.trends.facts import Array, Facts
from casework.trends.sheets import Sheet

_OPENING = ("kind", "home", "host", "sector", "gender", "age")
#: What is common among them; everything else is rarer the later it stands in its list.
_COMMON = {
    "kind": ("wage_theft", "detention", "recruitment_debt", "deportation", "trafficking"),
    "home": ("NP", "BD", "PH", "ID", "ET", "IN"),
    "host": ("MY", "QA", "SA", "AE", "LB"),
    "sector": ("F", "T", "C", "I", "A"),
    "gender": ("woman", "man"),
    "age": ("25_34", "18_24", "35_44"),
    "outcome": ("partly", "goal_met", "lost_contact", "referred"),
    "owed": ("d3000", "d1000", "d10000", "d300"),
    "paid": ("part", "none", "most", "all"),
    "days": ("quarter", "month", "half", "year"),
    "months": ("m6", "m3", "m12", "m1"),
    "signs": ("some", "few", "many"),
    "dates": ("met", "missed"),
}
#: How much rarer the second code is than the first, the third than the second.
_STEEP, _STEEP_RESPONDENTS = 1.5, 1.2
_NOBODY = 0.4


def sheet(rng: Random, people: int, respondents: Sequence[UUID] = ()) -> Sheet:
    """The return of a desk that exists nowhere.

    Args:
        rng: decides.
        people: whose case opened in the window; half as many closed.
        respondents: entries of the register, whom most people name first; the most frequent one first.
    """
    drawn = np.random.default_rng(rng.randrange(2**32))
    named = {RESPONDENT: _named(drawn, respondents, people)} if respondents else {}
    closing = tuple(set(COLUMNS) - set(_OPENING))
    return Sheet(_people(drawn, _OPENING, people, **named), _people(drawn, closing, people // 2))


def _people(drawn: np.random.Generator, columns: Sequence[str], count: int, **more: Array) -> Facts:
    told = {column: _codes(drawn, column, count) for column in sorted(columns)}
    return Facts.in_columns(**told, **more)


def _codes(drawn: np.random.Generator, column: str, count: int) -> Array:
    """Places of a column: what is common first, then the rest of its list."""
    common = [place(column, code) for code in _COMMON[column]]
    order = [*common, *(n for n in range(len(domain(column))) if n not in common)]
    return np.array(order)[drawn.choice(len(order), count, p=_rarer(len(order), _STEEP))]


def _named(drawn: np.random.Generator, respondents: Sequence[UUID], count: int) -> Array:
    """Sixteen bytes a person; zeros are nobody."""
    who = np.array([bytes(16), *(one.bytes for one in respondents)], "V16")
    shares = (1 - _NOBODY) * _rarer(len(respondents), _STEEP_RESPONDENTS)
    return who[drawn.choice(len(who), count, p=[_NOBODY, *shares])]


def _rarer(count: int, steep: float) -> Array:
    weights: Array = 1 / np.arange(1, count + 1) ** steep
    shares: Array = weights / weights.sum()
    return shares
