"""Whether somebody may be known already: asked while a contact is logged and when a name is added.

Only the packed cards are looked at, and of them only those that this member may list, so a warning shows
nothing that the list would not. Nothing is joined by itself: a person looks, and says who it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from casework.access.actor import Actor
from casework.cases import cards
from casework.cases.questions import CALLED
from casework.search import joined
from casework.search.card import Card
from casework.search.desk_lists import cards_for
from casework.search.match import Match, Reason
from casework.search.numbers import TAIL
from casework.search.pack import Pack
from casework.search.parts import parts
from casework.search.service import Hit

#: A name of several parts is worth a warning from here on; `ranking` shows from 0.58 on, for a search.
_LIKE = 0.8
#: One name is shared by many: it counts when it is nearly the same, and something else agrees.
_LIKE_ALONE = 0.9
_LOOKED_AT = 40
_SHOWN = 5
_BY_NUMBER = {Reason.PHONE, Reason.DOCUMENT}


def known_already(actor: Actor, answers: Mapping[str, Any], besides: UUID | None = None) -> tuple[Hit, ...]:
    """Cases whose person may be the one that these answers describe, the likeliest first; five at most.

    Args:
        actor: who is typing; must be allowed to list cases.
        answers: by stored key, as `values.read` gives them: the called name, other spellings, numbers
            wherever they stand, the country of origin.
        besides: a case that is not to be shown, because it is the one being written.

    Raises:
        Denied: they may not list cases.
    """
    queries = _queries(answers)
    if not queries:
        return ()
    pack = cards_for(actor).pack
    found: dict[int, Match] = {}
    for query in queries:
        for match in pack.index.find(query, _LOOKED_AT):
            worth = _worth(match, pack, query, answers)
            if worth.score > (found[match.place].score if match.place in found else 0):
                found[match.place] = worth
    likeliest = sorted(found.values(), key=lambda m: (m.reason not in _BY_NUMBER, -m.score, m.place))
    hits = joined.lead(pack, [m for m in likeliest if pack.newest[m.place]])
    best = [m for m in hits if pack.case_id(m.place) not in (besides, *_led(pack, besides))][:_SHOWN]
    shown = pack.cards([match.place for match in best])
    return tuple(Hit(card, match.score, match.reason) for card, match in zip(shown, best, strict=True))


def _led(pack: Pack, besides: UUID | None) -> list[UUID]:
    """Where the case that is being written leads: that is the same person, and known."""
    leads = joined.leaders(pack)
    return [pack.case_id(to) for row, to in leads.items() if pack.case_id(row) == besides]


def _queries(answers: Mapping[str, Any]) -> list[str]:
    """What to search by: each spelling of the name, each number."""
    names = [answers.get(CALLED) or "", *cards.lines(answers.get("name_variants") or "")]
    return [query for query in (*names, *_numbers(answers)) if query.strip()]


def _numbers(answers: Mapping[str, Any]) -> Iterable[str]:
    every = list(answers.values())
    ends = (*cards.tails(every, "digits"), *cards.tails(every, "plain"))
    # Fewer than all six signs say little about a person.
    return (end for end in ends if len(end) == TAIL)


def _worth(match: Match, pack: Pack, query: str, answers: Mapping[str, Any]) -> Match:
    """The match; with no score where it is too little to warn of."""
    if match.reason in _BY_NUMBER:
        return match
    alone = len(parts(query)) == 1
    enough = match.score >= (_LIKE_ALONE if alone else _LIKE)
    if enough and (not alone or _agrees(pack.card(match.place), answers)):
        return match
    return replace(match, score=0.0)


def _agrees(card: Card, answers: Mapping[str, Any]) -> bool:
    """Whether something beside the name is the same, and nothing that both tell differs."""
    pairs = [
        ({card.home} - {""}, answers.get("home")),
        (set(card.languages), answers.get("language")),
    ]
    told = [(one, other) for one, other in pairs if one and other]
    return bool(told) and all(other in one for one, other in told)
