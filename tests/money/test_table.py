import pytest

from casework.money import rule_files, table


def test_the_page_shows_the_rules_as_they_are():
    text = table.PAGE.read_text("utf-8")
    assert table.page(text, rule_files.house()) == text, "run python -m casework.money.table"


def test_every_rule_stands_in_it(book):
    text = table.table(book)
    for rule in book.rules.values():
        assert f"`{rule.id}`" in text


def test_a_page_without_a_place_is_refused(book):
    with pytest.raises(ValueError, match="needs the lines"):
        table.page("nothing", book)
