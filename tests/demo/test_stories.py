"""The stories of the demo can be told as the rules ask, by people who are in it."""

import pytest
from sqlalchemy import select

from casework.db import db
from casework.demo import cast
from casework.demo.sources import table
from casework.stories.models import StoryCopy


def test_they_keep_the_clocks_and_are_told_by_people_of_the_demo():
    said = table("stories")
    logins = {one.login: one for one in cast.people()}
    assert logins[said["coordinator"]].role == "coordinator"
    assert logins[said["campaign_team"]].role == "campaign"
    assert said["desk"] in logins[said["by"]].desks
    states = []
    for one in said["story"]:
        if "again" in one:
            assert one["approved"] - one["again"] >= 48
            assert one["again"] - one["given"] <= 7 * 24
        states.append("back" if "back" in one else "given" if "given" in one else "cooling")
    assert sorted(states) == ["back", "cooling", "given"]


def test_the_one_that_an_ally_signs_keeps_the_clocks_as_well():
    said = table("stories")["signed"]
    assert {one.login: one for one in cast.people()}[said["ally"]].role == "ally"
    assert said["approved"] - said["again"] >= 48
    assert said["approved"] > said["signed"] > said["seconded"] > said["again"]


@pytest.mark.slow
def test_one_is_in_the_campaign_one_waits_and_one_was_taken_back(seed, app):
    assert seed()
    with app.app_context():
        rows = db.session.scalars(select(StoryCopy)).all()
    assert len(rows) == 2
