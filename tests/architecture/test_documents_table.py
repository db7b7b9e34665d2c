"""Every row of docs/documents.md says who walks it in a browser, and what it names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STORIES = "tests/browser/stories"
#: So many things the movement's documents ask for.
ASKED = 14


def rows() -> list[tuple[str, str]]:
    """What is asked for, and what walks it."""
    lines = (ROOT / "docs/documents.md").read_text("utf-8").splitlines()
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("|")]
    return [(one[0], one[-1]) for one in cells[2:]]


def test_no_row_is_gone():
    assert len(rows()) == ASKED


@pytest.mark.parametrize(("asked", "walked"), rows())
def test_each_row_is_walked_in_a_browser_by_what_is_there(asked, walked):
    named = re.findall(r"`([^`]+)`", walked)
    stories = (ROOT / STORIES / "test_documents.py").read_text("utf-8")
    for one in named:
        if one.startswith("D::"):
            assert f"def {one.removeprefix('D::').removesuffix('…')}" in stories, (asked, one)
        else:
            assert (ROOT / one).exists(), (asked, one)
    assert any(one.startswith(("D::", STORIES)) for one in named), asked
