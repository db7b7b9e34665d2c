"""What each kind of rule can say. `rule_parsers` reads these shapes from `config/rules/money/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from casework.money.amounts import Money


@dataclass(frozen=True, slots=True)
class Tier:
    """From how many hours on which band is paid.

    Attributes:
        per: `day` or `week`.
        over: hours that are not yet in the band.
        band: the code of the band above.
    """

    per: str
    over: Decimal
    band: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """How pay for one unit becomes pay for a smaller one: times all of `multiply`, divided by all of `divide`."""

    unit: str
    into: str
    multiply: tuple[Decimal, ...]
    divide: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Overtime:
    """How overtime is found and paid.

    Attributes:
        tiers: thresholds in rising order.
        multipliers: by band, what the hourly pay is multiplied with.
        conversions: from monthly or daily pay to hourly pay.
    """

    tiers: tuple[Tier, ...]
    multipliers: Mapping[str, Decimal]
    conversions: tuple[Conversion, ...]

    def conversion(self, unit: str, into: str) -> Conversion | None:
        """How to turn pay per `unit` into pay per `into`, if the rule says so."""
        return next((c for c in self.conversions if (c.unit, c.into) == (unit, into)), None)

    def levels(self, per: str) -> list[tuple[Decimal, str]]:
        """Thresholds of a day or a week, lowest first."""
        return sorted((tier.over, tier.band) for tier in self.tiers if tier.per == per)


@dataclass(frozen=True, slots=True)
class RecruitmentCap:
    """The most that a worker may be asked to pay; of several measures the lowest counts.

    Attributes:
        nothing: nothing at all may be asked.
        amount: a sum.
        wage_months: so many months of the wage.
        wage_days: so many days of the wage, a month being `month_days`.
    """

    nothing: bool
    amount: Money | None
    wage_months: Fraction | None
    wage_days: Fraction | None
    month_days: Decimal


@dataclass(frozen=True, slots=True)
class Clock:
    """One limit of time.

    Attributes:
        when: `any`, `employed` or `left`.
        starts: `due` (each amount for itself), `last_of_series` or `end_of_employment`.
        months: how long.
        minus_one_day: does the last day lie a day before?
    """

    when: str
    starts: str
    months: int
    minus_one_day: bool


@dataclass(frozen=True, slots=True)
class Limitation:
    """Until when a claim can be made.

    Attributes:
        clocks: one for each situation.
        backstop_months: nothing older than this before filing counts, whatever the clock says.
        stops: conciliation before the claim stops the clock.
    """

    clocks: tuple[Clock, ...]
    backstop_months: int | None
    stops: bool

    def clock(self, *, left: bool) -> Clock | None:
        """The clock for somebody who has left, or who has not."""
        wanted = ("any", "left" if left else "employed")
        return next((clock for clock in self.clocks if clock.when in wanted), None)


@dataclass(frozen=True, slots=True)
class ItemCap:
    """The most that one deduction for one of these reasons may be."""

    reasons: tuple[str, ...]
    most: Money


@dataclass(frozen=True, slots=True)
class ShareCap:
    """The most, as a part of the wages of the period, that these deductions may be together; no reasons: all."""

    reasons: tuple[str, ...]
    share: Fraction


@dataclass(frozen=True, slots=True)
class DeductionCap:
    """What may be taken off wages."""

    items: tuple[ItemCap, ...]
    shares: tuple[ShareCap, ...]


@dataclass(frozen=True, slots=True)
class InterestCap:
    """The most interest a year, in percent; above `presumed` a court may look at the loan again."""

    most: Decimal
    presumed: Decimal | None
    measure: str


@dataclass(frozen=True, slots=True)
class Extra:
    """What may come on top of wages that are late.

    Attributes:
        share: a part of the sum owed, such as 1 for as much again.
        grace_days: interest runs from this many days after the pay was due.
    """

    share: Fraction | None
    grace_days: int | None


@dataclass(frozen=True, slots=True)
class Forum:
    """What a board or court takes.

    Attributes:
        most_claimants: in one claim.
        most_each: for one person.
    """

    most_claimants: int | None
    most_each: Money | None


AnyTerms: TypeAlias = Overtime | RecruitmentCap | Limitation | DeductionCap | InterestCap | Extra | Forum
