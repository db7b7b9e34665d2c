"""What was due: one line for each pay period, band and rate, rounded once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from casework import codes
from casework.money.amounts import Money
from casework.money.rule_terms import Overtime
from casework.money.sentences import Sentence, label, say
from casework.money.wages.claim import WageClaim
from casework.money.wages.overtime import Part
from casework.money.wages.prices import Price
from casework.money.wages.pricing import ONE, Group, Pricing
from casework.money.working import Sheet


@dataclass(frozen=True, slots=True)
class Due:
    """One line of what was due.

    Attributes:
        group: what it is for.
        quantity: how much of it.
        amount: due.
        documented: the part that rests on documents.
        by_contract, by_minimum: the two that were compared; None where there is no such rate.
        words: the arithmetic.
    """

    group: Group
    quantity: Decimal
    amount: Money
    documented: Money
    by_contract: Money | None
    by_minimum: Money | None
    words: Sentence


@dataclass(slots=True)
class _Sum:
    quantity: Decimal = Decimal(0)
    documented: Decimal = Decimal(0)
    hours: Decimal = Decimal(0)


def due_lines(claim: WageClaim, parts: Iterable[Part], terms: Overtime | None, sheet: Sheet) -> list[Due]:
    """What was due for the work of a claim.

    Args:
        claim: with rates and pay periods.
        parts: all work, every hour in its band.
        terms: of the rule about overtime, or None.
        sheet: for warnings.

    Raises:
        Invalid: no rate says what a part is worth, or it is in no pay period.
    """
    pricing = Pricing(claim, terms, sheet)
    sums: dict[Group, _Sum] = defaultdict(_Sum)
    for part in parts:
        group = pricing.group(part)
        total = sums[group]
        total.quantity += part.quantity
        total.hours += part.work.hours_taken or 0
        total.documented += part.quantity if part.work.documented else 0
    order = {period.key: place for place, period in enumerate(claim.in_order())}
    bands = {code.key: place for place, code in enumerate(codes.load("hour_bands"))}
    ranked = sorted(
        sums, key=lambda g: (order.get(g.period, -1), bands[g.band], g.unit, g.multiplier, _rank(g))
    )
    return [_due(group, sums[group], claim.currency) for group in ranked]


def _rank(group: Group) -> tuple[Fraction, Fraction, bool]:
    zero = Fraction(0)
    return (
        group.contract.exact if group.contract else zero,
        group.minimum.exact if group.minimum else zero,
        group.by_hours,
    )


def _due(group: Group, total: _Sum, currency: str) -> Due:
    by_contract = _times(group.contract, total.quantity, group.multiplier)
    by_minimum = _times(group.minimum, total.hours if group.by_hours else total.quantity, group.multiplier)
    exact = max(value for value in (by_contract, by_minimum) if value is not None)
    amount = Money.rounded(exact, currency)
    return Due(
        group=group,
        quantity=total.quantity,
        amount=amount,
        documented=_documented(exact, total, amount),
        by_contract=None if by_contract is None else Money.rounded(by_contract, currency),
        by_minimum=None if by_minimum is None else Money.rounded(by_minimum, currency),
        words=_words(group, total, amount, raised=by_contract is None or exact > by_contract),
    )


def _documented(exact: Fraction, total: _Sum, amount: Money) -> Money:
    """The part of a line that rests on documents, in proportion to its quantity."""
    if not total.documented:
        return Money.zero(amount.currency)
    if total.documented == total.quantity:
        return amount
    return Money.rounded(exact * Fraction(total.documented) / Fraction(total.quantity), amount.currency)


def _times(price: Price | None, quantity: Decimal, multiplier: Decimal) -> Fraction | None:
    if price is None:
        return None
    once = Fraction(quantity) * price.exact
    return once if multiplier == ONE else once * Fraction(multiplier)


def _words(group: Group, total: _Sum, amount: Money, *, raised: bool) -> Sentence:
    price = group.minimum if raised else group.contract
    factors = say(
        "%(quantity)s × %(price)s",
        quantity=total.hours if raised and group.by_hours else total.quantity,
        price=price.words if price else None,
    )
    if group.multiplier != ONE:
        factors = say("%(factors)s × %(multiplier)s", factors=factors, multiplier=group.multiplier)
    what = say(
        "%(band)s, per “%(unit)s”",
        band=label("hour_bands", group.band),
        unit=label("pay_periods", group.unit),
    )
    line = say("%(what)s: %(factors)s = %(amount)s", what=what, factors=factors, amount=amount)
    return _beside(line, group) if raised else line


def _beside(line: Sentence, group: Group) -> Sentence:
    if group.contract is None:
        return say("%(line)s (the least by law; no contract rate)", line=line)
    return say(
        "%(line)s (the least by law; the contract says %(price)s)", line=line, price=group.contract.words
    )
