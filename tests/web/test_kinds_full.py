"""Every question of every kind through the pages: asked, read back, refused in words, folded where it can wait."""

import gzip
import re

import pytest

from casework.cases import kinds
from tests.evidence import made
from tests.factories.kinds import added
from tests.web.visitor import text

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


@pytest.fixture
def allotment(tmp_path, monkeypatch):
    """An installation with one more kind, and the two lists that it names."""
    yield from added(tmp_path, monkeypatch)


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
    asha.get(f"{case}/part/evidence/edit")
    lease = "allotment.checklist-lease"
    graded = {lease: "original", f"{lease}-holder": "employer", f"{lease}-place": "With her aunt"}
    assert asha.post(f"{case}/part/evidence/edit", graded).status_code == 302
    page = asha.get(f"{case}/part/evidence").get_data(as_text=True)
    assert "1 of 2 are there" in page
    assert page.index("Photos of the beds") < page.index("The lease")
    assert "With her aunt" in page


def test_a_list_is_filtered_by_what_the_kind_of_a_file_asks(allotment, visit, world):
    """Choices and days that the file puts on the card, of a kind that no program knows."""
    asha = visit(world.asha)
    for called, taken, day in (("Tilda Test", "fence", "1 May 2026"), ("Ravi Test", "water", "1 May 2024")):
        case = asha.log(kind="allotment", called=called).location
        asha.get(f"{case}/part/story/edit")
        form = {"allotment.taken": taken, "allotment.ended-written": day}
        assert asha.post(f"{case}/part/story/edit", form).status_code == 302
    asha.get(asha.at("cases/"))
    asked = asha.post(asha.at("cases/"), {"kind": "allotment", "ask": "1"}).location
    page = asha.get(asked).get_data(as_text=True)
    assert "What was taken first?" in page
    assert "The water" in page

    def found(**chosen):
        asha.get(
            asha.at("cases/")
        )  # without what was chosen before, which the form of the list carries along
        answer = asha.post(asha.at("cases/"), {"kind": "allotment"} | chosen)
        shown = asha.get(answer.location).get_data(as_text=True)
        return [name for name in ("Tilda", "Ravi") if f"{name} Test" in shown]

    assert found() == ["Tilda", "Ravi"]
    assert found(**{"asked-allotment.taken": "water"}) == ["Ravi"]
    assert found(**{"asked-allotment.ended": "-365"}) == ["Tilda"]
    assert found(**{"asked-allotment.ended": "past"}) == ["Tilda", "Ravi"]
    assert found(**{"asked-allotment.taken": "water", "asked-allotment.ended": "-365"}) == []
    # What a question does not offer chooses nothing; a question of another kind is not asked.
    assert found(**{"asked-allotment.taken": "moon", "asked-housing.tenure": "rent"}) == ["Tilda", "Ravi"]


def test_the_first_money_of_a_kind_by_file_stands_as_claimed(allotment, visit, world):
    asha = visit(world.asha)
    case = asha.log(kind="allotment", called="Tilda Test").location
    asha.get(f"{case}/part/money/edit")
    asked = {"allotment.deposit-amount": "450", "allotment.deposit-currency": "EUR"}
    assert asha.post(f"{case}/part/money/edit", asked).status_code == 302
    asha.get(asha.at("cases/"))
    assert "450.00" in asha.get(asha.at("cases/sums")).get_data(as_text=True)


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


def test_a_certificate_before_its_conciliation_is_said_beside_its_day_and_nothing_is_lost(visit, world):
    asha = visit(world.asha)
    case = asha.log(kind="wage_theft", host="GB").location
    asha.get(f"{case}/part/legal/edit")

    def row(number, event, on):
        at = f"dates-{number}-at"
        return {
            f"dates-{number}-event": event,
            f"{at}-day": str(on),
            f"{at}-month": "8",
            f"{at}-year": "2026",
        }

    # A row that was left empty stands between them: the complaint still finds its place.
    wrong = row(0, "acas_day_a", 10) | {"dates-1-event": ""} | row(2, "acas_day_b", 9)
    assert asha.post(f"{case}/part/legal/edit", wrong).status_code == 422
    said = "This day (9 Aug 2026) lies before the one that it follows (10 Aug 2026)."
    assert said in text(asha.last)
    assert (
        asha.last.index('name="dates-1-event"') < asha.last.rindex(said) < asha.last.index("dates-2-at-zone")
    )
    assert 'value="9"' in asha.last
    assert asha.post(f"{case}/part/legal/edit", wrong | {"dates-2-at-day": "21"}).status_code == 302
