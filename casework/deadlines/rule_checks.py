"""Everything that may be wrong with a file of rules, said so that a lawyer can correct it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from casework.deadlines.attribute_checks import Said, about_value, types
from casework.deadlines.attributes import HEAD, NEEDED, NEEDED_HEAD, RULE
from casework.deadlines.sense import contradictions


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct.

    Attributes:
        file: its name.
        rule: id and version, or empty when it is about the top of the file.
        attribute: which one, or empty when it is about the whole rule.
        message: what is wrong and what to do, in English.
    """

    file: str
    rule: str
    attribute: str
    message: str

    def __str__(self) -> str:
        place = [self.file, f"rule {self.rule}" if self.rule else "", self.attribute]
        return f"{', '.join(filter(None, place))}: {self.message}"


def of_file(file: str, table: dict[str, Any]) -> Iterator[Problem]:
    """Everything that is wrong with one file.

    Args:
        file: its name.
        table: what it holds.
    """
    head = list(_about_head(file, table))
    for attribute, message in head:
        yield Problem(file, "", attribute, message)
    rows = table.get("rule")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        yield Problem(file, "", "rule", "add at least one [[rule]]")
        return
    shared = {} if head else {name: value for name, value in table.items() if name in HEAD}
    for row in rows:
        name = f"{row.get('id', '(without an id)')}@{row.get('version', '?')}"
        for attribute, message in _about_rule(file, row, shared | row):
            yield Problem(file, name, attribute, message)


def _about_head(file: str, table: dict[str, Any]) -> Iterator[Said]:
    for name in NEEDED_HEAD:
        if name not in table:
            yield name, "add it at the top of the file"
    head = {name: value for name, value in table.items() if name != "rule"}
    broken = list(types(head, HEAD))
    yield from broken
    for name in sorted(head.keys() - {attribute for attribute, _ in broken}):
        for message in about_value(name, head[name]):
            yield name, message
    if table.get("jurisdiction") and f"{str(table['jurisdiction']).lower()}.toml" != file:
        yield (
            "jurisdiction",
            f'"{table["jurisdiction"]}" does not fit the file name {file}: make the two agree',
        )


def _about_rule(file: str, own: dict[str, Any], row: dict[str, Any]) -> Iterator[Said]:
    plain = list(_one_by_one(file, own))
    yield from plain
    # Attributes are compared with each other only when each is right for itself.
    if not plain and all(name in row for name in NEEDED_HEAD if name != "jurisdiction"):
        yield from contradictions(row)


def _one_by_one(file: str, own: dict[str, Any]) -> Iterator[Said]:
    for name in NEEDED:
        if name not in own:
            yield name, "add it"
    broken = list(types(own, RULE))
    yield from broken
    for name in sorted(own.keys() - {attribute for attribute, _ in broken}):
        for message in about_value(name, own[name]):
            yield name, message
    if not str(own.get("id", "")).startswith(f"{file.removesuffix('.toml')}."):
        yield "id", f'must begin with "{file.removesuffix(".toml")}.", as the file is called'
