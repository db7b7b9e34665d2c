"""Cases of one person that were joined: lists show the one that was kept, and a search for the other finds it too.

A card that leads to one which is not there, because it was erased or is closed to the reader, stands for itself.
"""

from dataclasses import replace

import numpy as np

from casework.cases.cards import LEADS
from casework.search.match import Match
from casework.search.pack import Pack
from casework.search.ragged import Array

_LEADS = LEADS.encode()


def leaders(pack: Pack) -> dict[int, int]:
    """For each card that leads to another one, both in the pack: the row of that one."""
    marks = [place for place, flag in enumerate(pack.codes.table.tolist()) if flag.startswith(_LEADS)]
    if not marks:
        return {}
    flags = pack.codes.lists["flags"]
    rows = np.flatnonzero(flags.where(np.isin(flags.flat, marks)) & pack.newest)
    found = {int(row): _leader(pack, int(row)) for row in rows}
    return {row: leader for row, leader in found.items() if leader is not None}


def _leader(pack: Pack, row: int) -> int | None:
    flag = next(one for one in pack.codes.values_of("flags", row) if one.startswith(_LEADS))
    ref = flag.removeprefix(_LEADS).replace(b"-", b"")
    there = np.flatnonzero((pack.index.refs == ref) & pack.newest)
    return int(there[0]) if len(there) and int(there[0]) != row else None


def as_one(pack: Pack, fits: Array) -> Array:
    """Which cards a list shows: of cases that were joined the one that was kept, where any of them fits."""
    shown = fits.copy()
    for row, leader in leaders(pack).items():
        shown[leader] |= fits[row]
        shown[row] = False
    return shown


def lead(pack: Pack, matches: list[Match]) -> list[Match]:
    """What a search found, with the case that was kept in the place of each that leads to it; each once."""
    leads = leaders(pack)
    if not leads:
        return matches
    found: dict[int, Match] = {}
    for one in matches:
        place = leads.get(one.place, one.place)
        found.setdefault(place, replace(one, place=place))
    return list(found.values())
