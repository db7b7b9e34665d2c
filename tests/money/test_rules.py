from dataclasses import replace
from datetime import date

import pytest

from casework.codes import Broken
from casework.errors import Invalid
from casework.money import rule_files, rule_parsers
from casework.money.rules import Mark, RuleBook, Status

GOOD = """
kind = "overtime"
[[rules]]
id = "one"
title = "One"
jurisdiction = "NP"
status = "in_force"
source = "somebody"
mark = "known"
checked_on = 2026-01-01
recheck_after = 2027-01-01
[rules.terms]
tiers = [{ per = "week", over = "40", band = "overtime" }]
[rules.terms.multipliers]
overtime = "1.5"
"""


def read(tmp_path, text):
    (tmp_path / "rules.toml").write_text(text, "utf-8")
    return list(rule_files.read(tmp_path))


def test_the_rules_of_the_house_can_be_read(book):
    assert len(book.rules) >= 30
    assert {rule.kind for rule in book.rules.values()} == set(rule_parsers.PARSERS)


def test_no_rule_is_shipped_as_verified(book):
    assert book.verified == frozenset()
    assert not any(book.is_verified(rule) for rule in book.rules.values())


def test_every_rule_says_where_it_comes_from_and_when_to_look_again(book):
    for rule in book.rules.values():
        assert rule.source
        assert rule.recheck_after > rule.checked_on
        if rule.mark is Mark.READ:
            assert rule.source_url.startswith("http")


def test_versions_of_one_rule_stand_side_by_side(book):
    assert [r.id for r in book.choose("limitation", "GB")] == ["gb-3-months", "gb-6-months"]
    assert [r.id for r in book.choose("limitation", "AE", date(2024, 8, 30))] == ["ae-until-2024"]
    assert [r.id for r in book.choose("limitation", "AE", date(2024, 8, 31))] == ["ae-2024"]
    assert book.get("gb-6-months", "limitation").status is Status.ANNOUNCED


def test_a_rule_of_another_kind_is_not_found(book):
    with pytest.raises(Invalid):
        book.get("gb-3-months", "overtime")


def test_the_digest_is_over_all_that_a_rule_says(tmp_path):
    (rule,) = read(tmp_path, GOOD)
    assert rule.digest == read(tmp_path, GOOD)[0].digest
    for change in (
        {"caveat": "x"},
        {"status": Status.BLOCKED},
        {"terms": {}},
        {"checked_on": date(2026, 1, 2)},
    ):
        assert replace(rule, **change).digest != rule.digest


def test_a_mark_of_an_ally_is_for_one_text_of_a_rule(tmp_path):
    (rule,) = read(tmp_path, GOOD)
    changed = replace(rule, caveat="changed since")
    assert RuleBook.of([rule], [rule.digest]).is_verified(rule)
    assert not RuleBook.of([changed], [rule.digest]).is_verified(changed)
    assert [c.text() for c in rule.cautions(verified=True)] == []


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.IN_FORCE])
def test_where_a_rule_stands_is_said(tmp_path, status):
    (rule,) = read(tmp_path, GOOD)
    assert len(list(replace(rule, status=status).cautions(verified=True))) == 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "overtime"', 'kind = "weather"', "kind must be one of"),
        ('id = "one"\n', "", "add id"),
        ('mark = "known"', 'mark = "verified"', "mark must be one of"),
        ('mark = "known"', 'mark = "read"', "needs source_url"),
        ('status = "in_force"', 'status = "maybe"', "status must be one of"),
        ('jurisdiction = "NP"', 'jurisdiction = "XX"', "jurisdiction"),
        ("checked_on = 2026-01-01", 'checked_on = "2026-01-01"', "checked_on must be a day"),
        ('source = "somebody"', 'source = "somebody"\ncolour = "red"', "take out colour"),
        ('over = "40"', "over = 40", "must be a number in quotes"),
        ('over = "40"', 'over = "many"', "must be a number in quotes"),
        ('over = "40"', 'over = "-1"', "must be a number in quotes"),
        ('per = "week"', 'per = "moon"', "per must be one of"),
        ('band = "overtime"', 'band = "lunch"', "is not in config/codes/hour_bands.toml"),
        ('band = "overtime"', 'band = "overtime", hue = 1', "take out hue"),
        ('overtime = "1.5"', 'lunch = "1.5"', "is not in config/codes/hour_bands.toml"),
        ("[rules.terms]", "[rules.terms]\nsurplus = 1", "take out surplus"),
        ('kind = "overtime"', "kind = ", "this is not TOML"),
    ],
)
def test_a_bad_rule_is_named_with_what_to_do(tmp_path, old, new, words):
    assert old in GOOD
    with pytest.raises(Broken) as refused:
        read(tmp_path, GOOD.replace(old, new))
    assert "rules.toml" in str(refused.value)
    assert words in str(refused.value)


def test_two_rules_of_one_id_are_refused(tmp_path):
    (tmp_path / "again.toml").write_text(GOOD, "utf-8")
    with pytest.raises(Broken, match="twice"):
        read(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("kind", "terms", "words"),
    [
        ("recruitment_cap", {}, "say nothing, amount"),
        ("recruitment_cap", {"amount": "lots"}, "an amount such as"),
        ("recruitment_cap", {"amount": "1.5 JPY"}, "an amount such as"),
        ("limitation", {}, "at least one clock"),
        ("limitation", {"clocks": [{"when": "any", "starts": "due", "months": 0}]}, "1 or more"),
        ("limitation", {"clocks": ["x"]}, "list of tables"),
        ("extra", {"share": "1", "grace_days": 7}, "either share or grace_days"),
        ("extra", {"share": "1/0"}, "a part in quotes"),
        ("deduction_cap", {"items": [{"reasons": ["fine"]}]}, "add most"),
        ("interest_cap", {"most": "48", "measure": "guessed"}, "measure must be one of"),
        ("interest_cap", {"measure": "effective"}, "add most"),
    ],
)
def test_bad_terms_are_named(kind, terms, words):
    with pytest.raises(Broken) as refused:
        rule_parsers.parse(kind, terms)
    assert words in str(refused.value)
