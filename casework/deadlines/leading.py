"""Which of several dates is shown first: the earliest that counts, until a legal ally has verified one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from casework.deadlines.choices import Status
from casework.deadlines.clock import Clock
from casework.deadlines.words import Step, step


class Mark(StrEnum):
    """What an ally or a coordinator said about a rule as it stood; bound to its digest."""

    VERIFIED = "verified"
    DISPUTED = "disputed"
    BLOCKED = "blocked"


def ranked(clocks: Iterable[Clock], marks: Mapping[str, Mark]) -> list[Clock]:
    """Clocks by the moment at which they strike, with the leading one of each question marked.

    Clocks answer the same question when they come from versions or readings of one rule, for the same
    order or period. A blocked version leads only where nothing else is left.

    Args:
        clocks: of one case, in any order.
        marks: by digest of the rule. A mark whose rule has changed meets no digest and says nothing.
    """
    rivals: defaultdict[tuple[str, int], list[Clock]] = defaultdict(list)
    for clock in clocks:
        marked = _marked(clock, marks.get(clock.digest))
        rivals[clock.rule, clock.number].append(marked)
    found = [clock for group in rivals.values() for clock in _led(group)]
    return sorted(found, key=order)


def order(clock: Clock) -> tuple[object, ...]:
    """For sorting: the earliest first; of equals the leading one, then by name."""
    return (clock.strikes, not clock.leads, clock.rule, clock.version, clock.ref, clock.reading, clock.number)


def _marked(clock: Clock, mark: Mark | None) -> Clock:
    if mark is Mark.VERIFIED:
        return replace(clock, verified=True)
    if mark is Mark.BLOCKED:
        return replace(clock, status=Status.BLOCKED)
    if mark is Mark.DISPUTED:
        disputed = step("Somebody disputes this rule. Ask which version counts.")
        return replace(clock, warnings=(*clock.warnings, disputed))
    return clock


def _led(group: list[Clock]) -> list[Clock]:
    """One question, possibly asked of several orders; what belongs to none of them belongs to all."""
    by_ref: defaultdict[str, list[Clock]] = defaultdict(list)
    for clock in group:
        by_ref[clock.ref].append(clock)
    common = by_ref.get("", [])
    found = []
    for ref, own in by_ref.items():
        rivals = group if ref == "" else own + common
        first, warnings = _first(rivals), _warnings(rivals)
        found += [_placed(clock, first, warnings) for clock in own]
    return found


def _first(rivals: list[Clock]) -> Clock:
    standing = [c for c in rivals if c.status is not Status.BLOCKED] or rivals
    verified = [c for c in standing if c.verified] or standing
    return min(verified, key=order)


def _warnings(rivals: list[Clock]) -> tuple[Step, ...]:
    standing = {(c.version, c.reading) for c in rivals if c.status is not Status.BLOCKED and not c.verified}
    several = (_SEVERAL,) if len(standing) > 1 and not any(c.verified for c in rivals) else ()
    blocked = sorted((c for c in rivals if c.status is Status.BLOCKED), key=order)
    return (*several, *(_blocked(c) for c in blocked))


_SEVERAL = step(
    "Several versions or readings of this rule may apply. The earliest date stands first: ask which one counts."
)


def _blocked(clock: Clock) -> Step:
    return step(
        "Blocked, and not counted: version %(version)s, %(day)s. Watch whether the block falls.",
        version=clock.version,
        day=clock.due,
    )


def _placed(clock: Clock, first: Clock, warnings: tuple[Step, ...]) -> Clock:
    leads = (
        clock.strikes == first.strikes and clock.status == first.status and clock.verified == first.verified
    )
    return replace(clock, leads=leads, warnings=(*clock.warnings, *(warnings if leads else ())))
