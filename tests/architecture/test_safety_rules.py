"""The page of what protects people names only what is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/safety-rules.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`((?:casework|config|tests)/[^`]+)`", PAGE)))


def test_every_rule_stands_there():
    told = set(re.findall(r"^\| (\d+) ", PAGE, re.MULTILINE))
    assert told == {str(number) for number in range(1, 21)}


@pytest.mark.parametrize("named", NAMED)
def test_what_it_names_is_there(named):
    path, _, test = named.partition("::")
    assert (ROOT / path).exists()
    assert not test or f"\ndef {test}(" in (ROOT / path).read_text("utf-8")
