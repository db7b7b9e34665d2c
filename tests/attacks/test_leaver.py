"""Somebody left with a copy of every key they ever held, and gets tomorrow's database."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from casework import clock
from casework.access import leaving, renewing
from casework.cases import assignment, entries, opening, sections
from casework.cases.models import Case, CaseSection
from casework.db import db
from casework.errors import Refused
from casework.vault import Section, blob
from casework.vault.blob import Fmt
from casework.vault.catalogue import field
from casework.vault.encoding import kdf
from casework.vault.models import CaseWrap, DeskBox, DeskLink
from tests import factories

_BODY = field("case_section.body")


@pytest.fixture
def left(app, database):
    """A world after Asha left, and what she took along: her keys, the desk's secret, the keys of every case."""
    world = factories.world()
    asha = world.actor(world.asha)
    rows = []
    for n in range(3):
        row = factories.case(asha, called=f"Before {n}")
        assignment.assign(asha, row.ref, world.asha.id, world.bo.id, (world.asha.id, None))
        entries.add(asha, row.ref, "handover", clock.now(), "All that matters.", uuid4())
        rows.append(row)
    factories.case(world.actor(world.bo), called="Bo's own")
    taken = {row.id: opening.load(asha, row.ref).keys for row in rows}
    leaving.remove(app.extensions["casework.doorway"], world.actor(world.mei), world.asha.id)
    return world, asha.desk, taken, rows


@pytest.fixture
def large(monkeypatch):
    """A desk of so many cases that one request renews none of these."""
    monkeypatch.setattr(renewing, "AT_ONCE", 0)


def untouched_before(world):
    """Bo's own case, which nobody has written to since."""
    mine = select(Case.id).where(
        Case.desk_id == world.host_id, Case.primary_id == world.bo.id, Case.backup_id.is_(None)
    )
    wrap = select(CaseWrap.case_id).where(CaseWrap.case_id.in_(mine), CaseWrap.epoch == 1)
    return db.session.scalars(wrap).one()


def opens(keys, row):
    """How many sections of a case open with a key that was taken along."""
    stored = db.session.scalars(select(CaseSection).where(CaseSection.case_id == row.id)).all()
    done = 0
    for one in stored:
        for section in Section:
            try:
                keys.open(_BODY, one.id, section, one.body)
                done += 1
            except Refused:
                continue
    return done


def test_what_is_written_afterwards_opens_with_nothing_they_have(left):
    world, _, taken, (changed, *_) = left
    assert opens(taken[changed.id], changed) == len(Section), (
        "she could read it before, and may have copied it"
    )
    bo = world.actor(world.bo)
    rev = sections.view(bo, changed.ref, Section.STORY).rev
    sections.save(bo, changed.ref, Section.STORY, {"what_happened": "Since she left."}, rev)
    assert opens(taken[changed.id], changed) == 0, "a save writes every section anew, under the new key"


def unwrapped(desk, case_id):
    """Whether the wrap of a case opens with the desk's secret that was taken along, whatever any rule says."""
    wrap = db.session.execute(
        select(CaseWrap.generation, CaseWrap.blob).where(CaseWrap.case_id == case_id)
    ).one()
    place = ("case wrap", desk.desk_id, case_id, wrap.generation)
    try:
        blob.open_sealed(kdf(desk.secret(1), "case wrap"), Fmt.CASE_WRAP, wrap.blob, *place)
    except Refused:
        return False
    return True


def test_nor_does_a_new_case_or_its_wrap(left):
    world, desk, _, rows = left
    assert not unwrapped(desk, factories.case(world.actor(world.bo), called="After").id)
    # Handing a case over writes to it, so that its key is a new one already.
    assert not any(unwrapped(desk, row.id) for row in rows)


def test_no_box_and_no_link_leads_from_the_old_secret_to_the_new(left):
    world, desk, _, _ = left
    assert db.session.get(DeskBox, (world.host_id, world.asha.id)) is None
    for link in db.session.scalars(select(DeskLink).where(DeskLink.desk_id == world.host_id)):
        with pytest.raises(Refused):
            type(desk)(
                desk.person, world.actor(world.mei).desk.state, desk.secret(1), {link.epoch: link.blob}
            )


def test_not_even_a_case_that_nobody_has_touched(left):
    _, desk, _, _ = left
    assert not any(unwrapped(desk, row.id) for row in db.session.scalars(select(Case)))


def test_of_a_very_large_desk_such_a_case_opens_until_the_renewal_and_not_after(large, left):
    world, desk, _, _ = left
    untouched = untouched_before(world)
    assert unwrapped(desk, untouched), "docs/what-is-protected.md says so"
    while not renewing.renew(world.actor(world.bo)).finished:
        pass
    assert not unwrapped(desk, untouched)
    rows = db.session.scalars(select(CaseWrap.case_id).where(CaseWrap.desk_id == world.host_id))
    assert not any(unwrapped(desk, case_id) for case_id in rows)
