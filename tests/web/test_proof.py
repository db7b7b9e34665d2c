"""A line shows what proves it, a file shows which lines it proves; weeks are typed beside the photo of a diary."""

import re

import pytest

from tests.evidence import made
from tests.web import ledgers
from tests.web.ledgers import cells, day, enter, money, says
from tests.web.test_evidence import hand_in


@pytest.fixture
def case(asha):
    return asha.log().location


def diary(asha, case):
    """A photo; gives its page, and by what lines name it."""
    page = hand_in(asha, case, made.picture(), what="diary", called="Diary of January").location
    asha.get(page)
    return page, re.search(r"proof=([0-9a-f]{12})", asha.last).group(1)


def beside(asha, case, short, pasted=ledgers.FOUR_WEEKS):
    said = {"each": "week", "currency": "USD", "proof": short}
    asha.get(f"{case}/money/weeks?proof={short}")
    asha.post(f"{case}/money/weeks", {**said, "pasted": pasted})
    return asha.post(f"{case}/money/weeks", {**said, **cells(asha.last), "keep": "1"})


def first_line(asha, case):
    asha.get(f"{case}/money")
    return re.search(r'href="([^"]+/money/line/[^"]+)"', asha.last).group(1)


def test_weeks_typed_beside_a_photo_are_proved_by_it(asha, case):
    page, short = diary(asha, case)
    asha.get(f"{case}/money/weeks?proof={short}")
    assert f'src="{page}/copy"' in asha.last
    assert f'href="{page}/large"' in asha.last
    assert asha.get(f"{page}/large").status_code == 200
    assert beside(asha, case, short).status_code == 302
    shown = says(asha, f"{case}/money")
    assert shown.count("1 paper: 1") == 13, "four periods, and the nine lines that belong to one of them"
    assert says(asha, page).count("Pay period") == 4


def test_a_photo_is_put_beside_the_table_and_away_without_losing_a_cell(asha, case):
    page, short = diary(asha, case)
    asha.get(f"{case}/money/weeks")
    typed = {"each": "week", "currency": "USD", "cell-0-from": "5 January 2026", "cell-0-hours": "52"}
    answer = asha.post(f"{case}/money/weeks", {**typed, "beside": short})
    assert answer.status_code == 200
    assert f'src="{page}/copy"' in asha.last
    assert 'value="52"' in asha.last
    assert f'name="proof" value="{short}"' in asha.last
    asha.post(f"{case}/money/weeks", {**typed, "proof": short, "beside": ""})
    assert f'src="{page}/copy"' not in asha.last
    assert 'value="52"' in asha.last


def test_a_line_is_begun_at_a_file_and_changed_to_another(asha, case):
    page, short = diary(asha, case)
    other = hand_in(asha, case, b"a receipt", called="Receipt").location
    asha.get(f"{case}/money/new?proof={short}")
    assert f"/money/new/received?proof={short}" in asha.last
    asha.get(f"{case}/money/new/received?proof={short}")
    assert re.search(rf'value="{short}" checked', asha.last)
    assert enter(asha, case, "received", **money("amount", "400"), proof=short).status_code == 302
    assert "400.00" in says(asha, page)
    line = first_line(asha, case)
    asha.get(other)
    second = re.search(r"proof=([0-9a-f]{12})", asha.last).group(1)
    asha.get(line)
    rev = re.search(r'name="rev" value="(\d+)"', asha.last).group(1)
    changed = {**money("amount", "400"), "proof": second, "rev": rev}
    assert asha.post(line, changed).status_code == 302
    assert "400.00" not in says(asha, page)
    assert "400.00" in says(asha, other)
    assert "No. 2: Receipt" in says(asha, line)


def test_a_photo_is_handed_in_for_a_line(asha, case):
    enter(asha, case, "received", **money("amount", "400"))
    line = first_line(asha, case)
    asha.get(line)
    add = re.search(r'href="([^"]+/evidence/new\?line=[^"]+)"', asha.last).group(1)
    asha.get(add)
    line_id = re.search(r'name="line"[^>]* value="([0-9a-f-]{36})"', asha.last).group(1)
    page = hand_in(asha, case, made.picture(), line=line_id).location
    assert "400.00" in says(asha, page)
    assert "No. 1: March" in says(asha, line)


def test_lines_are_chosen_for_a_file_and_only_those_of_the_page(asha, case):
    page, _short = diary(asha, case)
    ledgers.four_weeks(asha, case)
    asha.get(f"{page}/lines")
    ids = re.findall(r'name="shown" value="([0-9a-f-]{36})"', asha.last)
    assert len(ids) > 8
    assert asha.post(f"{page}/lines", {"shown": ids, "lines": ids[:3]}).status_code == 302
    asha.get(f"{page}/lines")
    assert asha.post(f"{page}/lines", {"shown": ids[1:2]}).status_code == 302
    asha.get(page)
    assert ids[0] in asha.last
    assert ids[1] not in asha.last
    assert ids[2] in asha.last


def test_lines_of_another_case_are_not_there(asha, case):
    page, _short = diary(asha, case)
    elsewhere = asha.log().location
    enter(asha, elsewhere, "received", **money("amount", "400"))
    line_id = first_line(asha, elsewhere).rsplit("/", 1)[1]
    asha.get(f"{page}/lines")
    assert asha.post(f"{page}/lines", {"shown": line_id, "lines": line_id}).status_code == 404


def test_what_was_taken_out_proves_nothing_and_its_number_is_not_given_again(asha, case):
    page, short = diary(asha, case)
    enter(asha, case, "received", **money("amount", "400"), proof=short)
    second = hand_in(asha, case, b"two", called="Second").location
    asha.get(second)
    asha.post(f"{second}/take-out", {})
    third = hand_in(asha, case, b"three", called="Third").location
    assert "No. 3" in says(asha, third)
    asha.get(page)
    asha.post(f"{page}/take-out", {})
    assert "1 paper" not in says(asha, f"{case}/money")


def test_what_is_said_of_a_file_leaves_its_lines_alone(asha, case):
    page, short = diary(asha, case)
    enter(asha, case, "received", **money("amount", "400"), **day("on", "2026-03-01"), proof=short)
    asha.get(f"{page}/edit")
    rev = re.search(r'name="rev"[^>]* value="(\d+)"', asha.last).group(1)
    said = {"what": "diary", "grade": "photo", "called": "Diary, front", "rev": rev}
    assert asha.post(f"{page}/edit", said).status_code == 302
    assert "400.00" in says(asha, page)
