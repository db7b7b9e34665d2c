"""The last day for a claim: months with their ends, a day less, and conciliation that stops the clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casework.errors import Invalid
from casework.money.months import add_days, add_months
from casework.money.records import versioned
from casework.money.rule_terms import Clock
from casework.money.sentences import Sentence, say


@versioned("conciliation")
@dataclass(frozen=True, slots=True)
class Conciliation:
    """Conciliation before a claim, as in Great Britain through ACAS.

    Args:
        day_a: when it was asked for.
        day_b: when the certificate was received.
    """

    day_a: date
    day_b: date

    def __post_init__(self) -> None:
        if self.day_b < self.day_a:
            raise Invalid("The certificate cannot come before conciliation was asked for.", "day_b")


def last_day(clock: Clock, start: date) -> date:
    """The last day on which a claim can be made.

    Args:
        clock: of the rule.
        start: the day that the clock starts from.
    """
    end = add_months(start, clock.months)
    return add_days(end, -1) if clock.minus_one_day else end


def earliest_start(clock: Clock, filed: date) -> date:
    """How far back a claim reaches that is filed on a day: the earliest start whose last day has not passed."""
    day = add_months(filed, -clock.months)
    while last_day(clock, day) < filed:
        day = add_days(day, 1)
    return day


def after_conciliation(limit: date, talks: Conciliation) -> date:
    """The last day after conciliation has stopped the clock.

    The days after day A up to day B are not counted; and if the limit then falls before one month after
    day B, it is that day instead (Employment Rights Act 1996 s.207B(3) and (4), read one after the other as
    in Luton Borough Council v Haque). Conciliation that was asked for too late changes nothing.

    Args:
        limit: the last day without conciliation.
        talks: its two days.
    """
    if talks.day_a > limit:
        return limit
    stopped = add_days(limit, (talks.day_b - talks.day_a).days)
    return max(stopped, add_months(talks.day_b, 1))


def conciliation_words(limit: date, talks: Conciliation) -> Iterator[Sentence]:
    """How conciliation moved the last day, step by step."""
    if talks.day_a > limit:
        yield say(
            "Conciliation was asked for on %(day)s, after the last day: it changes nothing.", day=talks.day_a
        )
        return
    days = (talks.day_b - talks.day_a).days
    yield say(
        "Conciliation from %(day_a)s to %(day_b)s stops the clock for %(days)s days: %(stopped)s.",
        day_a=talks.day_a,
        day_b=talks.day_b,
        days=days,
        stopped=add_days(limit, days),
    )
    yield say(
        "Not before one month after the certificate: %(month)s. The later of the two counts.",
        month=add_months(talks.day_b, 1),
    )
