"""The days of a case: which stages it goes through, and when somebody sits down to work on it."""

from datetime import datetime, timedelta
from random import Random

from casework.demo import hours
from casework.demo.cast import DeskPlan
from casework.demo.wishes import Wish

_PATH = ("assessment", "plan", "action", "follow_up")
_LEFT_OUT = 0.3
_SHORT = {"out_of_scope", "referred"}
#: Contact counts as lost after three tries over thirty days; a case that is younger ends otherwise.
TRIED = timedelta(days=42)
_OPEN_SPAN = (0.75, 0.97)
_CLOSED_DAYS = (12, 260, 70)
_SOON = timedelta(days=4)
_SOONER = timedelta(hours=20)
_BETWEEN = timedelta(minutes=75)


def ending(wish: Wish, end: datetime) -> str:
    """The closing reason; nobody has tried for thirty days in a case of a week."""
    young = end - wish.opened < TRIED + _SOON
    return "partly" if wish.ending == "lost_contact" and young else wish.ending


def stages(rng: Random, wish: Wish, reason: str) -> list[str]:
    """What follows the first contact, up to where the case stands.

    Args:
        rng: decides what is left out.
        wish: where it stands.
        reason: why it was closed, if it was.

    Returns:
        Statuses, with `reopened` where it was taken up again.
    """
    if wish.reopened:
        return [*_some(rng, _PATH), "closed", "reopened", *(["follow_up"] * (wish.status == "follow_up"))]
    if wish.status == "closed":
        return [*_before_the_end(rng, reason), "closed"]
    if wish.status not in _PATH:
        return []
    return [*_some(rng, _PATH[: _PATH.index(wish.status)]), wish.status]


def _before_the_end(rng: Random, reason: str) -> list[str]:
    if reason in _SHORT or reason == "lost_contact":
        return ["assessment"]
    return _some(rng, _PATH)


def _some(rng: Random, path: tuple[str, ...]) -> list[str]:
    """Some stages; an assessment stands at the beginning of all work."""
    return [stage for stage in path if stage == _PATH[0] or rng.random() > _LEFT_OUT]


def moments(rng: Random, desk: DeskPlan, wish: Wish, count: int, end: datetime) -> list[datetime]:
    """When somebody sits down to it after the first contact: in the hours of the desk, in order, before the end.

    Args:
        rng: decides.
        desk: whose case it is.
        wish: when it began and where it stands.
        count: how many times.
        end: today and now.
    """
    found: list[datetime] = []
    before = wish.opened
    for number, wanted in enumerate(_wanted(rng, wish, count, end)):
        before = _fitted(rng, desk, wanted, before, end, left=count - number)
        found.append(before)
    return found


def _wanted(rng: Random, wish: Wish, count: int, end: datetime) -> list[datetime]:
    """The first soon, the last at the end of the case, the others between."""
    if not count:
        return []
    total = _length(rng, wish, end)
    soon = _SOONER if wish.risk in {"emergency", "high"} else _SOON
    first = min(total, soon * rng.uniform(0.3, 1))
    between = sorted(rng.uniform(0.1, 0.95) for _ in range(count - 2))
    last = [total] if count > 1 else []
    return [
        wish.opened + span for span in [first, *(first + (total - first) * part for part in between), *last]
    ]


def _length(rng: Random, wish: Wish, end: datetime) -> timedelta:
    age = end - wish.opened
    if wish.status != "closed":
        return age * rng.uniform(*_OPEN_SPAN)
    least = TRIED if wish.ending == "lost_contact" else timedelta(0)
    return min(age * 0.97, max(least, timedelta(days=rng.triangular(*_CLOSED_DAYS))))


def _fitted(
    rng: Random, desk: DeskPlan, wanted: datetime, before: datetime, end: datetime, *, left: int
) -> datetime:
    """The nearest moment in the hours of the desk; none of them where there is no time left to wait for it."""
    moment = hours.next_open(rng, desk, max(wanted, before + _BETWEEN))
    latest = before + (end - before) / (left + 1)
    return moment if moment < end - _BETWEEN * left else min(max(wanted, before), latest)
