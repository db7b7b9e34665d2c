"""Figures of a desk: exact, of the cases that whoever looks may open, and of nothing else."""

import re

import pytest
from sqlalchemy import select

from casework.cases.models import Case
from casework.db import db
from casework.search import service
from casework.web import lists_shown
from tests.web.visitor import text


def tiles(visitor, query=""):
    """The numbers on top, by their words."""
    page = visitor.get(visitor.at(f"cases/figures{query}")).get_data(as_text=True)
    found = re.findall(r"<dt>([^<]+)</dt><dd class=\"number\">(\d+)</dd>", page)
    return {words: int(number) for words, number in found}


def bars(visitor):
    """The numbers of the bars, by their words."""
    found = re.findall(
        r'<li><span>([^<]+)</span> <span class="number">(\d+)</span><svg class="bar"', visitor.last
    )
    return {words: int(number) for words, number in found}


def test_an_empty_desk_says_so(asha):
    asha.get(asha.at("cases/figures"))
    assert "No case to count" in text(asha.last)


def test_what_was_logged_is_counted(asha):
    asha.log(called="Sita Test")
    asha.log(called="Amina Test", kind="detention")
    assert tiles(asha) == {"Cases": 2, "Open": 2, "A date has passed": 0, "Nobody has taken it": 0}
    shown = bars(asha)
    assert (shown["Wage theft"], shown["Detention"], shown["Nepal → Qatar"], shown["up to a week"]) == (
        1,
        1,
        2,
        2,
    )
    assert "Internal, not anonymous" in text(asha.last)


def test_only_the_listed_cases_are_counted(asha):
    asha.log(called="Sita Test")
    asha.log(called="Amina Test", kind="detention")
    asha.get(asha.at("cases/"))
    chosen = asha.post(asha.at("cases/"), {"kind": "detention"}).location
    asha.get(chosen)
    href = re.search(r'href="([^"]+/cases/figures[^"]*)"', asha.last).group(1)
    asha.get(href)
    assert "Detention" in text(asha.last)
    assert bars(asha).get("Wage theft") is None


def test_a_restricted_case_is_in_nobody_elses_figures(visit, world, asha):
    mei = visit(world.mei)
    asha.log(called="Sita Test")
    hidden = mei.log(called="Hidden Test", kind="trafficking").location
    assert tiles(asha)["Cases"] == 2
    mei.get(f"{hidden}/who")
    named = {"who": "named", "named": [str(world.mei.id), str(world.bo.id)]}
    assert mei.post(f"{hidden}/who", named).status_code == 302
    assert tiles(asha)["Cases"] == 1
    assert "Trafficking" not in bars(asha)
    assert tiles(mei)["Cases"] == 2


@pytest.mark.parametrize("who", ["luz", "cara"])
def test_nobody_else_has_figures(visit, world, who):
    visitor = visit(getattr(world, who))
    assert visitor.get(visitor.at("cases/figures")).status_code == 404


def test_figures_with_lost_cards_say_so_until_all_are_made_anew(app, asha, monkeypatch):
    monkeypatch.setattr(lists_shown, "AT_ONCE", 1)
    for name in ("Sita", "Rama", "Gita"):
        asha.log(called=f"{name} Test")
    with app.app_context():
        service.drop(db.session.scalars(select(Case.id)).first())
        db.session.commit()
    assert tiles(asha)["Cases"] == 1
    assert "Some cases are missing in this list" in text(asha.last)
    assert [tiles(asha)["Cases"] for _ in range(2)] == [2, 3]
    assert "Some cases are missing in this list" not in text(asha.last)
