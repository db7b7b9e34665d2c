"""A coordinator of another desk of the same network, with the whole database in hand and allowed to write to it."""

import pytest
from sqlalchemy import select, update

from casework.cases import opening
from casework.db import db
from casework.errors import NotFound, Refused
from casework.vault import keeping
from casework.vault.blob import Fmt
from casework.vault.catalogue import FIELDS
from casework.vault.keeping import wraps
from casework.vault.models import CaseWrap, DeskBox
from tests import factories


@pytest.fixture
def world(database):
    made = factories.world()
    factories.case(made.actor(made.asha), called="Amina Qzx", kind="detention")
    factories.case(made.actor(made.nina), called="Somebody of hers")
    return made


def of_desks():
    """Each sealed field of a desk, with its row and the desk that the row is of."""
    for one in FIELDS:
        table = db.metadata.tables[one.table]
        if one.scope != "desk" or one.fmt is not Fmt.FIELD:
            continue
        row_id = table.c.get("id", next(iter(table.c)))
        desk_id = table.c.get("desk_id", row_id)
        for row in db.session.execute(select(row_id, desk_id, table.c[one.column])):
            if row[2] is not None:
                yield one, *row


def opened_by(keys):
    """The desks of whose own fields these keys open any."""
    found = set()
    for one, row_id, desk_id, sealed in of_desks():
        try:
            keys.open(one, row_id, sealed)
            found.add(desk_id)
        except Refused:
            continue
    return found


def wraps_of(desk_id):
    columns = select(CaseWrap.case_id, CaseWrap.generation, CaseWrap.blob)
    return db.session.execute(columns.where(CaseWrap.desk_id == desk_id)).all()


def test_the_fields_of_each_desk_open_with_its_own_keys_alone(world):
    mei, nina = world.actor(world.mei), world.actor(world.nina)
    assert opened_by(mei.desk) == {world.host_id}
    assert opened_by(nina.desk) == {world.home_id}
    assert world.host_id not in opened_by(nina.network_keys)


def test_no_wrap_of_a_case_opens_with_her_desks_secret_or_the_networks(world):
    nina, theirs = world.actor(world.nina), wraps_of(world.host_id)
    assert theirs
    for keys in (nina.desk, nina.network_keys):
        for case_id, generation, sealed in theirs:
            with pytest.raises(Refused):
                wraps.unwrap(keys, case_id, generation, sealed)
    for case_id, generation, sealed in theirs:
        wraps.unwrap(world.actor(world.mei).desk, case_id, generation, sealed)


def test_a_case_led_to_her_desk_opens_there_for_nobody(world):
    [(case_id, *_)] = wraps_of(world.host_id)
    db.session.execute(update(CaseWrap).where(CaseWrap.case_id == case_id).values(desk_id=world.home_id))
    with pytest.raises(Refused):
        keeping.open_case(world.actor(world.nina).desk, case_id)


def test_a_box_of_theirs_in_her_name_opens_no_desk(world):
    row = db.session.get(DeskBox, (world.host_id, world.mei.id))
    db.session.add(DeskBox(desk_id=world.host_id, member_id=world.nina.id, epoch=row.epoch, blob=row.blob))
    db.session.flush()
    with pytest.raises(Refused):
        keeping.open_desk(world.nina.keys, world.host_id)


def test_a_key_of_hers_in_the_place_of_theirs_is_refused(world):
    """She knows what her wrap opens: so nobody may write under it."""
    [(case_id, *_)], [(_, generation, hers)] = wraps_of(world.host_id), wraps_of(world.home_id)
    change = update(CaseWrap).where(CaseWrap.case_id == case_id)
    db.session.execute(change.values(generation=generation, blob=hers))
    with pytest.raises(Refused):
        keeping.open_case(world.actor(world.mei).desk, case_id)


def test_the_address_of_a_case_is_not_there_for_her(world):
    [ref] = {
        one.ref
        for one in db.session.execute(select(db.metadata.tables["case"])).all()
        if one.desk_id == world.host_id
    }
    with pytest.raises(NotFound):
        opening.load(world.actor(world.nina), ref)
