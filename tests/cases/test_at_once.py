"""Double clicks and two people at one moment, on real transactions."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from casework.cases import assignment, entries, life, sections
from casework.cases.changing import Differing
from casework.cases.models import Case, CaseSection, Entry
from casework.clock import now
from casework.db import db
from casework.respondents import register
from casework.respondents.models import Respondent
from casework.vault import Section, keeping
from tests import factories
from tests.cases.at_once import at_once


@pytest.fixture
def world(app):
    with app.app_context():
        made = factories.world()
        db.session.commit()
    return made


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_double_click_makes_one_case(app, world):
    token = uuid4()

    def click():
        return factories.case(world.actor(world.asha), token, called="Amina Test").ref

    made = at_once(app, *[click] * 4)
    assert len(set(made)) == 1, made
    with app.app_context():
        assert (count(Case), count(CaseSection)) == (1, len(Section))


def test_a_double_click_makes_one_entry_and_one_respondent(app, world):
    with app.app_context():
        ref = factories.case(world.actor(world.asha)).ref
        db.session.commit()
    token = uuid4()

    def click():
        return entries.add(world.actor(world.asha), ref, "note", now(), "Called back.", token)

    def enter():
        return register.enter(world.actor(world.asha), "employer", "Acme", "QA", token).id

    noted = at_once(app, click, click, click)
    entered = at_once(app, enter, enter, enter)
    assert len(set(noted)) == len(set(entered)) == 1, (noted, entered)
    with app.app_context():
        assert (count(Entry), count(Respondent)) == (1, 1)


def test_of_two_who_save_one_is_shown_both_versions(app, world):
    with app.app_context():
        asha = world.actor(world.asha)
        ref = factories.case(asha, what_happened="First words.").ref
        rev = factories.reload(asha, ref).section(Section.STORY).rev
        db.session.commit()

    def saving(who, text):
        return lambda: sections.save(world.actor(who), ref, Section.STORY, {"what_happened": text}, rev)

    results = at_once(app, saving(world.asha, "Asha's words."), saving(world.bo, "Bo's words."))
    (lost,) = [one for one in results if isinstance(one, Exception)]
    assert isinstance(lost, Differing)
    with app.app_context():
        stored = factories.reload(world.actor(world.mei), ref).section(Section.STORY)
    assert lost.theirs.values == stored.values
    assert {lost.mine["what_happened"], stored.values["what_happened"]} == {"Asha's words.", "Bo's words."}
    assert (lost.base, lost.theirs.rev) == (rev, rev + 1)


def test_two_sections_are_saved_at_one_moment(app, world):
    with app.app_context():
        asha = world.actor(world.asha)
        ref = factories.case(asha).ref
        revs = {s: factories.reload(asha, ref).section(s).rev for s in (Section.STORY, Section.IDENTITY)}
        db.session.commit()
    at_once(
        app,
        lambda: sections.save(
            world.actor(world.asha), ref, Section.STORY, {"what_happened": "Taken."}, revs[Section.STORY]
        ),
        lambda: sections.save(
            world.actor(world.bo), ref, Section.IDENTITY, {"called": "Amina Test"}, revs[Section.IDENTITY]
        ),
    )
    with app.app_context():
        case = factories.reload(world.actor(world.mei), ref)
        assert case.section(Section.STORY).values == {"what_happened": "Taken."}
        assert case.called == "Amina Test"


def test_of_two_who_assign_or_move_the_second_is_told(app, world):
    with app.app_context():
        ref = factories.case(world.actor(world.asha), take=False).ref
        db.session.commit()
    asha, bo, mei = world.asha.id, world.bo.id, world.mei.id

    def assigning(who, *pair):
        return lambda: assignment.assign(world.actor(who), ref, *pair, seen=(None, None))

    results = at_once(app, assigning(world.asha, asha, bo), assigning(world.mei, mei, bo))
    assert [type(one) for one in results if isinstance(one, Exception)] == [Differing]

    def moving(who, to):
        return lambda: life.move(world.actor(who), ref, to, seen="contact")

    results = at_once(app, moving(world.asha, "assessment"), moving(world.mei, "plan"))
    (lost,) = [one for one in results if isinstance(one, Exception)]
    assert isinstance(lost, Differing)
    assert {lost.theirs, lost.mine} == {"assessment", "plan"}


def test_writers_go_on_under_a_new_epoch(app, world):
    with app.app_context():
        asha = world.actor(world.asha)
        ref = factories.case(asha, what_happened="Before.").ref
        db.session.commit()
        keeping.new_epoch(world.actor(world.mei).desk, world.bo.id)
        db.session.commit()
        asha = world.actor(world.asha)
        case = factories.reload(asha, ref)
        assert case.keys.generation == 1
        story = case.section(Section.STORY)
        sections.save(asha, ref, Section.STORY, {"what_happened": "After."}, story.rev)
        db.session.commit()
        again = factories.reload(asha, ref)
        assert again.keys.generation == 2
        assert again.section(Section.STORY).values == {"what_happened": "After."}
        assert again.section(Section.HEADER).values["language"] == "ne"
