"""Reads the terms of each kind of rule, and complains of what cannot be meant."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from casework.money.rule_terms import (
    AnyTerms,
    Clock,
    Conversion,
    DeductionCap,
    Extra,
    Forum,
    InterestCap,
    ItemCap,
    Limitation,
    Overtime,
    RecruitmentCap,
    ShareCap,
    Tier,
)
from casework.money.term_reader import Terms

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
