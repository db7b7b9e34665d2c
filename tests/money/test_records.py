import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import Invalid
from casework.money.amounts import Money
from casework.money.exchange import ExchangeRate
from casework.money.figures import decode_figure, encode_figure
from casework.money.ledger import (
    Deduction,
    Entitlement,
    Instalment,
    Loan,
    Payment,
    PayPeriod,
    PayRate,
    RecruitmentPayment,
    Refund,
    Stage,
    StageAmount,
    Told,
    Work,
)
from casework.money.records import decode, encode, versioned
from casework.money.sentences import say
from casework.money.wages import WageClaim, Way

STEADY = settings(max_examples=80)

DAY = date(2026, 3, 3)
TAKA = Money.of(100, "BDT")
RATE = ExchangeRate("MYR", "BDT", Decimal("26.10"), DAY, "Bangladesh Bank")

EVERY_LINE = [
    PayPeriod("a", DAY, DAY, DAY, TAKA),
    Work(Decimal("7.50"), DAY, DAY, multiplier=Decimal("1.5"), source="diary", confidence="close"),
    PayRate(Decimal("0.125"), "BDT", unit="piece", basis="spoken", start=DAY),
    Payment(TAKA, DAY, "a", TAKA, "cash"),
    Deduction(TAKA, lawful=False, reason="uniform", in_writing="no"),
    Entitlement(TAKA, "gratuity", DAY, documented=True),
    RecruitmentPayment(TAKA, DAY, "medical", "sub_agent", "7d9", "understated", TAKA, "yes", "no", RATE),
    Refund(TAKA, DAY, "partly", "origin_agency", RATE),
    Loan(
        "BDT",
        TAKA,
        (Instalment(TAKA, times=3), Instalment(TAKA, after=4)),
        kept_back=Money.of(10, "BDT"),
        told=Told(Decimal("3.5"), terms="flat"),
        collateral=("land", "gold"),
        lender="money_lender",
    ),
    StageAmount(Stage.AWARDED, TAKA, DAY, "fees"),
    WageClaim("BDT", work=(Work(Decimal(1), DAY, DAY),), way=Way.GROSS, gross_shown=TAKA),
]


@pytest.mark.parametrize("line", EVERY_LINE, ids=lambda line: type(line).__name__)
def test_every_line_survives_json(line):
    assert decode(json.loads(json.dumps(encode(line)))) == line


def test_a_line_says_its_kind_and_version():
    record = encode(EVERY_LINE[1])
    assert record["kind"] == "work"
    assert record["version"] == 1
    assert record["quantity"] == "7.50"


def test_a_record_of_a_newer_program_is_refused():
    with pytest.raises(Invalid) as refused:
        decode({**encode(EVERY_LINE[0]), "version": 2})
    assert refused.value.field == "version"


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "nothing_known"},
        {"version": 0},
        {"version": "1"},
        {"quantity": 7.5},
        {"quantity": "seven"},
        {"start": "yesterday"},
        {"surplus": 1},
        {"hours_taken": []},
    ],
)
def test_a_broken_record_is_refused_in_one_way(broken):
    with pytest.raises(Invalid):
        decode({**encode(EVERY_LINE[1]), **broken})


def test_a_record_without_a_field_that_is_needed_is_refused():
    record = encode(EVERY_LINE[1])
    del record["quantity"]
    with pytest.raises(Invalid) as refused:
        decode(record)
    assert refused.value.field == "quantity"
    for nonsense in (None, [], "work", {}):
        with pytest.raises(Invalid):
            decode(nonsense)


def test_a_field_that_was_added_later_takes_its_default():
    record = encode(EVERY_LINE[1])
    del record["confidence"]
    assert decode(record).confidence == "unknown"


def test_a_record_is_checked_like_anything_typed():
    with pytest.raises(Invalid) as refused:
        decode({**encode(EVERY_LINE[1]), "quantity": "25"})
    assert refused.value.field == "hours"


def test_older_shapes_are_upgraded_step_by_step():
    @versioned(
        "test_upgraded",
        3,
        {1: lambda body: {"hours": body["time"]}, 2: lambda body: {**body, "note": body["hours"] + "!"}},
    )
    @dataclass(frozen=True, slots=True)
    class Upgraded:
        hours: str
        note: str

    assert decode({"kind": "test_upgraded", "version": 1, "time": "8"}) == Upgraded("8", "8!")
    assert decode({"kind": "test_upgraded", "version": 2, "hours": "8"}) == Upgraded("8", "8!")
    assert encode(Upgraded("8", ""))["version"] == 3


def test_a_new_version_without_an_upgrade_cannot_be_made():
    with pytest.raises(ValueError, match="no upgrade from version 2"):
        versioned("test_without_upgrade", 3, {1: dict})(type("Lonely", (), {}))
    with pytest.raises(ValueError, match="two classes"):
        versioned("work")(type("Twin", (), {}))


def test_floats_have_no_form():
    with pytest.raises(TypeError):
        encode(1.5)


FIGURES = st.recursive(
    st.one_of(
        st.none(),
        st.integers(),
        st.text(),
        st.decimals(allow_nan=False, allow_infinity=False),
        st.dates(),
        st.builds(Money, st.integers(-(10**15), 10**15), st.sampled_from(["JPY", "USD", "KWD"])),
    ),
    lambda inner: st.builds(lambda one: say("%(one)s", one=one), inner),
    max_leaves=4,
)


@STEADY
@given(FIGURES)
def test_every_figure_survives_json(figure):
    assert decode_figure(json.loads(json.dumps(encode_figure(figure)))) == figure


def test_what_is_no_figure_is_refused():
    for nonsense in (1.5, ["money"], {"money": ["1", "USD"]}, {"say": "x"}):
        with pytest.raises(TypeError):
            decode_figure(nonsense)
