"""The safe-contact rule of a case: what has to be read before a number is shown, and when it stops a call.

Source: casework practice §5, rule 5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from casework import clock
from casework.cases.opening import OpenCase
from casework.cases.values.moments import time_of
from casework.errors import Invalid, NotFound
from casework.people.windows import Window
from casework.vault import Section

#: The ways to reach somebody, and the rule for all of them, among the answers of the identity section.
WAYS, RULE = "reach", "safe_contact"
#: The people around a case, each with ways and a rule of their own.
AROUND = "around"
#: What of a way leads to the person; the rest is said before the rule is read.
LEADS_THERE = ("number", "name", "when")

WARNED_AFTER = timedelta(days=30)
HIDDEN_AFTER = timedelta(days=60)


class Obstacle(StrEnum):
    """Why nobody is to be reached now."""

    #: No way is expressly marked safe.
    UNSAFE = "unsafe"
    #: The hours that were agreed on are over, or have not come.
    OUTSIDE = "outside"
    #: Nobody has confirmed for too long that the way is still safe.
    STALE = "stale"
    #: They said that they do not want it.
    UNWANTED = "unwanted"


@dataclass(frozen=True)
class Rule:
    """How a person may be reached.

    Attributes:
        ways: as they are stored, numbers and all; they leave this room only by `reaching`.
        told: the answers of `config/safe_contact.toml`.
        window: the hours, if some were agreed on.
        confirmed_at: when the person last said that it holds.
    """

    ways: tuple[Mapping[str, Any], ...]
    told: Mapping[str, Any]
    window: Window | None
    confirmed_at: datetime | None

    def obstacles(self, moment: datetime) -> tuple[Obstacle, ...]:
        """What stands against reaching the person at a moment; nothing, where nothing leads to them yet."""
        if not self.ways:
            return ()
        found = []
        if not any(map(is_safe, self.ways)):
            found.append(Obstacle.UNSAFE)
        if self.window and not self.window.holds(moment):
            found.append(Obstacle.OUTSIDE)
        if self.confirmed_at is None or moment - self.confirmed_at > HIDDEN_AFTER:
            found.append(Obstacle.STALE)
        return tuple(found)

    def ageing(self, moment: datetime) -> bool:
        """Whether it is time to ask again."""
        if not self.ways:
            return False
        return self.confirmed_at is None or moment - self.confirmed_at > WARNED_AFTER


def is_safe(way: Mapping[str, Any]) -> bool:
    """Whether a way is expressly marked safe; not known and not asked are no yes."""
    return way.get("safe") == "yes"


def of(case: OpenCase, around: UUID | None = None) -> Rule:
    """The rule of a case that is open.

    Args:
        case: opened.
        around: whose, of the people around it; the person's own, if left out.

    Raises:
        NotFound: this case has nobody of that id around it.
    """
    told = answers_of(case, around)
    stored = told.get(RULE) or {}
    confirmed = stored.get("confirmed_at")
    return Rule(
        tuple(told.get(WAYS) or ()),
        stored.get("told") or {},
        Window.read(stored["window"]) if stored.get("window") else None,
        datetime.fromisoformat(confirmed) if confirmed else None,
    )


def answers_of(case: OpenCase, around: UUID | None) -> Mapping[str, Any]:
    """What is kept of the person, or of somebody around their case, ways and rule among it.

    Raises:
        NotFound: this case has nobody of that id around it.
    """
    identity = case.section(Section.IDENTITY).values
    if around is None:
        return identity
    for known in identity.get(AROUND) or ():
        if known["id"] == str(around):
            found: Mapping[str, Any] = known
            return found
    raise NotFound


def changed_for(case: OpenCase, around: UUID | None, changed: Mapping[str, Any]) -> dict[str, Any]:
    """Changed ways or rules as answers of the identity section, where whoever they belong to stands in it."""
    if around is None:
        return dict(changed)
    old = answers_of(case, around)
    new = {key: value for key, value in {**old, **changed}.items() if value}
    people = case.section(Section.IDENTITY).values[AROUND]
    return {AROUND: [new if known is old else known for known in people]}


def held_back(identity: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of the identity section without how to reach anybody, and without others: shown elsewhere."""
    return {key: value for key, value in identity.items() if key not in {WAYS, RULE, AROUND}}


def window_of(told: Mapping[str, Any]) -> Window | None:
    """The hours that were typed; None where none were.

    Raises:
        Invalid: half of the hours, no zone, or no time of day; each names its question.
    """
    if not told.get("begins") and not told.get("ends") and not told.get("days"):
        return None
    if not told.get("zone"):
        raise Invalid("Choose the time zone of the place.", "zone")
    if bool(told.get("begins")) != bool(told.get("ends")):
        raise Invalid("Say from when and until when.", "ends" if told.get("begins") else "begins")
    begins, ends = (_time(told.get(key) or "0:00", key) for key in ("begins", "ends"))
    return Window(tuple(told.get("days") or ()), begins, ends, told["zone"])


def _time(text: str, key: str) -> Any:
    try:
        return time_of(text)
    except Invalid as problem:
        raise Invalid(problem.message, key) from None


def written(told: Mapping[str, Any], window: Window | None, confirmed_at: datetime | None) -> dict[str, Any]:
    """A rule as it is stored."""
    return {
        "told": dict(told),
        "window": window.written() if window else None,
        "confirmed_at": confirmed_at.isoformat() if confirmed_at else None,
    }


def first(identity: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of a first contact, with the word that the ways in it were confirmed just now."""
    if not identity.get(WAYS) or identity.get(RULE):
        return dict(identity)
    return {**identity, RULE: written({}, None, clock.now())}
