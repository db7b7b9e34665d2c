"""Versions side by side: all kept, the earliest first, blocked ones named; marks of allies."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.deadlines.choices import AppliesBy, Status, Unit
from casework.deadlines.clock import UNVERIFIED, Clock
from casework.deadlines.evaluate import clocks, clocks_of, wanted
from casework.deadlines.facts import Facts, Happened, Spell, happened
from casework.deadlines.leading import Mark
from casework.deadlines.records import Rule
from casework.deadlines.rules import load
from tests.deadlines.making import book, rule

DAY = date(2026, 3, 1)
SHORT, LONG = rule(version="short", count=10), rule(version="long", count=30)


def _clocks(*rules: Rule, marks: dict[str, Mark] | None = None, on: date = DAY) -> dict[str, Clock]:
    found = clocks(
        "deportation", Facts(frozenset(), "UTC", (Happened("decision", DAY),)), book(*rules), on, marks or {}
    )
    return {clock.version: clock for clock in found}


def _said(clock: Clock) -> str:
    return " ".join(step.say() for step in clock.notices)


def test_of_two_versions_the_earliest_leads_with_a_warning_and_both_are_kept():
    found = _clocks(LONG, SHORT)
    assert list(found) == ["short", "long"]
    assert found["short"].leads
    assert "Several versions" in _said(found["short"])
    assert not found["long"].leads
    assert "Several versions" not in _said(found["long"])


def test_nothing_is_verified_without_a_mark():
    found = _clocks(LONG)
    assert not found["long"].verified
    assert found["long"].notices == (UNVERIFIED,)
    assert not any(clock.verified for clock in clocks_of(("deportation",), _everything(), load(), DAY))


def test_a_verified_version_leads_even_if_it_is_later():
    found = _clocks(SHORT, LONG, marks={LONG.digest: Mark.VERIFIED})
    assert found["long"].leads
    assert found["long"].verified
    assert found["long"].notices == ()
    assert list(found) == ["short", "long"]
    assert not found["short"].leads


def test_a_mark_falls_off_when_the_rule_changes():
    marks = {LONG.digest: Mark.VERIFIED}
    assert _clocks(LONG, marks=marks)["long"].verified
    assert not _clocks(rule(version="long", count=31), marks=marks)["long"].verified
    looked_again = rule(version="long", count=30, checked_on=date(2026, 9, 9), checked_by="Somebody")
    assert _clocks(looked_again, marks=marks)["long"].verified


@pytest.mark.parametrize("blocked_by", ["file", "mark"])
def test_a_blocked_version_is_computed_named_and_does_not_lead(blocked_by: str):
    if blocked_by == "file":
        found = _clocks(rule(version="short", count=10, status=Status.BLOCKED), LONG)
    else:
        found = _clocks(SHORT, LONG, marks={SHORT.digest: Mark.BLOCKED})
    assert found["short"].day == DAY + timedelta(days=10)
    assert found["short"].status is Status.BLOCKED
    assert not found["short"].leads
    assert found["long"].leads
    assert "version short, Wednesday 11 March 2026" in _said(found["long"])
    assert "Several versions" not in _said(found["long"])


def test_if_all_is_blocked_the_earliest_still_leads():
    found = _clocks(
        rule(version="short", count=10, status=Status.BLOCKED),
        rule(version="long", count=30, status=Status.BLOCKED),
    )
    assert found["short"].leads
    assert not found["long"].leads


def test_a_dispute_is_said_and_changes_no_date():
    found = _clocks(SHORT, marks={SHORT.digest: Mark.DISPUTED})
    assert found["short"].leads
    assert "disputes" in _said(found["short"])


def test_partly_blocked_and_announced_versions_count_and_say_so():
    found = _clocks(
        rule(version="short", count=10, status=Status.ANNOUNCED),
        rule(version="long", count=30, status=Status.PARTLY_BLOCKED),
    )
    assert found["short"].leads
    assert "announced" in _said(found["short"])
    assert "blocked a part" in _said(found["long"])


@pytest.mark.parametrize(
    ("begin", "end", "applies"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (DAY + timedelta(days=1), None, False),
        (None, DAY - timedelta(days=1), False),
        (None, DAY, True),
        (DAY, None, True),
    ],
)
def test_a_version_applies_on_its_first_and_last_day(begin: date | None, end: date | None, applies: bool):
    assert bool(_clocks(rule(effective_from=begin, effective_to=end))) is applies


def test_a_version_may_apply_by_the_day_of_filing():
    new = rule(applies_by=AppliesBy.FILING_DATE, effective_from=date(2026, 4, 1))
    assert not _clocks(new, on=date(2026, 3, 31))
    assert _clocks(new, on=date(2026, 4, 1))
    filed = Facts(frozenset(), "UTC", (Happened("decision", DAY), Happened("filed", date(2026, 3, 20))))
    assert not clocks("deportation", filed, book(new), date(2026, 5, 1))


def test_a_rule_that_nobody_looked_up_again_says_so():
    stale = rule(recheck_after=DAY)
    assert not _clocks(stale)["one"].recheck_due
    late = _clocks(stale, on=DAY + timedelta(days=1))["one"]
    assert late.recheck_due
    assert "looked up again after Sunday 1 March 2026" in _said(late)


def test_each_order_and_period_has_its_own_leading_date():
    events = (happened("decision", "2026-03-01", ref="a"), happened("decision", "2026-04-01", ref="b"))
    found = clocks("deportation", Facts(frozenset(), "UTC", events), book(SHORT, LONG), DAY)
    assert [(c.ref, c.version) for c in found if c.leads] == [("a", "short"), ("b", "short")]


def test_what_belongs_to_no_order_competes_with_all():
    other = rule(version="other", trigger_event="employment_end", count=5)
    events = (happened("decision", "2026-03-01", ref="a"), happened("employment_end", "2026-03-02"))
    found = clocks("deportation", Facts(frozenset(), "UTC", events), book(SHORT, other), DAY)
    assert [(c.version, c.leads) for c in found] == [("other", True), ("short", False)]


def test_rules_of_other_countries_and_kinds_stay_away():
    facts = Facts(frozenset({"NP"}), "UTC", (Happened("decision", DAY),))
    assert not clocks("deportation", facts, book(rule(countries=("US",))), DAY)
    assert clocks("deportation", facts, book(rule(countries=("IN", "NP"))), DAY)
    assert not clocks("wage_theft", facts, book(rule()), DAY)
    assert (
        len(
            clocks_of(
                ("deportation", "detention"), facts, book(rule(case_types=("deportation", "detention"))), DAY
            )
        )
        == 1
    )


def test_some_rules_alone_come_out_as_among_all():
    everything = clocks_of(("deportation", "detention", "wage_theft"), _everything(), load(), DAY)
    some = clocks_of(
        ("deportation", "detention", "wage_theft"), _everything(), load(), DAY, only={"us.flsa_claim"}
    )
    assert some == [clock for clock in everything if clock.rule == "us.flsa_claim"]
    assert len(some) == 2


def test_an_end_before_this_start_is_another_story():
    ends = rule(ended_by=("released",))
    before = Facts(
        frozenset(), "UTC", (Happened("decision", DAY), Happened("released", DAY - timedelta(days=1)))
    )
    after = Facts(frozenset(), "UTC", (Happened("decision", DAY), Happened("released", DAY)))
    assert clocks("deportation", before, book(ends), DAY)
    assert not clocks("deportation", after, book(ends), DAY)


def test_what_is_still_to_be_asked():
    asked = wanted(("detention",), Facts(frozenset({"US"}), "UTC", (Happened("decision", DAY),)), load())
    assert "local_release" in asked
    assert "decision" not in asked


def _everything() -> Facts:
    events = tuple(
        happened(event, day, clock, zone)
        for event, day, clock, zone in [
            ("detained", "2026-02-01", "06:10", "America/Chicago"),
            ("decision", "2026-02-20", "23:30", "America/Los_Angeles"),
            ("final_order", "2026-02-20", "", ""),
            ("flight", "2026-03-08", "02:30", "America/New_York"),
            ("local_release", "2026-02-01", "", ""),
            ("locator_check", "2026-02-03", "", ""),
            ("wage_due", "2024-02-29", "", ""),
        ]
    )
    spells = (Spell(date(2026, 2, 1), date(2026, 2, 9)), Spell(date(2026, 2, 20)))
    return Facts(frozenset({"US", "DE"}), "America/Chicago", events, spells)


@given(st.permutations(_everything().events), st.permutations(_everything().spells))
def test_the_order_of_entry_makes_no_difference(events: list[Happened], spells: list[Spell]):
    kinds, whole = ("detention", "deportation", "wage_theft"), _everything()
    mixed = Facts(whole.countries, whole.zone, tuple(events), tuple(spells))
    assert clocks_of(kinds, mixed, load(), DAY) == clocks_of(kinds, whole, load(), DAY)


@settings(max_examples=25)
@given(st.dates(date(2026, 4, 1), date(2098, 1, 1)), st.integers(0, 60))
def test_a_later_event_never_falls_due_earlier(day: date, later: int):
    for each in load():
        if each.spells or each.then or each.unit is Unit.WORKING_HOUR:
            continue
        dues = []
        for start in (day, day + timedelta(days=later)):
            facts = Facts(
                frozenset(set(each.countries) - {"*"}),
                "America/Chicago",
                (Happened(each.trigger_event, start),),
            )
            found = clocks(each.case_types[0], facts, book(each), day)
            dues.append([clock.strikes for clock in found])
        if all(dues):
            assert dues[0] <= dues[1], each.key
