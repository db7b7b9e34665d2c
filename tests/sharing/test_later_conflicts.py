"""A name that a case gets after an ally was given parts of it, and a list that somebody puts back."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from casework import clock
from casework.access.policy import Action
from casework.audit import service as audit
from casework.cases import assignment, entries, links, opening
from casework.cases.changing import changing, following
from casework.db import db
from casework.errors import NotFound
from casework.respondents import register
from casework.sharing import conflicts, grants, ruling, talking, waiting
from casework.sharing.models import ConflictList
from casework.sharing.waiting import What
from casework.vault import Section, keeping, to_desk
from casework.vault.catalogue import field
from casework.vault.keeping import granting
from casework.vault.models import Grant
from tests.sharing.conftest import STORY, save

FIRM = "Harbour Catering Ltd"


def state_of(grant_id):
    return db.session.get(Grant, grant_id, populate_existing=True).state


def answerable(actor, ref, name=FIRM):
    links.enter_and_link(actor, ref, "recruiter", name, "KW", "recruited", uuid4())


@pytest.fixture
def listed(luz):
    """Luz acts against the firm."""
    conflicts.save(luz, FIRM, conflicts.own(luz).rev)


def closed(read, ref):
    with pytest.raises(NotFound):
        read(ref, Section.STORY)
    return True


@pytest.mark.usefixtures("listed")
def test_somebody_answerable_who_is_named_later_closes_it_until_a_coordinator_rules(
    asha, mei, case, give, read
):
    grant_id = give(case.ref, Section.STORY)
    assert read(case.ref, Section.STORY)[1]["what_happened"] == STORY
    answerable(asha, case.ref)
    assert state_of(grant_id) == granting.WAITING
    assert closed(read, case.ref)
    _, (one,) = grants.listing(mei, case.ref)
    assert one.hits == ((FIRM, FIRM),)
    assert [(line.what, line.grant_id) for line in waiting.waiting(mei)] == [(What.RULING, grant_id)]
    assert waiting.waiting(asha) == []
    assert not ruling.compare_again(mei, case.ref, grant_id)
    ruling.rule(mei, case.ref, grant_id, "Another firm of the same name.", allow=True)
    assert read(case.ref, Section.STORY)[1]["what_happened"] == STORY
    assert waiting.waiting(mei) == []
    # What was ruled on does not close it again; another name does.
    answerable(asha, case.ref, "Quite Another Agency")
    assert state_of(grant_id) == granting.LIVE


@pytest.mark.usefixtures("listed")
def test_a_name_in_any_text_counts_without_the_register(asha, case, give, read):
    grant_id = give(case.ref, Section.STORY)
    save(replace(asha, network_keys=None), case.ref, Section.STORY, what_happened=FIRM)
    assert state_of(grant_id) == granting.WAITING
    assert closed(read, case.ref)


@pytest.mark.usefixtures("listed")
def test_what_is_linked_without_the_register_open_is_compared_by_the_next_who_has_it(world, asha, case, give):
    grant_id = give(case.ref, Section.STORY)
    blind = replace(world.actor(world.asha), network_keys=None)
    firm = register.enter(asha, "recruiter", FIRM, "KW", uuid4())
    with changing(blind, case.ref, Action.CASE_WORK) as held:
        links._put(held, (links.Link(firm.id, "recruited"),))
    assert state_of(grant_id) == granting.LIVE
    entries.add(asha, case.ref, "note", clock.now(), "Called.", uuid4())
    assert state_of(grant_id) == granting.WAITING


@pytest.mark.usefixtures("listed")
def test_a_row_that_says_it_lives_is_not_boxed_by_a_new_key(asha, mei, case, give, read):
    grant_id = give(case.ref, Section.STORY)
    answerable(asha, case.ref)
    db.session.execute(update(Grant).values(state=granting.LIVE))
    db.session.expire_all()
    with following(mei, case.ref) as held:
        granting.renew(mei.desk, held.keys)
    assert db.session.get(Grant, grant_id, populate_existing=True).box is None
    assert closed(read, case.ref)


# The list


def copied():
    return dict(db.session.execute(select(ConflictList.__table__)).mappings().one())


def test_an_older_list_put_back_is_none(mei, luz, asha, case, give, read):
    old = copied()
    conflicts.save(luz, FIRM, conflicts.own(luz).rev)
    db.session.execute(update(ConflictList.__table__).values(old))
    db.session.expire_all()
    answerable(asha, case.ref)
    grant_id = give(case.ref, Section.STORY)
    assert state_of(grant_id) == granting.WAITING
    assert closed(read, case.ref)
    assert refusals(mei, case.ref) == {"conflict_list.body"}


@pytest.mark.parametrize("change", ["gone", "cut", "written"])
def test_a_list_that_the_ally_did_not_write_is_none(mei, luz, case, give, change):
    conflicts.save(luz, "Amina Qzx", conflicts.own(luz).rev)
    row = db.session.scalar(select(ConflictList))
    if change == "gone":
        db.session.execute(delete(ConflictList))
    elif change == "cut":
        row.body = row.body[:-1]
    else:
        state = keeping.load(mei.desk_id)
        forged = {"user": str(luz.user_id), "names": [], "number": 9, "signed": "00" * 64}
        row.body = to_desk.pack(state, field("conflict_list.body"), row.id, forged)
    db.session.flush()
    db.session.expire_all()
    grant_id = give(case.ref, Section.STORY)
    assert state_of(grant_id) == granting.WAITING
    _, (one,) = grants.listing(mei, case.ref)
    assert one.unlisted


def refusals(actor, ref):
    seen = audit.of_case(actor.desk, opening.for_upkeep(actor, ref).keys)
    return {one.details["where"] for one in seen if one.event == "seal.refused"}


# What waits


def test_a_question_waits_for_who_works_on_the_case_until_it_is_answered(world, asha, mei, luz, case, give):
    assignment.assign(asha, case.ref, asha.user_id, None, (None, None))
    grant_id = give(case.ref, Section.STORY)
    bo = world.actor(world.bo)
    for somebody in (asha, mei, bo):
        assert waiting.waiting(somebody) == []
    talking.ask(luz, case.ref, "Is there a contract?", uuid4())
    for somebody in (asha, mei):
        assert [(one.what, one.ref, one.ally) for one in waiting.waiting(somebody)] == [
            (What.ANSWER, case.ref, "Luz")
        ]
    assert waiting.waiting(bo) == []
    talking.answer(asha, case.ref, grant_id, "Yes, a photo.", uuid4())
    assert waiting.waiting(asha) == waiting.waiting(mei) == []
