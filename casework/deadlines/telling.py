"""What the clocks of a case were counted from, kept small and sealed to the desk, and counting from it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, time
from functools import lru_cache
from typing import Any

from casework.deadlines import rules
from casework.deadlines.clock import Clock
from casework.deadlines.evaluate import clocks_of
from casework.deadlines.facts import Happened, Spell
from casework.deadlines.happenings import Told
from casework.deadlines.leading import Mark
from casework.deadlines.matching import Question, questions


def counted(told: Told, on: date, marks: Mapping[str, Mark]) -> list[Question]:
    """The questions that the clocks of a case answer, the earliest first.

    Args:
        told: what its answers say.
        on: the day of asking.
        marks: by digest of the rule.

    Raises:
        Invalid: a day lies too far away, or something cannot be.
    """
    found: dict[tuple[str, str, str, str, int], Clock] = {}
    for kind in told.kinds:
        for one in clocks_of((kind,), told.facts(kind), rules.load(), on, marks):
            found.setdefault((one.rule, one.version, one.ref, one.reading, one.number), one)
    days = _bases(told)
    return questions(
        sorted(found.values(), key=lambda one: one.strikes), lambda one: days.get((one.event, one.ref), "")
    )


def _bases(told: Told) -> dict[tuple[str, str], str]:
    """The day of each event; the earliest, where several have no row of their own."""
    found: dict[tuple[str, str], str] = {}
    for each in sorted(told.events, key=lambda each: each.day, reverse=True):
        found[each.event, each.ref] = each.day.isoformat()
    if told.spells:
        found["detention", ""] = min(spell.start for spell in told.spells).isoformat()
    return found


def fingerprint(asked: list[Question]) -> str:
    """A short hash of what clocks came to: where it is the same, no row has to be touched."""
    said = [_telling(one) for each in asked for one in each.clocks]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def _telling(one: Clock) -> tuple[str, ...]:
    """What of a clock tells that somebody should look again when it is another."""
    return (
        one.rule,
        one.version,
        one.ref,
        one.reading,
        str(one.number),
        one.day.isoformat(),
        str(one.strikes),
        one.status.value,
        str(one.verified),
        str(one.leads),
    )


def bearing(told: Told, marks: Mapping[str, Mark]) -> str:
    """A short hash of the rules and marks that bear on a case: where it is the same, nothing is counted anew.

    A rule whose beginning the case does not tell of gives it no clock, whatever the rule says.
    """
    among = tuple((kind, tuple(sorted(told.countries(kind)))) for kind in told.kinds)
    begun = frozenset(each.event for each in told.events)
    said = tuple(sorted((digest, mark.value) for digest, mark in marks.items()))
    return _bearing(rules.load().digest, among, begun, bool(told.spells), said)


@lru_cache(maxsize=4096)
def _bearing(
    _book: str,
    among: tuple[tuple[str, tuple[str, ...]], ...],
    begun: frozenset[str],
    detained: bool,
    marks: tuple[tuple[str, str], ...],
) -> str:
    said = dict(marks)
    book = rules.load()
    digests = {
        rule.digest
        for kind, countries in among
        for rule in book.of(kind, countries)
        if (detained if rule.spells else rule.trigger_event in begun)
    }
    lines = sorted(f"{digest} {said.get(digest, '')}" for digest in digests)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def as_value(told: Told) -> dict[str, Any]:
    """What a case told, as plain JSON."""
    return {
        "kinds": list(told.kinds),
        "host": told.host,
        "home": told.home,
        "zone": told.zone,
        "events": [[_plain(part) for part in asdict(each).values()] for each in told.events],
        "spells": [[_plain(spell.start), _plain(spell.end)] for spell in told.spells],
    }


def from_value(value: Mapping[str, Any]) -> Told:
    """What `as_value` wrote down."""
    return Told(
        kinds=tuple(value["kinds"]),
        host=value["host"],
        home=value["home"],
        zone=value["zone"],
        events=tuple(_event(*each) for each in value["events"]),
        spells=tuple(Spell(_day(start), _day(end) if end else None) for start, end in value["spells"]),
    )


def _event(event: str, day: str, at: str | None, zone: str, exact: bool, ref: str, second: bool) -> Happened:
    return Happened(event, _day(day), time.fromisoformat(at) if at else None, zone, exact, ref, second)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _plain(part: Any) -> Any:
    return part.isoformat() if isinstance(part, date | time) else part
