"""Rules about money as data: what a rule says, where it stands, how far it can be trusted.

A rule is known by its id and by the digest of all that it says. A working keeps the rules that it used,
whole, so that a change of a file changes no result that was kept.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from casework.errors import Invalid
from casework.money.sentences import Sentence, say

_DIGITS_SHOWN = 12


class Status(StrEnum):
    """Where a rule stands."""

    IN_FORCE = "in_force"
    ANNOUNCED = "announced"
    BLOCKED = "blocked"
    PARTLY_BLOCKED = "partly_blocked"
    REPEALED = "repealed"


class Mark(StrEnum):
    """How the rule is known. No rule is shipped as verified: a legal ally does that."""

    READ = "read"
    """Read in a published source, which is named."""
    KNOWN = "known"
    """General professional knowledge, not confirmed in a source."""


_STANDING: Mapping[Status, Sentence] = {
    Status.ANNOUNCED: say("This rule is announced and not yet in force."),
    Status.BLOCKED: say("A court has blocked this rule."),
    Status.PARTLY_BLOCKED: say("A court has blocked a part of this rule."),
    Status.REPEALED: say("This rule is no longer in force."),
}


@dataclass(frozen=True)
class Rule:
    """One rule of law or practice.

    Attributes:
        id: never renamed or reused; another version of the rule is another id.
        kind: what it is about; `rule_terms` knows the terms of each kind.
        title: English msgid.
        jurisdiction: ISO 3166-1 code of the country, or an organisation such as ILO.
        terms: what it says, by the shape of its kind; numbers are text, so that they stay exact.
        status: where it stands.
        source: where it was read or who knows it.
        mark: how it is known.
        checked_on: when somebody last looked.
        recheck_after: when somebody should look again.
        source_url: the address of the source, or empty.
        effective_from, effective_to: the days that it covers; None is open.
        caveat: what the reader must know (msgid), or empty.
    """

    id: str
    kind: str
    title: str
    jurisdiction: str
    terms: Mapping[str, Any]
    status: Status
    source: str
    mark: Mark
    checked_on: date
    recheck_after: date
    source_url: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    caveat: str = ""

    def as_record(self) -> dict[str, Any]:
        """All that it says, JSON-able."""
        return {
            item.name: value.isoformat() if isinstance(value := getattr(self, item.name), date) else value
            for item in fields(self)
        }

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all that it says: marks of legal allies are bound to it."""
        text = json.dumps(self.as_record(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def version(self) -> str:
        """The beginning of the digest, as it is printed on sheets."""
        return self.digest[:_DIGITS_SHOWN]

    def covers(self, day: date) -> bool:
        """Is it in effect on this day?"""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )

    def cautions(self, *, verified: bool = False) -> Iterator[Sentence]:
        """What must be said beside every result that follows this rule."""
        if not verified:
            yield say(
                "The rule “%(rule)s” has not been checked by a legal ally. Ask one before this is used.",
                rule=Sentence(self.title),
            )
        if self.status in _STANDING:
            yield say("“%(rule)s”: %(standing)s", rule=Sentence(self.title), standing=_STANDING[self.status])
        if self.caveat:
            yield say("“%(rule)s”: %(caveat)s", rule=Sentence(self.title), caveat=Sentence(self.caveat))


def from_record(record: Mapping[str, Any]) -> Rule:
    """The rule of a record of `Rule.as_record`.

    Raises:
        Invalid: it is broken.
    """
    try:
        days = {
            name: date.fromisoformat(record[name]) if record.get(name) else None
            for name in ("effective_from", "effective_to")
        }
        return Rule(
            **{
                **record,
                **days,
                "status": Status(record["status"]),
                "mark": Mark(record["mark"]),
                "checked_on": date.fromisoformat(record["checked_on"]),
                "recheck_after": date.fromisoformat(record["recheck_after"]),
            }
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid("A rule that was kept with this result cannot be read.", "rule") from error


@dataclass(frozen=True)
class RuleBook:
    """The rules that a calculation may look up.

    Attributes:
        rules: by id.
        verified: digests that a legal ally has marked as checked.
    """

    rules: Mapping[str, Rule] = field(default_factory=dict)
    verified: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rules: Iterable[Rule], verified: Iterable[str] = ()) -> "RuleBook":
        """A book of these rules."""
        return cls({rule.id: rule for rule in rules}, frozenset(verified))

    def get(self, rule_id: str, kind: str) -> Rule:
        """The rule of this id.

        Raises:
            Invalid: there is none of this kind.
        """
        rule = self.rules.get(rule_id)
        if rule is None or rule.kind != kind:
            raise Invalid(
                "There is no rule “%(rule)s” for this. Choose one from the list.", "rule", rule=rule_id
            )
        return rule

    def is_verified(self, rule: Rule) -> bool:
        """Has a legal ally checked exactly this text of the rule?"""
        return rule.digest in self.verified

    def choose(self, kind: str, jurisdiction: str = "", on: date | None = None) -> tuple[Rule, ...]:
        """All rules that may apply, so that a person can choose.

        Args:
            kind: of rule.
            jurisdiction: only those of this country; all if empty.
            on: only those whose days cover this one.
        """
        return tuple(
            rule
            for rule in self.rules.values()
            if rule.kind == kind
            and (not jurisdiction or rule.jurisdiction == jurisdiction)
            and (on is None or rule.covers(on))
        )
