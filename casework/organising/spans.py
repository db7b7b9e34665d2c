"""How long what was passed to an organiser stays, as data: `config/organising.toml`. Read once, never changed while running."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from casework import codes

_FILE = codes.DIRECTORY.parent / "organising.toml"


@dataclass(frozen=True)
class Spans:
    """The spans of this installation.

    Attributes:
        longest: after which a box is destroyed, read or not.
        told_back: for which an organiser who had read it is told that it was taken back.
        look_after: after which the desk looks whether the two have met.
        unread: after which what nobody read counts as lost.
        stands: for which somebody's offer to meet people stands.
    """

    longest: timedelta
    told_back: timedelta
    look_after: timedelta
    unread: timedelta
    stands: timedelta


@cache
def spans() -> Spans:
    """The spans, read once.

    Raises:
        codes.Broken: the file cannot be used.
    """
    found = tomllib.loads(_FILE.read_text("utf-8"))
    try:
        told = found["introduction"] | {"stands": found["offer"]["stands"]}
        days = {key: int(told[key]) for key in Spans.__dataclass_fields__}
    except (KeyError, TypeError, ValueError) as error:
        raise codes.Broken(f"{_FILE.name}: {error}") from None
    if min(days.values()) < 1:
        raise codes.Broken(f"{_FILE.name}: each span is a day at least")
    return Spans(**{key: timedelta(days=one) for key, one in days.items()})
