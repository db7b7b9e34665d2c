"""What a list shows: filters over the columns of packed cards."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from casework import clock
from casework.cases import profile
from casework.search.columns import DAYS, NOBODY, USERS, day_number
from casework.search.pack import Pack
from casework.search.ragged import Array


@dataclass(frozen=True)
class Filters:
    """What a list shows; an empty filter lets everything through.

    Attributes:
        kinds: main or other kind.
        risks, statuses, homes, hosts, sectors, outcomes, languages, flags: codes, any of them.
        users: who works on it, as primary or backup.
        primaries: who works on it, as primary alone.
        respondents: any of them.
        unassigned: only cases that nobody works on.
        due, opened, changed: first and last day, either of them None for no limit.
        least_claimed: in minor units, with `currency`.
        currency: only money of this currency.
        reached: how far the money came: one of `REACHED`, or empty.
        profile: codes of what they say of themselves, all of them; of those whose agreement to that holds.
        answers: codes of what the kinds ask, all of them.
        answered: days that the kinds ask for: what stands before the day, and the first and last day of it.
        organise: only those who want to be told of meetings, and whose agreement to that holds.
    """

    kinds: frozenset[str] = frozenset()
    risks: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    homes: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    users: frozenset[UUID] = frozenset()
    primaries: frozenset[UUID] = frozenset()
    respondents: frozenset[UUID] = frozenset()
    unassigned: bool = False
    due: tuple[date | None, date | None] = (None, None)
    opened: tuple[date | None, date | None] = (None, None)
    changed: tuple[date | None, date | None] = (None, None)
    least_claimed: int | None = None
    currency: str = ""
    reached: str = ""
    profile: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()
    answered: tuple[tuple[str, date | None, date | None], ...] = ()
    organise: bool = False


#: How far the money of a case may have come.
REACHED = ("claimed", "unpaid", "awarded", "short", "paid")


#: The filters by code, and the columns that each looks at.
_BY_CODE = {
    "kinds": ("kind", "other_kinds"),
    "risks": ("risk",),
    "statuses": ("status",),
    "homes": ("home",),
    "hosts": ("host",),
    "sectors": ("sector",),
    "outcomes": ("outcome",),
    "languages": ("languages",),
    "flags": ("flags",),
}


def fitting(pack: Pack, filters: Filters) -> Array:
    """Which cards get through all filters."""
    through = [np.ones(len(pack), bool)]
    for name, columns in _BY_CODE.items():
        if wanted := {code.encode() for code in getattr(filters, name)}:
            through.append(_any(pack.codes.among(column, wanted) for column in columns))
    if users := {user.bytes for user in filters.users}:
        through.append(_any(pack.people.among(name, users) for name in USERS))
    if primaries := {user.bytes for user in filters.primaries}:
        through.append(pack.people.among("primary", primaries))
    if respondents := {one.bytes for one in filters.respondents}:
        through.append(pack.people.among("respondents", respondents))
    if filters.unassigned:
        through += [pack.people.among(name, {NOBODY}) for name in USERS]
    through += [_between(pack.number(name), *getattr(filters, name)) for name in DAYS]
    fits: Array = np.logical_and.reduce(
        [*through, *_money(pack, filters), *_said(pack, filters), *_answered(pack, filters)]
    )
    return fits


def _said(pack: Pack, filters: Filters) -> list[Array]:
    """What they say of themselves: all that is asked for, and only of those whose agreement holds."""
    found = [pack.codes.among("profile", {code.encode()}) for code in filters.profile]
    if found:
        found.append(agreed(pack, profile.AGREED))
    if filters.organise:
        found.append(agreed(pack, profile.ORGANISES))
    return found


def _answered(pack: Pack, filters: Filters) -> Iterator[Array]:
    """What their kinds ask: all that is wanted."""
    for code in filters.answers:
        yield pack.codes.among("answers", {code.encode()})
    for lead, first, last in filters.answered:
        yield pack.codes.among("answers", set(_days(pack, lead.encode(), first, last)))


def _days(pack: Pack, lead: bytes, first: date | None, last: date | None) -> Iterator[bytes]:
    """The codes of a question whose day lies in a span: written as ISO, days stand in the order of the alphabet."""
    begin = first.isoformat().encode() if first else b""
    end = last.isoformat().encode() if last else b"9999-12-31"
    for code in pack.codes.table.tolist():
        if code.startswith(lead) and begin <= code.removeprefix(lead) <= end:
            yield code


def agreed(pack: Pack, lead: str) -> Array:
    """Whose agreement still holds: a card says until when, so that none outlives it for want of a save."""
    start, today = lead.encode(), clock.today().isoformat().encode()
    holds = [
        code.startswith(start) and code.removeprefix(start) >= today for code in pack.codes.table.tolist()
    ]
    rows = pack.codes.lists["profile"]
    return rows.where(np.array(holds, bool)[rows.flat])


def _any(truths: Iterable[Array]) -> Array:
    either: Array = np.logical_or.reduce(list(truths))
    return either


def _between(column: Array, first: date | None, last: date | None) -> Array:
    if first is None and last is None:
        return np.ones(len(column), bool)
    known = column > 0
    within: Array = (column >= day_number(first)) & (column <= (day_number(last) if last else column))
    return known & within


def _money(pack: Pack, filters: Filters) -> list[Array]:
    found = []
    if filters.currency:
        found.append(pack.codes.among("currency", {filters.currency.encode()}))
    if filters.least_claimed is not None:
        found.append(pack.number("claimed") >= filters.least_claimed)
    if filters.reached:
        found.append(_reached(pack, filters.reached))
    return found


def _reached(pack: Pack, reached: str) -> Array:
    """`unpaid`: claimed and nothing paid; `short`: awarded and not all of it paid."""
    claimed, awarded, paid = (pack.number(name) for name in ("claimed", "awarded", "paid"))
    some = {"claimed": claimed > 0, "awarded": awarded > 0, "paid": paid > 0}
    # No money is the lowest of all numbers, so it is less than any award.
    truths = some | {"unpaid": some["claimed"] & (paid <= 0), "short": some["awarded"] & (paid < awarded)}
    found: Array = truths[reached]
    return found
