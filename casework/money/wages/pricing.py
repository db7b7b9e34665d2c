"""Finds pay period, multiplier and prices of each part of the work."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from casework.errors import Invalid
from casework.money.ledger import Work
from casework.money.ledger.hours import MINIMUM
from casework.money.rule_terms import Overtime
from casework.money.sentences import label, say
from casework.money.wages.claim import WageClaim
from casework.money.wages.overtime import Part
from casework.money.wages.period_of import finder
from casework.money.wages.prices import Price, Prices
from casework.money.working import Sheet

ONE = Decimal(1)
_PLAIN_BANDS = ("ordinary", "worked")


class Group(NamedTuple):
    """Work that is multiplied in one line.

    Attributes:
        period: key of the pay period.
        band: code of `hour_bands`.
        unit: code of `pay_periods`.
        multiplier: what the pay is multiplied with.
        contract: price by the contract, if there is one for this unit.
        minimum: least price by law for the same unit, or for an hour when `by_hours`.
        by_hours: the minimum is compared through the hours that the work took.
    """

    period: str
    band: str
    unit: str
    multiplier: Decimal
    contract: Price | None
    minimum: Price | None
    by_hours: bool


class Pricing:
    """Finds pay period, multiplier and prices of each part of a claim.

    Args:
        claim: with rates and pay periods.
        terms: of the rule about overtime, or None.
        sheet: for warnings.
    """

    def __init__(self, claim: WageClaim, terms: Overtime | None, sheet: Sheet) -> None:
        basis = claim.basis()
        self._contract = Prices(tuple(r for r in claim.rates if r.basis == basis), terms)
        self._minimum = Prices(tuple(r for r in claim.rates if r.basis == MINIMUM), terms)
        self._multipliers: Mapping[str, Decimal] = terms.multipliers if terms else {}
        self._period = finder(claim)
        self._sheet = sheet

    def group(self, part: Part) -> Group:
        """What a part is multiplied with, and in which pay period.

        Raises:
            Invalid: no rate says what it is worth, or it is in no pay period.
        """
        work = part.work
        contract = self._contract.price(work.unit, work.start, work.end)
        minimum, by_hours = self._least(work)
        if contract is None and minimum is None:
            raise Invalid(
                "No rate says what the work of %(day)s is worth. Add the rate.", "rates", day=work.start
            )
        if contract is not None and minimum is None and self._minimum.rates:
            self._warn_uncompared(work)
        return Group(
            self._period(work), part.band, work.unit, self._multiplier(part), contract, minimum, by_hours
        )

    def _least(self, work: Work) -> tuple[Price | None, bool]:
        same = self._minimum.price(work.unit, work.start, work.end)
        if same is not None or work.hours_taken is None:
            return same, False
        hourly = self._minimum.price("hour", work.start, work.end)
        return hourly, hourly is not None

    def _multiplier(self, part: Part) -> Decimal:
        if part.work.multiplier is not None:
            return part.work.multiplier
        if part.band in self._multipliers:
            return self._multipliers[part.band]
        if part.band not in _PLAIN_BANDS:
            self._sheet.warn(
                say(
                    "Nothing says how much more is paid for “%(band)s”. It is counted at the ordinary pay; "
                    "more may be owed.",
                    band=label("hour_bands", part.band),
                )
            )
        return ONE

    def _warn_uncompared(self, work: Work) -> None:
        self._sheet.warn(
            say(
                "The minimum wage could not be compared with pay per “%(unit)s”. Enter the hours that it took.",
                unit=label("pay_periods", work.unit),
            )
        )
