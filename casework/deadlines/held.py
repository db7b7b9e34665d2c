"""A date or a task of a case as it is kept: what it is about, when, whose, and everything that became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from casework import clock as present
from casework.deadlines import clock as clocks
from casework.deadlines.clock import Clock
from casework.errors import Invalid


class Sort(StrEnum):
    """What sort of date it is."""

    CLOCK = "clock"
    TASK = "task"
    EMERGENCY = "emergency"


class State(StrEnum):
    """Where it stands. Nothing is ever deleted: what does not count is void, and two people said so."""

    OPEN = "open"
    ASKED = "asked"
    DONE = "done"
    VOID = "void"


#: States in which somebody still has to do something.
RUNNING = (State.OPEN, State.ASKED)

#: How long before its end a date is brought to mind.
_DAYS_AHEAD, _HOURS_AHEAD = timedelta(days=2), timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that became of it.

    Attributes:
        what: made, moved, done, asked, kept, void, opened, seen, taken, acknowledged, escalated, answered,
            tried.
        at: when.
        by: who; None where it followed from what was saved.
        reason: in their words, or empty.
        was: the day before a change, or None.
    """

    what: str
    at: datetime
    by: UUID | None = None
    reason: str = ""
    was: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One date or task of a case.

    Attributes:
        id: random.
        sort: clock, task or emergency.
        state: where it stands.
        due_on: its day, at the place of `zone`.
        strikes: the moment at which it is too late.
        zone: IANA name of the place whose day it is.
        owner_id, backup_id: whose it is; None: of whoever works on the case.
        wake_at: when somebody is to be told.
        title: what a task is, in the words of who wrote it; empty for others.
        clocks: versions and readings that answer the same question, the leading one first.
        base: the day that a clock was counted from, ISO; of a task the word of the room that made it, or empty.
        loose: what it was counted from is not written in the case any more.
        moved: a changed rule or mark moved it, and nobody has looked yet.
        turns: what became of it, oldest first.
        token: of the form that a task came with; the same one twice makes one.
    """

    id: UUID
    sort: Sort
    state: State
    due_on: date
    strikes: datetime
    zone: str
    owner_id: UUID | None = None
    backup_id: UUID | None = None
    wake_at: datetime | None = None
    title: str = ""
    clocks: tuple[Clock, ...] = ()
    base: str = ""
    loose: bool = False
    moved: bool = False
    turns: tuple[Turn, ...] = ()
    token: UUID | None = None

    @property
    def lead(self) -> Clock | None:
        """The version or reading that is shown first."""
        return self.clocks[0] if self.clocks else None

    @property
    def exact(self) -> bool:
        """Whether it is a moment; otherwise the whole day belongs to it."""
        return self.lead.moment is not None if self.lead else self.sort is Sort.EMERGENCY

    @property
    def running(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in RUNNING

    @property
    def acknowledged(self) -> Turn | None:
        """Who has taken an emergency upon themselves; None once it was given to others, or they have left."""
        taken = next((turn for turn in reversed(self.turns) if turn.what == "acknowledged"), None)
        return taken if taken is not None and taken.by == self.owner_id else None

    def turned(self, what: str, by: UUID | None = None, reason: str = "", **changes: Any) -> "Held":
        """The same after something became of it."""
        turn = Turn(what, present.now(), by, reason, changes.pop("was", None))
        return replace(self, turns=(*self.turns, turn), **changes)

    def as_value(self) -> dict[str, Any]:
        """As plain JSON, to be sealed."""
        return {
            "id": str(self.id),
            "token": _text(self.token),
            "sort": self.sort.value,
            "state": self.state.value,
            "due_on": self.due_on.isoformat(),
            "strikes": self.strikes.isoformat(),
            "zone": self.zone,
            "owner": _text(self.owner_id),
            "backup": _text(self.backup_id),
            "wake_at": self.wake_at.isoformat() if self.wake_at else None,
            "title": self.title,
            "clocks": [one.as_record() for one in self.clocks],
            "base": self.base,
            "loose": self.loose,
            "moved": self.moved,
            "turns": [_turn_value(turn) for turn in self.turns],
        }


def from_value(value: Mapping[str, Any]) -> Held:
    """What `as_value` wrote down."""
    return Held(
        id=UUID(value["id"]),
        token=_uuid(value["token"]),
        sort=Sort(value["sort"]),
        state=State(value["state"]),
        due_on=date.fromisoformat(value["due_on"]),
        strikes=datetime.fromisoformat(value["strikes"]),
        zone=value["zone"],
        owner_id=_uuid(value["owner"]),
        backup_id=_uuid(value["backup"]),
        wake_at=datetime.fromisoformat(value["wake_at"]) if value["wake_at"] else None,
        title=value["title"],
        clocks=tuple(clocks.from_record(one) for one in value["clocks"]),
        base=value["base"],
        loose=value["loose"],
        moved=value["moved"],
        turns=tuple(_turn_of(one) for one in value["turns"]),
    )


def wake_before(due_on: date, strikes: datetime, *, exact: bool) -> datetime | None:
    """When somebody is to be told of a date; None where that has passed already and lists show it anyway."""
    early = datetime.combine(due_on, time(6), UTC)
    ahead = strikes - _HOURS_AHEAD if exact else early - _DAYS_AHEAD
    # Whole minutes: the moment is plain, and says nothing that a day would not.
    ahead = ahead.astimezone(UTC).replace(second=0, microsecond=0)
    return ahead if ahead > present.now() else None


def reason_of(text: str, most: int = 400) -> str:
    """A reason as it is kept.

    Raises:
        Invalid: there is none, or it is too long.
    """
    reason = " ".join(text.split())
    if not reason:
        raise Invalid("Say why, in a few words. Leave names out.", "reason")
    if len(reason) > most:
        raise Invalid("This is too long: %(most)s characters at most.", "reason", most=most)
    return reason


def _turn_value(turn: Turn) -> dict[str, Any]:
    return {
        "what": turn.what,
        "at": turn.at.isoformat(),
        "by": _text(turn.by),
        "reason": turn.reason,
        "was": turn.was.isoformat() if turn.was else None,
    }


def _turn_of(value: Mapping[str, Any]) -> Turn:
    was = date.fromisoformat(value["was"]) if value["was"] else None
    return Turn(value["what"], datetime.fromisoformat(value["at"]), _uuid(value["by"]), value["reason"], was)


def _text(one: UUID | None) -> str | None:
    return str(one) if one else None


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
