"""A desk adds a kind of case by a file, and works a case of it: nothing but the file knows what an allotment is."""

import pytest

from tests.factories.kinds import added


@pytest.fixture
def allotment(tmp_path, monkeypatch):
    yield from added(tmp_path, monkeypatch)


def test_a_case_of_a_kind_that_no_program_knows(allotment, asha):
    other = asha.log(kind="housing", called="Somebody Else")
    ref = asha.log(kind="allotment", called="Tilda Test")
    asha.go(f"cases/{ref}/part/story/edit")
    asha.fill(**{"allotment.taken": "water"})
    asha.press("Save")
    assert "The water" in asha.words
    asha.go(f"cases/{ref}/part/evidence/edit")
    lease = "allotment.checklist-lease"
    asha.page.locator(f"[name='{lease}'][value='original']").check()
    asha.page.locator(f".item:has([name='{lease}']) summary").click()
    asha.fill(**{f"{lease}-holder": "employer", f"{lease}-place": "With her aunt"})
    asha.press("Save")
    assert "1 of 2 are there" in asha.words
    assert "With her aunt" in asha.words
    asha.go("cases/")
    asha.follow("By what its kind asks")
    asha.fill(kind="allotment")
    asha.press("Go on")
    asha.fill(**{"asked-allotment.taken": "water"})
    assert asha.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    asha.press("Show")
    assert ref in asha.words
    assert other not in asha.words
    asha.follow("By what its kind asks")
    asha.fill(**{"asked-allotment.taken": "fence"})
    asha.press("Show")
    assert ref not in asha.words
