"""Moments at which people of a desk work: on open days, in its hours, by the clock on its wall."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from casework.demo.cast import DeskPlan

_WEEK = 7
_AWAKE = (7, 23)
_TO_BUSIEST = 0.3


def open_moment(rng: Random, desk: DeskPlan, day: date) -> datetime:
    """A moment in the hours of a desk, on a day or the first open one after it.

    Args:
        rng: decides.
        desk: whose hours.
        day: by its wall clock.

    Returns:
        In UTC.
    """
    day += timedelta(days=day.weekday() == desk.closed)
    minutes = (desk.closes.hour - desk.opens.hour) * 60
    opening = datetime.combine(day, desk.opens, desk.zone)
    return (opening + timedelta(minutes=rng.randrange(minutes))).astimezone(UTC)


def first_call(rng: Random, desk: DeskPlan, day: date) -> datetime:
    """When somebody comes for the first time: often on the day when most people are free."""
    if rng.random() < _TO_BUSIEST:
        day -= timedelta(days=(day.weekday() - desk.busiest) % _WEEK)
    return open_moment(rng, desk, day)


def at_any_hour(rng: Random, desk: DeskPlan, day: date) -> datetime:
    """When somebody rings in an emergency."""
    hour, minute = rng.randrange(*_AWAKE), rng.randrange(60)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=desk.zone).astimezone(UTC)


def next_open(rng: Random, desk: DeskPlan, moment: datetime) -> datetime:
    """A moment itself where the desk is open then, else one on the next open day."""
    local = moment.astimezone(desk.zone)
    if local.weekday() != desk.closed and desk.opens <= local.time() < desk.closes:
        return moment
    later = local.time() >= desk.closes
    return open_moment(rng, desk, local.date() + timedelta(days=later))
