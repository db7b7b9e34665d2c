"""A clock: one date of one case, with everything that says why it is that date. Plain JSON and back."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any

from casework.deadlines import words, zones
from casework.deadlines.choices import Meaning, Status, Sure
from casework.deadlines.counting import Counted
from casework.deadlines.days_off import DATA_VERSION
from casework.deadlines.records import Rule
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


@dataclass(frozen=True, slots=True)
class Draft:
    """A clock before it is known whether it leads: light, because rivals are compared as drafts.

    Attributes:
        rule: as it stands in the file.
        counted: what it came to.
        ref, number, reading, status, verified: as in `Clock`.
        strikes: as in `Clock`.
        warnings: apart from those of the count and of the rule.
    """

    rule: Rule
    counted: Counted
    ref: str
    number: int
    reading: str
    status: Status
    verified: bool
    strikes: datetime
    warnings: tuple[Step, ...]

    @property
    def blocked(self) -> bool:
        """Whether it is named only, and leads nowhere."""
        return self.status is Status.BLOCKED


def draft(
    rule: Rule,
    counted: Counted,
    *,
    ref: str,
    number: int = 0,
    reading: str = "",
    warnings: tuple[Step, ...] = (),
) -> Draft:
    """The draft of a rule that was counted.

    Args:
        rule: as it stands.
        counted: what it came to.
        ref, number, reading, warnings: as in `Draft`.
    """
    return Draft(rule, counted, ref, number, reading, rule.status, False, _strikes(rule, counted), warnings)


def made(of: Draft, on: date, *, leads: bool, warnings: tuple[Step, ...]) -> Clock:
    """The clock of a draft.

    Args:
        of: the draft.
        on: the day of asking.
        leads: whether it is shown first.
        warnings: about its rivals.
    """
    rule, counted = of.rule, of.counted
    return Clock(
        rule=rule.id,
        version=rule.version,
        digest=rule.digest,
        jurisdiction=rule.jurisdiction,
        label=rule.label,
        meaning=rule.meaning,
        event=rule.trigger_event,
        ref=of.ref,
        reading=of.reading,
        number=of.number,
        day=counted.day,
        moment=counted.moment,
        zone=counted.zone,
        strikes=of.strikes,
        status=of.status,
        verified=of.verified,
        leads=leads,
        steps=counted.steps,
        warnings=(*counted.warnings, *of.warnings, *_of_rule(rule, on), *warnings),
        caveat=rule.caveat,
        sure=rule.sure,
        source=rule.source,
        source_url=rule.source_url,
        checked_on=rule.checked_on,
        recheck_after=rule.recheck_after,
        recheck_due=on > rule.recheck_after,
        holidays=f"{rule.holidays}, {DATA_VERSION}" if rule.looks_at_days_off else "",
    )


def _strikes(rule: Rule, counted: Counted) -> datetime:
    if counted.moment:
        return counted.moment.astimezone(UTC)
    at = zones.first_moment if rule.meaning is Meaning.NOT_BEFORE else zones.end_of
    return at(counted.day, counted.zone)


_STANDS = {
    Status.PARTLY_BLOCKED: step("A court has blocked a part of this rule."),
    Status.ANNOUNCED: step("This version was announced. Find out whether it applies yet."),
}


def _of_rule(rule: Rule, on: date) -> tuple[Step, ...]:
    stands = (_STANDS[rule.status],) if rule.status in _STANDS else ()
    if on <= rule.recheck_after:
        return stands
    return (
        *stands,
        step("This rule should have been looked up again after %(day)s.", day=rule.recheck_after),
    )


def _kept(value: Any) -> Any:
    if isinstance(value, datetime):
        return words.moment_record(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [words.as_record(said) for said in value]
    return value
