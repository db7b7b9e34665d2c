"""Pages stay light enough for a weak signal: what goes over the line, against the interface's budgets."""

import gzip
import re
from uuid import uuid4

import pytest

from casework.db import db
from casework.respondents import register
from casework.search import service
from tests import factories
from tests.money.account import enter, new, weeks
from tests.search import made
from tests.web.visitor import Visitor

FIRST_PAGE, LATER_PAGE = 40_000, 15_000
LANGUAGES = ("en", "es", "ar")
_PARTS = re.compile(r'<(?:link rel="stylesheet" href|script type="module" src)="([^"]+)"')

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


@pytest.fixture
def busy(app, world):
    """A desk whose lists are full: 120 cases, and 60 who are answerable."""
    with app.app_context():
        asha = world.actor(world.asha)
        cards = {card.case_id: card for card in made.cases(world.host_id, 120)}
        service.rebuild(asha.desk, cards, cards.get)
        for number in range(60):
            register.enter(asha, "employer", f"Synthetic Works {number}", "QA", uuid4())
        case = factories.case(
            asha, called="Sita Test", home="NP", kind="wage_theft", what_happened="No pay. " * 60
        )
        db.session.commit()
        return case.ref


def weight(client, path: str, language: str = "en") -> int:
    answer = client.get(path, headers={"Accept-Encoding": "gzip", "Accept-Language": language})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data)
    return len(answer.data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_arrives_with_all_its_parts_within_the_budget(client, language):
    page = client.get("/sign-in").get_data(as_text=True)
    parts = _PARTS.findall(page)
    assert {part.split("?")[0].rsplit(".")[-1] for part in parts} == {"css", "js"}
    assert weight(client, "/sign-in", language) + sum(weight(client, part) for part in parts) <= FIRST_PAGE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["", "cases/", "cases/new", "members/", "respondents/", "search/"])
def test_later_pages_stay_within_the_budget(visit, world, busy, page, language):
    asha = visit(world.asha)
    assert weight(asha.client, asha.at(page), language) <= LATER_PAGE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "part", ["", "/part/header", "/part/identity", "/part/story", "/part/money", "/entries", "/consents"]
)
def test_a_case_and_its_sections_stay_within_the_budget(visit, world, busy, part, language):
    asha = visit(world.asha)
    assert weight(asha.client, asha.at(f"cases/{busy}{part}"), language) <= LATER_PAGE


@pytest.fixture
def long_ledger(app, world):
    """A ledger of 500 lines."""
    with app.app_context():
        asha = world.actor(world.asha)
        case = factories.case(asha, kind="wage_theft")
        rate = {"amount": "15.35", "currency": "USD", "per": "hour", "contract": "home"}
        terms = {"overtime": "us-flsa-overtime", "limitation": "us-flsa-2y"}
        enter(asha, case.ref, new("rate", **rate), new("terms", 1, **terms), *weeks(100))
        db.session.commit()
        return case.ref


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ledger_of_five_hundred_lines_stays_within_the_budget(visit, world, long_ledger, language):
    asha = visit(world.asha)
    for page in (
        "",
        "?page=12",
        "/count/wages",
        "/count/wages?page=5",
        "/count/limitation",
        "/aloud",
        "/weeks",
    ):
        assert weight(asha.client, asha.at(f"cases/{long_ledger}/money{page}"), language) <= LATER_PAGE, page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_of_fifty_lines_stays_within_the_budget(app_with, world, busy, language):
    long = Visitor(app_with(page_size=50).test_client(), world.codes[world.host_id])
    assert long.sign_in(world.asha).status_code == 302
    assert long.get(long.at("cases/")).get_data(as_text=True).count('class="row-name"') == 50
    assert weight(long.client, long.at("cases/"), language) <= LATER_PAGE
