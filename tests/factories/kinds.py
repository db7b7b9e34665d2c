"""A kind of case that no program knows, as a desk would add it: one file, and the two lists that it names."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework import codes
from casework.cases import kinds

ALLOTMENT = """
key = "allotment"
title = "Allotment"
help = "A garden that is taken away."
icon = "home"
order = 20
source = "Practice of gardeners"
source_date = "2026"
checked_on = 2026-11-22
retention = { review_months = 3, pseudonymise_months = 4 }

[sections.story]
why_sealed = "Tells the owner who complained."
kept = "case"

[sections.evidence]
why_sealed = "What is known to exist can be made to disappear."
kept = "case"

[[field]]
key = "began"
label = "When was it rented?"
type = "date"
section = "story"
step = "first_contact"

[[field]]
key = "ended"
label = "When was it taken away?"
type = "date"
section = "story"
step = "first_contact"
part = "The end"
after = "began"
card = true

[[field]]
key = "checklist"
label = "Evidence to look for"
type = "answers"
codes = "evidence_allotment"
answers = "evidence_grades"
section = "evidence"
step = "first_contact"
fields = [
  { key = "holder", label = "Who holds it", type = "choice", codes = "documents_held_by" },
  { key = "place", label = "Safe place", type = "text", longest = 120 },
  { key = "piece", label = "The file here", type = "piece" },
]

[[field]]
key = "taken"
label = "What was taken first?"
type = "choice"
codes = "allotment_losses"
section = "story"
step = "first_contact"
card = true

[[field]]
key = "deposit"
label = "Deposit that was kept"
type = "money"
section = "money"
step = "first_contact"
why_sealed = "Shows what they had."
kept = "case"
card = true
"""

HEAD = """
title = "{title}"
source = "Practice of gardeners"
source_date = "2026"
checked_on = 2026-11-22
codes = [
"""
LOSSES = """
  { key = "fence", label = "The fence" },
  { key = "water", label = "The water" },
]
"""
PAPERS = """
  { key = "lease", label = "The lease", help = "Says who may end it." },
  { key = "photos", label = "Photos of the beds" },
]
"""


def added(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installation with one more kind, while the test runs; gives the folder of kinds.

    Args:
        folder: empty.
        monkeypatch: puts everything back.
    """
    shutil.copytree(kinds.DIRECTORY, folder / "kinds")
    shutil.copytree(codes.DIRECTORY, folder / "codes")
    (folder / "kinds" / "allotment.toml").write_text(ALLOTMENT, "utf-8")
    for name, title, listed in (
        ("allotment_losses", "Losses", LOSSES),
        ("evidence_allotment", "Evidence of a garden", PAPERS),
    ):
        (folder / "codes" / f"{name}.toml").write_text(HEAD.format(title=title) + listed, "utf-8")
    monkeypatch.setattr(kinds, "DIRECTORY", folder / "kinds")
    monkeypatch.setattr(codes, "DIRECTORY", folder / "codes")
    _forget()
    yield folder / "kinds"
    _forget()


def _forget() -> None:
    """Files are read once, at the start of a server; here the next question reads them anew."""
    kinds._house.cache_clear()
    codes.load.cache_clear()
