"""Reads the rules about money from `config/rules/money/`, one file a subject, and says what to change in a bad one."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from casework import codes
from casework.codes import Broken
from casework.money import rule_parsers
from casework.money.rules import Mark, Rule, RuleBook, Status

DIRECTORY = codes.DIRECTORY.parent / "rules" / "money"

_MUST = {"id", "title", "jurisdiction", "terms", "status", "source", "mark", "checked_on", "recheck_after"}
_MAY = {"source_url", "effective_from", "effective_to", "caveat"}
_DAYS = ("checked_on", "recheck_after", "effective_from", "effective_to")
_ORGANISATIONS = frozenset({"ILO", "EU"})


@cache
def house() -> RuleBook:
    """The rules of this installation, none of them verified.

    Raises:
        Broken: a file cannot be used; the message names file, rule and term.
    """
    return RuleBook.of(read(DIRECTORY))


def read(directory: Path) -> Iterator[Rule]:
    """All rules of a folder, checked.

    Raises:
        Broken: naming file, rule, attribute and what to do.
    """
    seen: set[str] = set()
    for path in sorted(directory.glob("*.toml")):
        for rule in _file(path):
            if rule.id in seen:
                raise Broken(f"{path.name}: the id {rule.id} stands there twice")
            seen.add(rule.id)
            yield rule


def _file(path: Path) -> Iterator[Rule]:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Broken(f"{path.name}: this is not TOML: {error}") from error
    kind = str(table.get("kind", ""))
    if kind not in rule_parsers.PARSERS:
        raise Broken(f"{path.name}: kind must be one of {', '.join(rule_parsers.PARSERS)}")
    if set(table) != {"kind", "rules"} or not isinstance(table["rules"], list):
        raise Broken(f"{path.name}: write kind at the top and then each rule under [[rules]]")
    for entry in table["rules"]:
        try:
            yield _rule(kind, entry)
        except Broken as error:
            raise Broken(f"{path.name}: {entry.get('id', 'a rule without id')}: {error}") from error


def _rule(kind: str, entry: Mapping[str, Any]) -> Rule:
    if complaint := _complaint(entry):
        raise Broken(complaint)
    rule_parsers.parse(kind, entry["terms"])
    return Rule(**{**entry, "kind": kind, "status": Status(entry["status"]), "mark": Mark(entry["mark"])})


def _complaint(entry: Mapping[str, Any]) -> str:
    """The first thing that is wrong with a rule, as a sentence; empty if nothing is."""
    if missing := _MUST - set(entry):
        return f"add {', '.join(sorted(missing))}"
    if unknown := set(entry) - _MUST - _MAY:
        return f"take out {', '.join(sorted(unknown))}, or correct the spelling"
    if wrong := [name for name in _DAYS if name in entry and type(entry[name]) is not date]:
        return f"{wrong[0]} must be a day without quotes, such as 2026-11-21"
    return _complaint_of_words(entry)


def _complaint_of_words(entry: Mapping[str, Any]) -> str:
    for name, choices in (("status", Status), ("mark", Mark)):
        if entry[name] not in list(choices):
            return f"{name} must be one of {', '.join(choices)}"
    if entry["jurisdiction"] not in _ORGANISATIONS and entry["jurisdiction"] not in codes.load("countries"):
        return "jurisdiction must be a code of config/codes/countries.toml, or ILO or EU"
    if entry["mark"] == Mark.READ and not entry.get("source_url"):
        return "a rule that was read somewhere needs source_url"
    if (start := entry.get("effective_from")) and (end := entry.get("effective_to")) and end < start:
        return "effective_to lies before effective_from"
    return "" if isinstance(entry["terms"], dict) else "terms must be a table"
