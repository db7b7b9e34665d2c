"""Cases of one person that were joined: lists show the one that was kept, and a search for the other finds it too.

A card that leads to one which is not there, because it was erased or is closed to the reader, stands for itself.
"""

from dataclasses import replace

import numpy as np

from casework import codes
from casework.cases.cards import LEADS
from casework.cases.changing import CLOSED
from casework.search.columns import DAYS
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


def of_people(pack: Pack) -> Pack:
    """The cards as a list shows them: one that was kept tells what presses most in any open case of its person.

    Otherwise the nearest date and the danger of a case that leads to it would stand in no list at all.

    Args:
        pack: the cards of a desk.
    """
    leads = leaders(pack)
    if not leads:
        return pack
    days, singles = pack.days.copy(), pack.codes.singles.copy()
    due, risks = days[DAYS.index("due")], singles[pack.codes.names.index("risk")]
    ranks = pack.codes.ranks("risk", [code.key.encode() for code in codes.load("risk")]).copy()
    ended = pack.codes.among("status", {CLOSED.encode()})
    for row, leader in leads.items():
        if ended[row]:
            continue
        if due[row] and not 0 < due[leader] <= due[row]:
            due[leader] = due[row]
        if ranks[row] < ranks[leader]:
            risks[leader], ranks[leader] = risks[row], ranks[row]
    return replace(pack, days=days, codes=replace(pack.codes, singles=singles))


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
