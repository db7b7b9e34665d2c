"""All clocks of a case: every rule that may apply to what happened, earliest first."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from casework.deadlines import limits, series
from casework.deadlines.choices import AppliesBy
from casework.deadlines.clock import Clock
from casework.deadlines.counting import count
from casework.deadlines.drafts import Draft, draft
from casework.deadlines.facts import Facts, Happened, check_day
from casework.deadlines.leading import Mark, ranked
from casework.deadlines.records import Rule
from casework.deadlines.rules import Rules
from casework.deadlines.spells import union

NO_MARKS: Mapping[str, Mark] = MappingProxyType({})


def clocks(
    kind: str, facts: Facts, rules: Rules, on: date, marks: Mapping[str, Mark] = NO_MARKS
) -> list[Clock]:
    """All clocks of a case of one kind.

    Args:
        kind: key of the kind of case.
        facts: what happened, and where.
        rules: usually `rules.load()`.
        on: the day of asking, at the desk.
        marks: what allies and coordinators said of rules, by their digests.

    Returns:
        By the moment at which they strike, the earliest first.

    Raises:
        Invalid: a date lies too far away, or a region has no known holidays.
    """
    return clocks_of((kind,), facts, rules, on, marks)


def clocks_of(
    kinds: Collection[str],
    facts: Facts,
    rules: Rules,
    on: date,
    marks: Mapping[str, Mark] = NO_MARKS,
    only: Collection[str] | None = None,
) -> list[Clock]:
    """All clocks of a case of several kinds, each rule once.

    Args:
        kinds: keys of the kinds of case, the main one and the others.
        facts, rules, on, marks: as in `clocks`.
        only: ids of the rules to look at, such as `Rules.changed` gives; all of them, if None. Clocks of
            different rules know nothing of each other, so these come out as they would among all.

    Raises:
        Invalid: as in `clocks`.
    """
    check_day(on, "on")
    chosen = {
        rule.key: rule
        for kind in kinds
        for rule in rules.of(kind, facts.countries)
        if only is None or rule.id in only
    }
    drafts = (each for rule in chosen.values() for each in _of_rule(rule, facts, on))
    return ranked(drafts, on, marks)


def wanted(kinds: Collection[str], facts: Facts, rules: Rules) -> list[str]:
    """The events that rules for this case would start from and that nobody has entered, by name.

    Args:
        kinds: keys of the kinds of case.
        facts: what is known.
        rules: usually `rules.load()`.
    """
    asked = {rule.trigger_event for kind in kinds for rule in rules.of(kind, facts.countries)}
    known = {happened.event for happened in facts.events} | ({"detention"} if facts.spells else set())
    return sorted(asked - known)


def _of_rule(rule: Rule, facts: Facts, on: date) -> Iterator[Draft]:
    if rule.spells:
        if _applies(rule, union(facts.spells, on)[0].start if facts.spells else on, facts, on):
            yield from limits.drafts(rule, facts, on)
        return
    for happened in facts.of(rule.trigger_event):
        if _applies(rule, happened.day, facts, on, happened.ref) and not _ended(rule, happened, facts):
            yield from _of_event(rule, happened, facts, on)


def _of_event(rule: Rule, happened: Happened, facts: Facts, on: date) -> Iterator[Draft]:
    if rule.then:
        for number, counted in series.next_ones(rule, happened, facts, on):
            yield draft(rule, counted, ref=happened.ref, number=number)
    else:
        yield draft(rule, count(rule, happened, facts), ref=happened.ref)


def _applies(rule: Rule, day: date, facts: Facts, on: date, ref: str = "") -> bool:
    """Whether this version may count: by the day of the event, or of the filing, which may be today."""
    if rule.applies_by is AppliesBy.FILING_DATE:
        filed = facts.near("filed", ref)
        day = filed[0].day if filed else on
    begun = rule.effective_from is None or rule.effective_from <= day
    return begun and (rule.effective_to is None or day <= rule.effective_to)


def _ended(rule: Rule, happened: Happened, facts: Facts) -> bool:
    ends = (end for event in rule.ended_by for end in facts.near(event, happened.ref))
    return any(facts.moment(end) >= facts.moment(happened) for end in ends)
