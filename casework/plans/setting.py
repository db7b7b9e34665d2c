"""How a desk follows up, as data: `config/plans.toml`. Read once, never changed while running."""

import tomllib
from functools import cache
from typing import Any

from casework import codes

_FILE = codes.DIRECTORY.parent / "plans.toml"


@cache
def table(name: str) -> Any:
    """One table of the file.

    Raises:
        codes.Broken: there is none of this name.
    """
    with _FILE.open("rb") as file:
        found = tomllib.load(file)
    if name not in found:
        raise codes.Broken(f"{_FILE.name}: add [{name}]")
    return found[name]


def referral(key: str) -> int:
    """A number of days of the table `referral`."""
    return int(table("referral")[key])
