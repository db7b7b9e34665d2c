"""All calculators by name; keeping a result, and counting it again years later."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from casework.errors import Invalid
from casework.money import (
    debt,
    deductions,
    extras,
    group,
    interest,
    limitation,
    recruitment,
    spells,
    standing,
    substitution,
    wages,
)
from casework.money.figures import decode_figures, encode_figure, encode_figures
from casework.money.records import Json, decode, encode
from casework.money.rules import Rule, RuleBook, from_record
from casework.money.sentences import Sentence, say
from casework.money.working import Line, Working

RECORD_VERSION: Final = 1

_KIND: Final = "working"


@dataclass(frozen=True, slots=True)
class Calculator:
    """One calculator.

    Attributes:
        version: of its arithmetic.
        takes: the class of what it is given.
        count: the function.
    """

    version: int
    takes: type
    count: Callable[[Any, RuleBook], Working]


CALCULATORS: Final[Mapping[str, Calculator]] = {
    wages.NAME: Calculator(wages.VERSION, wages.WageClaim, wages.wages),
    limitation.NAME: Calculator(limitation.VERSION, limitation.TimeQuestion, limitation.in_time),
    substitution.NAME: Calculator(substitution.VERSION, substitution.Substitution, substitution.substituted),
    deductions.NAME: Calculator(deductions.VERSION, deductions.DeductionQuestion, deductions.deductions),
    extras.NAME: Calculator(extras.VERSION, extras.ExtraQuestion, extras.extras),
    recruitment.NAME: Calculator(
        recruitment.VERSION, recruitment.RecruitmentQuestion, recruitment.recruitment
    ),
    interest.NAME: Calculator(interest.VERSION, interest.InterestQuestion, interest.interest),
    debt.NAME: Calculator(debt.VERSION, debt.DebtQuestion, debt.debt),
    spells.NAME: Calculator(spells.VERSION, spells.SpellsQuestion, spells.detained),
    standing.NAME: Calculator(standing.VERSION, standing.StandingQuestion, standing.standing),
    group.NAME: Calculator(group.VERSION, group.GroupQuestion, group.schedule),
}


@dataclass(frozen=True, slots=True)
class Reproduced:
    """What came out when a kept result was counted again with its own inputs and rules.

    Attributes:
        working: the new one.
        same: do all figures agree, line by line?
        differences: what does not, in words.
        notes: what has changed since, though the figures agree: wording, program, rules.
    """

    working: Working
    same: bool
    differences: tuple[Sentence, ...]
    notes: tuple[Sentence, ...]


def calculate(question: Any, book: RuleBook) -> Working:
    """Count a question with the calculator that takes it.

    Args:
        question: such as a `WageClaim`.
        book: of rules.

    Raises:
        Invalid: with the field, when figures cannot be counted with.
        TypeError: no calculator takes this.
    """
    for calculator in CALCULATORS.values():
        if type(question) is calculator.takes:
            return calculator.count(question, book)
    raise TypeError(f"no calculator takes {type(question).__name__}")


def record(working: Working, book: RuleBook) -> Json:
    """A working with its inputs and rules, JSON-able, to be sealed and kept.

    Args:
        working: the result.
        book: that it was counted with; says which rules were verified.
    """
    return {
        "kind": _KIND,
        "version": RECORD_VERSION,
        "calculator": working.calculator,
        "calculator_version": working.version,
        "inputs": encode(working.inputs),
        "rules": [{**rule.as_record(), "digest": rule.digest} for rule in working.rules],
        "verified": [rule.digest for rule in working.rules if book.is_verified(rule)],
        "formula": encode_figure(working.formula),
        "rounding": encode_figure(working.rounding),
        "lines": [_line(line) for line in working.lines],
        "results": encode_figures(working.results),
        "warnings": [encode_figure(warning) for warning in working.warnings],
    }


def _line(line: Line) -> Json:
    return {
        "key": line.key,
        "words": encode_figure(line.words),
        "value": encode_figure(line.value),
        "role": str(line.role),
        "group": line.group,
    }


def reproduce(kept: Json, today: RuleBook | None = None) -> Reproduced:
    """Count a kept result again with its own inputs and rules, and compare.

    Args:
        kept: of `record`.
        today: the rules as they stand now; changes since are named.

    Raises:
        Invalid: the record is broken, or a rule in it is not the one that its digest names.
    """
    calculator = _calculator(kept)
    rules = [_kept_rule(entry) for entry in kept["rules"]]
    book = RuleBook.of(rules, kept["verified"])
    again = calculator.count(decode(kept["inputs"]), book)
    differences = tuple(_differences(kept, record(again, book)))
    return Reproduced(again, not differences, differences, tuple(_notes(kept, again, book, today)))


def _calculator(kept: Json) -> Calculator:
    if kept.get("kind") != _KIND or kept.get("version") != RECORD_VERSION:
        raise Invalid("This is no result that this version of the program can read.", "version")
    calculator = CALCULATORS.get(kept.get("calculator", ""))
    if calculator is None:
        raise Invalid("This result comes from a calculator that is not known here.", "calculator")
    return calculator


def _kept_rule(entry: Json) -> Rule:
    rule = from_record({name: value for name, value in entry.items() if name != "digest"})
    if rule.digest != entry.get("digest"):
        raise Invalid("A rule that was kept with this result is not the one that it names.", "rule")
    return rule


def _differences(before: Json, after: Json) -> Iterator[Sentence]:
    for name in sorted(set(before["results"]) | set(after["results"])):
        one, other = (decode_figures(side["results"]).get(name) for side in (before, after))
        if one != other:
            yield say("“%(name)s” was %(before)s and is now %(after)s.", name=name, before=one, after=other)
    figures = [[(part["key"], part["value"]) for part in side["lines"]] for side in (before, after)]
    if figures[0] != figures[1]:
        yield say("The lines between are not the same.")


def _notes(kept: Json, again: Working, book: RuleBook, today: RuleBook | None) -> Iterator[Sentence]:
    if kept["calculator_version"] != again.version:
        yield say("The calculator has a new version since.")
    if kept != record(again, book):
        yield say("Some words have changed since.")
    for rule in again.rules if today else ():
        now = today.rules.get(rule.id) if today else None
        if now is None:
            yield say("The rule “%(rule)s” is no longer in the list.", rule=Sentence(rule.title))
        elif now.digest != rule.digest:
            yield say(
                "The rule “%(rule)s” has changed since: version %(before)s then, %(after)s now.",
                rule=Sentence(rule.title),
                before=rule.version,
                after=now.version,
            )
