import datetime as dt
import json

import pytest
from sqlalchemy import delete, insert, select

from casework import clock
from casework.cases import consenting
from casework.db import db
from casework.errors import Conflict, Denied, Invalid, NotFound
from casework.people import consents
from casework.trends import ledger, releases, returns, stewards, windows
from casework.trends.models import TrendHalf, TrendLedger, TrendRelease, TrendReturn
from casework.vault import returning
from tests import factories
from tests.trends.conftest import at_end, closed


@pytest.fixture
def sent(count, announce, mei, world):
    """A window with the returns of both desks: one with people, one without anybody."""
    for kind in ("detention", "detention", "wage_theft"):
        count(kind)
    window = announce()
    with at_end(mei, window):
        returns.send(mei, window)
        returns.send(world.actor(world.nina), window)
    return window


def run(window, one, two):
    stewards.agree(one, window)
    return stewards.run(two, window)


def test_two_stewards_release_and_both_have_signed(sent, mei, mei_there, nina_there, world):
    with closed(mei, sent):
        run(sent, nina_there, mei_there)
        (row,) = db.session.scalars(select(TrendRelease))
        assert releases.every(mei_there) == []
        seen = releases.waiting(nina_there, sent)
        stewards.release(nina_there, sent, seen.digest)
        (one,) = releases.every(world.actor(world.cara, world.network_id))
    assert one.stewards == (world.mei.id, world.nina.id)
    assert set(one.parts) == {"opening", "closing"}
    assert [line.part for line in one.cost] == ["opening", "closing"]
    assert one.cost[0].epsilon == pytest.approx(0.6)
    assert one.cost[0].output == row.digest
    assert one.cost[0].bound == 1
    assert one.cost[0].opendp.startswith("0.")
    assert db.session.scalars(select(TrendReturn)).all() == []
    assert db.session.scalars(select(TrendHalf)).all() == []


def test_the_numbers_are_those_of_the_returns(sent, mei, mei_there, nina_there, monkeypatch):
    with closed(mei, sent):
        stewards.agree(nina_there, sent)
        window = windows.get(mei_there.desk.state, sent)
        giver, handed = stewards._handed(mei_there, window)
        came = stewards._open(mei_there, window, giver, handed)
    assert came.refused == 0
    assert sorted(len(sheet.opening) for sheet in came.sheets) == [0, 3]


def test_one_steward_alone_opens_nothing(sent, mei, mei_there):
    with closed(mei, sent):
        with pytest.raises(Invalid, match="Another steward"):
            stewards.run(mei_there, sent)
        stewards.agree(mei_there, sent)
        with pytest.raises(Invalid, match="Another steward"):
            stewards.run(mei_there, sent)


def test_one_steward_alone_holds_no_key(sent, mei_there):
    """Not by the rules: their half says nothing without the other one."""
    window = windows.get(mei_there.desk.state, sent)
    (other,) = set(window.stewards) - {mei_there.user_id}
    row = db.session.scalars(select(TrendReturn)).first()
    place = stewards._place(row)
    mine = returning.half(mei_there.person, place, row.boxes, other)
    for guess in (mine, type(mine)(bytes(32))):
        with pytest.raises(Exception, match=r"^$|Refused"):
            returning.open_return(mine, guess, place, row.body)


def test_who_ran_it_does_not_release_it(sent, mei, mei_there, nina_there):
    with closed(mei, sent):
        run(sent, nina_there, mei_there)
        digest = releases.waiting(mei_there, sent).digest
        with pytest.raises(Denied):
            stewards.release(mei_there, sent, digest)
        with pytest.raises(Invalid):
            stewards.release(nina_there, sent, "0" * 64)


def test_a_release_is_never_made_twice(sent, mei, mei_there, nina_there):
    with closed(mei, sent):
        run(sent, nina_there, mei_there)
        before = db.session.scalars(select(TrendRelease)).one().numbers
        for step, who in (
            (stewards.agree, nina_there),
            (stewards.run, mei_there),
            (stewards.run, nina_there),
        ):
            with pytest.raises(Invalid, match="never made twice"):
                step(who, sent)
        digest = releases.waiting(nina_there, sent).digest
        stewards.release(nina_there, sent, digest)
        with pytest.raises(Invalid):
            stewards.release(nina_there, sent, digest)
        assert db.session.scalars(select(TrendRelease)).one().numbers == before


def test_a_ledger_that_has_the_window_refuses_it(sent, mei, mei_there, nina_there):
    """Also where somebody takes the release out of the database to have it made again."""
    with closed(mei, sent):
        run(sent, nina_there, mei_there)
        db.session.delete(db.session.scalars(select(TrendRelease)).one())
        db.session.flush()
        stewards.agree(nina_there, sent)
        with pytest.raises(Conflict):
            stewards.run(mei_there, sent)


def test_the_record_refuses_it_too_where_the_ledger_is_gone(sent, mei, mei_there, nina_there):
    """Whoever writes to the database takes out everything that says it was paid for; the record still does."""
    with closed(mei, sent):
        run(sent, nina_there, mei_there)
        for table in (TrendRelease, TrendLedger):
            db.session.execute(delete(table))
        stewards.agree(nina_there, sent)
        with pytest.raises(Conflict):
            stewards.run(mei_there, sent)


def test_an_older_return_that_somebody_puts_back_is_not_counted(
    count, announce, mei, mei_there, nina_there, asha
):
    """A copy of the row from before a withdrawal is genuine in all but that it is not the newest."""
    left = count()
    count()
    window = announce()
    with at_end(mei, window):
        returns.send(mei, window)
        old = copied(db.session.scalars(select(TrendReturn)).one())
        told = consents.listing(asha, factories.reload(asha, left.ref).keys).newest("trends")
        consenting.withdraw(asha, left.ref, told.id)
        put_back(old)
    with closed(mei, window):
        assert shares(nina_there, mei_there, window) == ([], 1)
    with at_end(mei, window):
        returns.send(mei, window)
    with closed(mei, window):
        assert shares(nina_there, mei_there, window) == ([1], 0)
        put_back(old)
        assert shares(nina_there, mei_there, window) == ([], 1)


def copied(row):
    return {column.key: getattr(row, column.key) for column in TrendReturn.__table__.columns}


def put_back(values):
    db.session.execute(delete(TrendReturn))
    db.session.execute(insert(TrendReturn).values(**values))
    db.session.expire_all()


def shares(giver, runner, window):
    """How many people each return that is counted holds, and how many returns are refused."""
    stewards.agree(giver, window)
    found = windows.get(runner.desk.state, window)
    came = stewards._open(runner, found, *stewards._handed(runner, found))
    return [len(sheet.opening) for sheet in came.sheets], came.refused


def test_a_desk_with_one_person_is_counted_like_any_other_and_its_return_looks_like_any_other(
    count, announce, mei, mei_there, nina_there, world
):
    count()
    window = announce()
    with at_end(mei, window):
        returns.send(mei, window)
        returns.send(world.actor(world.nina), window)
        one, nobody = db.session.scalars(select(TrendReturn))
        assert len(one.body) == len(nobody.body)
    with closed(mei, window):
        run(window, nina_there, mei_there)
        waiting = releases.waiting(nina_there, window)
    # One person is below every threshold by far more than noise makes up in a billion releases.
    assert all(table.threshold >= 11 for part in waiting.parts.values() for table in part.tables)
    assert sum(len(table.cells) for table in waiting.parts["opening"].tables) < 6


def test_nothing_is_opened_before_the_close(sent, mei, mei_there, nina_there):
    with at_end(mei, sent), pytest.raises(Invalid, match="withdrawals"):
        stewards.agree(nina_there, sent)


def test_an_agreement_holds_for_a_day(sent, mei, mei_there, nina_there):
    with closed(mei, sent):
        stewards.agree(nina_there, sent)
        assert stewards.agreed(sent) == {nina_there.user_id}
        with clock.at(clock.now() + dt.timedelta(days=1, minutes=1)), pytest.raises(Invalid):
            stewards.run(mei_there, sent)


def test_who_is_no_steward_of_it_does_nothing(sent, mei, world):
    for who, place in (
        (world.cara, world.network_id),
        (world.asha, world.host_id),
        (world.mei, world.host_id),
    ):
        with closed(mei, sent), pytest.raises((Denied, NotFound)):
            stewards.agree(world.actor(who, place), sent)


def test_a_return_that_was_tampered_with_is_left_out_and_recorded(sent, mei, mei_there, nina_there):
    row = db.session.scalars(select(TrendReturn).where(TrendReturn.from_id == mei.desk.desk_id)).one()
    row.body = row.body[:-1] + bytes([row.body[-1] ^ 1])
    with closed(mei, sent):
        stewards.agree(nina_there, sent)
        window = windows.get(mei_there.desk.state, sent)
        giver, handed = stewards._handed(mei_there, window)
        came = stewards._open(mei_there, window, giver, handed)
    assert (len(came.sheets), came.refused) == (1, 1)


def test_an_empty_window_is_released_like_any_other(announce, mei, mei_there, nina_there):
    window = announce("small")
    with closed(mei, window):
        run(window, nina_there, mei_there)
        waiting = releases.waiting(nina_there, window)
    assert list(waiting.parts) == ["opening"]
    assert len(ledger.of_window(window)) == 1


def test_numbers_that_somebody_changed_are_not_shown(sent, mei, mei_there, nina_there):
    with closed(mei, sent):
        run(sent, nina_there, mei_there)
        stewards.release(nina_there, sent, releases.waiting(nina_there, sent).digest)
        row = db.session.scalars(select(TrendRelease)).one()
        told = json.loads(row.numbers)
        told["opening"]["tables"][0]["cells"].append(
            {"codes": ["detention"], "count": 900, "low": 860, "high": 940}
        )
        row.numbers = json.dumps(told)
        db.session.flush()
        assert releases.every(mei_there) == []


def test_the_ledger_says_what_was_paid(sent, mei, mei_there, nina_there):
    with closed(mei, sent):
        run(sent, nina_there, mei_there)
    rows = db.session.scalars(select(TrendLedger).order_by(TrendLedger.part)).all()
    assert [row.part for row in rows] == ["closing", "opening"]
    assert sum(row.epsilon for row in rows) <= 1 + 1e-9
    assert json.loads(rows[1].scales)["kind"] == pytest.approx(1 / (0.6 * 0.105))
