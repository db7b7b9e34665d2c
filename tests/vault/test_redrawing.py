"""Many keys drawn at once are what one by one gives, and nothing that one by one refuses is drawn."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from casework.db import db
from casework.errors import Refused
from casework.vault import keeping
from casework.vault.keeping import wraps
from casework.vault.keeping.bumping import redrawn
from casework.vault.keeping.redrawing import Redrawing
from casework.vault.models import CaseWrap


def wraps_of(world):
    columns = sa.select(CaseWrap.case_id, CaseWrap.epoch, CaseWrap.generation, CaseWrap.blob)
    return db.session.execute(columns.where(CaseWrap.desk_id == world.desk_id)).all()


@pytest.fixture
def before(world):
    """What a desk looked like until somebody left: its keys of each case, and the wraps."""
    old = world.open("first")
    rows = wraps_of(world)
    keys = keeping.open_cases(old, [row[0] for row in rows])
    return keeping.new_epoch(old, world.people["leaver"].user_id), rows, keys


def test_a_drawn_key_opens_as_any_other_and_leads_back_to_the_old_one(before):
    desk, rows, keys = before
    drawn = redrawn(desk, rows)
    assert {new.case_id for new in drawn} == set(keys)
    for new in drawn:
        old = keys[new.case_id]
        key, tags = wraps.unwrap(desk, new.case_id, new.generation, new.wrap)
        assert (new.generation, tags == old.tags, key == old.key(1)) == (2, True, False)
        stored = type(old)(
            desk.state,
            new.case_id,
            generation=new.generation,
            born=desk.epoch,
            key=key,
            tags=tags,
            links={new.generation: new.link},
        )
        assert stored.key(1) == old.key(1)


def test_no_two_cases_get_one_key(before):
    desk, rows, _ = before
    keys = [
        wraps.unwrap(desk, new.case_id, new.generation, new.wrap)[0].expose() for new in redrawn(desk, rows)
    ]
    assert len(set(keys)) == len(rows) > 1


@pytest.mark.parametrize("changed", ["case", "epoch", "generation", "byte", "cut", "longer", "format"])
def test_a_wrap_that_is_not_what_its_row_says_is_not_drawn(before, changed):
    desk, rows, _ = before
    case_id, epoch, generation, sealed = rows[0]
    wrong = {
        "case": (uuid4(), epoch, generation, sealed),
        "epoch": (case_id, epoch + 1, generation, sealed),
        "generation": (case_id, epoch, generation + 1, sealed),
        "byte": (case_id, epoch, generation, sealed[:-1] + bytes([sealed[-1] ^ 1])),
        "cut": (case_id, epoch, generation, sealed[:40]),
        "longer": (case_id, epoch, generation, sealed + b"x"),
        "format": (case_id, epoch, generation, b"\x04" + sealed[1:]),
    }[changed]
    assert redrawn(desk, [wrong]) == []
    with pytest.raises(Refused):
        Redrawing(desk).draw(*wrong)


def test_a_wrap_older_than_the_chain_says_is_not_drawn(before):
    desk, rows, _ = before
    state = keeping.append(desk.person, desk.state, "bump", rows[0][0], 2)
    assert {new.case_id for new in redrawn(desk.at(state), rows)} == {row[0] for row in rows[1:]}
