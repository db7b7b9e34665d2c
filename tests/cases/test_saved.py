"""The rooms above are told of every change exactly once, and of none that failed."""

from uuid import uuid4

import pytest

from casework import clock
from casework.cases import (
    assignment,
    cards,
    consenting,
    entries,
    exceptions,
    life,
    links,
    saved,
    sections,
)
from casework.errors import CaseworkError
from casework.respondents import register
from casework.vault import Section
from tests import factories


@pytest.fixture
def told(monkeypatch):
    """The references and names that were announced."""
    heard = []
    monkeypatch.setattr(saved, "_after_save", [])
    saved.after_save(
        lambda actor, case: heard.append((actor.user_id, case.row.ref, cards.summary(case).called))
    )
    return heard


def test_every_change_is_told_once(world, asha, told):
    ref = factories.case(asha, consent=None, take=False).ref
    employer = register.enter(asha, "employer", "Acme", "QA", uuid4()).id
    ending = factories.ending()
    pair = (world.asha.id, world.bo.id)
    assert told.pop() == (world.asha.id, ref, None)
    assert told == []
    for act in (
        lambda: exceptions.claim(asha, ref, "Held"),
        lambda: sections.save(asha, ref, Section.STORY, {"what_happened": "Taken."}, 1),
        lambda: entries.add(asha, ref, "note", clock.now(), "Called.", uuid4()),
        lambda: links.link(asha, ref, employer, "employed"),
        lambda: links.unlink(asha, ref, employer, "employed"),
        lambda: assignment.assign(asha, ref, *pair, (None, None)),
        lambda: life.move(asha, ref, "plan", "contact"),
        lambda: consenting.record(asha, ref, factories.answer(), uuid4()),
        lambda: consenting.withdraw(asha, ref, consenting.listing(asha, ref).told[0].id),
        lambda: consenting.record(asha, ref, factories.answer(given=False), uuid4()),
        lambda: life.close(asha, ref, ending, "plan"),
        lambda: life.reopen(asha, ref, "New facts", "plan"),
    ):
        act()
        assert told == [(world.asha.id, ref, None)]
        told.clear()


def test_what_is_told_is_what_was_saved(world, asha, told):
    ref = factories.case(asha, called="Amina Test").ref
    sections.save(
        asha,
        ref,
        Section.IDENTITY,
        {"called": "Ameena Test"},
        factories.reload(asha, ref).section(Section.IDENTITY).rev,
    )
    assert [name for _, _, name in told] == ["Amina Test", "Ameena Test"]


def test_what_failed_is_not_told(asha, ram, told):
    ref = factories.case(asha, consent=None).ref
    told.clear()
    for act in (
        lambda: sections.save(asha, ref, Section.IDENTITY, {"called": "Amina Test"}, 1),
        lambda: sections.save(asha, ref, Section.STORY, {"what_happened": "x"}, 7),
        lambda: life.move(asha, ref, "plan", "contact"),
        lambda: entries.add(ram, ref, "note", clock.now(), "x", uuid4()),
    ):
        with pytest.raises(CaseworkError):
            act()
    assert told == []


def test_a_function_is_handed_in_once(monkeypatch, asha):
    heard = []
    monkeypatch.setattr(saved, "_after_save", [])
    monkeypatch.setattr(saved, "_on_erase", [])

    def tell(_actor, case):
        heard.append(case.id)

    def forget(case_id, _actor):
        heard.append(case_id)

    for _ in range(2):
        saved.after_save(tell)
        saved.on_erase(forget)
    row = factories.case(asha)
    saved.announce_erased(row.id)
    assert len(heard) == 2
