"""Which pay period a line of work belongs to."""

from bisect import bisect_right
from collections.abc import Callable
from itertools import pairwise

from casework.errors import Invalid
from casework.money.ledger import Work
from casework.money.wages.claim import WageClaim


def finder(claim: WageClaim) -> Callable[[Work], str]:
    """A function that gives the key of the pay period of a line of work; empty if the claim has no periods."""
    periods = claim.in_order()
    starts = [period.start for period in periods]
    overlapping = any(later.start <= earlier.end for earlier, later in pairwise(periods))

    def _find(work: Work) -> str:
        if work.period or not periods:
            return work.period
        if overlapping:
            raise Invalid("Pay periods overlap. Say to which of them this work belongs.", "period")
        place = bisect_right(starts, work.start) - 1
        if place < 0 or periods[place].end < work.start:
            raise Invalid("No pay period holds %(day)s. Add it, or choose one.", "period", day=work.start)
        return periods[place].key

    return _find
