"""Files of rules: what is shipped holds together, and what is wrong in a file is said to whoever wrote it."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.codes import Broken
from casework.deadlines import lists, rule_checks, rules
from casework.deadlines.attributes import HEAD as HEAD_TYPES
from casework.deadlines.attributes import RULE
from casework.deadlines.choices import Lengthening, Meaning, Roll, Status, Sure, Unit
from tests.deadlines.making import HEAD, PLAIN, ROW, book, rule, toml, write

NAMED_IN_THE_NOTES = {"US", "CA", "EU", "BE", "FR", "GB", "HK", "SG", "AE", "QA", "SA", "KR", "TW", "MY", "NL", "NO", "COE", "INT"}  # fmt: skip


def test_what_is_shipped_has_no_fault():
    assert rules.check() == []
    assert len(rules.load()) == sum(1 for _ in rules.load())


def test_every_jurisdiction_of_the_notes_is_there():
    assert {each.jurisdiction for each in rules.load()} == NAMED_IN_THE_NOTES


@pytest.mark.parametrize(
    "keys",
    [
        ("us.bia_appeal@30 days", "us.bia_appeal@10 days"),
        ("us.bia_brief@20 days", "us.bia_brief@21 days"),
        ("eu.detention_limit@directive", "eu.detention_limit@regulation"),
        ("gb.tribunal_claim@3 months", "gb.tribunal_claim@6 months"),
        ("gb.acas_conciliation@6 weeks", "gb.acas_conciliation@12 weeks"),
        ("gb.reflection@45 days", "gb.reflection@30 days"),
        ("no.reflection@45 days", "no.reflection@6 months"),
        ("ae.wage_claim@1 year", "ae.wage_claim@2 years"),
    ],
)
def test_versions_stand_side_by_side(keys: tuple[str, str]):
    first, second = (rules.load().by_key[key] for key in keys)
    assert first.id == second.id
    assert first.digest != second.digest


def test_nothing_is_shipped_as_verified_and_everything_says_who_looked():
    for path in lists.RULES.glob("*.toml"):
        table = tomllib.loads(path.read_text("utf-8"))
        assert not {"verified", "verified_by"} & {name for row in [table, *table["rule"]] for name in row}
    for each in rules.load():
        assert each.source
        assert each.checked_by
        assert each.sure is Sure.NOT_READ or each.source_url.startswith("https://")


def test_lists_name_every_word_that_rules_choose():
    for name, words in (("meanings", Meaning), ("statuses", Status), ("sure", Sure), ("units", Unit)):
        assert [code.key for code in lists.load(name)] == list(words)


def test_every_event_can_be_reached():
    used = {e for r in rules.load() for e in (r.trigger_event, r.fulfilled_by, *r.ended_by)}
    used |= {e for r in rules.load() for part in r.extension for e in (part.event, part.until)}
    # The day of filing decides on versions, whichever rule asks for it.
    assert {code.key for code in lists.events()} - used == {"filed"}


def test_a_rule_is_read_as_it_is_written(tmp_path: Path):
    row = ROW | {
        "roll": "previous",
        "minus_one_day": True,
        "extension": [
            {"kind": "stop_clock", "event": "acas_day_a", "until": "acas_day_b", "least_months": 1}
        ],
        "effective_from": date(2026, 1, 1),
        "zone": "event",
    }
    (found,) = rules.read(write(tmp_path, row))
    assert found.key == "xx.appeal@30 days"
    assert found.roll is Roll.PREVIOUS
    assert found.weekend == (5,)
    assert found.zone == ""
    assert found.extension[0].kind is Lengthening.STOP_CLOCK
    assert found.effective_from == date(2026, 1, 1)
    assert found.countries == ("NP",)


CHANGES: list[tuple[dict[str, Any], str, str]] = [
    ({"unit": "day"}, "unit", '"day" is not known: use one of hour, working_hour'),
    ({"count": "thirty"}, "count", "write a whole number"),
    ({"count": True}, "count", "write a whole number"),
    ({"count": -1}, "count", "between 0 and 36525"),
    ({"count": 99_999}, "count", "between 0 and 36525"),
    ({"trigger_event": "moonrise"}, "trigger_event", "codes/clock_events.toml"),
    ({"fulfilled_by": "moonrise"}, "fulfilled_by", "codes/clock_events.toml"),
    ({"fulfilled_by": "located"}, "fulfilled_by", "clock of several steps"),
    ({"ended_by": ["moonrise"]}, "ended_by", "codes/clock_events.toml"),
    ({"ended_by": [["released"]]}, "ended_by", "codes/clock_events.toml"),
    ({"case_types": []}, "case_types", "at least one kind"),
    ({"case_types": ["housing_bubble"]}, "case_types", "is no kind of case"),
    ({"countries": ["Nepal"]}, "countries", "ISO 3166-1"),
    ({"weekend": ["caturday"]}, "weekend", "is no day of the week"),
    ({"weekend": ["monday", "tuesday", "friday", "sunday"]}, "weekend", "at most 3 days"),
    ({"holidays": "ZZ"}, "holidays", 'no calendar "ZZ"'),
    ({"holidays": "GB-XYZ"}, "holidays", "no calendar"),
    ({"zone": "Europe/Atlantis"}, "zone", "Europe/London"),
    ({"roll": "sideways"}, "roll", "none, next, previous"),
    ({"weekend": [], "roll": "next"}, "weekend", "which days are not worked"),
    ({"holidays": "", "unit": "working_day"}, "holidays", "which calendar"),
    ({"month_arithmetic": "clip"}, "month_arithmetic", "only months need it"),
    ({"unit": "month", "start": "same_day"}, "start", "minus_one_day = true"),
    ({"start": "same_day", "count": 0}, "count", "at least 1"),
    ({"unit": "hour", "start": "next_day"}, "start", "from the moment itself"),
    ({"unit": "hour", "roll": "next"}, "roll", "hours end when they end"),
    ({"direction": "before", "minus_one_day": True}, "minus_one_day", "counts back"),
    ({"spells": True}, "spells", 'trigger_event = "detention"'),
    ({"trigger_event": "detention"}, "spells", "spells = true"),
    ({"spells": True, "trigger_event": "detention", "unit": "hour"}, "unit", "calendar days or months"),
    ({"spells": True, "trigger_event": "detention", "roll": "next"}, "spells", "does not roll"),
    ({"then": [{"count": 0, "unit": "hour"}]}, "then", "count must lie between 1 and 8784 hours"),
    ({"then": [{"count": 1, "unit": "fortnight"}]}, "then", "unit"),
    ({"then": ["weekly"]}, "then", "step 1"),
    ({"then": [{"count": 1, "unit": "month", "repeats": True}]}, "then", "only the last step may repeat"),
    ({"then": [{"count": 1, "unit": "hour", "repeats": True}, {"count": 1, "unit": "hour"}]}, "then", "only the last"),
    ({"then": [{"count": 1, "unit": "hour"}], "roll": "next"}, "then", "neither rolls"),
    ({"extension": [{"kind": "rubber"}]}, "extension", "stop_clock, longer"),
    ({"extension": ["more"]}, "extension", "stop_clock, longer"),
    ({"extension": [{"kind": "longer", "event": "decision"}]}, "extension", "add count"),
    ({"extension": [{"kind": "longer", "event": "decision", "count": 1, "unit": "month"}]}, "extension", "the unit that it is counted in"),
    ({"extension": [{"kind": "stop_clock", "event": "moonrise", "until": "decision"}]}, "extension", "codes/clock_events.toml"),
    ({"extension": [{"kind": "stop_clock", "event": "decision", "until": "decision", "colour": 1}]}, "extension", "colour"),
    ({"effective_from": "soon"}, "effective_from", "a day without quotes"),
    ({"effective_from": date(2026, 2, 1), "effective_to": date(2026, 1, 1)}, "effective_to", "ends before it begins"),
    ({"effective_from": date(1026, 2, 1)}, "effective_from", "cannot be right"),
    ({"status": "repealed"}, "effective_to", "last day"),
    ({"status": "blocked"}, "caveat", "which court"),
    ({"status": "sleeping"}, "status", "in_force, blocked"),
    ({"recheck_after": date(2026, 1, 1)}, "recheck_after", "after checked_on"),
    ({"source": "  "}, "source", "somebody will rely on it"),
    ({"source_url": "law books"}, "source_url", "https://"),
    ({"id": "us.appeal"}, "id", 'must begin with "xx."'),
    ({"id": "xx appeal"}, "id", "us.bia_appeal"),
    ({"version": "Thirty Days!"}, "version", "short name"),
    ({"verified": True}, "verified", "a mark that a legal ally makes"),
    ({"colour": "red"}, "colour", "correct its spelling"),
    ({"minus_one_day": 1}, "minus_one_day", "true or false"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "attribute", "said"), CHANGES, ids=[f"{a}-{s[:12]}" for _, a, s in CHANGES]
)
def test_what_is_wrong_is_said_with_file_rule_and_attribute(
    tmp_path: Path, change: dict[str, Any], attribute: str, said: str
):
    problems = rules.check(write(tmp_path, ROW | change))
    assert problems
    assert any(p.attribute == attribute and said in p.message for p in problems), [str(p) for p in problems]
    assert all(p.file == "xx.toml" and p.rule for p in problems)
    assert str(problems[0]).startswith("xx.toml, rule ")


@pytest.mark.parametrize("name", ["id", "version", "case_types", "label", "trigger_event", "meaning", "count", "unit", "status", "sure", "source"])  # fmt: skip
def test_what_is_missing_is_asked_for(tmp_path: Path, name: str):
    row = {key: value for key, value in ROW.items() if key != name}
    assert any(p.attribute == name and p.message == "add it" for p in rules.check(write(tmp_path, row)))


def test_a_source_that_was_read_has_an_address(tmp_path: Path):
    row = {key: value for key, value in ROW.items() if key != "source_url"}
    assert [p.attribute for p in rules.check(write(tmp_path, row))] == ["source_url"]
    assert rules.check(write(tmp_path, row | {"sure": "not_read"})) == []


@pytest.mark.parametrize(
    "name", ["jurisdiction", "countries", "zone", "checked_on", "checked_by", "recheck_after"]
)
def test_what_is_missing_at_the_top_is_asked_for(tmp_path: Path, name: str):
    head = "\n".join(line for line in HEAD.splitlines() if not line.startswith(name))
    (problem, *_) = rules.check(write(tmp_path, ROW, head))
    assert (problem.rule, problem.attribute) == ("", name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "add it at the top"),
        ("rule = 3", "[[rule]]"),
        (HEAD, "at least one [[rule]]"),
        ("= =", "not TOML"),
        (HEAD + '[[rule]]\nid = "xx.a', "not TOML"),
    ],
)  # fmt: skip
def test_broken_files(tmp_path: Path, text: str, said: str):
    (tmp_path / "xx.toml").write_text(text, "utf-8")
    problems = rules.check(tmp_path)
    assert any(said in str(p) for p in problems)
    with pytest.raises(Broken, match=r"xx\.toml"):
        rules.read(tmp_path)


def test_a_file_that_is_no_text(tmp_path: Path):
    (tmp_path / "xx.toml").write_bytes(b"\xff\xfe\x00")
    assert "not TOML" in str(rules.check(tmp_path)[0])


def test_the_file_is_called_as_its_jurisdiction(tmp_path: Path):
    assert any(p.attribute == "jurisdiction" for p in rules.check(write(tmp_path, ROW, name="yy.toml")))


def test_the_same_version_twice(tmp_path: Path):
    text = toml(ROW) + "\n" + toml(ROW, head="")
    (tmp_path / "xx.toml").write_text(text, "utf-8")
    (problem,) = rules.check(tmp_path)
    assert "name of its own" in problem.message


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.dates() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from(sorted(RULE)), _JUNK, max_size=5),
    st.dictionaries(st.sampled_from(sorted(HEAD_TYPES)), _JUNK, max_size=3),
)
def test_no_file_is_so_wrong_that_checking_it_fails(change: dict[str, Any], head: dict[str, Any]):
    table = tomllib.loads(HEAD) | head | {"rule": [ROW | change]}
    for problem in rule_checks.of_file("xx.toml", table):
        assert str(problem)


def test_a_digest_moves_with_every_attribute_but_the_bookkeeping():
    other: dict[str, Any] = {
        "count": 11,
        "caveat": "Careful",
        "status": Status.BLOCKED,
        "zone": "UTC",
        "label": "Other",
        "weekend": (4, 5),
        "effective_to": date(2026, 1, 1),
    }
    digests = {rule(**{name: value}).digest for name, value in other.items()} | {PLAIN.digest}
    assert len(digests) == len(other) + 1
    assert (
        rule(checked_on=date(2026, 5, 5), checked_by="B", recheck_after=date(2030, 1, 1)).digest
        == PLAIN.digest
    )


def test_a_digest_is_the_same_on_every_machine():
    assert PLAIN.digest == rule().digest
    assert PLAIN.digest == "bbc4a984524f93b6336b8de0e6d45e6d46282ba56aa78cc0de8f3732d73ab154"


def test_what_changed_is_named_by_its_id():
    before = book(rule(id="us.a"), rule(id="us.b"), rule(id="us.c"))
    after = book(rule(id="us.a"), rule(id="us.b", count=99), rule(id="us.d"))
    assert after.changed(before.digests) == {"us.b", "us.c", "us.d"}
    assert before.changed(before.digests) == frozenset()
    assert before.digest != after.digest
