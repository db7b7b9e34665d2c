"""Two people settle who works on a case and where it stands: neither is shown what is not stored."""

import re

from tests.web.test_cases import ref_of
from tests.web.visitor import how_it_ended, text


def chosen(html: str, name: str) -> str:
    box = re.search(rf'<select[^>]+name="{name}".*?</select>', html, re.DOTALL).group(0)
    return re.search(r'<option selected value="([^"]*)"', box).group(1)


def test_a_refused_move_keeps_no_worker_either(visit, world):
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    path = asha.at(f"cases/{ref}/workers")
    before = chosen(asha.get(path).get_data(as_text=True), "backup")
    refused = asha.post(path, {"backup": str(world.bo.id), "status": "closed"})
    assert refused.status_code == 422
    assert chosen(asha.get(path).get_data(as_text=True), "backup") == before
    again = asha.post(path, {"backup": str(world.bo.id), "status": "action"})
    assert again.status_code == 302


def test_the_second_sees_both_versions_and_chooses(visit, world):
    asha, bo = visit(world.asha), visit(world.bo)
    ref = ref_of(asha.log())
    path = asha.at(f"cases/{ref}/workers")
    asha.get(path), bo.get(path)
    hers = {"primary": str(world.asha.id), "backup": str(world.mei.id), "status": "assessment"}
    his = {"primary": str(world.bo.id), "backup": str(world.mei.id), "status": "action"}
    assert asha.post(path, hers).status_code == 302
    both = bo.post(path, his)
    assert both.status_code == 409
    assert bo.last.count('value="theirs"') == 2
    for words in ("Assessment", "Action", "Asha changed this meanwhile", "Asha, ", "You, just now"):
        assert words in text(bo.last)
    # Sent again as the page carries it: his workers, her status.
    assert bo.post(path, {"keep-pair": "mine", "keep-status": "theirs"}).status_code == 302
    now = bo.get(path).get_data(as_text=True)
    assert (chosen(now, "primary"), chosen(now, "status")) == (str(world.bo.id), "assessment")


def test_closing_over_a_move_is_meant(visit, world):
    asha, bo = visit(world.asha), visit(world.bo)
    ref = ref_of(asha.log())
    workers, close = asha.at(f"cases/{ref}/workers"), asha.at(f"cases/{ref}/close")
    bo.get(close), asha.get(workers)
    asha.post(workers, {"primary": str(world.asha.id), "backup": str(world.mei.id), "status": "action"})
    ending = how_it_ended()
    assert bo.post(close, ending).status_code == 409
    assert "it now stands at “Action”" in text(bo.last)
    assert bo.post(close, ending).status_code == 302
