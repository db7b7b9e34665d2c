"""What is still to be paid of a sum: what was awarded or counted, less what was paid of it meanwhile."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from casework.money.account.counting import Calculation
from casework.money.account.ledger import Ledger, LedgerLine
from casework.money.amounts import Money, total
from casework.money.ledger import Payment, Refund, Stage, StageAmount

WAGES: Final = "wages"
RECRUITMENT: Final = "recruitment"

#: Results that a letter about a subject asks for, the first that there is; the last are not asked for by any letter.
_COUNTED: Final = {
    WAGES: (("wages", "owed"), ("substitution", "owed")),
    RECRUITMENT: (("recruitment", "claim over zero"),),
}


class Basis(StrEnum):
    """Where a sum is from."""

    AWARDED = "awarded"
    """A board, a court or the two sides settled it: then nobody asks for more."""
    COUNTED = "counted"
    """Counted from the ledger."""
    CLAIMED = "claimed"
    """Written down as claimed; there is nothing to count it from."""


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that came into the person's hands.

    Attributes:
        line: of the ledger that says so.
        subject: of the list `money_subjects`.
        amount: how much.
        day: when; None where nobody knows.
    """

    line: LedgerLine
    subject: str
    amount: Money
    day: date | None


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A sum and what is left of it.

    Attributes:
        basis: where the sum is from.
        whole: the sum, before what was paid of it.
        paid: of it, in its currency, the oldest first.
        elsewhere: paid in other currencies: nobody knows how much of the sum that is.
    """

    basis: Basis
    whole: Money
    paid: tuple[Paid, ...] = ()
    elsewhere: tuple[Paid, ...] = ()

    @property
    def rest(self) -> Money:
        """What is left; below nothing where more was paid."""
        return self.whole - total((one.amount for one in self.paid), self.whole.currency)


def outstanding(calculation: Calculation, subject: str) -> Outstanding | None:
    """What is still to be paid on a subject; None where no sum is known.

    Args:
        calculation: of a case.
        subject: `WAGES` or `RECRUITMENT`.

    Raises:
        Invalid: sums were awarded, or claimed, in two currencies.
    """
    ledger = calculation.ledger
    for basis, whole in _sums(calculation, subject):
        if whole is None:
            continue
        paid = [one for one in _of_stages(ledger) if one.subject == subject]
        if basis is Basis.COUNTED:
            paid = list(_not_counted_yet(ledger, paid))
        here = [one for one in paid if one.amount.currency == whole.currency]
        return Outstanding(basis, whole, tuple(here), tuple(one for one in paid if one not in here))
    return None


def received(ledger: Ledger) -> list[Paid]:
    """All money that came into the person's hands, each once, the newest first; what has no day comes last."""
    paid = _of_stages(ledger)
    same = Counter(_same(one) for one in paid)
    others = []
    for one in _of_ledger(ledger):
        if same[_same(one)]:
            same[_same(one)] -= 1
        else:
            others.append(one)
    return sorted([*paid, *others], key=lambda one: one.day or date.min, reverse=True)


def _sums(calculation: Calculation, subject: str) -> Iterator[tuple[Basis, Money | None]]:
    """The sum on a subject by each basis, that which counts before the others first."""
    yield Basis.AWARDED, _stage(calculation.ledger, subject, Stage.AWARDED)
    yield Basis.COUNTED, _counted(calculation, subject)
    yield Basis.CLAIMED, _stage(calculation.ledger, subject, Stage.CLAIMED)


def _stage(ledger: Ledger, subject: str, stage: Stage) -> Money | None:
    """All that was entered at one stage.

    Raises:
        Invalid: in two currencies, of which a letter can ask for one only.
    """
    some = [one.amount for one in ledger.of(StageAmount) if (one.subject, one.stage) == (subject, stage)]
    return total(some, some[0].currency) if some else None


def _counted(calculation: Calculation, subject: str) -> Money | None:
    for name, result in _COUNTED[subject]:
        working = calculation.working(name)
        if working is not None and isinstance(found := working.results.get(result), Money):
            return found
    return None


def _of_stages(ledger: Ledger) -> list[Paid]:
    """What was written down as paid, the oldest first."""
    found = [
        Paid(line, line.value.subject, line.value.amount, line.value.day)
        for line in ledger.active()
        if isinstance(line.value, StageAmount) and line.value.stage is Stage.PAID
    ]
    return sorted(found, key=lambda one: one.day or date.min)


def _of_ledger(ledger: Ledger) -> Iterator[Paid]:
    """Money that the calculations have taken off already."""
    for line in ledger.active():
        match line.value:
            case Payment():
                yield Paid(line, WAGES, line.value.amount, line.value.day)
            case Refund(in_hand=True):
                yield Paid(line, RECRUITMENT, line.value.amount, line.value.day)


def _not_counted_yet(ledger: Ledger, paid: Iterable[Paid]) -> Iterator[Paid]:
    """What was paid and is not among the money received too: the counted sum is smaller by that already.

    Where nobody said whether it is, a line of the same day and the same amount is taken for the same money.
    """
    known = Counter(_same(one) for one in _of_ledger(ledger))
    for one in paid:
        said = one.line.said.get("received")
        twice = said == "yes" or (said is None and known[_same(one)] > 0)
        if twice:
            known[_same(one)] -= 1
        else:
            yield one


def _same(one: Paid) -> tuple[str, Money, date | None]:
    return one.subject, one.amount, one.day


def line_of(ledger: Ledger, line_id: UUID) -> Paid | None:
    """Money that a line says came in; None where it says nothing of the sort."""
    return next((one for one in received(ledger) if one.line.id == line_id), None)
