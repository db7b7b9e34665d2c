"""What each kind of rule can say. The files in `config/rules/money/` are read through these shapes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeAlias

from casework.money.amounts import Money
from casework.money.term_reader import Terms


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

_PAY = "pay_periods"


def overtime(terms: Terms) -> Overtime:
    """Read the terms of a rule about overtime."""
    return Overtime(
        tiers=tuple(
            Tier(row.among("per", ("day", "week")), row.decimal("over"), row.code("band", "hour_bands"))
            for row in terms.rows("tiers")
        ),
        multipliers=terms.decimals("multipliers", "hour_bands"),
        conversions=tuple(
            Conversion(
                row.code("unit", _PAY),
                row.code("into", _PAY),
                row.decimal_list("multiply"),
                row.decimal_list("divide"),
            )
            for row in terms.rows("conversions")
        ),
    )


def recruitment_cap(terms: Terms) -> RecruitmentCap:
    """Read the terms of a rule about the cost of recruitment."""
    cap = RecruitmentCap(
        nothing=terms.flag("nothing"),
        amount=terms.money("amount"),
        wage_months=terms.fraction("wage_months"),
        wage_days=terms.fraction("wage_days"),
        month_days=terms.decimal("month_days", Decimal(30)),
    )
    measures = (cap.nothing, cap.amount is not None, cap.wage_months is not None, cap.wage_days is not None)
    terms.need(any(measures), "say nothing, amount, wage_months or wage_days")
    return cap


def limitation(terms: Terms) -> Limitation:
    """Read the terms of a rule about time."""
    clocks = tuple(
        Clock(
            row.among("when", ("any", "employed", "left")),
            row.among("starts", ("due", "last_of_series", "end_of_employment")),
            row.whole("months") or 0,
            row.flag("minus_one_day"),
        )
        for row in terms.rows("clocks")
    )
    terms.need(bool(clocks), "give at least one clock")
    return Limitation(clocks, terms.whole("backstop_months"), terms.flag("stops"))


def deduction_cap(terms: Terms) -> DeductionCap:
    """Read the terms of a rule about deductions."""
    reasons = "deduction_reasons"
    items = tuple(
        ItemCap(row.code_list("reasons", reasons), row.must_money("most")) for row in terms.rows("items")
    )
    shares = tuple(
        ShareCap(row.code_list("reasons", reasons), row.fraction("share") or Fraction(1))
        for row in terms.rows("shares")
    )
    return DeductionCap(items, shares)


def interest_cap(terms: Terms) -> InterestCap:
    """Read the terms of a rule about interest."""
    presumed = terms.decimal("presumed", Decimal(-1))
    measure = terms.among("measure", ("effective", "nominal"))
    return InterestCap(terms.decimal("most"), None if presumed < 0 else presumed, measure)


def extra(terms: Terms) -> Extra:
    """Read the terms of a rule about what comes on top."""
    found = Extra(terms.fraction("share"), terms.whole("grace_days"))
    terms.need((found.share is None) != (found.grace_days is None), "give either share or grace_days")
    return found


def forum(terms: Terms) -> Forum:
    """Read the terms of a rule about a board or court."""
    return Forum(terms.whole("most_claimants"), terms.money("most_each"))


PARSERS: Final[Mapping[str, Callable[[Terms], AnyTerms]]] = {
    "overtime": overtime,
    "recruitment_cap": recruitment_cap,
    "limitation": limitation,
    "deduction_cap": deduction_cap,
    "interest_cap": interest_cap,
    "extra": extra,
    "forum": forum,
}


def parse(kind: str, raw: Mapping[str, Any]) -> AnyTerms:
    """The terms of a rule of this kind, checked.

    Raises:
        Broken: saying which term to change.
    """
    terms = Terms(raw)
    parsed = PARSERS[kind](terms)
    terms.done()
    return parsed
