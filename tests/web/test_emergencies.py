"""Today shows an emergency to those whose turn it is, first; whoever takes it does so by name, from there."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.web.visitor import text

NOW = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def people(visit, world, freeze):
    freeze(NOW)
    asha = visit(world.asha)
    asha.log(kind="detention", called="Amina Test", danger_now="yes")
    return asha


def today(visitor) -> str:
    return " ".join(text(visitor.get(visitor.at()).get_data(as_text=True)).split())


def test_its_worker_is_told_that_it_waits_for_them(people):
    said = today(people)
    assert "Emergencies: somebody has to take them" in said
    assert "It waits for Asha" in said
    assert "This waits for you" in said


def test_after_two_hours_it_waits_for_the_coordinators(people, visit, world, freeze):
    freeze(NOW + timedelta(hours=2, minutes=5))
    mei, bo = visit(world.mei), visit(world.bo)
    assert "it is with the coordinators since" in today(mei)
    assert "This waits for you" in today(mei)
    assert "it is with the coordinators since" in today(bo)
    assert "This waits for you" not in today(bo)


def test_taken_from_today_it_is_gone_from_there_and_named_on_its_page(people, visit, world):
    bo = visit(world.bo)
    bo.get(bo.at())
    take, link = (
        re.search(r'action="([^"]+/take)"', bo.last)[1],
        re.search(r'href="([^"]+/dates/[^"]+)"', bo.last)[1],
    )
    bo.get(link)
    assert bo.post(take, {"back": "today"}).location.endswith(bo.at())
    assert "Emergencies: somebody has to take them" not in today(bo)
    assert "took it upon themselves" in text(people.get(link).get_data(as_text=True))
