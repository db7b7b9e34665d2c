"""Which cases there shall be: some that are always there, then as many as are asked for, in all shapes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from casework.demo import hours
from casework.demo.answerable import counted
from casework.demo.cast import desks
from casework.demo.scenes import Scene, endings, scenes
from casework.demo.sources import table

#: How far back the demo goes.
DAYS = 728
#: Cases grow more frequent: of two halves of the time the second has more.
_GROWTH = 0.75
_OFTEN = {"wage_theft": 3, "recruitment_debt": 3, "detention": 2, "deportation": 2, "trafficking": 2}
#: Kinds of one scene, which would be met seldom otherwise.
_OF_ONE_SCENE = 3
#: Where cases of an age in days stand, and how many of a hundred. The first row that is old enough counts.
_STANDS: tuple[tuple[int, dict[str, int]], ...] = (
    (240, {"closed": 88, "follow_up": 7, "action": 5}),
    (90, {"closed": 52, "follow_up": 16, "action": 20, "plan": 8, "assessment": 4}),
    (30, {"closed": 22, "follow_up": 8, "action": 32, "plan": 22, "assessment": 16}),
    (7, {"closed": 5, "action": 20, "plan": 32, "assessment": 35, "contact": 8}),
    (0, {"assessment": 40, "contact": 60}),
)
_CONSENTS = {"yes": 76, "later": 8, "no": 6, "not_asked": 6, "withdrawn": 4}
_REOPENED = 0.06
_LONG_AGO = 120
_OF_ALL = 4
_SETTLED = ("reopened", "waits", "restricted", "home", "called")


@dataclass(frozen=True)
class Wish:
    """A case that shall be there.

    Attributes:
        scene: what happens.
        opened: when the desk first hears of it.
        risk, status: how urgent it is, and where it stands at the end.
        consent: `yes`, `no`, `not_asked`, `later`, `withdrawn`; in danger and not to be asked: `danger`
            while the 72 hours run, `danger_settled` after a yes, `lapsed` after none.
        ending: the closing reason, if it was closed.
        reopened: whether it was closed and taken up again.
        pattern: the respondent who is to play a part in it; empty for anybody else.
        waits: whether nobody has taken the emergency upon themselves yet.
        restricted: whether only named people see it by now.
        home, called, variants: settled beforehand; empty for whatever is drawn.
    """

    scene: Scene
    opened: datetime
    risk: str
    status: str
    consent: str
    ending: str
    reopened: bool = False
    pattern: str = ""
    waits: bool = False
    restricted: bool = False
    home: str = ""
    called: str = ""
    variants: tuple[str, ...] = ()


def wishes(rng: Random, end: datetime, cases: int) -> list[Wish]:
    """Which cases there shall be, in the order in which the desks hear of them.

    Args:
        rng: decides.
        end: today and now.
        cases: how many.
    """
    found = [_featured(rng, end, row) for row in table("featured")["case"]][:cases]
    found += list(_pattern(rng, end, min(cases - len(found), cases // _OF_ALL)))
    dealt = _deal(rng)
    found += [_drawn(rng, end, next(dealt)) for _ in range(cases - len(found))]
    return sorted(found, key=lambda wish: wish.opened)


def _featured(rng: Random, end: datetime, row: dict[str, Any]) -> Wish:
    scene = scenes()[row["scene"]]
    if "hours" in row:
        opened = end - timedelta(hours=row["hours"])
    else:
        opened = _opened(rng, end, scene, row["risk"], row["days"])
    settled = {name: row[name] for name in _SETTLED if name in row}
    return Wish(
        scene=scene,
        opened=opened,
        risk=row["risk"],
        status=row["status"],
        consent=row["consent"],
        ending=row.get("ending") or rng.choice(endings(scene.kind)),
        variants=tuple(row.get("variants", ())),
        **settled,
    )


def _pattern(rng: Random, end: datetime, most: int) -> Iterator[Wish]:
    row = table("featured")["pattern"]
    for key in row["scenes"][: min(most, row["cases"])]:
        yield replace(_drawn(rng, end, scenes()[key]), pattern=counted())


def _deal(rng: Random) -> Iterator[Scene]:
    """Scenes by turns, so that none is told much more often than the others."""
    decks: dict[str, list[Scene]] = {desk: [] for desk in desks()}
    shares = [plan.share for plan in desks().values()]
    while True:
        desk = rng.choices(list(decks), shares)[0]
        if not decks[desk]:
            decks[desk] = _shuffled(rng, desk)
        yield decks[desk].pop()


def _shuffled(rng: Random, desk: str) -> list[Scene]:
    free = [scene for scene in scenes().values() if scene.desk == desk and not scene.needs(counted())]
    deck = [scene for scene in free for _ in range(_OFTEN.get(scene.kind, _OF_ONE_SCENE))]
    rng.shuffle(deck)
    return deck


def _drawn(rng: Random, end: datetime, scene: Scene) -> Wish:
    risk = rng.choice(scene.risks)
    opened = _opened(rng, end, scene, risk, 1 + int(DAYS * (1 - rng.random() ** _GROWTH)))
    age = (end - opened).days
    status = _weighted(rng, next(stands for days, stands in _STANDS if age >= days))
    again = age > _LONG_AGO and rng.random() < _REOPENED
    consent = _weighted(rng, _CONSENTS)
    ends = consent == "withdrawn" and status == "closed" and not again
    return Wish(
        scene=scene,
        opened=opened,
        risk=risk,
        status=rng.choice(("action", "follow_up")) if again else status,
        consent="yes" if consent == "withdrawn" and not ends else consent,
        ending="withdrew" if ends else rng.choice(endings(scene.kind)),
        reopened=again,
    )


def _opened(rng: Random, end: datetime, scene: Scene, risk: str, days: int) -> datetime:
    desk = desks()[scene.desk]
    day = end.astimezone(desk.zone).date() - timedelta(days=days)
    call = hours.at_any_hour if risk == "emergency" else hours.first_call
    return min(call(rng, desk, day), end - timedelta(hours=1))


def _weighted(rng: Random, weights: dict[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]
