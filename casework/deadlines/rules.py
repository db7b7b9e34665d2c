"""Reading the files of rules, and the rules of all jurisdictions together."""

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from casework.codes import Broken
from casework.deadlines import lists, rule_checks
from casework.deadlines.attributes import CHOICES, HEAD, WEEK
from casework.deadlines.choices import Lengthening, Unit, Volatility
from casework.deadlines.records import Extension, Rule, Term
from casework.deadlines.rule_checks import Problem

__all__ = ("Problem", "Rules", "check", "load", "read")

_EVERYWHERE = "*"
#: How many sorts of case are remembered; a sort is its kinds, its countries and what it tells of.
_ALIKE = 4096
_EVENT_PLACE = "event"


@dataclass(frozen=True)
class Rules:
    """All rules of a folder, by id and version.

    Attributes:
        by_key: rules by their keys, such as "us.bia_appeal@30 days", in the order of the alphabet.
    """

    by_key: Mapping[str, Rule] = field(repr=False)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.by_key.values())

    def __len__(self) -> int:
        return len(self.by_key)

    def of(self, case_type: str, countries: Collection[str]) -> list[Rule]:
        """The rules for a kind of case in some countries.

        Args:
            case_type: key of the kind.
            countries: ISO 3166-1 codes.
        """
        wanted = {_EVERYWHERE, *countries}
        return [rule for where, rule in self._by_type.get(case_type, ()) if not where.isdisjoint(wanted)]

    def among(
        self, case_types: Collection[str], countries: frozenset[str], begun: frozenset[str]
    ) -> tuple[Rule, ...]:
        """The rules that start in a case of several kinds, each once; worked out once for all cases alike in this.

        Args:
            case_types: keys of the kinds.
            countries: ISO 3166-1 codes.
            begun: the events that the case tells of.
        """
        alike = (tuple(case_types), countries, begun)
        if (found := self._among.get(alike)) is None:
            chosen = {rule.key: rule for kind in case_types for rule in self.of(kind, countries)}
            found = tuple(rule for rule in chosen.values() if rule.trigger_event in begun)
            if len(self._among) >= _ALIKE:
                self._among.clear()
            self._among[alike] = found
        return found

    @cached_property
    def _among(self) -> dict[tuple[tuple[str, ...], frozenset[str], frozenset[str]], tuple[Rule, ...]]:
        return {}

    @cached_property
    def _by_type(self) -> Mapping[str, list[tuple[frozenset[str], Rule]]]:
        found: defaultdict[str, list[tuple[frozenset[str], Rule]]] = defaultdict(list)
        for rule in self:
            for name in rule.case_types:
                found[name].append((frozenset(rule.countries), rule))
        return found

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """The digest of each rule, by its key: what marks and stored results are compared with."""
        return MappingProxyType({key: rule.digest for key, rule in self.by_key.items()})

    @cached_property
    def digest(self) -> str:
        """One digest for all: when it moves, cases are to be looked at again."""
        return hashlib.sha256("\n".join(sorted(self.digests.values())).encode()).hexdigest()

    def changed(self, known: Mapping[str, str]) -> frozenset[str]:
        """Ids of the rules that came, went or changed since somebody noted their digests.

        Args:
            known: `digests` of that time.
        """
        moved = {key for key in known.keys() | self.digests.keys() if known.get(key) != self.digests.get(key)}
        return frozenset(key.partition("@")[0] for key in moved)


def check(directory: Path = lists.RULES) -> list[Problem]:
    """What is wrong with the files of a folder; nothing, if the list is empty.

    Args:
        directory: a folder of TOML files, one a jurisdiction.
    """
    found: list[Problem] = []
    seen: dict[str, str] = {}
    for path in _files(directory):
        table = _loaded(path)
        problems = [table] if isinstance(table, Problem) else list(rule_checks.of_file(path.name, table))
        found += problems
        if not problems and isinstance(table, dict):
            found += _twice(path.name, table, seen)
    return found


def read(directory: Path) -> Rules:
    """The rules of a folder.

    Raises:
        Broken: with every problem of every file, a line each.
    """
    if problems := check(directory):
        raise Broken("\n".join(map(str, problems)))
    rules = [rule for path in _files(directory) for rule in _rules(_toml(path))]
    return Rules(MappingProxyType({rule.key: rule for rule in sorted(rules, key=lambda r: r.key)}))


@cache
def load() -> Rules:
    """The rules that the house ships, read and checked once.

    Raises:
        Broken: they cannot be used.
    """
    return read(lists.RULES)


def _files(directory: Path) -> list[Path]:
    return sorted(directory.glob("*.toml"))


def _twice(file: str, table: dict[str, Any], seen: dict[str, str]) -> Iterator[Problem]:
    for row in table["rule"]:
        key = f"{row['id']}@{row['version']}"
        if key in seen:
            yield Problem(
                file, key, "version", f"stands in {seen[key]} already: give this one a name of its own"
            )
        seen[key] = file


def _loaded(path: Path) -> dict[str, Any] | Problem:
    try:
        return _toml(path)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Problem(
            path.name, "", "", f"this is not TOML: {error}. Look at the quotes and brackets there."
        )


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _rules(table: dict[str, Any]) -> Iterator[Rule]:
    shared = {name: value for name, value in table.items() if name in HEAD}
    for row in table["rule"]:
        yield _rule({"volatility": Volatility.MEDIUM} | shared | row)


def _rule(row: dict[str, Any]) -> Rule:
    return Rule(**{name: _value(name, value) for name, value in row.items()})


def _value(name: str, value: Any) -> Any:
    """The value of an attribute as the record keeps it."""
    if name in CHOICES:
        return CHOICES[name](value)
    if name == "weekend":
        return tuple(sorted(WEEK.index(day) for day in value))
    if name == "zone":
        return "" if value == _EVENT_PLACE else value
    if name == "then":
        return tuple(Term(**step | {"unit": Unit(step["unit"])}) for step in value)
    if name == "extension":
        return tuple(_extension(part) for part in value)
    return tuple(sorted(value)) if isinstance(value, list) else value


def _extension(part: dict[str, Any]) -> Extension:
    unit = Unit(part.get("unit", Unit.CALENDAR_DAY))
    return Extension(**part | {"kind": Lengthening(part["kind"]), "unit": unit})
