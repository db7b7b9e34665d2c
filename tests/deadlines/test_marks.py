"""Marks on rules: who may give them, what they are bound to, and counting anew after them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from casework.cases import readers
from casework.db import db
from casework.deadlines import marking, rules, service, sweeping, today
from casework.deadlines.leading import Mark
from casework.deadlines.models import RuleMark
from casework.errors import Denied, Invalid, NotFound
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
