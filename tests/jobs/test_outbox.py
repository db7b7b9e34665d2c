import uuid

import sqlalchemy as sa

from casework import queue
from casework.queue import Outbox


def test_row(database):
    queue.enqueue("x", uuid.uuid4())
    database.session.commit()
    assert database.session.scalar(sa.select(sa.func.count()).select_from(Outbox)) == 1


def test_row_again(database):
    assert database.session.scalar(sa.select(sa.func.count()).select_from(Outbox)) == 0
    queue.enqueue("x", uuid.uuid4())
    database.session.commit()
