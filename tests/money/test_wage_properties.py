"""Whatever was entered: order, splitting and units change no sum, and the two ways agree."""

import itertools
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.money import rule_files
from casework.money.amounts import Money
from casework.money.ledger import Deduction, Entitlement, Payment, PayPeriod, PayRate, Work
from casework.money.wages import WageClaim, dated_amounts, wages

STEADY = settings(max_examples=40)

BOOK = rule_files.house()
MONDAY = date(2026, 1, 5)
WEEKS = 4
CURRENCY = st.sampled_from(["JPY", "USD", "KWD"])
PERIOD = st.sampled_from(["", *(f"w{n}" for n in range(WEEKS))])


def week(number):
    start = MONDAY + timedelta(weeks=number)
    return start, start + timedelta(days=6)


@st.composite
def claims(draw):
    currency = draw(CURRENCY)
    money = st.integers(0, 10**7).map(lambda minor: Money(minor, currency))
    work = draw(
        st.lists(
            st.tuples(st.integers(0, 27), st.decimals(0, 24, places=2)), max_size=20, unique_by=lambda d: d[0]
        )
    )
    return WageClaim(
        currency,
        work=tuple(Work(h, MONDAY + timedelta(d), MONDAY + timedelta(d), source="diary") for d, h in work),
        rates=(
            PayRate(draw(st.decimals(0, 500, places=3)), currency),
            PayRate(draw(st.decimals(0, 500, places=3)), currency, basis="minimum"),
        ),
        periods=tuple(PayPeriod(f"w{n}", *week(n)) for n in range(WEEKS)),
        payments=tuple(
            Payment(a, period=p, given_back=a.times(b))
            for a, p, b in draw(st.lists(st.tuples(money, PERIOD, st.fractions(0, 1)), max_size=4))
        ),
        deductions=tuple(
            Deduction(a, lawful=lawful, period=p)
            for a, p, lawful in draw(st.lists(st.tuples(money, PERIOD, st.booleans()), max_size=4))
        ),
        entitlements=tuple(
            Entitlement(a, "leave", period=p) for a, p in draw(st.lists(st.tuples(money, PERIOD), max_size=3))
        ),
        overtime="us-flsa-overtime",
    )


def changed(claim, **more):
    return WageClaim(**{name: getattr(claim, name) for name in claim.__slots__} | more)


@STEADY
@given(claims(), st.randoms())
def test_order_changes_nothing_not_even_a_line(claim, random):
    def shuffled(things):
        things = list(things)
        random.shuffle(things)
        return tuple(things)

    names = ("work", "rates", "periods", "payments", "deductions", "entitlements")
    other = changed(claim, **{name: shuffled(getattr(claim, name)) for name in names})
    one, two = wages(claim, BOOK), wages(other, BOOK)
    assert one.results == two.results
    assert one.lines == two.lines


@STEADY
@given(claims())
def test_net_and_gross_agree_when_payslips_show_what_happened(claim):
    received = sum(p.amount.minor for p in claim.payments)
    taken = sum(d.amount.minor for d in claim.deductions)
    working = wages(changed(claim, gross_shown=Money(received + taken, claim.currency)), BOOK)
    assert working.results["owed_net"] == working.results["owed_gross"]
    assert working.results["agree"] == 1


@STEADY
@given(claims(), st.integers(-(10**6), 10**6))
def test_a_difference_is_found_to_the_coin_and_explained(claim, gap):
    true = sum(p.amount.minor for p in claim.payments) + sum(d.amount.minor for d in claim.deductions)
    shown = Money(max(true + gap, 0), claim.currency)
    working = wages(changed(claim, gross_shown=shown), BOOK)
    found = working.results["owed_net"].minor - working.results["owed_gross"].minor
    assert found == shown.minor - true
    assert any("do not agree" in w.text() for w in working.warnings) == (found != 0)


@STEADY
@given(claims(), st.fractions(0, 1))
def test_dividing_lines_of_a_period_changes_nothing(claim, share):
    def halves(work):
        part = (work.quantity * share.numerator / share.denominator).quantize(Decimal("0.01"))
        return (Work(q, work.start, work.end, source=work.source) for q in (part, work.quantity - part))

    other = changed(claim, work=tuple(half for work in claim.work for half in halves(work)))
    assert wages(claim, BOOK).results == wages(other, BOOK).results


@STEADY
@given(claims(), st.integers(0, 27))
def test_dividing_a_pay_period_moves_the_sum_by_rounding_at_most(claim, cut):
    """One line more is one rounding more: half a coin for each line that is divided, never more."""
    at = MONDAY + timedelta(cut)
    place = cut // 7
    start, end = week(place)
    if at == start:
        return
    periods = (
        *tuple(p for p in claim.periods if p.key != f"w{place}"),
        PayPeriod(f"w{place}", start, at - timedelta(1)),
        PayPeriod("rest", at, end),
    )
    before, after = (wages(c, BOOK).results["due"].minor for c in (claim, changed(claim, periods=periods)))
    assert abs(before - after) <= 2


@STEADY
@given(
    st.lists(st.integers(0, 96), min_size=7, max_size=28),
    st.integers(1, 200).map(lambda coins: Decimal(coins * 8) / 100),
    st.sets(st.integers(1, 27)),
)
def test_where_every_line_is_whole_dividing_pay_periods_changes_nothing(quarters, rate, cuts):
    """Quarter hours at a rate of eight coins: no line needs rounding, so sums are the same to the coin."""
    work = tuple(
        Work(Decimal(q) / 4, MONDAY + timedelta(n), MONDAY + timedelta(n)) for n, q in enumerate(quarters)
    )
    edges = [0, *sorted(cuts), 28]
    periods = tuple(
        PayPeriod(f"p{a}", MONDAY + timedelta(a), MONDAY + timedelta(b - 1))
        for a, b in itertools.pairwise(edges)
    )
    rates = (PayRate(rate, "USD"),)
    whole = WageClaim("USD", work=work, rates=rates, overtime="us-flsa-overtime")
    parts = WageClaim("USD", work=work, rates=rates, periods=periods, overtime="us-flsa-overtime")
    assert wages(whole, BOOK).results["owed"] == wages(parts, BOOK).results["owed"]


@STEADY
@given(st.decimals(0, 10**4, places=2), st.integers(1, 20))
def test_units_change_nothing(rate, fortnights):
    start, end = MONDAY, MONDAY + timedelta(weeks=2 * fortnights, days=-1)
    by_two = WageClaim(
        "USD",
        work=(Work(Decimal(fortnights), start, end, unit="fortnight"),),
        rates=(PayRate(rate * 2, "USD", unit="fortnight"),),
    )
    by_one = WageClaim(
        "USD",
        work=(Work(Decimal(2 * fortnights), start, end, unit="week"),),
        rates=(PayRate(rate * 2, "USD", unit="fortnight"),),
    )
    assert wages(by_two, BOOK).results == wages(by_one, BOOK).results


@STEADY
@given(st.decimals("0.01", 10**5, places=2), st.decimals(0, 200, places=2))
def test_monthly_pay_is_multiplied_before_it_is_rounded(monthly, hours):
    start, end = date(2026, 1, 1), date(2026, 1, 31)
    claim = WageClaim(
        "SGD",
        work=(Work(hours, start, end, band="overtime"),),
        rates=(PayRate(monthly, "SGD", unit="month"),),
        overtime="sg-ea-overtime",
    )
    exact = Fraction(monthly) * 12 / (52 * 44) * Fraction(hours) * Fraction(3, 2)
    assert wages(claim, BOOK).results["owed"] == Money.rounded(exact, "SGD")


@STEADY
@given(claims())
def test_periods_and_the_whole_tell_the_same(claim):
    working = wages(claim, BOOK)
    periods = [line.value.minor for line in working.lines if line.key == "owed"]
    assert sum(periods) == working.results["owed"].minor
    due = [line.value.minor for line in working.lines if line.key in ("work", "entitlement")]
    assert sum(due) == working.results["due"].minor


@STEADY
@given(claims())
def test_nobody_is_owed_less_than_the_contract_and_the_law_say(claim):
    results = wages(claim, BOOK).results
    besides = sum(e.amount.minor for e in claim.entitlements)
    for name in ("due_by_contract", "due_by_minimum"):
        if results[name] is not None:
            assert results["due"].minor - besides >= results[name].minor


@STEADY
@given(claims())
def test_amounts_with_their_days_make_exactly_what_is_owed(claim):
    dated = dated_amounts(claim, wages(claim, BOOK))
    assert sum(item.amount.minor for item in dated) == wages(claim, BOOK).results["owed"].minor
