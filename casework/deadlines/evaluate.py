"""All clocks of a case: every rule that may apply to what happened, earliest first."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from casework.deadlines import limits, series
from casework.deadlines.choices import AppliesBy
from casework.deadlines.clock import Clock
from casework.deadlines.counting import count
from casework.deadlines.drafts import Draft, draft
from casework.deadlines.facts import Facts, Happened, Spell, check_day
from casework.deadlines.leading import Mark, ranked
from casework.deadlines.records import Rule
from casework.deadlines.rules import Rules

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
    chosen = rules.among(kinds, facts.countries, facts.begun)
    drafts = (
        each for rule in chosen if only is None or rule.id in only for each in _of_rule(rule, facts, on)
    )
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
        if facts.spells and _applies(rule, min(spell.start for spell in facts.spells), facts, on):
            yield from _of_spells(rule, facts, on)
        return
    for happened in facts.of(rule.trigger_event):
        if _applies(rule, happened.day, facts, on, happened.ref) and not _ended(rule, happened, facts):
            yield from _of_event(rule, happened, facts, on)


def _of_spells(rule: Rule, facts: Facts, on: date) -> Iterable[Draft]:
    if _moved(rule, facts):
        return limits.drafts(rule, facts, on)
    return _spells_alone(rule, facts.spells, facts.zone, _region(rule, facts), on)


def _of_event(rule: Rule, happened: Happened, facts: Facts, on: date) -> Iterator[Draft]:
    if rule.then:
        for number, counted in series.next_ones(rule, happened, facts, on):
            yield draft(rule, counted, ref=happened.ref, number=number)
    elif _moved(rule, facts):
        yield draft(rule, count(rule, happened, facts), ref=happened.ref)
    else:
        yield _event_alone(rule, happened, facts.place(happened), _region(rule, facts))


def _moved(rule: Rule, facts: Facts) -> bool:
    """Whether something else in the case may move the date."""
    return any(part.event in facts.begun for part in rule.extension)


def _region(rule: Rule, facts: Facts) -> str:
    return facts.regions.get(rule.holidays[:2], "")


# Cases of a desk share their days: an arrest on one of a year's days, a wage at the end of a month. Both remember
# the days of some cases while the server runs, as its memory does anyhow; no case is among what they know.
@lru_cache(maxsize=8192)
def _event_alone(rule: Rule, happened: Happened, place: str, region: str) -> Draft:
    """What a rule makes of an event that nothing else in the case moves: counted once for all cases that had it."""
    counted = count(rule, happened, _alone(rule, place, region))
    return draft(rule, counted, ref=happened.ref, shared=True)


@lru_cache(maxsize=2048)
def _spells_alone(
    rule: Rule, spells: tuple[Spell, ...], place: str, region: str, on: date
) -> tuple[Draft, ...]:
    """The same of a limit over times in detention."""
    return tuple(limits.drafts(rule, _alone(rule, place, region, spells), on, shared=True))


def _alone(rule: Rule, place: str, region: str, spells: tuple[Spell, ...] = ()) -> Facts:
    return Facts(frozenset(), place, spells=spells, regions={rule.holidays[:2]: region} if region else {})


def _applies(rule: Rule, day: date, facts: Facts, on: date, ref: str = "") -> bool:
    """Whether this version may count: by the day of the event, or of the filing, which may be today."""
    if rule.applies_by is AppliesBy.FILING_DATE:
        filed = facts.near("filed", ref)
        day = filed[0].day if filed else on
    begun = rule.effective_from is None or rule.effective_from <= day
    return begun and (rule.effective_to is None or day <= rule.effective_to)


def _ended(rule: Rule, happened: Happened, facts: Facts) -> bool:
    ends = [end for event in rule.ended_by for end in facts.near(event, happened.ref)]
    return bool(ends) and any(facts.moment(end) >= facts.moment(happened) for end in ends)
