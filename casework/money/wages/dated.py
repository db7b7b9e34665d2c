"""What is owed by the day on which it fell due, read off a calculation that was made already."""

from datetime import date

from casework.errors import Invalid
from casework.money.amounts import Money
from casework.money.dated import DatedAmount
from casework.money.wages.claim import WageClaim
from casework.money.working import Working


def dated_amounts(claim: WageClaim, owed: Working) -> tuple[DatedAmount, ...]:
    """What is owed for each pay period with the day that it fell due, for limits of time.

    Payments and lawful deductions that are tied to no period are taken off the newest periods first: that
    gives the lowest sum that can be claimed in time, and nobody can call it too high.

    Args:
        claim: all that was entered.
        owed: what `wages` says of it.

    Raises:
        Invalid: the claim has no pay periods to count time from.
    """
    if not claim.periods:
        raise Invalid(
            "Enter pay periods: time limits run from the day on which each of them was due.", "periods"
        )
    fell_due = {line.group: line.value for line in owed.lines if line.key == "period"}
    sums = {key: _by_period(owed, key) for key in ("due", "owed")}
    amounts = [
        DatedAmount(key, day, sums["owed"][key]) for key, day in fell_due.items() if isinstance(day, date)
    ]
    if "" not in sums["owed"]:
        return tuple(amounts)
    return (*_less(amounts, sums["due"][""] - sums["owed"][""]), *_owed_besides(claim))


def _by_period(owed: Working, key: str) -> dict[str, Money]:
    """One sum of each pay period; of what is tied to none under an empty name."""
    return {
        line.group: line.value for line in owed.lines if line.key == key and isinstance(line.value, Money)
    }


def _owed_besides(claim: WageClaim) -> list[DatedAmount]:
    last = max(period.fell_due for period in claim.periods)
    loose = sorted(
        (part for part in claim.entitlements if not part.period),
        key=lambda part: (part.what, part.day or date.min, part.amount.minor, part.documented),
    )
    return [DatedAmount(part.what, part.day or last, part.amount) for part in loose]


def _less(amounts: list[DatedAmount], taken: Money) -> list[DatedAmount]:
    left: list[DatedAmount] = []
    for item in sorted(amounts, key=lambda one: (one.fell_due, one.key), reverse=True):
        here = min(taken, max(item.amount, Money.zero(taken.currency)))
        taken -= here
        left.append(DatedAmount(item.key, item.fell_due, item.amount - here))
    if taken:
        oldest = left[-1]
        left[-1] = DatedAmount(oldest.key, oldest.fell_due, oldest.amount - taken)
    return left[::-1]
