"""Clocks in the making: what was counted, before it is known which of its rivals leads."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from casework.deadlines import zones
from casework.deadlines.choices import Meaning, Status
from casework.deadlines.clock import Clock
from casework.deadlines.counting import Counted
from casework.deadlines.days_off import DATA_VERSION
from casework.deadlines.records import Rule
from casework.deadlines.words import Step, step


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A clock before it is known whether it leads: light, because rivals are compared as drafts.

    Cases that had the same event on the same day share one, so a draft is known by itself, not by what it holds.

    Attributes:
        rule: as it stands in the file.
        counted: what it came to.
        ref, number, reading, status, verified: as in `Clock`.
        strikes: as in `Clock`.
        warnings: apart from those of the count and of the rule.
        shared: other cases may have it too, so that its clock is made once for all of them.
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
    shared: bool = False

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
    shared: bool = False,
) -> Draft:
    """The draft of a rule that was counted.

    Args:
        rule: as it stands.
        counted: what it came to.
        ref, number, reading, warnings, shared: as in `Draft`.
    """
    strikes = _strikes(rule, counted)
    return Draft(rule, counted, ref, number, reading, rule.status, False, strikes, warnings, shared)


def made(of: Draft, on: date, *, leads: bool, warnings: tuple[Step, ...]) -> Clock:
    """The clock of a draft.

    Args:
        of: the draft.
        on: the day of asking.
        leads: whether it is shown first.
        warnings: about its rivals.
    """
    late = on > of.rule.recheck_after
    return _alike(of, late, leads) if of.shared and not warnings else _made(of, late, leads, warnings)


@lru_cache(maxsize=8192)
def _alike(of: Draft, recheck_due: bool, leads: bool) -> Clock:
    """The clock of a draft whose rivals say nothing: the same for all cases that share it."""
    return _made(of, recheck_due, leads, ())


def _made(of: Draft, recheck_due: bool, leads: bool, warnings: tuple[Step, ...]) -> Clock:
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
        warnings=(*counted.warnings, *of.warnings, *_of_rule(rule, recheck_due), *warnings),
        caveat=rule.caveat,
        sure=rule.sure,
        source=rule.source,
        source_url=rule.source_url,
        checked_on=rule.checked_on,
        recheck_after=rule.recheck_after,
        recheck_due=recheck_due,
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


def _of_rule(rule: Rule, recheck_due: bool) -> tuple[Step, ...]:
    stands = (_STANDS[rule.status],) if rule.status in _STANDS else ()
    if not recheck_due:
        return stands
    return (
        *stands,
        step("This rule should have been looked up again after %(day)s.", day=rule.recheck_after),
    )
