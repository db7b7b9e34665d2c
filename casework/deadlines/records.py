"""What a rule of time is made of. One object of TOML, one value here; `digest` is what a mark is bound to."""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any

from casework.deadlines.choices import (
    AppliesBy,
    Direction,
    Filing,
    Lengthening,
    Meaning,
    MonthEnd,
    Roll,
    Start,
    Status,
    Sure,
    Unit,
    Volatility,
)


@dataclass(frozen=True, slots=True)
class Extension:
    """Something that moves a date later.

    Attributes:
        kind: `stop_clock`: the days after `event`, up to and with `until`, are not counted;
            `longer`: the limit grows by `count` when `event` has happened.
        event: what starts it.
        until: what ends the pause of a stopped clock.
        count, unit: for `longer`, how much is added.
        least_months: after a pause, at least so many months from `until` remain.
    """

    kind: Lengthening
    event: str
    until: str = ""
    count: int = 0
    unit: Unit = Unit.CALENDAR_DAY
    least_months: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """One further step of a clock that strikes more than once.

    Attributes:
        count, unit: counted from the step before, or from what fulfilled it.
        repeats: this step comes back without end; only the last one may.
    """

    count: int
    unit: Unit
    repeats: bool = False


#: Whoever looks a rule up again does not change it: these take no part in its digest.
_BOOKKEEPING = ("checked_on", "checked_by", "recheck_after", "volatility")


@dataclass(frozen=True)
class Rule:
    """One version of one rule. docs/deadlines.md explains each attribute to those who edit the files."""

    id: str
    version: str
    jurisdiction: str
    countries: tuple[str, ...]
    case_types: tuple[str, ...]
    label: str
    trigger_event: str
    meaning: Meaning
    count: int
    unit: Unit
    status: Status
    sure: Sure
    source: str
    checked_on: date
    checked_by: str
    recheck_after: date
    volatility: Volatility
    start: Start = Start.NEXT_DAY
    direction: Direction = Direction.AFTER
    month_arithmetic: MonthEnd = MonthEnd.CLIP
    minus_one_day: bool = False
    roll: Roll = Roll.NONE
    filing: Filing = Filing.NONE
    applies_by: AppliesBy = AppliesBy.EVENT_DATE
    holidays: str = ""
    weekend: tuple[int, ...] = ()
    zone: str = ""
    spells: bool = False
    then: tuple[Term, ...] = ()
    fulfilled_by: str = ""
    ended_by: tuple[str, ...] = ()
    extension: tuple[Extension, ...] = ()
    source_url: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    caveat: str = ""

    def __hash__(self) -> int:
        """By the digest: equal rules have the same, and it is worked out once for each."""
        return hash(self.digest)

    @cached_property
    def key(self) -> str:
        """Id and version: what names this row among all."""
        return f"{self.id}@{self.version}"

    @property
    def looks_at_days_off(self) -> bool:
        """Whether weekends and holidays take part in its date."""
        return self.roll is not Roll.NONE or self.unit in (Unit.WORKING_DAY, Unit.WORKING_HOUR)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical rule, in hexadecimal.

        Everything that says what the law is takes part, the words too; who looked last and when does not.
        """
        said = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in _BOOKKEEPING}
        canonical = json.dumps(
            said, default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return {f.name: getattr(value, f.name) for f in fields(value)}
