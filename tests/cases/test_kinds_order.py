"""Days that must follow each other, and what is asked beside the items of a list."""

from pathlib import Path

import pytest

from casework.cases import kinds, values
from casework.cases.fields import Field
from casework.errors import Invalid
from tests.cases.kind_fields import field


def day(name: str, text: str) -> dict[str, str]:
    return {f"{name}-written": text}


def spell(number: int, first: str, last: str) -> dict[str, str]:
    row = values.row_prefix("spells", number)
    return day(f"{row}from", first) | day(f"{row}until", last)


def asked(kind: str, *keys: str) -> list[Field]:
    return [kinds.get(kind).field(key) for key in keys]


def test_an_end_before_its_beginning_is_said_beside_the_end_and_nothing_else_is_lost():
    work = asked("wage_theft", "started_on", "ended_on", "still_employed")
    form = {"started_on-written": "1 May 2025", "ended_on-written": "30 April 2025", "still_employed": "no"}
    answers = values.read(work, form)
    assert set(answers.problems) == {"ended_on"}
    said = answers.problems["ended_on"]
    assert said.message % said.params == "This lies before “Work began”. Look at both days."
    assert answers.values["still_employed"] == "no"
    assert values.read(work, form | {"ended_on-written": "1 May 2025"}).problems == {}


@pytest.mark.parametrize("ended", ["May 2025", "2025", "about spring", ""])
def test_what_is_roughly_known_is_never_refused_for_it(ended):
    form = {"started_on-written": "20 May 2025", "ended_on-written": ended}
    assert values.read(asked("wage_theft", "started_on", "ended_on"), form).problems == {}


def test_in_a_group_the_row_is_named():
    spells = kinds.get("detention").field("spells")
    rows = spell(0, "1 May 2025", "3 May 2025") | spell(3, "9 May 2025", "8 May 2025")
    with pytest.raises(Invalid, match="lies before") as refused:
        values.parse(spells, rows)
    assert refused.value.field == "spells-3-until"
    assert len(values.parse(spells, spell(0, "1 May 2025", "1 May 2025"))) == 1


def test_moments_are_compared_at_their_places():
    first, then = field("date_time"), field("date_time", after="x")
    first, then = (
        Field(**{name: getattr(one, name) for name in Field.__slots__} | {"key": key})
        for one, key in ((first, "x"), (then, "y"))
    )
    form = {"x-day": "3", "x-month": "5", "x-year": "2025", "x-time": "08:00", "x-zone": "Asia/Kathmandu"}
    later = {"y-day": "3", "y-month": "5", "y-year": "2025", "y-time": "07:00", "y-zone": "Europe/London"}
    # Seven in London is after eight in Kathmandu.
    assert values.read([first, then], form | later).problems == {}
    assert set(values.read([first, then], form | later | {"y-zone": "Asia/Tokyo"}).problems) == {"y"}


def test_what_was_said_of_an_item_is_kept_with_it():
    acts = kinds.get("trafficking").field("acts")
    form = {"acts-transport": "present", "acts-transport-from": "Bus ticket", "acts-receipt": "not_asked"}
    form |= {"acts-transport-on-written": "3 March 2025", "acts-transfer-from": "A cousin"}
    value = values.parse(acts, form)
    assert value == {
        "transport": {
            "is": "present",
            "from": "Bus ticket",
            "on": {
                "written": "3 March 2025",
                "calendar": "gregorian",
                "date": "2025-03-03",
                "precision": "day",
            },
        },
        "transfer": {"from": "A cousin"},
        "receipt": "not_asked",
    }
    assert values.parse(acts, values.fill(acts, value)) == value
    assert values.show(acts, value, "en").splitlines() == [
        "Transport: Present; From whom or what: Bus ticket; When it happened: 3 Mar 2025",
        "Transfer: From whom or what: A cousin",
        "Receipt: Not asked",
    ]


def test_what_was_stored_before_there_were_such_questions_is_read():
    acts = kinds.get("trafficking").field("acts")
    assert values.show(acts, {"transport": "present"}, "en") == "Transport: Present"
    assert values.parse(acts, values.fill(acts, {"transport": "present"})) == {"transport": "present"}


def test_a_problem_beside_an_item_is_named():
    acts = kinds.get("trafficking").field("acts")
    with pytest.raises(Invalid) as refused:
        values.parse(acts, {"acts-transport-on-written": "31 February 2025"})
    assert refused.value.field == "acts-transport-on"


WRONG = """
key = "allotment"
title = "Allotment"
icon = "other"
order = 9
source = "x"
source_date = "2026"
checked_on = 2026-11-22
retention = { review_months = 6, pseudonymise_months = 12 }
[sections.story]
why_sealed = "x"
kept = "case"
[sections.money]
why_sealed = "x"
kept = "case"
[[field]]
key = "began"
label = "Began"
type = "date"
section = "money"
step = "assessment"
[[field]]
key = "ended"
label = "Ended"
type = "date"
section = "story"
step = "assessment"
after = "AFTER"
"""


@pytest.mark.parametrize(
    ("after", "said"),
    [("begun", "must name a date beside it"), ("ended", "must name a date"), ("began", "same section")],
)
def test_a_file_that_compares_what_cannot_be_compared_is_refused(tmp_path: Path, after, said):
    (tmp_path / "allotment.toml").write_text(WRONG.replace("AFTER", after), "utf-8")
    assert said in "\n".join(map(str, kinds.check(tmp_path)))
