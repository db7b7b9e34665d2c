"""A result with everything that led to it: lines, the formula in words, rules with their versions, rounding."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from casework.money.amounts import Money
from casework.money.rules import Rule, RuleBook
from casework.money.sentences import Sentence, Value, say

ROUNDING: Final = say(
    "Each line is rounded to the smallest coin of the currency, half a coin upwards; the rounded lines are added."
)


class Role(StrEnum):
    """What a line of a working is for."""

    STEP = "step"
    """Something counted on the way, such as the overtime of a week."""
    LINE = "line"
    """An amount that goes into a sum."""
    SUM = "sum"
    """A sum of lines above it."""
    NOTE = "note"
    """Shown beside the sum and never part of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a working.

    Attributes:
        key: what it is, the same in every language.
        words: the arithmetic in words.
        value: what came out, if anything.
        role: what the line is for.
        group: lines that belong together, such as a pay period.
    """

    key: str
    words: Sentence
    value: Value = None
    role: Role = Role.LINE
    group: str = ""


@dataclass(frozen=True, slots=True)
class Working:
    """What a calculator gives.

    Attributes:
        calculator: its name in `calculators`.
        version: of the calculator; a change of its arithmetic takes a new number.
        inputs: the value that it was given, whole.
        rules: the rules that were used, as they stood.
        formula: the formula in words.
        rounding: the policy in words.
        lines: step by step.
        results: the figures, by name.
        warnings: what the reader must know before using them.
    """

    calculator: str
    version: int
    inputs: Any
    rules: tuple[Rule, ...]
    formula: Sentence
    lines: tuple[Line, ...]
    results: Mapping[str, Value]
    warnings: tuple[Sentence, ...] = ()
    rounding: Sentence = ROUNDING

    def money(self, name: str) -> Money:
        """A result that is an amount.

        Raises:
            TypeError: it is none.
        """
        value = self.results[name]
        if not isinstance(value, Money):
            raise TypeError(f"{name} is not an amount")
        return value


@dataclass
class Sheet:
    """A working while it is being written, line after line.

    Attributes:
        book: where rules are looked up; what was looked up stands in `rules`.
    """

    book: RuleBook
    lines: list[Line] = field(default_factory=list)
    warnings: list[Sentence] = field(default_factory=list)
    rules: dict[str, Rule] = field(default_factory=dict)

    def step(self, key: str, words: Sentence, value: Value = None, group: str = "") -> None:
        """Note something that was counted on the way."""
        self.lines.append(Line(key, words, value, Role.STEP, group))

    def line(self, key: str, words: Sentence, value: Value, group: str = "") -> None:
        """Write an amount that goes into a sum."""
        self.lines.append(Line(key, words, value, Role.LINE, group))

    def sum(self, key: str, words: Sentence, value: Value, group: str = "") -> None:
        """Write a sum of what stands above."""
        self.lines.append(Line(key, words, value, Role.SUM, group))

    def note(self, key: str, words: Sentence, value: Value = None, group: str = "") -> None:
        """Write what is shown beside and never added."""
        self.lines.append(Line(key, words, value, Role.NOTE, group))

    def warn(self, warning: Sentence) -> None:
        """Warn, once."""
        if warning not in self.warnings:
            self.warnings.append(warning)

    def warn_all(self, warnings: Iterable[Sentence]) -> None:
        """Warn of each of these, once."""
        for warning in warnings:
            self.warn(warning)

    def rule(self, rule_id: str, kind: str) -> Rule:
        """Look up a rule that the arithmetic follows; its cautions become warnings.

        Raises:
            Invalid: there is no such rule of this kind.
        """
        rule = self.book.get(rule_id, kind)
        self.rules[rule.id] = rule
        self.warn_all(rule.cautions(verified=self.book.is_verified(rule)))
        return rule

    def working(
        self,
        name: str,
        version: int,
        inputs: Any,
        formula: Sentence,
        results: Mapping[str, Value],
        rounding: Sentence = ROUNDING,
    ) -> Working:
        """The finished working."""
        return Working(
            calculator=name,
            version=version,
            inputs=inputs,
            rules=tuple(self.rules.values()),
            formula=formula,
            lines=tuple(self.lines),
            results=MappingProxyType(dict(results)),
            warnings=tuple(self.warnings),
            rounding=rounding,
        )
