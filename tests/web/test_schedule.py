"""Claims of several people in one schedule: only with each one's agreement, by references, written down before it leaves."""

import re

from tests.papers.copied import text_of
from tests.web import ledgers
from tests.web.ledgers import enter, money
from tests.web.visitor import text


def agree(visitor, case, purpose, recipient=""):
    said = {"purpose": purpose, "given": "yes", "recipient": recipient, "data": "reference and sums"}
    said |= {"how": "spoken", "language": "ne", "interpreter": "none_needed", "present": "nobody"}
    visitor.get(f"{case}/consents")
    answer = visitor.post(f"{case}/consents", said)
    assert answer.status_code == 302, text(visitor.last)


def claim(visitor, amount, currency="USD"):
    case = visitor.log().location
    said = {**money("amount", amount, currency), **ledgers.day("on", "2026-03-02")}
    assert enter(visitor, case, "stage", stage="claimed", subject="wages", **said).status_code == 302
    return case


def ref(case):
    return case.rstrip("/").rsplit("/", 1)[1]


def ask(visitor, *cases, **more):
    path = visitor.at("schedule/")
    visitor.get(path)
    return visitor.post(path, {"refs": "\n".join(map(ref, cases)), **more})


def test_two_who_agreed_stand_in_one_schedule(asha):
    cases = claim(asha, "1200.50"), claim(asha, "800")
    refused = ask(asha, *cases)
    assert refused.status_code == 422
    assert "Not everybody agreed" in text(asha.last)
    for case in cases:
        agree(asha, case, "link")
    assert ask(asha, *cases).status_code == 200
    page = text(asha.last)
    assert "2,000.50" in page
    assert "Middle claim of 2 people: 1,000.25" in page
    assert "Sita" not in page


def test_a_paper_needs_each_ones_agreement_and_is_told_by_each_case(asha):
    cases = claim(asha, "1200"), claim(asha, "800")
    for case in cases:
        agree(asha, case, "link")
    agree(asha, cases[0], "legal_ally", "Union Lawyer")
    to = {"paper": "1", "purpose": "legal_ally", "recipient": "Union Lawyer"}
    assert ask(asha, *cases, **to).status_code == 422
    assert ref(cases[1]) in text(asha.last)
    assert "Union Lawyer" not in text(asha.get(f"{cases[0]}/outside").get_data(as_text=True))
    agree(asha, cases[1], "legal_ally", "Union Lawyer")
    made = ask(asha, *cases, **to)
    assert made.mimetype == "application/pdf"
    copied = re.sub(r"[\s\u200b]", "", text_of(made.data))
    assert "2,000.00" in copied
    assert "Sita" not in copied
    for case in cases:
        assert "Union Lawyer" in asha.get(f"{case}/outside").get_data(as_text=True)
        assert "What left already" in asha.get(f"{case}/consents").get_data(as_text=True)


def test_a_home_state_takes_two_for_each(asha):
    cases = claim(asha, "1200"), claim(asha, "800")
    for case in cases:
        agree(asha, case, "link")
        agree(asha, case, "authority", "Labour office")
    assert ask(asha, *cases, paper="1", purpose="authority", recipient="Labour office").status_code == 422
    assert "by two people" in text(asha.last)


def test_wrong_references_and_other_desks_are_one_word_each(asha, visit, world):
    mine, theirs = claim(asha, "1"), claim(visit(world.ram), "1")
    assert ask(asha, mine, theirs).status_code == 422
    assert f"There is no case {ref(theirs)} here." in text(asha.last)
    assert ask(asha, mine).status_code == 422
    path = asha.at("schedule/")
    assert asha.post(path, {"refs": "ABCD-EFGH"}).status_code == 422
    assert "is no reference" in text(asha.last)


def test_a_paper_without_saying_for_whom_asks_at_both_questions(asha):
    cases = claim(asha, "800"), claim(asha, "900")
    for case in cases:
        agree(asha, case, "link")
    assert ask(asha, *cases, paper="1").status_code == 422
    for name in ("purpose", "recipient"):
        assert f'id="{name}-error' in asha.last
    assert "not one of the choices" not in text(asha.last)


def test_without_a_claim_what_is_owed_counts_and_nothing_at_all_is_said(asha):
    cases = claim(asha, "800"), asha.log().location
    for case in cases:
        agree(asha, case, "link")
    assert ask(asha, *cases).status_code == 422
    assert f"Nothing is claimed in {ref(cases[1])} yet." in text(asha.last)
    ledgers.four_weeks(asha, cases[1])
    assert ask(asha, *cases).status_code == 200
    assert "2,337.50" in text(asha.last)


def test_sums_of_the_desk_are_drawn_and_written(asha):
    claim(asha, "800")
    page = asha.get(asha.at("cases/sums")).get_data(as_text=True)
    assert '<svg width="280"' in page
    assert 'width="300" height="11"' in page
    assert "800.00" in text(page)
