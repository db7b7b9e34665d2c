"""Table plans: which tables a release has, and what each may cost. Data in `config/trends/`, hashed as read.

A plan is chosen by the public size class of a network, before anything is counted. Nobody asks a question
of their own: whoever could, would ask for the difference.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from math import isclose, prod
from pathlib import Path
from typing import Any

from casework import codes
from casework.codes import Broken
from casework.trends.domains import COLUMNS, RESPONDENT, domain

DIRECTORY = codes.DIRECTORY.parent / "trends"
#: What a person can lose at one desk, over the window in which their case opens and the one in which it closes.
LIFETIME = 1.0
#: Above this, δ would be a promise that is broken now and then.
MOST_DELTA = 1e-6
OPENING, CLOSING = "opening", "closing"
PARTS = (OPENING, CLOSING)


@dataclass(frozen=True)
class TablePlan:
    """One table of a plan.

    Attributes:
        name: how it is known in addresses and exports.
        columns: what it is counted by.
        share: of the budget of its part.
        within: half of the 95 % interval, in cases, as it was computed and written down.
    """

    name: str
    columns: tuple[str, ...]
    share: float
    within: int

    @property
    def keyed(self) -> bool:
        """Whether its cells are not known beforehand."""
        return self.columns == (RESPONDENT,)

    @property
    def shape(self) -> tuple[int, ...]:
        """How many codes each column has."""
        return tuple(len(domain(column)) for column in self.columns)

    @property
    def cells(self) -> int:
        """How many cells it has; one where they are not known beforehand."""
        return 1 if self.keyed else prod(self.shape)


@dataclass(frozen=True)
class Part:
    """What is counted when cases open, or when they close.

    Attributes:
        epsilon, delta: what all its tables together may cost a person.
        tables: the tables.
    """

    epsilon: float
    delta: float
    tables: tuple[TablePlan, ...]


@dataclass(frozen=True)
class Plan:
    """A table plan.

    Attributes:
        name: `small` or `large`.
        months: how long a window is.
        least_cases, most_cases: the public size class that it is for, in cases a window.
        least: no cell below this is shown, whatever the noise.
        fabricated: how many cells of a release may be expected to be shown although nobody is in them.
        parts: by `opening` and `closing`; a plan may have no closing.
        digest: SHA-256 of the plan with the domains of its columns, 64 hex digits.
    """

    name: str
    months: int
    least_cases: int
    most_cases: int | None
    least: int
    fabricated: float
    parts: Mapping[str, Part]
    digest: str


@cache
def every() -> Mapping[str, Plan]:
    """The plans of this installation by name.

    Raises:
        Broken: a file cannot be used.
    """
    return {path.stem: read(path) for path in sorted(DIRECTORY.glob("*.toml"))}


def read(path: Path) -> Plan:
    """Read one plan and check it.

    Raises:
        Broken: naming the file and what is wrong.
    """
    table = tomllib.loads(path.read_text("utf-8"))
    parts = {name: _part(table[name]) for name in PARTS if name in table}
    if complaint := _complaint(parts):
        raise Broken(f"{path.name}: {complaint}")
    return Plan(
        name=table["name"],
        months=table["months"],
        least_cases=table.get("least_cases", 0),
        most_cases=table.get("most_cases"),
        least=table["least"],
        fabricated=table["fabricated"],
        parts=parts,
        digest=_digest(table, parts),
    )


def _part(table: Mapping[str, Any]) -> Part:
    tables = [TablePlan(t["name"], tuple(t["columns"]), t["share"], t["within"]) for t in table["table"]]
    return Part(table["epsilon"], table["delta"], tuple(tables))


def _complaint(parts: Mapping[str, Part]) -> str:
    """The first thing that is wrong with a plan, as a sentence; empty if nothing is."""
    if sum(part.epsilon for part in parts.values()) > LIFETIME:
        return f"opening and closing together may cost {LIFETIME} at most"
    if sum(part.delta for part in parts.values()) > MOST_DELTA:
        return f"delta may be {MOST_DELTA} at most"
    for name, part in parts.items():
        if not isclose(sum(table.share for table in part.tables), 1):
            return f"the shares of {name} must add up to 1"
        for table in part.tables:
            if RESPONDENT in table.columns and not (table.keyed and part.delta):
                return "respondents stand in a table of their own, and cost a delta"
            if unknown := set(table.columns) - {*COLUMNS, RESPONDENT}:
                return f"there is no column {min(unknown)}"
    return ""


def _digest(table: Mapping[str, Any], parts: Mapping[str, Part]) -> str:
    used = {c for part in parts.values() for t in part.tables for c in t.columns if not t.keyed}
    whole = {"plan": table, "domains": {column: domain(column) for column in sorted(used)}}
    return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()
