"""Procedures outside a country, as data in `config/complaints/`: what has to be so before a complaint is received."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from casework import codes
from casework.errors import NotFound

_FOLDER = codes.DIRECTORY.parent / "complaints"


@dataclass(frozen=True)
class Check:
    """One thing that has to be so.

    Attributes:
        text: what (msgid).
        source: where that stands.
    """

    text: str
    source: str


@dataclass(frozen=True)
class Procedure:
    """A procedure.

    Attributes:
        key: of its file.
        title, to, lead, waits: what it is, to whom it goes, when it fits, what it waits for (msgids).
        source, source_date: what all of it rests on.
        checked_on: when somebody last held it against its source; None where nobody has yet.
        convention: whether it is about conventions that a state ratified.
        checks: what has to be so.
    """

    key: str
    title: str
    to: str
    lead: str
    waits: str
    source: str
    source_date: str
    checked_on: date | None
    convention: bool
    checks: tuple[Check, ...]


@cache
def all() -> Mapping[str, Procedure]:  # noqa: A001 - it is read as `complaints.all()`
    """Every procedure by its key, in the order of their names."""
    return {path.stem: _read(path.stem, path.read_text("utf-8")) for path in sorted(_FOLDER.glob("*.toml"))}


def get(key: str) -> Procedure:
    """A procedure.

    Raises:
        NotFound: there is none of this key.
    """
    if key not in all():
        raise NotFound
    return all()[key]


def _read(key: str, text: str) -> Procedure:
    told = tomllib.loads(text)
    checks = tuple(Check(one["text"], one["source"]) for one in told.pop("check"))
    return Procedure(key=key, checks=checks, checked_on=told.pop("checked_on", None), **told)
