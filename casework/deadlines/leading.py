"""Which of several dates is shown first: the earliest that counts, until a legal ally has verified one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from casework.deadlines.choices import Status
from casework.deadlines.clock import Clock
from casework.deadlines.drafts import Draft, made
from casework.deadlines.words import Step, step


class Mark(StrEnum):
    """What an ally or a coordinator said about a rule as it stood; bound to its digest."""

    VERIFIED = "verified"
    DISPUTED = "disputed"
    BLOCKED = "blocked"


def ranked(drafts: Iterable[Draft], on: date, marks: Mapping[str, Mark]) -> list[Clock]:
    """Clocks by the moment at which they strike, with the leading one of each question marked.

    Clocks answer the same question when they come from versions or readings of one rule, for the same
    order or period. A blocked version leads only where nothing else is left.

    Args:
        drafts: of one case, in any order.
        on: the day of asking.
        marks: by digest of the rule. A mark whose rule has changed meets no digest and says nothing.
    """
    rivals: defaultdict[tuple[str, int], list[Draft]] = defaultdict(list)
    for each in drafts:
        marked = _marked(each, marks.get(each.rule.digest)) if marks else each
        rivals[each.rule.id, each.number].append(marked)
    found = (placed for group in rivals.values() for placed in _led(group))
    return [
        made(of, on, leads=leads, warnings=warnings)
        for of, leads, warnings in sorted(found, key=lambda p: (p[0].strikes, not p[1], *_name(p[0])))
    ]


Placed = tuple[Draft, bool, tuple[Step, ...]]


def _name(of: Draft) -> tuple[str, str, str, int]:
    return (of.rule.key, of.ref, of.reading, of.number)


def _marked(of: Draft, mark: Mark | None) -> Draft:
    if mark is Mark.VERIFIED:
        return replace(of, verified=True, shared=False)
    if mark is Mark.BLOCKED:
        return replace(of, status=Status.BLOCKED, shared=False)
    return replace(of, warnings=(*of.warnings, _DISPUTED), shared=False) if mark is Mark.DISPUTED else of


def _led(group: list[Draft]) -> list[Placed]:
    """One question, possibly asked of several orders; what belongs to none of them belongs to all."""
    by_ref: defaultdict[str, list[Draft]] = defaultdict(list)
    for each in group:
        by_ref[each.ref].append(each)
    common = by_ref.get("", [])
    found: list[Placed] = []
    for ref, own in by_ref.items():
        rivals = group if ref == "" else own + common
        found += [(rivals[0], True, ())] if len(rivals) == 1 else _compared(own, rivals)
    return found


def _compared(own: list[Draft], rivals: list[Draft]) -> Iterator[Placed]:
    first, warnings = _first(rivals), _warnings(rivals)
    for each in own:
        leads = _level(each, first)
        yield each, leads, warnings if leads else ()


def _first(rivals: list[Draft]) -> Draft:
    standing = [each for each in rivals if not each.blocked] or rivals
    verified = [each for each in standing if each.verified] or standing
    return min(verified, key=lambda each: each.strikes)


def _level(one: Draft, other: Draft) -> bool:
    return (one.strikes, one.blocked, one.verified) == (other.strikes, other.blocked, other.verified)


def _warnings(rivals: list[Draft]) -> tuple[Step, ...]:
    standing = {(each.rule.version, each.reading) for each in rivals if not each.blocked}
    several = (_SEVERAL,) if len(standing) > 1 and not any(each.verified for each in rivals) else ()
    blocked = sorted((each for each in rivals if each.blocked), key=lambda each: (each.strikes, _name(each)))
    return (*several, *map(_blocked, blocked))


_DISPUTED = step("Somebody disputes this rule. Ask which version counts.")
_SEVERAL = step(
    "Several versions or readings of this rule may apply. The earliest date stands first: ask which one counts."
)


def _blocked(of: Draft) -> Step:
    return step(
        "Blocked, and not counted: version %(version)s, %(day)s. Watch whether the block falls.",
        version=of.rule.version,
        day=of.counted.moment or of.counted.day,
    )
