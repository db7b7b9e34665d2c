"""Long work is announced once a case, at its end, and not when it goes wrong."""

import pytest

from casework.cases import saved, sections
from casework.vault import Section
from tests import factories


@pytest.fixture
def heard(monkeypatch):
    told = []
    monkeypatch.setattr(saved, "_after_save", [lambda _actor, case: told.append(case.row.ref)])
    return told


@pytest.fixture
def asha(database):
    world = factories.world()
    return world.actor(world.asha)


def change(actor, ref, text):
    rev = factories.reload(actor, ref).section(Section.STORY).rev
    sections.save(actor, ref, Section.STORY, {"what_happened": text}, rev)


def test_once_at_the_end(asha, heard):
    with saved.told_once():
        one, two = factories.case(asha).ref, factories.case(asha).ref
        for text in ("first", "second"):
            change(asha, one, text)
        assert heard == []
    assert sorted(heard) == sorted([one, two])
    change(asha, two, "third")
    assert heard[2:] == [two]


def go_wrong(actor):
    with saved.told_once():
        factories.case(actor)
        raise ZeroDivisionError


def test_not_at_all_when_it_goes_wrong(asha, heard):
    with pytest.raises(ZeroDivisionError):
        go_wrong(asha)
    assert heard == []
    assert factories.case(asha).ref == heard[0]
