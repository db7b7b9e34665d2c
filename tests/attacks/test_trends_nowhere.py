"""No fact stays in the clear anywhere, before, during or after a release, as four people press the buttons of its pages.

`test_trends_at_rest` looks at rows; here at every byte that stays: database, its logs, memory store, our logs, folders.
"""

import datetime as dt
from base64 import b64encode
from uuid import uuid4

from casework import clock
from casework.cases import consenting
from casework.db import db
from casework.trends import windows
from casework.trends.domains import COLUMNS
from tests import factories
from tests.attacks.traces import places
from tests.trends.conftest import made

#: A row of facts without who is answerable.
_CODES = 2 * len(COLUMNS)


def forms_of(row):
    """A row of facts as it may lie somewhere: as it is, in hexadecimal digits, in base64 wherever it begins."""
    codes = row[:_CODES]
    # The letters at both ends hang together with what is around, so they are left out.
    yield from (b64encode(bytes(shift) + codes)[4:-4] for shift in range(3))
    yield from (codes, codes.hex().encode(), codes.hex().upper().encode())


def where(rows, settings, capfd):
    """Every place that stays, database, its logs, memory store, our logs, folders, in which a row of facts can be read."""
    out, err = capfd.readouterr()
    wanted = {form for row in rows for form in forms_of(row)}
    everything = list(places(settings, (out + err).encode()))
    assert {"logs", "valkey value"} <= {name for name, _ in everything}
    return sorted({name for name, raw in everything if any(form in raw for form in wanted)})


def test_as_four_people_press_the_buttons_no_fact_stays_anywhere(app, visit, world, settings, capfd):
    days = [dt.datetime(*day, 12, tzinfo=dt.UTC) for day in ((2026, 3, 1), (2027, 1, 5), (2027, 2, 5))]
    with app.app_context(), clock.at(days[0]):
        asha, there = world.actor(world.asha), world.actor(world.mei, world.network_id)
        for _ in range(3):
            case = factories.case(asha, kind="trafficking", home="ET", host="SA", sector="T")
            consenting.record(asha, case.ref, factories.answer("trends"), uuid4())
        stewards_of = (world.mei.id, world.nina.id)
        window = windows.announce(
            there, "small", dt.date(2026, 1, 1), dt.date(2027, 1, 31), stewards_of, uuid4()
        )
        db.session.commit()
    with clock.at(days[1]):
        with app.app_context():
            rows = {row.tobytes() for row in made(world.actor(world.mei), window).opening.rows}
        mei = visit(world.mei)
        mei.get(mei.at("returns/"))
        assert mei.post(mei.at(f"returns/{window}")).status_code == 302
    with app.app_context():
        assert len(rows) == 1
        assert where(rows, settings, capfd) == []
    with clock.at(days[2]):
        mei, nina = visit(world.mei, world.network_id), visit(world.nina, world.network_id)
        for who, step in ((nina, "agree"), (mei, "run"), (nina, "release")):
            who.get(who.at(f"windows/{window}"))
            assert who.post(who.at(f"windows/{window}/{step}")).status_code == 302
            with app.app_context():
                assert where(rows, settings, capfd) == [], step
    with app.app_context():
        # Whoever keeps one anywhere would be found.
        (settings.instance / "kept").write_bytes(b"x" + b64encode(b"ab" + b"".join(rows)))
        assert where(rows, settings, capfd) == ["instance: kept"]
        (settings.instance / "kept").unlink()
