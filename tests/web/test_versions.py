"""Two changes of one section meet: answer by answer, with whoever made the other one."""

import re

import pytest

from tests.web.test_cases import ref_of
from tests.web.visitor import text


def chosen(html: str) -> dict[str, str]:
    """Which version of each answer is chosen beforehand."""
    return dict(re.findall(r'name="keep-([^"]+)" value="(\w+)" checked', html))


@pytest.fixture
def story(asha) -> str:
    return asha.at(f"cases/{ref_of(asha.log())}/part/story/edit")


def test_an_answer_that_only_the_other_changed_is_not_undone(asha, visit, world, story):
    bo = visit(world.bo)
    bo.get(story), asha.get(story)
    hers = {"what_happened": "Hers: four months.", "wage_theft.workplace": "A bakery"}
    assert asha.post(story, hers).status_code == 302
    # His page still carries what happened as it stood before; he changed only the place.
    was = re.search(r"<textarea[^>]*name=\"what_happened\"[^>]*>\s*([^<]*)<", bo.last).group(1)
    both = bo.post(story, {"what_happened": was, "wage_theft.workplace": "A mill"})
    assert both.status_code == 409
    assert chosen(bo.last) == {"what_happened": "theirs", "wage_theft.workplace": "mine"}
    for words in ("Asha changed this meanwhile", "As it was on your page", "You, just now"):
        assert words in text(bo.last)
    assert bo.post(story, {f"keep-{name}": one for name, one in chosen(bo.last).items()}).status_code == 302
    now = asha.get(story).get_data(as_text=True)
    assert "Hers: four months." in now
    assert "A mill" in now


def test_ones_own_second_tab_is_named_as_that(asha, story):
    asha.get(story)
    page = asha.last
    assert asha.post(story, {"what_happened": "In the first tab."}).status_code == 302
    asha.last = page
    assert asha.post(story, {"what_happened": "In the second tab."}).status_code == 409
    assert "You changed this in another tab" in text(asha.last)
    assert "You, in another tab, " in text(asha.last)
    assert "Somebody else" not in text(asha.last)


def test_who_settled_it_in_another_tab_is_told_so(asha, world, story):
    workers = story.replace("part/story/edit", "workers")
    asha.get(workers)
    page = asha.last
    settled = {"primary": str(world.asha.id), "backup": str(world.mei.id)}
    assert asha.post(workers, settled | {"status": "assessment"}).status_code == 302
    asha.last = page
    assert asha.post(workers, settled | {"status": "action"}).status_code == 409
    assert "You changed this in another tab" in text(asha.last)


def test_a_forged_mark_only_chooses_for_whoever_forged_it(asha, visit, world, story):
    bo = visit(world.bo)
    asha.get(story)
    hers = re.search(r'name="was" value="([^"]+)"', asha.last).group(1)
    bo.get(story)
    assert hers != re.search(r'name="was" value="([^"]+)"', bo.last).group(1)
    assert asha.post(story, {"what_happened": "Hers."}).status_code == 302
    assert bo.post(story, {"what_happened": "His.", "was": hers}).status_code == 409
    assert chosen(bo.last)["what_happened"] == "mine"
