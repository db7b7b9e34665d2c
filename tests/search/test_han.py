import tomllib

import pytest

from casework.search import han


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("王小明", [("wang", "wong"), ("xiaoming", "siuming")]),
        ("司徒華", [("situ",), ("hua", "wa", "wah")]),
        ("김민수", [("gim",), ("minsu",)]),
        ("王䶮", [("wang", "wong"), ("yan",)]),
        ("王", [("wang", "wong")]),
    ],
)
def test_a_name_is_read_in_mandarin_and_in_cantonese(name, spelt):
    assert han.read(name) == spelt


def test_the_table_holds_syllables_and_han_characters_only():
    table = tomllib.loads(han._FILE.read_text("utf-8"))
    assert table["source"]
    for syllable, characters in table["cantonese"].items():
        assert syllable.isascii()
        assert syllable.islower()
        assert all(map(han.is_syllabic, characters)), syllable
