"""New keys for 20,000 cases after somebody left, beside sealing all that the cases hold anew.

Ours draws a new key for each case, links the old one under it and wraps it: the rows of the case stay as they are. Theirs
opens and seals every row of a small case with the bare cipher and writes it back, which is what a change of keys
costs where each case has one key and no generations.
"""

import os
import time
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import (
    Column,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from bench._rows import Row, row
from casework import clock
from casework.access import renewing
from casework.cases.models import Case
from casework.db import db
from casework.vault import keeping
from casework.vault.keeping import cases
from casework.vault.keeping.bumping import redrawn
from casework.vault.models import CaseWrap
from tests import factories

CASES = 20_000
#: What a small case holds: eight sections, its name and statement, and ten notes.
_ROWS, _BYTES = 20, 512
_AT_ONCE = 500
_BARE = Table("bare", MetaData(), Column("id", Integer, primary_key=True), Column("body", LargeBinary))


def run(_app: Any) -> list[Row]:
    """Measure, in seconds of the processor; keeping each slice is another figure, because a disk decides it."""
    world = factories.world()
    _fill(world)
    desk = keeping.new_epoch(world.actor(world.mei).desk)
    db.session.commit()
    alone = _drawn_alone(desk)
    work, commits = _slices(desk)
    bare, kept = _everything_anew()
    return [
        row("new keys for 20,000 cases, drawn and sealed", alone, bare, "s", CASES),
        row("the same, read and written too", work, kept, "s", CASES),
        row("their commits, in slices", commits, None, "s", CASES // renewing.SLICE),
    ]


def _fill(world: factories.World) -> None:
    desk = world.actor(world.mei).desk
    for at in range(0, CASES, _AT_ONCE):
        made = {uuid4(): f"{number:09}" for number in range(at, at + _AT_ONCE)}
        common = {"desk_id": desk.desk_id, "status": "contact"}
        blank = {"opened_on": clock.today(), "changed_on": clock.today(), "rev": 1}
        rows = [common | blank | {"id": one, "ref": ref, "form_token": uuid4()} for one, ref in made.items()]
        db.session.execute(insert(Case), rows)
        for one in made:
            cases.new_case(desk, one)
        db.session.commit()


def _drawn_alone(desk: Any) -> float:
    """Without a database: wraps as they were read, opened, and sealed anew."""
    columns = select(CaseWrap.case_id, CaseWrap.epoch, CaseWrap.generation, CaseWrap.blob)
    wraps = db.session.execute(columns.where(CaseWrap.desk_id == desk.desk_id)).all()
    db.session.rollback()
    begin = time.process_time()
    drawn = redrawn(desk, wraps)
    took = time.process_time() - begin
    assert len(drawn) == CASES
    return took


def _slices(desk: Any) -> tuple[float, float]:
    """Seconds of work, and seconds until it is kept."""
    work = commits = 0.0
    done = False
    while not done:
        begin = time.process_time()
        done = keeping.finish_epoch(desk, renewing.SLICE).done
        work += time.process_time() - begin
        worked = time.perf_counter()
        db.session.commit()
        commits += time.perf_counter() - worked
    return work, commits


def _everything_anew() -> tuple[float, float]:
    """Seconds of the cipher alone, and with reading and writing."""
    connection = db.session.connection()
    _BARE.create(connection)
    older, newer = AESGCM(os.urandom(32)), AESGCM(os.urandom(32))
    for at in range(0, CASES * _ROWS, _AT_ONCE * _ROWS):
        rows = [
            {"id": number, "body": _sealed(older, bytes(_BYTES))}
            for number in range(at, at + _AT_ONCE * _ROWS)
        ]
        connection.execute(insert(_BARE), rows)
    begin, alone = time.process_time(), 0.0
    change = update(_BARE).where(_BARE.c.id == bindparam("of")).values(body=bindparam("sealed"))
    for at in range(0, CASES * _ROWS, _AT_ONCE * _ROWS):
        some = select(_BARE).where(_BARE.c.id >= at, _BARE.c.id < at + _AT_ONCE * _ROWS)
        found = connection.execute(some).all()
        read = time.process_time()
        anew = [{"of": one.id, "sealed": _sealed(newer, _opened(older, one.body))} for one in found]
        alone += time.process_time() - read
        connection.execute(change, anew)
    took = time.process_time() - begin
    connection.execute(delete(_BARE))
    db.session.rollback()
    return alone, took


def _sealed(cipher: AESGCM, data: bytes) -> bytes:
    nonce = os.urandom(12)
    return nonce + cipher.encrypt(nonce, data, None)


def _opened(cipher: AESGCM, sealed: bytes) -> bytes:
    return cipher.decrypt(sealed[:12], sealed[12:], None)
