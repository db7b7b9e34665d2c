"""What came and what was taken off; the net way and the gross way, and why they may differ.

Net: due − lawful deductions − money received. Gross: due − pay on the payslips + unlawful deductions.
What was taken unlawfully is already missing from the money received: adding it in the net way too would
count it twice, and an opponent who finds that once believes nothing else on the sheet.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from casework.money.amounts import Money, total
from casework.money.sentences import Sentence, say
from casework.money.wages.claim import WageClaim


@dataclass(slots=True)
class Flow:
    """Money that came or was taken off, in one pay period or in the whole claim.

    Attributes:
        received: in the worker's hands, before anything was given back.
        given_back: returned afterwards because somebody made the worker do it.
        lawful, unlawful: deductions.
        shown: pay before deductions on payslips; None without one.
        moves: was anything entered at all?
    """

    received: Money
    given_back: Money
    lawful: Money
    unlawful: Money
    shown: Money | None
    moves: bool

    @property
    def kept(self) -> Money:
        """What the worker could keep."""
        return self.received - self.given_back

    @property
    def accounted(self) -> Money:
        """What payslips should show if everything was noted."""
        return self.received + self.lawful + self.unlawful

    def net(self, due: Money) -> Money:
        """Owed, counted from the money received."""
        return due - self.lawful - self.kept

    def gross(self, due: Money) -> Money | None:
        """Owed, counted from the payslips; None without one."""
        return None if self.shown is None else due - self.shown + self.unlawful + self.given_back


def flows(claim: WageClaim) -> Mapping[str, Flow]:
    """What came and what was taken off, by pay period; what is tied to none, under the empty key."""
    sums: dict[str, Flow] = {
        period.key: _nothing(claim.currency, period.gross_shown) for period in claim.periods
    }
    sums[""] = _nothing(claim.currency, None)
    for payment in claim.payments:
        part = sums[payment.period]
        part.received += payment.amount
        part.given_back += payment.given_back or Money.zero(claim.currency)
        part.moves = True
    for deduction in claim.deductions:
        part = sums[deduction.period]
        part.moves = True
        if deduction.lawful:
            part.lawful += deduction.amount
        else:
            part.unlawful += deduction.amount
    return sums


def _nothing(currency: str, shown: Money | None) -> Flow:
    zero = Money.zero(currency)
    return Flow(zero, zero, zero, zero, shown, moves=False)


def together(claim: WageClaim, parts: Iterable[Flow]) -> Flow:
    """All flows of a claim as one.

    A period without a payslip is taken as if its payslip showed what was noted, so that only periods with
    a payslip are compared.
    """
    parts = list(parts)
    currency = claim.currency
    shown = claim.gross_shown
    if shown is None and any(part.shown is not None for part in parts):
        shown = total((part.accounted if part.shown is None else part.shown for part in parts), currency)
    return Flow(
        received=total((part.received for part in parts), currency),
        given_back=total((part.given_back for part in parts), currency),
        lawful=total((part.lawful for part in parts), currency),
        unlawful=total((part.unlawful for part in parts), currency),
        shown=shown,
        moves=any(part.moves for part in parts),
    )


def explain(claim: WageClaim, whole: Flow, gap: Money) -> Iterator[Sentence]:
    """Why the two ways differ, in plain words.

    Args:
        claim: where amounts that fit the difference are looked for.
        whole: all flows of the claim.
        gap: net less gross; not zero.
    """
    shown, noted = whole.shown, whole.accounted
    if gap.minor > 0:
        yield say(
            "The two ways do not agree. Payslips show %(shown)s, but what was received and what was taken off "
            "make only %(noted)s: %(gap)s is missing. Either a deduction was not noted, or a payslip shows money "
            "that never came.",
            shown=shown,
            noted=noted,
            gap=gap,
        )
    else:
        yield say(
            "The two ways do not agree. Payslips show %(shown)s, but what was received and what was taken off "
            "make %(noted)s: %(gap)s too much. Either something was noted twice, or it is on no payslip.",
            shown=shown,
            noted=noted,
            gap=-gap,
        )
    yield from _suspects(claim, whole, gap)


def _suspects(claim: WageClaim, whole: Flow, gap: Money) -> Iterator[Sentence]:
    size = gap if gap.minor > 0 else -gap
    if size == whole.unlawful:
        yield say(
            "The difference is exactly the unlawful deductions. Are the payslips' figures those before deductions?"
        )
    elif size in [p.amount for p in claim.payments] or size in [d.amount for d in claim.deductions]:
        yield say("A payment or deduction of exactly %(gap)s was entered. Look at it first.", gap=size)
