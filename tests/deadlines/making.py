"""Rules and facts for tests: small ones, with everything said that the test does not care about."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from casework.deadlines import lists, rules
from casework.deadlines.choices import Meaning, Status, Sure, Unit, Volatility
from casework.deadlines.clock import Clock
from casework.deadlines.evaluate import clocks, clocks_of
from casework.deadlines.facts import Facts, Happened, Spell, happened
from casework.deadlines.records import Rule
from casework.deadlines.rules import Rules

PLAIN = Rule(
    id="us.plain",
    version="one",
    jurisdiction="US",
    countries=("*",),
    case_types=("deportation",),
    label="Plain",
    trigger_event="decision",
    meaning=Meaning.ACT_BY,
    count=10,
    unit=Unit.CALENDAR_DAY,
    status=Status.IN_FORCE,
    sure=Sure.NOT_READ,
    source="A test",
    checked_on=date(2026, 1, 1),
    checked_by="A test",
    recheck_after=date(2099, 1, 1),
    volatility=Volatility.LOW,
    holidays="US",
    weekend=(5, 6),
)

HEAD = """
jurisdiction = "XX"
countries = ["NP"]
zone = "Asia/Kathmandu"
weekend = ["saturday"]
holidays = "NP"
checked_on = 2026-01-01
checked_by = "A test"
recheck_after = 2027-01-01
"""

ROW: dict[str, Any] = {
    "id": "xx.appeal",
    "version": "30 days",
    "case_types": ["deportation"],
    "label": "Appeal",
    "trigger_event": "decision",
    "meaning": "act_by",
    "count": 30,
    "unit": "calendar_day",
    "status": "in_force",
    "sure": "read",
    "source": "A law",
    "source_url": "https://law.example/1",
}


def rule(**changes: Any) -> Rule:
    """A plain rule with some attributes of its own."""
    return replace(PLAIN, **changes)


def book(*wanted: Rule) -> Rules:
    return Rules(MappingProxyType({each.key: each for each in wanted}))


def one(
    wanted: Rule, *events: Happened, on: date = date(2026, 6, 1), zone: str = "UTC", **more: Any
) -> Clock:
    """The only clock that a rule gives."""
    (clock,) = clocks("deportation", Facts(frozenset({"US"}), zone, events, **more), book(wanted), on)
    return clock


def shipped(
    kind: str,
    country: str,
    *events: Happened,
    on: date = date(2026, 6, 1),
    zone: str = "UTC",
    spells: tuple[Spell, ...] = (),
    **more: Any,
) -> dict[str, Clock]:
    """Clocks of the rules that are shipped, by rule, version and, where there are several, reading or number."""
    found = clocks(kind, Facts(frozenset({country}), zone, events, spells, **more), rules.load(), on)
    return {_name(clock): clock for clock in found}


def _name(clock: Clock) -> str:
    return "/".join(filter(None, (clock.rule, clock.version, clock.reading, str(clock.number or ""))))


def toml(row: dict[str, Any], head: str = HEAD) -> str:
    return f"{head}\n[[rule]]\n" + "\n".join(f"{name} = {_value(value)}" for name, value in row.items())


def write(directory: Path, row: dict[str, Any], head: str = HEAD, name: str = "xx.toml") -> Path:
    """A folder with one file of one rule."""
    (directory / name).write_text(toml(row, head), "utf-8")
    return directory


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{name} = {_value(each)}' for name, each in value.items())} }}"
    return f'"{value}"' if isinstance(value, str) else str(value)


def many_clocks() -> list[Clock]:
    """Clocks of every sort, with every sort of sentence."""
    events = (
        happened("detained", "2026-03-08", "02:30", "America/New_York"),
        happened("decision", "2026-03-20", "23:30", "America/Los_Angeles", ref="order-1"),
        happened("flight", "2026-11-01", "01:30", "America/New_York"),
        happened("local_release", "2026-07-02", "15:00"),
        happened("removal_notice", "2026-04-02"),
        happened("deduction", "2026-05-31"),
        happened("acas_day_a", "2026-08-10"),
        happened("reasonable_grounds", "2026-01-10"),
    )
    spells = (Spell(date(2026, 1, 10), date(2026, 2, 20)), Spell(date(2026, 3, 8)))
    facts = Facts(frozenset({"US", "GB", "DE"}), "America/Chicago", events, spells)
    return clocks_of(sorted(lists.case_types()), facts, rules.load(), date(2026, 6, 1))
