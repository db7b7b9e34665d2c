"""Papers through the pages: chosen, agreed, made, fetched; and stopped when the person takes it back."""

from uuid import uuid4

import pytest

from tests.papers.copied import text_of


@pytest.fixture
def case(asha):
    return asha.log().location


def agree(asha, case, recipient="Lawyer Test"):
    said = {
        "purpose": "legal_ally",
        "given": "yes",
        "recipient": recipient,
        "data": "name and wages",
        "how": "spoken",
        "language": "ne",
        "interpreter": "none_needed",
        "present": "nobody",
    }
    asha.get(f"{case}/consents")
    assert asha.post(f"{case}/consents", said).status_code == 302


def recipient_of(asha):
    page = asha.last
    at = page.index('name="recipient"', page.index("The person themselves"))
    return page[page.index('value="', at) + 7 :].partition('"')[0]


def test_a_paper_for_a_lawyer_is_made_fetched_and_stopped(asha, case):
    agree(asha, case)
    asha.get(f"{case}/papers/new/case_sheet")
    assert "Lawyer Test" in asha.last
    sent = {"recipient": recipient_of(asha), "sections": ["identity"], "language": "en"}
    assert asha.post(f"{case}/papers/new/case_sheet", sent).status_code == 302
    page = asha.get(f"{case}/papers").get_data(as_text=True)
    href = page[page.index(f"{case}/papers/") :].partition('"')[0]
    paper = asha.get(href)
    assert paper.mimetype == "application/pdf"
    assert paper.headers["Content-Disposition"] == 'attachment; filename="file.pdf"'
    copied = text_of(paper.data).replace("\n", "")
    assert "Sita Test" in copied
    assert "Three months" not in copied
    taking_back(asha, case)
    assert asha.get(href).status_code == 422
    assert "Agreement ended" in asha.get(f"{case}/papers").get_data(as_text=True)


def taking_back(asha, case):
    page = asha.get(f"{case}/consents").get_data(as_text=True)
    before = page.index("/withdraw")
    action = page[page.rindex('"', 0, before) + 1 : before] + "/withdraw"
    assert asha.post(action).status_code in {302, 200}


def test_nobody_is_offered_to_whom_the_person_did_not_agree(asha, case):
    asha.get(f"{case}/papers/new/case_sheet")
    assert "agreed to nobody else" in asha.last
    sent = {"recipient": str(uuid4()), "sections": ["identity"], "language": "en"}
    assert asha.post(f"{case}/papers/new/case_sheet", sent).status_code == 422


def test_every_paper_has_a_page_and_an_unknown_one_none(asha, case):
    offered = asha.get(f"{case}/papers").get_data(as_text=True)
    for key in ("chronology", "authority", "checklist", "calculation"):
        assert f"{case}/papers/new/{key}" in offered
        assert asha.get(f"{case}/papers/new/{key}").status_code == 200
    assert asha.get(f"{case}/papers/new/rumour").status_code == 404


def test_a_checklist_needs_no_sections(asha, case):
    asha.get(f"{case}/papers/new/checklist")
    sent = {"recipient": "person", "language": "ar"}
    assert asha.post(f"{case}/papers/new/checklist", sent).status_code == 302


def test_the_intake_form_is_for_the_desk(asha, visit):
    answer = asha.get(asha.at("cases/intake-form"))
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert visit().get(asha.at("cases/intake-form")).status_code == 302


def test_another_desk_finds_none_of_it(asha, case, visit, world):
    ram = visit(world.ram)
    for path in (f"{case}/papers", f"{case}/papers/new/case_sheet"):
        assert ram.get(path.replace(asha.desk, ram.desk)).status_code == 404
