"""How long everybody has to notice, and how long an agreement holds: `config/export/terms.toml`."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from casework.codes import DIRECTORY, Broken

_FILE = DIRECTORY.parent / "export" / "terms.toml"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the file says.

    Attributes:
        wait: between the second yes and the earliest moment at which the file is made.
        ends: after which what was asked for counts no more.
        told: for which everybody is told that it was made.
    """

    wait: timedelta
    ends: timedelta
    told: timedelta


@cache
def load() -> Terms:
    """The terms of this installation, read once.

    Raises:
        Broken: the file cannot be used.
    """
    found = tomllib.loads(_FILE.read_text("utf-8"))
    try:
        made = Terms(
            timedelta(hours=found["wait_hours"]),
            timedelta(days=found["ends_days"]),
            timedelta(days=found["told_days"]),
        )
    except (KeyError, TypeError) as error:
        raise Broken(f"{_FILE.name}: {error}") from None
    if not timedelta(0) <= made.wait < made.ends:
        raise Broken(f"{_FILE.name}: what is waited for comes before it ends")
    return made
