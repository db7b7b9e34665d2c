"""The words that rules are written in: events, meanings, statuses. Lists of codes of their own room."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from casework import codes

#: The rules that the house ships, one file a jurisdiction.
RULES = codes.DIRECTORY.parent / "rules" / "deadlines"


@cache
def load(name: str) -> codes.CodeList:
    """One list of `config/rules/deadlines/lists/`.

    Args:
        name: of the file, without `.toml`: meanings, readings, statuses, sure or units.

    Raises:
        codes.Broken: there is no such list, or it cannot be used.
    """
    return codes.read(RULES / "lists" / f"{name}.toml")


def events() -> codes.CodeList:
    """The events that rules may start from; forms offer them too, so they stand among the lists of codes."""
    return codes.load("clock_events")


@cache
def followers() -> Mapping[str, str]:
    """Events that cannot come before another one, with that one."""
    return {code.key: code.facts["after"] for code in events() if code.facts.get("after")}


def case_types() -> frozenset[str]:
    """The kinds of case that the house ships: a rule names those it is for."""
    return frozenset(path.stem for path in _kinds().glob("*.toml"))


def _kinds() -> Path:
    return codes.DIRECTORY.parent / "kinds"
