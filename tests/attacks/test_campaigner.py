"""A campaigner who wants a case, a name or a table of their own making.

Sources: casework practice §5, rules 9 and 20.
"""

import re
from uuid import uuid4

import pytest

from casework import clock
from casework.campaigns import sorts
from tests.attacks.test_every_address_of_a_case import TOLD, addresses
from tests.attacks.test_second_tab import tab
from tests.web.test_campaigns import ACTION, BRIEF, DAY, TARGET, on
from tests.web.test_cases import ref_of
from tests.web.test_trends import CLOSED, released, window
from tests.web.visitor import text

__all__ = ["released", "window"]

#: Pages of a desk where cases are listed, found, counted or told of.
LISTS = (
    "",
    "cases/",
    "search/",
    "search/?query=Sita",
    "groups/",
    "handover/",
    "dates/",
    "returns/",
    "retention/",
)
#: What somebody may write into the address of a page to have it counted otherwise.
ASKED = (
    "?kind=detention",
    "?home=NP&host=MY",
    "?sector=F",
    "?from=2026-01-01&to=2026-01-31",
    "?least=1&page=2",
)
WARNING = "Nothing here may endanger somebody if it is read"
#: Lists of who takes part, as a form that was written by hand could bring them.
LISTS_OF_PEOPLE = ("participants", "names", "people", "members", "attendees", "signatures")


@pytest.fixture
def asha(visit, world):
    return visit(world.asha)


@pytest.fixture
def ref(asha):
    return ref_of(asha.log(called="Sita Qzx", what_happened="Qzxstory."))


@pytest.fixture
def cara(visit, world):
    return visit(world.cara, world.network_id)


@pytest.fixture
def campaign(cara):
    cara.get(cara.at("campaigns/new"))
    return cara.post(cara.at("campaigns/new"), BRIEF).location


def test_no_address_of_a_case_opens_at_the_desk_or_at_the_network(app, asha, cara, ref):
    for path in addresses(app, ref, "GET"):
        for desk in (asha.desk, cara.desk):
            answer = cara.get(f"/desk/{desk}/cases/{path}")
            assert answer.status_code == 404, path
            assert not any(word in cara.last for word in (*TOLD, ref)), path
    for path in addresses(app, ref, "POST"):
        for desk in (asha.desk, cara.desk):
            cara.get("/account/")
            answer = cara.post(
                f"/desk/{desk}/cases/{path}", {"read": "1", "reason": "covering", "why": "asked"}
            )
            assert answer.status_code == 404, path


@pytest.mark.parametrize("path", LISTS)
def test_nothing_that_lists_cases_tells_of_one(asha, cara, ref, path):
    assert cara.get(asha.at(path)).status_code == 404
    answer = cara.get(cara.at(path))
    assert answer.status_code in (302, 404)
    assert ref not in cara.last


def test_whoever_was_let_go_has_an_old_tab_of_the_campaign(visit, world):
    mei = visit(world.mei, world.network_id)
    mei.get(mei.at("campaigns/new"))
    made = mei.post(mei.at("campaigns/new"), BRIEF | {"members": [str(world.cara.id)]}).location
    cara = visit(world.cara, world.network_id)
    lying = tab(cara)
    assert lying.get(f"{made}/new/target").status_code == 200
    mei.get(f"{made}/team")
    assert mei.post(f"{made}/team/gone", {"member": str(world.cara.id)}).status_code == 302
    assert lying.post(f"{made}/new/target", TARGET | {"form_token": str(uuid4())}).status_code == 404
    assert "Pay us" not in lying.last
    mei.get(made)
    assert TARGET["name"] not in mei.last


@pytest.mark.parametrize("asked", ASKED)
def test_no_table_is_counted_otherwise_because_somebody_asks(visit, world, released, asked):
    """The table was measured once; no filter, no span of days and no least number is there to differ by one person."""
    with clock.at(CLOSED):
        cara = visit(world.cara, world.network_id)
        page, files = (
            cara.at(f"trends/{released}"),
            [f"trends/{released}/figures.{one}" for one in ("csv", "json")],
        )
        seen = {path: _of(cara, path) for path in (page, *map(cara.at, files))}
        assert all(_of(cara, f"{path}{asked}") == said for path, said in seen.items())


def _of(visitor, path):
    """What a page or a file says, without what differs at each look."""
    answer = visitor.get(path)
    assert answer.status_code == 200
    return text(answer.get_data(as_text=True)) if answer.mimetype == "text/html" else answer.get_data()


@pytest.mark.parametrize("sort", [name for name in sorts.SORTS if name != "spokesperson"])
def test_a_list_of_who_took_part_is_kept_nowhere(cara, campaign, sort):
    """There is no field for it; a form written by hand brings one, and its names are not kept."""
    cara.get(f"{campaign}/new/{sort}")
    for name in LISTS_OF_PEOPLE:
        assert f'name="{name}"' not in cara.last
    sent = ACTION | on("on") | {name: ["Sita Qzx", "Rama Qzx"] for name in LISTS_OF_PEOPLE}
    cara.post(f"{campaign}/new/{sort}", sent)
    cara.get(campaign)
    assert "Qzx" not in cara.last
    for address in re.findall(rf'href="({campaign}/item/[^"]+)"', cara.last):
        cara.get(address)
        assert "Qzx" not in cara.last


def test_only_what_stands_in_the_ladder_is_an_action(cara, campaign):
    cara.get(f"{campaign}/new/action")
    assert cara.post(f"{campaign}/new/action", ACTION | on("on") | {"rung": "break_in"}).status_code == 422
    cara.get(campaign)
    assert DAY["year"] not in text(cara.last).partition("Actions")[2].partition("What came back")[0]


def test_whoever_plans_an_action_reads_what_must_not_stand_there(cara, campaign):
    cara.get(f"{campaign}/new/action")
    said = text(cara.last)
    assert "No names of who takes part, no plan that would endanger somebody if it were read." in said
    assert "What is lawful differs from place to place" in said


@pytest.mark.parametrize("path", ["edit", *(f"new/{sort}" for sort in sorts.SORTS)])
def test_beside_every_free_text_stands_what_must_not_stand_in_it(cara, campaign, path):
    cara.get(f"{campaign}/{path}")
    assert "<textarea" not in cara.last or WARNING in text(cara.last)
