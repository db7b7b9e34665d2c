"""What cannot have happened is refused, in words, beside its field."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines.facts import Facts, Happened, Spell, happened
from casework.errors import Invalid


@pytest.mark.parametrize(
    ("day", "clock", "said"),
    [
        ("2026-02-29", "", "no such day: 2026-02-29"),
        ("2026-02-30", "", "no such day"),
        ("2026-13-01", "", "no such day"),
        ("2026-00-10", "", "no such day"),
        ("yesterday", "", "no such day"),
        ("", "", "no such day"),
        ("2026-03-01", "24:30", "no such clock time: 24:30"),
        ("2026-03-01", "7", "no such clock time"),
        ("0026-03-01", "", "The year 26 cannot be right"),
        ("2200-01-01", "", "The year 2200 cannot be right"),
    ],
)
def test_impossible_days_and_clock_times(day: str, clock: str, said: str):
    with pytest.raises(Invalid) as refused:
        happened("decision", day, clock)
    assert refused.value.field == "decision"
    assert said in refused.value.message % refused.value.params


def test_the_first_and_last_years_are_taken():
    assert happened("decision", "1900-01-01").day == date(1900, 1, 1)
    assert happened("decision", "2199-12-31").day == date(2199, 12, 31)
    assert happened("decision", "2028-02-29", "23:59").clock == time(23, 59)


def test_unknown_events_and_zones():
    with pytest.raises(Invalid, match="not known") as refused:
        happened("moonrise", "2026-01-01")
    assert refused.value.field == "moonrise"
    with pytest.raises(Invalid) as refused:
        happened("decision", "2026-01-01", "10:00", "Europe/Atlantis")
    assert refused.value.field == "decision"
    with pytest.raises(Invalid) as refused:
        Facts(frozenset({"US"}), "Europe/Atlantis")
    assert refused.value.field == "zone"


def test_a_region_without_holidays():
    with pytest.raises(Invalid) as refused:
        Facts(frozenset({"GB"}), "Europe/London", regions={"GB": "XYZ"})
    assert refused.value.field == "regions"
    Facts(frozenset({"GB"}), "Europe/London", regions={"GB": "SCT"})


def test_a_clock_time_has_no_zone_of_its_own():
    with pytest.raises(Invalid, match="the place apart"):
        Happened("decision", date(2026, 1, 1), time(10, tzinfo=UTC))


def test_a_detention_that_ends_before_it_starts():
    with pytest.raises(Invalid) as refused:
        Spell(date(2026, 3, 2), date(2026, 3, 1))
    assert refused.value.field == "spells"
    assert "2026-03-01" in refused.value.message % refused.value.params
    assert Spell(date(2026, 3, 1), date(2026, 3, 1))


def test_a_certificate_before_conciliation_began():
    with pytest.raises(Invalid) as refused:
        Facts(
            frozenset({"GB"}),
            "Europe/London",
            (happened("acas_day_a", "2026-08-10"), happened("acas_day_b", "2026-08-09")),
        )
    assert refused.value.field == "acas_day_b"


def test_certificates_of_other_claims_are_not_compared():
    facts = Facts(
        frozenset({"GB"}),
        "Europe/London",
        (happened("acas_day_a", "2026-08-10", ref="one"), happened("acas_day_b", "2026-08-09", ref="two")),
    )
    assert [h.ref for h in facts.near("acas_day_a", "one")] == ["one"]
    assert facts.near("acas_day_a", "two") == []


@given(st.permutations([("2026-01-03", "b"), ("2026-01-01", "a"), ("2026-01-01", "b"), ("2026-01-02", "")]))
def test_events_come_out_in_the_order_of_time(given_: list[tuple[str, str]]):
    facts = Facts(frozenset(), "UTC", tuple(happened("wage_due", day, ref=ref) for day, ref in given_))
    assert [(h.day.day, h.ref) for h in facts.of("wage_due")] == [(1, "a"), (1, "b"), (2, ""), (3, "b")]


def test_the_place_of_an_event_goes_before_that_of_the_case():
    facts = Facts(frozenset(), "Asia/Kathmandu")
    here, there = (
        happened("flight", "2026-01-01", "12:00"),
        happened("flight", "2026-01-01", "12:00", "Asia/Dubai"),
    )
    assert facts.moment(here).astimezone(UTC) == datetime(2026, 1, 1, 6, 15, tzinfo=UTC)
    assert facts.moment(there).astimezone(UTC) == datetime(2026, 1, 1, 8, tzinfo=UTC)
