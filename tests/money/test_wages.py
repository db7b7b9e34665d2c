from datetime import date, timedelta
from decimal import Decimal

import pytest

from casework.errors import Invalid
from casework.money.amounts import Money
from casework.money.ledger import Deduction, Entitlement, Payment, PayPeriod, PayRate, Work
from casework.money.wages import WageClaim, Way, dated_amounts, wages

MONDAY = date(2026, 1, 5)


def usd(amount):
    return Money.of(amount, "USD")


def week(number):
    start = MONDAY + timedelta(weeks=number)
    return start, start + timedelta(days=6)


def four_weeks(**more):
    """The worked example of the domain file: 52, 60, 48 and 55 hours at 15.00."""
    given = {
        "work": tuple(Work(Decimal(h), *week(n)) for n, h in enumerate((52, 60, 48, 55))),
        "rates": (PayRate(Decimal("15.00"), "USD"),),
        "periods": tuple(PayPeriod(f"week {n}", *week(n)) for n in range(4)),
        "payments": tuple(Payment(usd(400), period=f"week {n}") for n in range(3)),
        "deductions": (
            Deduction(usd(100), lawful=True, reason="housing", in_writing="yes"),
            Deduction(usd(60), lawful=False, reason="uniform"),
        ),
        "overtime": "us-flsa-overtime",
        "gross_shown": usd(1360),
    }
    return WageClaim("USD", **given | more)


def amounts(working, key):
    return [str(line.value.major) for line in working.lines if line.key == key]


def test_the_weekly_example_both_ways(book):
    working = wages(four_weeks(), book)
    assert amounts(working, "due")[:4] == ["870.00", "1050.00", "780.00", "937.50"]
    assert working.results["due"] == usd("3637.50")
    assert working.results["owed_net"] == usd("2337.50")
    assert working.results["owed_gross"] == usd("2337.50")
    assert working.results["owed"] == usd("2337.50")
    assert working.results["agree"] == 1


def test_unlawful_deductions_are_never_added_in_the_net_way(book):
    working = wages(four_weeks(), book)
    assert working.results["owed"] != usd("2397.50")
    assert any("not added again" in line.words.text() for line in working.lines)
    # Turning the rent unlawful too does change what is owed, by exactly the rent.
    both = wages(four_weeks(deductions=(Deduction(usd(160), lawful=False),)), book)
    assert both.results["owed_net"] == both.results["owed_gross"] == usd("2437.50")


def test_every_line_can_be_followed_with_a_pocket_calculator(book):
    text = [line.words.text() for line in wages(four_weeks(), book).lines]
    assert "Overtime, per “Hour”: 12 × 15.00 × 1.5 = 270.00" in text
    assert "Week from 5 January 2026: 52 hours = 40 ordinary + 12 above" in text
    assert "Net way: 3,637.50 − 100.00 − 1,200.00 = 2,337.50" in text
    assert "Gross way: 3,637.50 − 1,360.00 + 60.00 = 2,337.50" in text


def sgd(amount):
    return Money.of(amount, "SGD")


def three_months(**more):
    """The worked example of Singapore: S$1,000 a month, 60 hours of overtime, S$200 paid for them."""
    months = [
        PayPeriod(f"2026-0{m}", date(2026, m, 1), date(2026, m, 28), gross_shown=sgd(1200)) for m in (1, 2, 3)
    ]
    given = {
        "work": tuple(
            work
            for p in months
            for work in (
                Work(Decimal(1), p.start, p.end, unit="month"),
                Work(Decimal(60), p.start, p.end, band="overtime"),
            )
        ),
        "rates": (PayRate(Decimal(1000), "SGD", unit="month"),),
        "periods": tuple(months),
        "payments": tuple(Payment(sgd(1050), period=p.key) for p in months),
        "deductions": tuple(
            Deduction(sgd(150), lawful=False, reason="savings", period=p.key) for p in months
        ),
        "overtime": "sg-ea-overtime",
    }
    return WageClaim("SGD", **given | more)


def test_the_monthly_example_of_singapore(book):
    working = wages(three_months(), book)
    assert amounts(working, "work") == ["1000.00", "472.03"] * 3
    assert working.results["owed_net"] == working.results["owed_gross"] == sgd("1266.09")
    assert amounts(working, "owed") == ["422.03"] * 3


def test_the_hourly_rate_is_never_rounded_first(book):
    assert wages(three_months(), book).results["owed"] != sgd("1264.80")
    text = [line.words.text() for line in wages(three_months(), book).lines]
    assert "Overtime, per “Hour”: 60 × (12 × 1,000.00 ÷ (52 × 44)) × 1.5 = 472.03" in text


def test_the_gross_way_alone_gives_the_same(book):
    claim = three_months(payments=(), way=Way.GROSS)
    assert wages(claim, book).results["owed"] == sgd("1266.09")


def test_the_gross_way_needs_payslips(book):
    with pytest.raises(Invalid) as refused:
        wages(four_weeks(gross_shown=None, way=Way.GROSS), book)
    assert refused.value.field == "gross_shown"


def test_a_missing_payslip_is_taken_as_noted(book):
    claim = three_months()
    first, *rest = claim.periods
    working = wages(
        three_months(periods=(PayPeriod(first.key, first.start, first.end), *rest)),
        book,
    )
    assert working.results["agree"] == 1
    assert working.results["owed_gross"] == sgd("1266.09")


def test_money_that_never_came_is_explained(book):
    working = wages(four_weeks(gross_shown=usd(1400)), book)
    assert working.results["agree"] == 0
    assert working.results["owed_net"] - working.results["owed_gross"] == usd(40)
    (warning,) = [w.text() for w in working.warnings if "do not agree" in w.text()]
    assert "1,400.00" in warning
    assert "1,360.00" in warning
    assert "40.00 is missing" in warning


def test_money_on_no_payslip_is_explained(book):
    working = wages(four_weeks(gross_shown=usd(960)), book)
    said = " ".join(w.text() for w in working.warnings)
    assert "400.00 too much" in said
    assert "exactly 400.00" in said


def test_figures_after_deductions_are_suspected(book):
    working = wages(four_weeks(gross_shown=usd(1300)), book)
    assert any("exactly the unlawful deductions" in w.text() for w in working.warnings)


def test_wages_that_were_given_back_were_not_received(book):
    payments = (Payment(usd(1200), given_back=usd(500)),)
    working = wages(four_weeks(payments=payments), book)
    assert working.results["owed_net"] == working.results["owed_gross"] == usd("2837.50")


def test_nobody_gives_back_more_than_was_received():
    with pytest.raises(Invalid) as refused:
        Payment(usd(100), given_back=usd(101))
    assert refused.value.field == "given_back"


def test_the_higher_one_of_contract_and_minimum_counts_and_both_are_shown(book):
    claim = four_weeks(
        rates=(PayRate(Decimal("5.00"), "USD"), PayRate(Decimal("7.25"), "USD", basis="minimum"))
    )
    working = wages(claim, book)
    hours = 160 + 55 * Decimal("1.5")
    assert (
        working.results["due"]
        == working.results["due_by_minimum"]
        == Money.rounded(hours * Decimal("7.25"), "USD")
    )
    assert working.results["due_by_contract"] == Money.rounded(hours * 5, "USD")
    assert any("the contract says 5.00" in line.words.text() for line in working.lines)


def test_a_minimum_by_the_hour_is_compared_with_pieces_through_their_hours(book):
    pieces = Work(Decimal(340), *week(0), unit="piece", hours_taken=Decimal(60), band="ordinary")
    rates = (PayRate(Decimal("0.625"), "USD", unit="piece"), PayRate(Decimal("7.25"), "USD", basis="minimum"))
    working = wages(WageClaim("USD", work=(pieces,), rates=rates), book)
    assert working.results["due_by_contract"] == usd("212.50")
    assert working.results["due"] == usd("435.00")


def test_pieces_that_cannot_be_compared_are_named(book):
    pieces = Work(Decimal(340), *week(0), unit="piece", band="ordinary")
    rates = (PayRate(Decimal("0.625"), "USD", unit="piece"), PayRate(Decimal("7.25"), "USD", basis="minimum"))
    working = wages(WageClaim("USD", work=(pieces,), rates=rates), book)
    assert working.results["due"] == usd("212.50")
    assert any("could not be compared" in w.text() for w in working.warnings)


def test_a_rate_has_its_days(book):
    rates = (
        PayRate(Decimal(10), "USD", end=week(1)[1]),
        PayRate(Decimal(12), "USD", start=week(2)[0]),
    )
    working = wages(four_weeks(rates=rates, overtime=""), book)
    assert working.results["due"] == usd((52 + 60) * 10 + (48 + 55) * 12)


def test_work_over_a_change_of_pay_has_to_be_divided(book):
    rates = (
        PayRate(Decimal(10), "USD", end=week(1)[0]),
        PayRate(Decimal(12), "USD", start=week(1)[0] + timedelta(1)),
    )
    with pytest.raises(Invalid) as refused:
        wages(four_weeks(rates=rates), book)
    assert "Divide the work" in refused.value.message


def test_two_rates_for_one_day_are_refused(book):
    with pytest.raises(Invalid) as refused:
        wages(four_weeks(rates=(PayRate(Decimal(10), "USD"), PayRate(Decimal(12), "USD"))), book)
    assert refused.value.field == "rates"


def test_work_without_a_rate_is_refused(book):
    with pytest.raises(Invalid) as refused:
        wages(three_months(overtime="us-flsa-overtime"), book)
    assert refused.value.field == "rates"


def test_two_contracts_need_a_choice(book):
    rates = (PayRate(Decimal(15), "USD", basis="home"), PayRate(Decimal(9), "USD", basis="arrival"))
    with pytest.raises(Invalid) as refused:
        wages(four_weeks(rates=rates), book)
    assert refused.value.field == "contract"
    assert wages(four_weeks(rates=rates, contract="home"), book).results["owed"] == usd("2337.50")
    assert wages(four_weeks(rates=rates, contract="arrival"), book).results["owed"] == usd("882.50")


def test_allowances_and_entitlements_are_due_too(book):
    besides = (
        Entitlement(usd("25.25"), "allowance", period="week 1"),
        Entitlement(usd(900), "gratuity", documented=True),
    )
    working = wages(four_weeks(entitlements=besides), book)
    assert working.results["owed"] == usd("2337.50") + usd("925.25")


def test_what_rests_on_documents_is_a_sum_of_its_own(book):
    work = (
        Work(Decimal(40), *week(0), source="roster"),
        Work(Decimal(40), *week(1), source="memory"),
    )
    working = wages(four_weeks(work=work, overtime="", gross_shown=None), book)
    assert working.results["owed"] == usd(1200 - 100 - 1200)
    assert working.results["documented"] == usd(0)
    unpaid = wages(four_weeks(work=work, overtime="", gross_shown=None, payments=(), deductions=()), book)
    assert (unpaid.results["owed"], unpaid.results["documented"]) == (usd(1200), usd(600))


def test_a_band_without_a_multiplier_is_counted_low_and_named(book):
    work = (Work(Decimal(10), *week(0), band="rest_day"),)
    working = wages(four_weeks(work=work), book)
    assert working.results["due"] == usd(150)
    assert any("On a rest day" in w.text() for w in working.warnings)


def test_the_contract_may_promise_more_than_the_rule(book):
    work = (Work(Decimal(10), *week(0), band="overtime", multiplier=Decimal(2)),)
    assert wages(four_weeks(work=work), book).results["due"] == usd(300)


def test_more_paid_than_due_is_said(book):
    working = wages(four_weeks(payments=(Payment(usd(9000)),)), book)
    assert working.results["owed"].minor < 0
    assert any("more was paid than was due" in w.text() for w in working.warnings)


def test_a_rule_is_named_with_its_version_and_never_as_verified(book):
    working = wages(four_weeks(), book)
    (rule,) = working.rules
    assert rule.id == "us-flsa-overtime"
    assert len(rule.version) == 12
    assert any("has not been checked by a legal ally" in w.text() for w in working.warnings)


def test_yen_and_dinars_have_their_own_coins(book):
    yen = WageClaim("JPY", work=(Work(Decimal("7.5"), *week(0)),), rates=(PayRate(Decimal(1013), "JPY"),))
    assert wages(yen, book).results["owed"] == Money(7598, "JPY")
    dinar = WageClaim(
        "KWD", work=(Work(Decimal("7.5"), *week(0)),), rates=(PayRate(Decimal("1.0137"), "KWD"),)
    )
    assert wages(dinar, book).results["owed"] == Money.of("7.603", "KWD")


def test_each_period_keeps_the_day_it_fell_due(book):
    claim = four_weeks(deductions=(), gross_shown=None)
    found = dated_amounts(claim, wages(claim, book))
    assert next((d.key, d.fell_due, d.amount) for d in found) == ("week 0", date(2026, 1, 11), usd(470))
    assert sum(d.amount.minor for d in found) == 243750


def test_what_is_tied_to_no_period_is_taken_off_the_newest(book):
    found = dated_amounts(four_weeks(), wages(four_weeks(), book))
    assert [str(d.amount.major) for d in found] == ["470.00", "650.00", "380.00", "837.50"]
    assert sum(d.amount.minor for d in found) == 233750


def test_time_limits_need_pay_periods(book):
    claim = four_weeks(periods=(), payments=(), deductions=())
    owed = wages(claim, book)
    with pytest.raises(Invalid) as refused:
        dated_amounts(claim, owed)
    assert refused.value.field == "periods"


@pytest.mark.parametrize(
    ("hours", "days", "field"),
    [
        ("-1", 1, "hours"),
        ("25", 1, "hours"),
        ("24.01", 1, "hours"),
        ("168.5", 7, "hours"),
        ("NaN", 1, "hours"),
    ],
)
def test_impossible_hours_are_refused_beside_their_field(hours, days, field):
    with pytest.raises(Invalid) as refused:
        Work(Decimal(hours), MONDAY, MONDAY + timedelta(days - 1))
    assert refused.value.field == field


def test_a_day_of_25_hours_in_two_lines_is_refused_too():
    with pytest.raises(Invalid) as refused:
        WageClaim(
            "USD", work=(Work(Decimal(13), MONDAY, MONDAY), Work(Decimal(12), MONDAY, MONDAY, band="night"))
        )
    assert refused.value.field == "hours"
    with pytest.raises(Invalid):
        WageClaim("USD", work=(Work(Decimal(160), *week(0)), Work(Decimal(9), MONDAY, MONDAY)))


def test_what_ends_before_it_starts_is_refused():
    for made in (
        lambda: Work(Decimal(1), MONDAY, MONDAY - timedelta(1)),
        lambda: PayPeriod("p", MONDAY, MONDAY - timedelta(1)),
        lambda: PayRate(Decimal(1), "USD", start=MONDAY, end=MONDAY - timedelta(1)),
    ):
        with pytest.raises(Invalid) as refused:
            made()
        assert refused.value.field == "end"


def test_two_currencies_in_a_claim_are_refused():
    for more in (
        {"payments": (Payment(Money.of(1, "EUR")),)},
        {"rates": (PayRate(Decimal(1), "EUR"),)},
        {"gross_shown": Money.of(1, "EUR")},
    ):
        with pytest.raises(Invalid) as refused:
            four_weeks(**more)
        assert refused.value.field == "currency"


def test_periods_are_known_and_named_once():
    with pytest.raises(Invalid) as refused:
        four_weeks(payments=(Payment(usd(1), period="no such week"),))
    assert refused.value.field == "period"
    with pytest.raises(Invalid):
        WageClaim("USD", periods=(PayPeriod("a", *week(0)), PayPeriod("a", *week(1))))


def test_work_outside_all_periods_is_refused(book):
    with pytest.raises(Invalid) as refused:
        wages(four_weeks(work=(Work(Decimal(1), *week(9)),)), book)
    assert refused.value.field == "period"


def test_overlapping_periods_need_a_choice(book):
    periods = (PayPeriod("a", *week(0)), PayPeriod("b", *week(0)))
    with pytest.raises(Invalid) as refused:
        wages(
            WageClaim(
                "USD",
                work=(Work(Decimal(1), *week(0)),),
                rates=(PayRate(Decimal(1), "USD"),),
                periods=periods,
            ),
            book,
        )
    assert "overlap" in refused.value.message


@pytest.mark.parametrize(
    "made", [lambda: Payment(usd(-1)), lambda: Deduction(usd(-1), lawful=True), lambda: Entitlement(usd(-1))]
)
def test_negative_amounts_are_refused(made):
    with pytest.raises(Invalid) as refused:
        made()
    assert refused.value.field == "amount"


def test_made_up_codes_are_refused():
    for made, field in (
        (lambda: Work(Decimal(1), MONDAY, MONDAY, band="lunch"), "band"),
        (lambda: Work(Decimal(1), MONDAY, MONDAY, unit="moon"), "unit"),
        (lambda: Deduction(usd(1), lawful=True, reason="because"), "reason"),
    ):
        with pytest.raises(Invalid) as refused:
            made()
        assert refused.value.field == field


def test_floats_are_refused():
    with pytest.raises(TypeError):
        Work(7.5, MONDAY, MONDAY)
