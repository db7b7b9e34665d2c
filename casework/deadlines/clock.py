"""A clock: one date of one case, with everything that says why it is that date. Plain JSON and back."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from casework.deadlines import words
from casework.deadlines.choices import Meaning, Status, Sure
from casework.deadlines.words import Step, step

#: Of the record that `as_record` writes.
RECORD_VERSION = 1

#: What stands beside every date that no legal ally has verified.
UNVERIFIED = step("Not verified: ask a legal ally before you rely on this date.")


@dataclass(frozen=True, slots=True)
class Clock:
    """One date that a rule gives for a case.

    Attributes:
        rule, version: which rule it was.
        digest: of the rule as it stood; a later version of the file has another one.
        jurisdiction: whose law it is.
        label: what it is about, a msgid.
        meaning: what the date is for the person.
        event, ref: what it was counted from, and which order, period or loan that belongs to.
        reading: of a limit over spells: first, cumulative or current; otherwise empty.
        number: of a clock of several steps: which one, from 1; otherwise 0.
        day: at the place of `zone`.
        moment: the exact moment, when hours were counted; otherwise the whole day belongs to it.
        zone: IANA name of the place whose day it is.
        strikes: the moment, in UTC, at which it is too late, or, for `not_before`, possible.
        status: how the law stood.
        verified: a legal ally's mark says so.
        leads: it is the one to be shown first of those that answer the same question.
        steps: the working.
        warnings: what to be careful about.
        caveat: what the rule itself warns of, a msgid.
        sure: how well the rule is founded.
        source, source_url: where it comes from.
        checked_on, recheck_after: when somebody last looked, and when they should again.
        recheck_due: they should have by now.
        holidays: calendar of days off and edition of its data, where days off were looked at.
    """

    rule: str
    version: str
    digest: str
    jurisdiction: str
    label: str
    meaning: Meaning
    event: str
    ref: str
    reading: str
    number: int
    day: date
    moment: datetime | None
    zone: str
    strikes: datetime
    status: Status
    verified: bool
    leads: bool
    steps: tuple[Step, ...]
    warnings: tuple[Step, ...]
    caveat: str
    sure: Sure
    source: str
    source_url: str
    checked_on: date
    recheck_after: date
    recheck_due: bool
    holidays: str

    @property
    def due(self) -> date | datetime:
        """The moment if there is one, otherwise the day."""
        return self.moment or self.day

    @property
    def notices(self) -> tuple[Step, ...]:
        """Everything to be said beside the date, the missing mark first."""
        return self.warnings if self.verified else (UNVERIFIED, *self.warnings)

    def as_record(self) -> dict[str, Any]:
        """The clock as plain JSON, to be sealed and kept: it stays as it was when rules change."""
        return {"record": RECORD_VERSION} | {f.name: _kept(getattr(self, f.name)) for f in fields(self)}


def from_record(record: Mapping[str, Any]) -> Clock:
    """The clock that `as_record` wrote down, whatever the rules say today."""
    values = {f.name: record[f.name] for f in fields(Clock)}
    values |= {name: date.fromisoformat(record[name]) for name in ("day", "checked_on", "recheck_after")}
    values |= {name: tuple(map(words.from_record, record[name])) for name in ("steps", "warnings")}
    values |= {
        "moment": words.moment_of(record["moment"]) if record["moment"] else None,
        "strikes": words.moment_of(record["strikes"]),
        "meaning": Meaning(record["meaning"]),
        "status": Status(record["status"]),
        "sure": Sure(record["sure"]),
    }
    return Clock(**values)


def _kept(value: Any) -> Any:
    if isinstance(value, datetime):
        return words.moment_record(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [words.as_record(said) for said in value]
    return value
