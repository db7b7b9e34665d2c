"""Marks on rules: who may give them, what they are bound to, and counting anew after them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from casework.access import record
from casework.cases import readers
from casework.db import db
from casework.deadlines import marking, marks_there, rules, service, sweeping, today
from casework.deadlines.leading import Mark
from casework.deadlines.models import RuleMark
from casework.errors import Denied, Invalid, NotFound
from casework.vault import keeping, to_desk
from tests import factories
from tests.deadlines.cases import removal, the

THIRTY, TEN = "us.bia_appeal@30 days", "us.bia_appeal@10 days"


@pytest.fixture(autouse=True)
def _stand(freeze):
    freeze(datetime(2026, 3, 22, 9, 0, tzinfo=UTC))


@pytest.fixture
def luz(world):
    """A legal ally, without a key of the desk."""
    return world.actor(world.luz)


def give(actor, key, mark, source="8 CFR 1003.38, looked up today", token=None):
    digest = rules.load().by_key[key].digest
    marking.give(actor, key, digest, mark, source, token or uuid4())


def sweep_all(actor):
    slices = 1
    while sweeping.sweep(actor, 2):
        slices += 1
    return slices


def test_an_ally_verifies_and_cases_lose_the_warning(asha, luz, mei):
    refs = [removal(asha) for _ in range(3)]
    service.done(asha, refs[0], the(asha, refs[0]).id, "Appeal received")
    give(luz, THIRTY, "verified")
    assert sweeping.progress(asha).left == 3
    assert sweep_all(asha) == 2
    assert sweeping.progress(asha).left == 0
    assert all(the(asha, ref).lead.verified for ref in refs[1:])
    assert today.coming(asha).moved == ()
    said = marking.marks(mei)[rules.load().by_key[THIRTY].digest]
    assert (said.mark, said.by, said.source) == (Mark.VERIFIED, luz.user_id, "8 CFR 1003.38, looked up today")
    assert marking.marks(luz)[rules.load().by_key[THIRTY].digest].source is None


def test_blocking_re_lists_what_runs_and_changes_nothing_done(asha, mei, luz):
    done, running = removal(asha), removal(asha)
    service.done(asha, done, the(asha, done).id, "Appeal received")
    before = service.listing(asha, done).ended
    other = factories.case(asha, kind="wage_theft", host="QA").ref
    give(mei, THIRTY, "blocked")
    sweep_all(asha)
    assert service.listing(asha, done).ended == before
    now = the(asha, running)
    assert now.moved
    assert now.due_on == date(2026, 3, 30)
    assert [line.ref for line in today.coming(asha).moved] == [running]
    service.seen(asha, running, now.id)
    assert today.coming(asha).moved == ()
    assert service.listing(asha, other).running != ()


def test_a_changed_rule_makes_its_mark_void(asha, luz, monkeypatch):
    ref = removal(asha)
    give(luz, THIRTY, "verified")
    sweep_all(asha)
    book = rules.load()
    changed = replace(book.by_key[THIRTY], count=21)
    monkeypatch.setattr(
        rules, "load", lambda: rules.Rules(MappingProxyType({**book.by_key, THIRTY: changed}))
    )
    assert marking.counting(asha).keys() == {book.by_key[THIRTY].digest}
    sweep_all(asha)
    one = the(asha, ref)
    assert not one.lead.verified
    assert one.due_on == date(2026, 4, 10)
    assert one.moved


def test_the_newest_mark_counts_and_can_be_taken_back(mei, luz):
    digest = rules.load().by_key[TEN].digest
    give(luz, TEN, "verified")
    give(mei, TEN, "disputed")
    assert marking.counting(mei) == {digest: Mark.DISPUTED}
    give(mei, TEN, "none")
    assert marking.counting(mei) == {}


def test_the_same_form_makes_one_mark(mei):
    token = uuid4()
    give(mei, TEN, "verified", token=token)
    give(mei, TEN, "blocked", token=token)
    assert len(db.session.scalars(select(RuleMark)).all()) == 1


def test_what_is_refused(asha, mei):
    with pytest.raises(Denied):
        give(asha, TEN, "verified")
    with pytest.raises(Invalid):
        give(mei, TEN, "verified", " ")
    with pytest.raises(Invalid):
        give(mei, TEN, "true")
    with pytest.raises(Invalid):
        marking.give(mei, TEN, "0" * 64, "verified", "A page", uuid4())
    with pytest.raises(NotFound):
        marking.give(mei, "us.nothing@1", "0" * 64, "verified", "A page", uuid4())


@pytest.mark.parametrize(
    "changes", [{"mark": "verified"}, {"number": 9}, {"digest": bytes(32)}, {"body": b"x" * 90}]
)
def test_whoever_writes_the_database_gives_no_mark(mei, changes):
    give(mei, TEN, "disputed")
    db.session.execute(update(RuleMark).values(**changes))
    db.session.expire_all()
    assert marking.marks(mei) == {}


def test_a_mark_signed_by_a_volunteer_says_nothing(mei, world):
    give(mei, TEN, "verified")
    db.session.execute(update(RuleMark).values(user_id=world.asha.id))
    db.session.expire_all()
    assert marking.marks(mei) == {}


def test_marks_stay_at_their_desk(mei, ram):
    give(mei, TEN, "verified")
    assert marking.marks(ram) == {}


def test_a_case_that_was_closed_to_whoever_counts_keeps_no_other_from_it(asha, mei, world, luz):
    refs = [removal(asha) for _ in range(2)]
    readers.choose(asha, refs[0], frozenset({world.asha.id, world.bo.id}), None)
    give(luz, THIRTY, "verified")
    while sweeping.sweep(mei, 2):
        pass
    assert the(asha, refs[1]).lead.verified


# Taken out, put back, broken


def marked(actor):
    return {key: said.mark.value for key, said in marking.marks(actor).items()}


def rows():
    return list(db.session.scalars(select(RuleMark).order_by(RuleMark.number)))


def write(statement):
    db.session.flush()
    db.session.execute(statement)
    db.session.expire_all()


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_mark_that_is_taken_out_leaves_no_rule_verified(mei, luz, which):
    thirty, ten = (rules.load().by_key[key].digest for key in (THIRTY, TEN))
    give(luz, THIRTY, "verified")
    give(luz, TEN, "disputed")
    give(mei, THIRTY, "blocked")
    assert marking.all_there(mei)
    write(delete(RuleMark).where(RuleMark.id == rows()[which].id))
    assert not marking.all_there(luz)
    expected = [{ten: "disputed", thirty: "blocked"}, {thirty: "blocked"}, {ten: "disputed"}][which]
    assert marked(mei) == expected
    # Another one, given since, does not cover it up.
    give(luz, TEN, "verified")
    assert "verified" not in marked(mei).values()


def test_all_marks_taken_out_are_missed(mei, luz):
    give(luz, TEN, "blocked")
    write(delete(RuleMark))
    assert not marking.all_there(mei)
    seen = [one.event.value for one in record.of_desk(mei)]
    assert "seal.refused" in seen


@pytest.mark.parametrize(
    "changes", [{"mark": "verified"}, {"signature": bytes(64)}, {"on": date(2025, 1, 1)}, {"number": 7}]
)
def test_a_broken_mark_is_not_passed_over(mei, luz, changes):
    give(luz, THIRTY, "verified")
    give(mei, TEN, "blocked")
    write(update(RuleMark).where(RuleMark.mark == "blocked").values(**changes))
    assert not marking.all_there(mei)
    assert "verified" not in marked(mei).values()


def test_a_mark_led_to_another_desk_or_person_is_missed_and_counts_for_nobody(mei, luz, ram, world):
    give(luz, TEN, "verified")
    write(update(RuleMark).values(desk_id=ram.desk_id))
    assert (marked(mei), marked(ram)) == ({}, {})
    assert not marking.all_there(mei)
    assert not marking.all_there(ram)


def test_who_left_is_believed_as_to_what_they_said_but_it_counts_no_more(mei, luz, world):
    give(luz, TEN, "blocked")
    give(mei, THIRTY, "verified")
    keeping.remove(mei.desk, luz.user_id)
    mei = world.actor(world.mei)
    assert marking.all_there(mei)
    assert marked(mei) == {rules.load().by_key[THIRTY].digest: "verified"}


def test_a_coordinator_lets_the_list_stand_and_later_losses_are_missed(asha, mei, luz):
    thirty, ten = (rules.load().by_key[key].digest for key in (THIRTY, TEN))
    give(luz, THIRTY, "verified")
    give(luz, TEN, "disputed")
    with pytest.raises(Invalid):
        marking.let_stand(mei, "Nothing is missing.")
    write(delete(RuleMark).where(RuleMark.mark == "disputed"))
    for somebody in (asha, luz):
        with pytest.raises(Denied):
            marking.let_stand(somebody, "It was me.")
    with pytest.raises(Invalid):
        marking.let_stand(mei, " ")
    marking.let_stand(mei, "A disk failed.")
    assert marking.all_there(mei)
    assert marked(mei) == {thirty: "verified"}
    give(luz, TEN, "blocked")
    assert marked(mei) == {thirty: "verified", ten: "blocked"}
    kept = {row.mark: row.id for row in rows()}
    write(delete(RuleMark).where(RuleMark.id == kept["blocked"]))
    assert not marking.all_there(mei)
    marking.let_stand(mei, "Once more.")
    assert marking.all_there(mei)
    write(delete(RuleMark).where(RuleMark.id == kept["verified"]))
    assert not marking.all_there(mei)


def test_an_ally_signs_no_list(mei, luz):
    give(luz, THIRTY, "verified")
    write(delete(RuleMark))
    marking.let_stand(mei, "A disk failed.")
    (stand,) = rows()
    stand.user_id = luz.user_id
    stand.signature = to_desk.sign(luz.person, "rule mark", *marks_there.parts(stand))
    db.session.flush()
    assert not marking.all_there(mei)


def test_who_is_something_else_now_signed_what_they_signed(mei, bo, world):
    keeping.change_role(mei.desk, world.bo.id, "coordinator")
    bo = world.actor(world.bo)
    give(bo, TEN, "verified")
    keeping.change_role(world.actor(world.mei).desk, world.bo.id, "volunteer")
    mei = world.actor(world.mei)
    assert marking.all_there(mei)
    assert marked(mei) == {}
