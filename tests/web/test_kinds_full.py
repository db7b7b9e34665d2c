"""Every question of every kind through the pages: asked, read back, refused in words, folded where it can wait."""

import gzip
import re
import shutil

import pytest

from casework.cases import kinds
from tests.evidence import made

MOST = 15 * 1024
PARTS = ("identity", "story", "legal", "money", "health", "evidence")


@pytest.mark.parametrize("kind", [kind.key for kind in kinds.all()])
def test_every_section_of_a_kind_can_be_asked_and_read(visit, world, kind):
    asha = visit(world.asha)
    case = asha.log(kind=kind).location
    for part in PARTS:
        if not kinds.get(kind).fields(section=part) and part not in (
            "identity",
            "story",
            "evidence",
            "legal",
        ):
            continue
        assert asha.get(f"{case}/part/{part}/edit").status_code == 200
        assert len(gzip.compress(asha.last.encode(), 6)) <= MOST, part
        for field in kinds.get(kind).fields(section=part):
            assert f'id="q-{kind}.{field.key}"' in asha.last
        assert asha.get(f"{case}/part/{part}").status_code == 200


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

[[field]]
key = "checklist"
label = "Evidence to look for"
type = "answers"
codes = "proofs"
answers = "evidence_grades"
section = "evidence"
step = "first_contact"
fields = [{ key = "piece", label = "The file here", type = "piece" }]
"""


@pytest.fixture
def allotment(tmp_path, monkeypatch):
    """An installation with one more file."""
    shutil.copytree(kinds.DIRECTORY, tmp_path / "kinds")
    (tmp_path / "kinds" / "allotment.toml").write_text(ALLOTMENT, "utf-8")
    monkeypatch.setattr(kinds, "DIRECTORY", tmp_path / "kinds")
    kinds._house.cache_clear()
    yield tmp_path / "kinds"
    kinds._house.cache_clear()


def test_a_kind_is_added_by_a_file(allotment, visit, world):
    """Forms, sections, the list with its filter, evidence and retention follow; nothing else is changed."""
    assert kinds.check(allotment) == []
    asha = visit(world.asha)
    assert 'value="allotment"' in asha.get(asha.at("cases/new")).get_data(as_text=True)
    case = asha.log(kind="allotment", called="Tilda Test").location
    asha.get(f"{case}/part/story/edit")
    wrong = {"allotment.began-written": "2 May 2025", "allotment.ended-written": "1 May 2025"}
    answer = asha.post(f"{case}/part/story/edit", wrong)
    assert answer.status_code == 422
    assert "This lies before “When was it rented?”. Look at both days." in asha.last
    assert 'value="1 May 2025"' in asha.last
    asha.post(f"{case}/part/story/edit", wrong | {"allotment.ended-written": "3 May 2025"})
    assert "3 May 2025" in asha.get(f"{case}/part/story").get_data(as_text=True)
    assert "The end" in asha.last
    listed = asha.get(asha.post(asha.at("cases/"), {"kind": "allotment"}).location).get_data(as_text=True)
    assert "Tilda Test" in listed
    assert "Allotment" in listed
    assert kinds.get("allotment").retention.pseudonymise_months == 4


def test_evidence_is_linked_to_a_file_of_the_case(visit, world):
    asha = visit(world.asha)
    case = asha.log(kind="wage_theft").location
    asha.get(f"{case}/evidence/new")
    said = {"what": "payslips", "grade": "photo", "called": "Slips of March"}
    piece = asha.hand_in(f"{case}/evidence/new", said, made.picture()).location
    asha.get(f"{case}/part/evidence/edit")
    assert "Slips of March" in asha.last
    name = "wage_theft.checklist-payslips"
    form = {name: "photo", f"{name}-piece": piece.rpartition("/")[2], f"{name}-place": "With her sister"}
    assert asha.post(f"{case}/part/evidence/edit", form).status_code == 302
    page = asha.get(f"{case}/part/evidence").get_data(as_text=True)
    assert f'href="{piece}">Payslips' in page
    assert "1 of 14 are there" in page
    assert "Show what was said to be paid" not in page.partition("Payslips")[2]


def test_what_the_step_does_not_need_is_folded_and_what_is_wrong_is_open(visit, world):
    asha = visit(world.asha)
    case = asha.log(kind="detention").location
    page = asha.get(f"{case}/part/legal/edit").get_data(as_text=True)
    first, later = page.index('id="q-detention.facility"'), page.index('id="q-detention.hearings"')
    assert '<details class="fold"' in page[first:later]
    wrong = {
        "detention.spells-0-from-written": "2 May 2025",
        "detention.spells-0-until-written": "1 May 2025",
    }
    assert asha.post(f"{case}/part/legal/edit", wrong).status_code == 422
    assert '<details class="fold" open><summary><span class="fold-title">Where and how long' in asha.last


def test_an_unknown_zone_and_an_impossible_day_are_said_beside_the_field(visit, world):
    asha = visit(world.asha)
    case = asha.log(kind="detention").location
    asha.get(f"{case}/part/legal/edit")
    taken = "detention.arrested_at"
    day = {f"{taken}-day": "31", f"{taken}-month": "2", f"{taken}-year": "2026"}
    wrong = day | {f"{taken}-time": "10:00", f"{taken}-zone": "Mars/Base"}
    assert asha.post(f"{case}/part/legal/edit", wrong).status_code == 422
    assert "That month has only 28 days" in asha.last
    assert asha.post(f"{case}/part/legal/edit", wrong | {f"{taken}-day": "3"}).status_code == 422
    assert "This time zone is not known" in asha.last


def test_the_page_of_somebody_held_says_first_what_is_needed_first(visit, world):
    asha = visit(world.asha)
    case = asha.log(kind="detention").location
    page = asha.get(case).get_data(as_text=True)
    assert 'class="glance"' not in page
    asha.get(f"{case}/part/legal/edit")
    heard = {"last_heard_at-day": "3", "last_heard_at-month": "3", "last_heard_at-year": "2025"}
    moved = {"transfers-0-on-written": "2 May 2025", "transfers-0-from": "Police", "transfers-0-to": "Camp"}
    spell = {"spells-0-from-written": "1 May 2025", "whereabouts": "immigration", "facility": "Pier Street"}
    form = {f"detention.{key}": text for key, text in (heard | moved | spell).items()}
    assert asha.post(f"{case}/part/legal/edit", form).status_code == 302
    page = asha.get(case).get_data(as_text=True)
    glance = page.partition('class="glance"')[2].partition("</section>")[0]
    assert "Immigration facility · Pier Street" in glance
    assert re.search(r"Silent for \d{3} days", glance)
    assert "Police → Camp" in glance
    assert glance.count('class="glance-held"') == glance.count('class="glance-move"') == 1
    assert len(gzip.compress(page.encode(), 6)) <= MOST
    assert 'class="glance"' not in asha.get(f"{case}/part/legal").get_data(as_text=True)
