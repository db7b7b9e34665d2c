"""No fact lies in the clear, before, during or after a release; and nothing on the pages of figures leads to a case."""

from sqlalchemy import select

from casework.db import db
from casework.trends import releases, returns, stewards
from casework.trends.domains import COLUMNS
from casework.trends.models import TrendHalf, TrendLedger, TrendRelease, TrendReturn, TrendWindow
from tests.cast import asha, mei, world
from tests.trends.conftest import announce, at_end, closed, count, made, mei_there, nina_there

__all__ = ["announce", "asha", "count", "mei", "mei_there", "nina_there", "world"]

#: A row of facts without who is answerable.
_CODES = 2 * len(COLUMNS)


def at_rest():
    """Every byte of every table of published figures, with whatever text is in it."""
    rows = [
        row
        for table in (TrendWindow, TrendReturn, TrendHalf, TrendRelease, TrendLedger)
        for row in db.session.scalars(select(table))
    ]
    values = [getattr(row, column.key) for row in rows for column in row.__table__.columns]
    return b"\0".join(one if isinstance(one, bytes) else str(one).encode() for one in values)


def test_no_row_of_facts_is_at_rest(count, announce, mei, mei_there, nina_there):
    cases = [count("trafficking", home="ET", host="SA", sector="T") for _ in range(3)]
    window = announce()
    with at_end(mei, window):
        rows = made(mei, window).opening.rows
        returns.send(mei, window)
        before = at_rest()
    with closed(mei, window):
        stewards.agree(nina_there, window)
        during = at_rest()
        stewards.run(mei_there, window)
        stewards.release(nina_there, window, releases.waiting(nina_there, window).digest)
        after = at_rest()
    assert len(rows) == 3
    for seen in (before, during, after):
        assert all(row.tobytes()[:_CODES] not in seen for row in rows)
        assert all(case.ref.encode() not in seen and case.id.bytes not in seen for case in cases)
        assert str(cases[0].id).encode() not in seen
    # Three of a kind are no figure.
    assert b"trafficking" not in after


def test_a_planted_row_would_be_found(count, announce, mei):
    count("trafficking")
    window = announce()
    with at_end(mei, window):
        row = made(mei, window).opening.rows[0].tobytes()
        returns.send(mei, window)
    stored = db.session.scalars(select(TrendReturn)).one()
    stored.body += row
    db.session.flush()
    assert row[:_CODES] in at_rest()
