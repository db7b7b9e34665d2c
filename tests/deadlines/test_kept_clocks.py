"""Clocks as they are kept: plain JSON and back, and untouched by what happens to rules."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from casework.deadlines import clock as clock_module
from casework.deadlines import rules
from casework.deadlines.clock import Clock
from casework.deadlines.evaluate import clocks, clocks_of
from casework.deadlines.facts import Facts, Spell, happened
from tests.deadlines.making import ROW, book, rule, write

KINDS = ("detention", "deportation", "wage_theft", "trafficking", "recruitment_debt")
ON = date(2026, 6, 1)


def _many() -> list[Clock]:
    events = (
        happened("detained", "2026-03-08", "02:30", "America/New_York"),
        happened("decision", "2026-03-20", "23:30", "America/Los_Angeles", ref="order-1"),
        happened("flight", "2026-11-01", "01:30", "America/New_York"),
        happened("local_release", "2026-07-02", "15:00"),
        happened("removal_notice", "2026-04-02"),
        happened("deduction", "2026-05-31"),
        happened("acas_day_a", "2026-08-10"),
        happened("reasonable_grounds", "2026-01-10"),
    )
    spells = (Spell(date(2026, 1, 10), date(2026, 2, 20)), Spell(date(2026, 3, 8)))
    facts = Facts(frozenset({"US", "GB", "DE"}), "America/Chicago", events, spells)
    return clocks_of(KINDS, facts, rules.load(), ON)


def test_a_clock_comes_back_from_json_as_it_was():
    for clock in _many():
        text = json.dumps(clock.as_record())
        again = clock_module.from_record(json.loads(text))
        assert again == clock
        assert [s.say() for s in again.steps] == [s.say() for s in clock.steps]
        assert again.due == clock.due
        assert str(again.strikes.tzinfo) == "UTC"
        if clock.moment:
            assert again.moment
            assert str(again.moment.tzinfo) == str(clock.moment.tzinfo)


def test_every_sentence_is_complete_in_english():
    sentences = [step.say() for clock in _many() for step in (*clock.steps, *clock.notices)]
    assert sentences
    assert not [s for s in sentences if "%" in s or not s.endswith(".")]


def test_a_change_of_files_changes_no_kept_clock(tmp_path: Path):
    facts = Facts(frozenset({"NP"}), "Asia/Kathmandu", (happened("decision", "2026-03-20"),))
    before = rules.read(write(tmp_path, ROW))
    (clock,) = clocks("deportation", facts, before, ON)
    kept = json.dumps(clock.as_record())

    after = rules.read(write(tmp_path, ROW | {"count": 10}))
    (now,) = clocks("deportation", facts, after, ON)
    assert now.day == date(2026, 3, 30)
    assert now.digest != clock.digest
    assert after.changed(before.digests) == {"xx.appeal"}

    done = clock_module.from_record(json.loads(kept))
    assert done == clock
    assert done.day == date(2026, 4, 19)
    assert done.digest == before.by_key["xx.appeal@30 days"].digest


def test_a_rule_that_was_taken_out_leaves_its_kept_clocks(tmp_path: Path):
    facts = Facts(frozenset({"NP"}), "Asia/Kathmandu", (happened("decision", "2026-03-20"),))
    before = rules.read(write(tmp_path, ROW))
    (clock,) = clocks("deportation", facts, before, ON)
    (tmp_path / "xx.toml").unlink()
    assert clocks("deportation", facts, rules.read(tmp_path), ON) == []
    assert rules.read(tmp_path).changed(before.digests) == {"xx.appeal"}
    assert clock_module.from_record(clock.as_record()) == clock


def test_a_clock_that_looked_at_holidays_names_their_edition():
    facts = Facts(frozenset(), "UTC", (happened("decision", "2026-03-20"),))
    (rolled,) = clocks("deportation", facts, book(rule(roll=rule().roll.NEXT)), ON)
    assert rolled.holidays.startswith("US, holidays ")
    (plain,) = clocks("deportation", facts, book(rule()), ON)
    assert plain.holidays == ""


def test_a_blocked_rule_changes_what_is_counted_and_nothing_that_is_kept():
    facts = Facts(frozenset(), "UTC", (happened("decision", "2026-03-20"),))
    short, long = rule(version="short", count=10), rule(version="long", count=30)
    before = clocks("deportation", facts, book(short, long), ON)
    kept = [clock.as_record() for clock in before]
    blocked = replace(short, status=short.status.BLOCKED, caveat="A court, in March")
    after = clocks("deportation", facts, book(blocked, long), ON)
    assert [c.version for c in before if c.leads] == ["short"]
    assert [c.version for c in after if c.leads] == ["long"]
    assert [clock_module.from_record(record) for record in kept] == before
    assert book(blocked, long).changed(book(short, long).digests) == {"us.plain"}
