"""What a closed case came to, as codes on its card: what desks count, and what indicators are made of.

A part of the case that does not open, or a sum that cannot be counted yet, says nothing: it is unknown, never zero.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from casework import clock
from casework.cases.counted import COST, DATES, HELD, HELPED, SIGNS
from casework.cases.elements import INDICATORS, tally
from casework.cases.life import CLOSINGS
from casework.cases.opening import OpenCase
from casework.cases.questions import stored_key
from casework.deadlines import following, sealing, spells
from casework.deadlines.closing import HANDED_OVER
from casework.deadlines.glance import day_of
from casework.deadlines.held import Held, Sort, State
from casework.errors import Invalid, Refused
from casework.money import rule_files
from casework.money.account import reading
from casework.money.account.loan_counts import recruitment_counts
from casework.plans.giving import SERVICES
from casework.vault import Section

_TRAFFICKING = "trafficking"
_TENTHS = Decimal(10)
MET, MISSED = "met", "missed"


def of(case: OpenCase) -> Iterator[str]:
    """The codes of one case.

    Args:
        case: closed, opened by whoever saves it.
    """
    dates = sealing.all_of(case)
    if (days := _helped(case, dates)) is not None:
        yield f"{HELPED}{days}"
    if kept := kept_in_time(dates):
        yield f"{DATES}{kept}"
    if (days := _held(case)) is not None:
        yield f"{HELD}{days}"
    if (tenths := _cost(case)) is not None:
        yield f"{COST}{tenths}"
    if (signs := _signs(case)) is not None:
        yield f"{SIGNS}{signs}"


def kept_in_time(dates: list[Held]) -> str:
    """Whether every legal date of a case was done by its end: met or missed; empty where it had none.

    Tasks are the desk's own and do not count; a date that two people struck out never was one, and one that was
    handed over is for others to keep.
    """
    clocks = [
        one for one in dates if one.sort is Sort.CLOCK and one.state is not State.VOID and not _theirs(one)
    ]
    if not clocks:
        return ""
    return MET if all(_in_time(one) for one in clocks) else MISSED


def _theirs(one: Held) -> bool:
    return any(turn.what == HANDED_OVER for turn in one.turns)


def _in_time(one: Held) -> bool:
    done = [turn.at for turn in one.turns if turn.what == "done"]
    return bool(done) and done[-1] <= one.strikes


def _helped(case: OpenCase, dates: list[Held]) -> int | None:
    """Days from the opening to the first service given, or the first date or task done, whichever came first.

    What was written down as done on the day of the closing is the tidying up, and no help.
    """
    ends = case.section(Section.HEADER).values.get(CLOSINGS) or [{}]
    closed = ends[0].get("on", "")
    given = case.section(Section.PLAN).values.get(SERVICES, [])
    days = [day for row in given if (day := day_of(row.get("on"))) is not None]
    done = [turn.at.date() for one in dates for turn in one.turns if turn.what == "done"]
    days += [day for day in done if day.isoformat() < closed]
    return max((min(days) - case.row.opened_on).days, 0) if days else None


def _held(case: OpenCase) -> int | None:
    """Days in detention, both ends of each unbroken time counted, nobody's twice."""
    try:
        times = spells.union(following.told_by(case).spells, clock.today())
    except (Invalid, Refused):
        return None
    return sum((one.end - one.start).days + 1 for one in times) if times else None


def _cost(case: OpenCase) -> int | None:
    """SDG 10.7.1: what the worker paid for the job, in tenths of a month of what it pays."""
    counts = list(recruitment_counts(reading.of_case(case), rule_files.house(), ()))
    months = counts[0].working.results.get("months") if counts and counts[0].working else None
    if not isinstance(months, Decimal):
        return None
    return int((months * _TENTHS).quantize(Decimal(1), ROUND_HALF_UP))


def _signs(case: OpenCase) -> int | None:
    if _TRAFFICKING not in case.kinds:
        return None
    told = case.section(Section.STORY).values.get(stored_key(_TRAFFICKING, INDICATORS))
    return len(tally({INDICATORS: told}).signs.present) if told else None
