"""Divides hours into ordinary ones and overtime, by the day and by the week, as the rule says.

A week is counted as a whole even when a pay period ends in its middle: dividing a pay period, or the
lines of a week, changes no hour of overtime.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from casework.errors import Invalid
from casework.money.ledger import Work
from casework.money.rule_terms import Overtime
from casework.money.sentences import say
from casework.money.wages.claim import WageClaim
from casework.money.working import Sheet

_WEEK = 7
_ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a line of work, in one band."""

    work: Work
    band: str
    quantity: Decimal


def divide(claim: WageClaim, terms: Overtime | None, sheet: Sheet) -> list[Part]:
    """All work of a claim, with every hour in its band.

    Args:
        claim: with the work.
        terms: of the rule about overtime, or None.
        sheet: where the weeks are written down.

    Raises:
        Invalid: a line runs over the end of a work week, so that nobody can say which week its hours are of.
    """
    ready = [Part(work, work.band, work.quantity) for work in claim.work if work.band != "worked"]
    open_ = [Part(work, _ORDINARY, work.quantity) for work in claim.work if work.band == "worked"]
    timed = [part for part in open_ if part.work.unit == "hour"]
    ready += [part for part in open_ if part.work.unit != "hour"]
    if terms is None or not terms.tiers:
        return ready + timed
    if terms.levels("day"):
        timed = _by_day(timed, terms, sheet)
    if terms.levels("week"):
        timed = _by_week(timed, terms, sheet, week_of(claim))
    return ready + timed


def week_of(claim: WageClaim) -> Callable[[Work], date]:
    """A function that gives the first day of the work week of a line."""
    whole = sorted(work.start for work in claim.work if work.unit == "hour" and work.days == _WEEK)
    starts = claim.week_starts
    if starts is None:
        starts = whole[0].weekday() if whole else 0

    def _first_day(work: Work) -> date:
        first = work.start - timedelta(days=(work.start.weekday() - starts) % _WEEK)
        if work.end >= first + timedelta(days=_WEEK):
            raise Invalid(
                "The hours from %(start)s to %(end)s run over the end of a work week. Divide them there.",
                "hours",
                start=work.start,
                end=work.end,
            )
        return first

    return _first_day


def _by_day(parts: list[Part], terms: Overtime, sheet: Sheet) -> list[Part]:
    single = [part for part in parts if part.work.days == 1]
    longer = [part for part in parts if part.work.days > 1]
    if longer:
        sheet.warn(
            say(
                "The rule counts overtime by the day too, but some hours were entered for several days together: "
                "for those only the week is counted. More may be owed."
            )
        )
    days = _grouped(single, lambda work: work.start)
    return longer + [part for _, group in days for part in pour(group, terms.levels("day"))]


def _by_week(
    parts: list[Part], terms: Overtime, sheet: Sheet, first_day: Callable[[Work], date]
) -> list[Part]:
    above = [part for part in parts if part.band != _ORDINARY]
    for week, group in _grouped([part for part in parts if part.band == _ORDINARY], first_day):
        poured = list(pour(group, terms.levels("week")))
        _note_week(sheet, week, poured)
        above += poured
    return above


def _note_week(sheet: Sheet, week: date, parts: list[Part]) -> None:
    ordinary = sum((part.quantity for part in parts if part.band == _ORDINARY), Decimal(0))
    together = sum((part.quantity for part in parts), Decimal(0))
    if together != ordinary:
        sheet.step(
            "week",
            say(
                "Week from %(week)s: %(hours)s hours = %(ordinary)s ordinary + %(above)s above",
                week=week,
                hours=together,
                ordinary=ordinary,
                above=together - ordinary,
            ),
        )


def _grouped(parts: Iterable[Part], key: Callable[[Work], date]) -> Iterator[tuple[date, list[Part]]]:
    keyed = sorted(((key(part.work), _order(part), part) for part in parts), key=lambda item: item[:2])
    for first, group in groupby(keyed, key=lambda item: item[0]):
        yield first, [part for _, _, part in group]


def _order(part: Part) -> tuple[date, date, bool, str, str, Decimal, Decimal]:
    """The same order however the lines were entered: days first, and what is best proved is ordinary first."""
    work = part.work
    return (
        work.start,
        work.end,
        not work.documented,
        work.period,
        work.source,
        part.quantity,
        work.multiplier or Decimal(0),
    )


def pour(parts: Iterable[Part], levels: list[tuple[Decimal, str]]) -> Iterator[Part]:
    """Fill the first band up to its level, then the next one.

    Args:
        parts: in the order of time.
        levels: hours that come before each band, lowest first.
    """
    filled = Decimal(0)
    edges = [(Decimal(0), _ORDINARY), *levels]
    tops: list[Decimal | None] = [*(over for over, _ in levels), None]
    for part in parts:
        until = filled + part.quantity
        for (floor, band), top in zip(edges, tops, strict=True):
            share = (until if top is None else min(until, top)) - max(filled, floor)
            if share > 0:
                yield replace(part, band=band, quantity=share)
        filled = until
