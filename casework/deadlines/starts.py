"""Which answers of a case start a clock: `config/rules/starts.toml`, read and checked once."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from casework.cases import kinds
from casework.cases.fields import Field, Type
from casework.codes import DIRECTORY, Broken
from casework.deadlines import lists, rules
from casework.errors import Invalid

FILE = DIRECTORY.parent / "rules" / "starts.toml"

#: The group that every kind has; its rows name their event themselves.
DATES = "dates"
#: The word of a date at which somebody speaks with the person.
SPOKEN = "contact"
_DAYS = (Type.DATE, Type.DATE_TIME)


@dataclass(frozen=True, slots=True)
class Start:
    """One answer that starts, moves or ends a clock.

    Attributes:
        source: the stored key of the question, such as `detention.arrested_at`.
        event: of the list `clock_events`.
        day: of a group, the question that holds the day; otherwise empty.
        where: of a group, which answers a row must have; "" stands for none.
        past: only days that have passed count.
        yields: it counts only where the group of days does not tell of such an event itself.
    """

    source: str
    event: str
    day: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    past: bool = False
    yields: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a group that are what a rule asks for.

    Attributes:
        rule: its id.
        source: the stored key of the group.
        where: which answers a row must have.
    """

    rule: str
    source: str
    where: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Starts:
    """Everything that the file says.

    Attributes:
        every: all answers that start something.
        home_counts: kinds for which the law of the home country counts as well.
        spoken: ids of rules at whose dates somebody speaks with the person.
        answers: rows that end dates.
    """

    every: tuple[Start, ...]
    home_counts: frozenset[str]
    spoken: frozenset[str]
    answers: tuple[Answer, ...]


@cache
def load() -> Starts:
    """The file that the house ships.

    Raises:
        Broken: naming each line that cannot be used.
    """
    if problems := check():
        raise Broken("\n".join(problems))
    table = _table(FILE)
    return Starts(
        tuple(_start(row) for row in table["start"]),
        frozenset(table["home_counts"]),
        frozenset(table.get("spoken", ())),
        tuple(Answer(row["rule"], row["from"], _where(row)) for row in table.get("answer", ())),
    )


def check(path: Path = FILE) -> list[str]:
    """What is wrong with the file; nothing, if the list is empty.

    Args:
        path: of a file in this form.
    """
    try:
        table = _table(path)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return [f"{path.name}: this cannot be read: {error}"]
    shipped = {kind.key for kind in kinds.all()}
    unknown = sorted(set(table.get("home_counts", ())) - shipped)
    found = [f"{path.name}, home_counts: {kind} is no kind of case" for kind in unknown]
    found += list(_unheard(path.name, table))
    return found + [
        f"{path.name}, {row.get('from', '?')}: {said}"
        for row in table.get("start", ())
        for said in _wrong(row)
    ]


def _unheard(name: str, table: dict[str, Any]) -> Iterator[str]:
    """Rules that are named and not shipped, and answers that no group can give."""
    shipped = {rule.id for rule in rules.load()}
    answers = table.get("answer", ())
    for rule in {*table.get("spoken", ()), *(row.get("rule") for row in answers)} - shipped:
        yield f"{name}: no rule is called {rule}"
    for row in answers:
        asked = _field(str(row.get("from", "")))
        inside = {each.key for each in asked.fields} if asked and asked.type is Type.GROUP else set()
        if not row.get("where") or set(row["where"]) - inside:
            yield f"{name}, {row.get('from', '?')}: where must name questions of a group"


def _where(row: dict[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({name: tuple(codes) for name, codes in row.get("where", {}).items()})


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _wrong(row: dict[str, Any]) -> Iterator[str]:
    if unknown := set(row) - {"from", "event", "day", "where", "past", "yields"}:
        yield f"take out {', '.join(sorted(unknown))}"
    if row.get("event") not in lists.events():
        yield f"{row.get('event')} is no event of the list clock_events"
    asked = _field(str(row.get("from", "")))
    if asked is None:
        yield "no kind of case asks this"
    elif asked.type is Type.GROUP:
        inside = {each.key: each for each in asked.fields}
        if row.get("day") not in inside or inside[row["day"]].type not in _DAYS:
            yield "day must name a question of the group that holds a day"
        if missing := set(row.get("where", ())) - set(inside):
            yield f"the group does not ask {', '.join(sorted(missing))}"
    elif asked.type not in _DAYS:
        yield "this question holds no day"


def _field(source: str) -> Field | None:
    kind, _, question = source.partition(".")
    try:
        return kinds.get(kind).field(question)
    except Invalid:
        return None


def _start(row: dict[str, Any]) -> Start:
    return Start(
        row["from"],
        row["event"],
        row.get("day", ""),
        _where(row),
        past=bool(row.get("past")),
        yields=bool(row.get("yields")),
    )
