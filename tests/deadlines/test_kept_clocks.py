"""Clocks as they are kept: plain JSON and back, and untouched by what happens to rules."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from casework.deadlines import clock as clock_module
from casework.deadlines import rules
from casework.deadlines.evaluate import clocks
from casework.deadlines.facts import Facts, happened
from tests.deadlines.making import ROW, book, many_clocks, rule, write

ON = date(2026, 6, 1)


def test_a_clock_comes_back_from_json_as_it_was():
    for clock in many_clocks():
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
    sentences = [step.say() for clock in many_clocks() for step in (*clock.steps, *clock.notices)]
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
