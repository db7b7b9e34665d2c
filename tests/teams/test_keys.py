"""The key of a team: who has it, who has it no more, and what a writer of the database cannot do about it."""

from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.teams import book, keys
from casework.teams.models import Team, TeamBox
from casework.teams.records import BODY
from casework.vault import Secret, keeping
from casework.vault.team import TeamKeys

TOLD = {"name": "Pay us"}


@pytest.fixture
def made(world, at_network):
    """A campaign of Mei and Cara; Nina is in the network and not in it."""
    return book.make(at_network(world.mei), TOLD, [world.cara.id], uuid4())


def test_the_team_opens_it_and_nobody_else(world, at_network, made):
    for human in (world.mei, world.cara):
        assert book.look(at_network(human), made).told == TOLD
    for human in (world.nina, world.asha):
        with pytest.raises(NotFound):
            book.look(at_network(human), made)
    assert book.listing(at_network(world.nina)) == ([], 0)
    with pytest.raises(NotFound):
        book.look(at_network(world.mei), uuid4())


def test_a_team_has_only_campaigners_and_coordinators(world, at_network, made):
    with pytest.raises(Invalid):
        book.let_in(at_network(world.mei), made, [world.asha.id])
    with pytest.raises(Refused):
        book.make(at_network(world.mei), TOLD, [world.asha.id], uuid4())


def test_the_same_form_twice_is_one_team(world, at_network):
    token = uuid4()
    actor = at_network(world.mei)
    assert book.make(actor, TOLD, [], token) == book.make(actor, TOLD, [], token)


def test_who_is_let_in_reads_what_was_written_before(world, at_network, made):
    book.add(at_network(world.cara), made, "demand", {"what": "Pay"}, uuid4())
    book.let_in(at_network(world.mei), made, [world.nina.id])
    assert [one.told["what"] for one in book.look(at_network(world.nina), made).items] == ["Pay"]


def test_who_was_taken_out_opens_nothing_that_is_written_afterwards(world, at_network, made):
    before = keys.opened(at_network(world.cara), made)
    book.let_go(at_network(world.mei), made, world.cara.id)
    with pytest.raises(NotFound):
        book.look(at_network(world.cara), made)
    row = db.session.get_one(Team, made)
    with pytest.raises(Refused):
        before.open(BODY, row.id, row.body)
    assert list(db.session.scalars(select(TeamBox.member_id).where(TeamBox.team_id == made))) == [
        world.mei.id
    ]
    with pytest.raises(Invalid):
        book.let_go(at_network(world.mei), made, world.mei.id)


def test_who_leaves_the_network_leaves_its_teams_and_a_new_key_is_drawn_before_the_next_word(
    world, at_network, made
):
    mine = at_network(world.mei)
    before = keys.opened(at_network(world.cara), made)
    keeping.remove(mine.desk, world.cara.id)
    mine = at_network(world.mei)
    seal = keys.seal_of(mine, made)
    assert (seal.due, seal.members) == (True, frozenset({world.mei.id}))
    book.add(mine, made, "demand", {"what": "Pay"}, uuid4())
    assert keys.seal_of(mine, made).due is False
    row = db.session.get_one(Team, made)
    with pytest.raises(Refused):
        before.open(BODY, row.id, row.body)
    assert len(book.look(mine, made).items) == 1


def test_nobody_is_let_in_under_a_key_that_somebody_took_along(world, at_network, made):
    mine = at_network(world.mei)
    keeping.remove(mine.desk, world.cara.id)
    before = keys.opened(at_network(world.mei), made).generation
    book.let_in(at_network(world.mei), made, [world.nina.id])
    assert keys.opened(at_network(world.nina), made).generation == before + 1


def test_an_older_body_that_is_put_back_is_refused(world, at_network, made):
    old = db.session.get_one(Team, made).body
    book.add(at_network(world.mei), made, "demand", {"what": "Pay"}, uuid4())
    _put(made, old)
    with pytest.raises(Refused):
        book.look(at_network(world.cara), made)
    assert book.listing(at_network(world.cara)) == ([], 1)


def test_an_older_body_with_its_older_key_is_refused(world, at_network, made):
    old = db.session.get_one(Team, made).body
    boxes = db.session.execute(select(TeamBox.member_id, TeamBox.generation, TeamBox.blob)).all()
    book.let_in(at_network(world.mei), made, [world.nina.id])
    book.let_go(at_network(world.mei), made, world.nina.id)
    _put(made, old)
    for member, generation, blob in boxes:
        there = (TeamBox.team_id == made, TeamBox.member_id == member)
        db.session.execute(update(TeamBox).where(*there).values(generation=generation, blob=blob))
    db.session.expire_all()
    with pytest.raises(Refused):
        book.look(at_network(world.cara), made)


def test_a_team_that_was_deleted_is_missed_by_those_who_are_in_it(world, at_network, made):
    db.session.execute(delete(TeamBox))
    db.session.execute(delete(Team))
    db.session.expire_all()
    assert book.listing(at_network(world.cara)) == ([], 1)
    assert book.listing(at_network(world.nina)) == ([], 0)


def test_the_body_of_another_team_does_not_open_here(world, at_network, made):
    other = book.make(at_network(world.mei), {"name": "Other"}, [world.cara.id], uuid4())
    _put(made, db.session.get_one(Team, other).body)
    with pytest.raises(Refused):
        book.look(at_network(world.cara), made)


def test_a_key_that_the_chain_does_not_know_is_refused(world, at_network, made):
    """Whoever writes to the database boxes a key of their own to everybody in the team."""
    mine = at_network(world.mei)
    state = keys.chain(mine)
    drawn = TeamKeys(state.desk_id, made, 1, Secret.random())
    for member, blob in drawn.boxes(state, [world.cara.id]).items():
        there = (TeamBox.team_id == made, TeamBox.member_id == member)
        db.session.execute(update(TeamBox).where(*there).values(blob=blob))
    db.session.expire_all()
    with pytest.raises(Refused):
        book.look(at_network(world.cara), made)


def test_every_body_has_one_size(world, at_network, made):
    before = len(db.session.get_one(Team, made).body)
    for number in range(30):
        book.add(at_network(world.mei), made, "demand", {"what": f"Pay {number}" * 20}, uuid4())
    assert len(db.session.get_one(Team, made).body) == before


def _put(team_id, body):
    db.session.execute(update(Team).where(Team.id == team_id).values(body=body))
    db.session.expire_all()
