"""What somebody can do who writes to the database, and what a process that has just started knows."""

import sqlalchemy as sa

from casework.db import db
from casework.vault.keeping import ledger
from casework.vault.models import ChainEntry, DeskBox


def change(statement):
    """What somebody does who can write to the database."""
    assert db.session.execute(statement).rowcount


def entry_at(world, seq):
    return sa.and_(ChainEntry.desk_id == world.desk_id, ChainEntry.seq == seq)


def box_of(world, name):
    return sa.and_(DeskBox.desk_id == world.desk_id, DeskBox.member_id == world.people[name].user_id)


def forget_what_was_verified():
    """As in a process that has just started."""
    ledger._verified.clear()
