"""The page of a removal: how long is left there, each step with what came of it, what can stop it; without a script."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.web.spoken import links
from tests.web.visitor import text

NOW = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def asha(visit, world, freeze):
    freeze(NOW)
    return visit(world.asha)


def flying(visitor, day: str = "31", time: str = "22:30", zone: str = "Asia/Kuwait", **more) -> str:
    """A case with a flight; gives the address of its timeline."""
    case = visitor.log(kind="deportation", called="Amina Test", host="KW").location
    visitor.get(f"{case}/part/legal/edit")
    at = "deportation.removal_at"
    told = {
        f"{at}-day": day,
        f"{at}-month": "3",
        f"{at}-year": "2026",
        f"{at}-time": time,
        f"{at}-zone": zone,
    }
    assert visitor.post(f"{case}/part/legal/edit", told | more).status_code == 302
    return f"{case}/flight"


def words(answer) -> str:
    return " ".join(text(answer.get_data(as_text=True)).split())


def test_it_counts_in_the_time_of_the_place_and_says_what_it_is_here(asha):
    said = words(asha.get(flying(asha)))
    assert "34 hours 30 minutes" in said
    assert "Tue 31 Mar 2026, 22:30 (19:30 UTC)" in said
    assert "Kuwait" in said
    # Monday 12:00 to 17:00 and Tuesday 9:00 to 17:00 in Kuwait.
    assert "Offices are open for 13 hours 0 minutes of it" in said


def test_the_page_of_the_case_leads_there(asha):
    page = flying(asha)
    asha.get(page.removesuffix("/flight"))
    assert any(link.endswith("/flight") for link in links(asha.last))


def _form(visitor, page: str, title: str) -> str:
    html = visitor.get(page).get_data(as_text=True)
    step = html[html.index(title) :]
    return re.search(r'action="([^"]+/done)"', step)[1]


def test_a_step_is_done_there_with_what_came_of_it(asha):
    page = flying(asha)
    done = _form(asha, page, "Is the person fit to fly?")
    assert asha.post(done, {"reason": "Seen by a doctor of her own"}).status_code == 302
    said = words(asha.get(page))
    assert "Seen by a doctor of her own" in said
    assert "Asha" in said


def test_without_words_nothing_is_done_and_the_form_says_so_beside_its_step(asha):
    page = flying(asha)
    done = _form(asha, page, "Is the person fit to fly?")
    answer = asha.post(done, {"reason": "  "})
    assert answer.status_code == 422
    html = answer.get_data(as_text=True)
    step = html[html.index("Is the person fit to fly?") :]
    assert "Say why, in a few words." in step[: step.index("</details>")]
    assert "Is the person fit to fly?" in words(asha.get(page))


def test_what_was_typed_comes_back_when_it_is_too_long(asha):
    page = flying(asha)
    done = _form(asha, page, "Is the person fit to fly?")
    answer = asha.post(done, {"reason": "long " * 100})
    assert answer.status_code == 422
    assert "long " * 50 in answer.get_data(as_text=True)


def test_a_colleague_takes_a_step_upon_themselves(asha, visit, world):
    page = flying(asha)
    bo = visit(world.bo)
    bo.get(page)
    take = re.search(r'action="([^"]+/mine)"', bo.last)[1]
    assert bo.post(take, {}).status_code == 302
    assert "Bo" in words(asha.get(page))


def test_what_somebody_else_has_done_meanwhile_is_said_and_what_was_typed_is_shown(asha, visit, world):
    page = flying(asha)
    done = _form(asha, page, "Is the person fit to fly?")
    bo = visit(world.bo)
    bo.get(page)
    assert bo.post(done, {"reason": "Seen by a doctor"}).status_code == 302
    answer = asha.post(done, {"reason": "Doctor says no"})
    assert answer.status_code == 422
    assert "This date was ended already." in words(answer)
    assert "Doctor says no" in words(answer)
    assert "Seen by a doctor" in words(answer)


def test_fear_keeps_everybody_from_the_embassy(asha):
    assert "Nobody contacts the embassy" in words(asha.get(flying(asha)))
    safe = flying(asha, **{"deportation.fear": "no"})
    assert "Nobody contacts the embassy" not in words(asha.get(safe))


def test_a_remedy_that_comes_after_the_flight_is_said(asha):
    order = {
        "deportation.orders-0-kind": "removal",
        "deportation.orders-0-served_on-day": "20",
        "deportation.orders-0-served_on-month": "3",
        "deportation.orders-0-served_on-year": "2026",
    }
    case = asha.log(kind="deportation", called="Amina Test", host="US").location
    asha.get(f"{case}/part/legal/edit")
    at = "deportation.removal_at"
    leaves = {f"{at}-day": "31", f"{at}-month": "3", f"{at}-year": "2026", f"{at}-time": "22:30"}
    leaves |= {f"{at}-zone": "America/Los_Angeles"}
    assert asha.post(f"{case}/part/legal/edit", leaves | order).status_code == 302
    said = words(asha.get(f"{case}/flight"))
    assert "Appeal to the Board of Immigration Appeals" in said
    assert "After the flight: act before it leaves" in said


def test_without_a_flight_it_says_where_to_write_it(asha):
    case = asha.log(kind="deportation", called="Amina Test").location
    assert "No flight is written down." in words(asha.get(f"{case}/flight"))


def test_after_the_flight_it_asks_for_the_return(asha, freeze):
    page = flying(asha, day="30", time="12:02")
    freeze(NOW + timedelta(minutes=3))
    said = words(asha.get(page))
    assert "The hour of the flight has passed." in said
    assert "Once the person has left: write down the day." in said


@pytest.mark.parametrize("who", ["luz", "cara"])
def test_allies_and_campaigners_find_nothing(asha, visit, world, who):
    page = flying(asha)
    human = getattr(world, who)
    outsider = visit(human, world.network_id if who == "cara" else world.host_id)
    assert outsider.get(page).status_code == 404
