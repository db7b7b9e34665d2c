"""Today shows an emergency to those whose turn it is, first; whoever takes it does so by name, from there."""

import gzip
import re
from datetime import UTC, datetime, timedelta

import pytest

from casework.db import db
from casework.deadlines import today as deadlines
from tests import factories
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


@pytest.fixture
def many(app, visit, world, freeze):
    """Twelve emergencies of somebody else that wait the longest, and then one of who looks."""
    with app.app_context():
        for number in range(13):
            freeze(NOW - timedelta(minutes=50 - number))
            human = world.asha if number == 12 else world.bo
            factories.case(world.actor(human), called=f"Number {number:02} Test", danger_now="yes")
        db.session.commit()
    freeze(NOW)
    return visit(world.asha)


def test_of_many_today_shows_ten_with_ones_own_first_and_leads_to_all(many):
    page = many.get(many.at()).get_data(as_text=True)
    shown = re.findall(r"Number (\d\d) Test", page.split("</section>")[0])
    assert shown == ["12", *(f"{number:02}" for number in range(9))]
    link = re.search(r'href="([^"]+sort=emergencies)">3 more emergencies: all of them<', page)[1]
    listed = many.get(link).get_data(as_text=True)
    assert set(re.findall(r"Number (\d\d) Test", listed)) == {f"{number:02}" for number in range(13)}
    assert many.get(many.at("shift/dates?sort=emergencies&page=2")).status_code == 200


def test_what_was_not_read_is_counted_all_the_same(many, monkeypatch):
    monkeypatch.setattr(deadlines, "_URGENT_READ", 11)
    page = many.get(many.at()).get_data(as_text=True)
    assert "3 more emergencies: all of them" in page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_its_page_stays_light_whatever_waits(many, language):
    answer = many.client.get(many.at(), headers={"Accept-Encoding": "gzip", "Accept-Language": language})
    assert gzip.decompress(answer.data)
    assert len(answer.data) <= 15_000


def test_within_the_hour_minutes_are_said_and_who_has_it_is_asked_no_more(people, visit, world, freeze):
    freeze(NOW + timedelta(minutes=18))
    assert "42 minutes left" in today(people)
    freeze(NOW + timedelta(minutes=63))
    assert "3 minutes ago" in today(people)
    people.get(people.at())
    people.post(re.search(r'action="([^"]+/take)"', people.last)[1], {"back": "today"})
    listed = people.get(people.at("shift/dates?sort=emergencies")).get_data(as_text=True)
    assert "somebody has to take it upon themselves" not in text(listed)
    assert "Amina Test" in listed
