"""A damaged case is let stand: what allies were given waits, and one press gives it again, as far as it may be."""

import pytest
from sqlalchemy import select, update

from casework.cases import mending, opening
from casework.cases.models import Case
from casework.db import db
from casework.errors import Denied, NotFound
from casework.sharing import conflicts, ending, grants, ruling
from casework.sharing.ruling import Again
from casework.vault import Section
from casework.vault.keeping import granting
from casework.vault.models import Grant
from tests.sharing.conftest import STORY, agree, save

WHY = "A disk failed."


def flipped(blob):
    return blob[:-5] + bytes([blob[-5] ^ 1]) + blob[-4:]


def damage(ref):
    db.session.flush()
    blob = db.session.scalar(select(Case.statement).where(Case.ref == ref))
    db.session.execute(update(Case).where(Case.ref == ref).values(statement=flipped(blob)))
    db.session.expire_all()


def stand(mei, ref):
    mending.accept(mei, ref, WHY, ref)


def closed(read, ref):
    with pytest.raises(NotFound):
        read(ref, Section.STORY)
    return True


def test_nothing_is_given_by_itself_and_one_press_gives_all_of_it(asha, mei, luz, case, give, read):
    ids = [give(case.ref, Section.STORY), give(case.ref, Section.HEALTH)]
    damage(case.ref)
    assert [one.opens for one in mending.look(mei, case.ref).parts if one.name == "grant"] == [1]
    stand(mei, case.ref)
    assert closed(read, case.ref)
    assert all(one.mended for one in grants.listing(mei, case.ref)[1])
    with pytest.raises(Denied):
        ruling.give_again(asha, case.ref)
    assert ruling.give_again(mei, case.ref) == Again(given=2, waiting=0)
    assert read(case.ref, Section.STORY)[1]["what_happened"] == STORY
    assert not any(one.mended for one in grants.listing(mei, case.ref)[1])
    assert ruling.give_again(mei, case.ref) == Again(given=0, waiting=0)
    save(asha, case.ref, Section.STORY, what_happened="More is known now.")
    assert read(case.ref, Section.STORY)[1]["what_happened"] == "More is known now."
    assert {db.session.get(Grant, one).state for one in ids} == {granting.LIVE}
    assert mending.look(mei, case.ref).whole


def test_what_had_ended_stays_ended_also_when_its_old_row_is_put_back(world, mei, luz, case, give, read):
    grant_id = give(case.ref, Section.STORY)
    row = db.session.get(Grant, grant_id)
    before = {name: getattr(row, name) for name in ("body", "box", "state", "generation", "tag", "boxed_at")}
    ending.revoke(mei, case.ref, grant_id)
    db.session.execute(update(Grant).where(Grant.id == grant_id).values(**before))
    damage(case.ref)
    stand(world.actor(world.mei), case.ref)
    assert ruling.give_again(world.actor(world.mei), case.ref) == Again(given=0, waiting=0)
    assert closed(read, case.ref)


def test_a_grant_that_does_not_open_is_over_and_named_as_lost(asha, mei, luz, case, give, read):
    grant_id = give(case.ref, Section.STORY)
    body = db.session.get(Grant, grant_id).body
    db.session.execute(update(Grant).where(Grant.id == grant_id).values(body=flipped(body)))
    db.session.expire_all()
    assert not mending.look(mei, case.ref).whole
    stand(mei, case.ref)
    save(asha, case.ref, Section.STORY, what_happened="More is known now.")
    assert closed(read, case.ref)
    assert db.session.get(Grant, grant_id, populate_existing=True).box is None
    opening.load(asha, case.ref)
    give(case.ref, Section.STORY)
    assert read(case.ref, Section.STORY)[1]["what_happened"] == "More is known now."


def test_a_new_name_on_the_list_and_a_lost_agreement_keep_waiting(mei, luz, case, give, read):
    give(case.ref, Section.STORY)
    damage(case.ref)
    stand(mei, case.ref)
    conflicts.save(luz, "Amina Qzx", conflicts.own(luz).rev)
    assert ruling.give_again(mei, case.ref) == Again(given=0, waiting=1)
    conflicts.save(luz, "", conflicts.own(luz).rev)
    agree(mei, case.ref, given=False)
    assert ruling.give_again(mei, case.ref).given == 0
    assert closed(read, case.ref)
