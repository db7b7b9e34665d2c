"""Returns between installations. The other installation is another network here: no chain of one knows the other."""

import datetime as dt
import json
from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from casework import clock
from casework.access import desks, entrance
from casework.cases import consenting, erasing
from casework.db import db
from casework.errors import Denied, Invalid
from casework.people import consents
from casework.search import desk_lists
from casework.trends import bringing, elsewhere, files, releases, returns, stewards, windows
from casework.trends.files import ReturnFile
from casework.trends.models import TrendReturn, TrendWindow
from casework.trends.sheets import Sheet
from casework.vault import PersonKeys, Role, returning, spoken
from casework.vault.secret import Secret
from tests import factories
from tests.factories.worlds import code, join
from tests.trends.conftest import at_end, closed

VECTOR = Path(__file__).parent / "return_vector.json"


@pytest.fixture
def far(world):
    """Two coordinators of a network that this one knows nothing of, at that network."""
    lena, omar = factories.human("lena", "Lena"), factories.human("omar", "Omar")
    network = desks.found(lena.keys, "Far network", lena.name).desk_id
    join(lena, network, omar, Role.COORDINATOR)
    for one in (lena, omar):
        one.keep()
    return tuple(_at(one, network) for one in (lena, omar))


def _at(human, desk_id):
    return entrance.enter(human.keys, code(desk_id), network=True)


@pytest.fixture
def there(far):
    """A window of the far network that began yesterday."""
    lena, omar = far
    first_on = clock.today() - dt.timedelta(1)
    closes_on = windows.last_day(first_on, 3) + dt.timedelta(20)
    return windows.announce(lena, "large", first_on, closes_on, (lena.user_id, omar.user_id), uuid4())


def made(mei, far, window):
    """The file of Mei's desk, from the bytes of the announcement."""
    announced = files.read_announcement(bringing.announcement(far[0], window).to_bytes())
    return elsewhere.make(mei, announced, announced.code)


def bring(far, window, found):
    bringing.bring(far[0], window, files.read_return(found.to_bytes()), found.code)


def opened(far, window):
    lena, omar = far
    stewards.agree(omar, window)
    found = windows.get(lena.desk.state, window)
    giver, handed = stewards._handed(lena, found)
    return stewards._open(lena, found, giver, handed)


def test_a_return_goes_from_one_installation_to_the_other_as_a_file(count, mei, far, there):
    for kind in ("detention", "wage_theft"):
        count(kind)
    with at_end(far[0], there):
        found = made(mei, far, there)
        bring(far, there, found)
        assert bringing.brought(far[0], there) == 1
        (line,) = elsewhere.made(mei)
        assert (line.number, line.code, line.stale) == (1, found.code, False)
    with closed(far[0], there):
        came = opened(far, there)
        assert (len(came.sheets), came.refused) == (1, 0)
        assert len(came.sheets[0].opening) == 2
        stewards.run(far[0], there)
        stewards.release(far[1], there, releases.waiting(far[1], there).digest)
        assert len(releases.every(far[0])) == 1


def test_who_is_answerable_stays_here(count, mei, far, there):
    """An id of this register says nothing in another one, and could be told again by."""
    count("detention")
    with at_end(far[0], there):
        sheet = returns.facts_of(mei, windows.get(far[0].desk.state, there), [])
        sheet.opening.rows["respondent"][:] = b"r" * 16
        assert not any(
            bytes(row["respondent"]).strip(b"\0") for row in sheet.without_respondents().opening.rows
        )


def test_the_same_file_twice_an_older_one_and_a_newer_one(count, mei, far, there):
    count()
    with at_end(far[0], there):
        first = made(mei, far, there)
        bring(far, there, first)
        with pytest.raises(Invalid, match="brought already"):
            bring(far, there, first)
        second = made(mei, far, there)
        assert second.number == 2
        bring(far, there, second)
        with pytest.raises(Invalid, match="newer return"):
            bring(far, there, first)
    with closed(far[0], there):
        (row,) = db.session.scalars(select(TrendReturn))
        assert (row.number, row.body) == (2, second.body)
        assert [len(sheet.opening) for sheet in opened(far, there).sheets] == [1]


def test_a_file_for_another_window_or_too_early_or_too_late(count, mei, far, there):
    count()
    with at_end(far[0], there):
        found = made(mei, far, there)
    for when in (clock.at(clock.now()), closed(far[0], there)):
        with when, pytest.raises(Invalid, match="not taken today"):
            bring(far, there, found)
    with at_end(far[0], there):
        # At the right network: another window of it; at another network: not for it at all.
        moved = ReturnFile(
            returning.Place(far[0].desk.desk_id, uuid4(), mei.desk.desk_id), 1, found.boxes, found.body
        )
        with pytest.raises(Invalid, match="another window"):
            bringing.bring(far[0], there, moved, moved.code)
    # Whoever writes the right ids over it has a file that does not open.
    bent = ReturnFile(returning.Place(far[0].desk.desk_id, there, uuid4()), 1, found.boxes, found.body)
    with at_end(far[0], there):
        bring(far, there, bent)
    with closed(far[0], there):
        assert (len(opened(far, there).sheets), opened(far, there).refused) == (0, 1)


def test_a_wrong_code_takes_nothing_in_and_makes_nothing(count, mei, far, there):
    count()
    with at_end(far[0], there):
        announced = bringing.announcement(far[0], there)
        with pytest.raises(Invalid, match="not the code") as refused:
            elsewhere.make(mei, announced, "12345 " * 6)
        assert refused.value.field == "digits"
        found = made(mei, far, there)
        with pytest.raises(Invalid, match="not the code"):
            bringing.bring(far[0], there, found, announced.code)
    assert db.session.scalars(select(TrendReturn)).all() == []


def test_somebody_else_s_stewards_make_another_code(far, there):
    with at_end(far[0], there):
        announced = bringing.announcement(far[0], there)
    swapped = files.Announcement(
        announced.window, announced.layout, dict.fromkeys(announced.stewards, b"x" * 32)
    )
    assert files.read_announcement(swapped.to_bytes()).code != announced.code


def test_the_same_days_are_counted_in_one_network_only(count, mei, far, there, announce):
    """The same person in two windows of the same days: refused, whichever comes first."""
    count()
    mine = announce()
    with at_end(far[0], there), pytest.raises(Invalid, match="counted twice"):
        made(mei, far, there)
    db.session.delete(db.session.get_one(TrendWindow, mine))
    db.session.flush()
    with at_end(far[0], there):
        made(mei, far, there)
    again = announce()
    with at_end(mei, again), pytest.raises(Invalid, match="counted twice"):
        returns.send(mei, again)


def test_another_version_of_the_lists_or_of_the_plan_is_said(mei, far, there):
    with at_end(far[0], there):
        announced = bringing.announcement(far[0], there)
        other_lists = files.Announcement(announced.window, b"l" * 32, announced.stewards)
        other_plan = files.Announcement(
            replace(announced.window, digest="0" * 64), announced.layout, announced.stewards
        )
        for each in (other_lists, other_plan):
            with pytest.raises(Invalid, match="updated"):
                elsewhere.make(mei, each, each.code)


def test_a_window_of_another_length_than_its_plan_s_is_refused(mei, far, there):
    with at_end(far[0], there):
        announced = bringing.announcement(far[0], there)
        short = replace(announced.window, first_on=announced.window.last_on)
        bent = files.Announcement(short, announced.layout, announced.stewards)
        with pytest.raises(Invalid, match="changed or cut"):
            elsewhere.make(mei, bent, bent.code)


def test_a_withdrawal_makes_the_file_stale_and_the_next_one_replaces_it(count, asha, mei, far, there):
    left, erased = count(), count()
    count()
    with at_end(far[0], there):
        bring(far, there, made(mei, far, there))
        told = consents.listing(asha, factories.reload(asha, left.ref).keys).newest("trends")
        consenting.withdraw(asha, left.ref, told.id)
        assert elsewhere.made(mei)[0].stale
        made(mei, far, there)
        assert not elsewhere.made(mei)[0].stale
        db.session.flush()
        # By the job, which has no key.
        erasing.again([erased.id])
        assert elsewhere.made(mei)[0].stale
        assert desk_lists.mend(mei) == 0
        bring(far, there, made(mei, far, there))
    with closed(far[0], there):
        assert [len(sheet.opening) for sheet in opened(far, there).sheets] == [1]


def test_a_desk_of_this_network_sends_no_file(count, announce, mei, mei_there):
    count()
    window = announce()
    with at_end(mei, window):
        returns.send(mei, window)
        announced = bringing.announcement(mei_there, window)
        with pytest.raises(Invalid, match="your own network"):
            elsewhere.make(mei, announced, announced.code)
        forged = ReturnFile(returning.Place(mei_there.desk.desk_id, window, mei.desk.desk_id), 9, b"", b"")
        with pytest.raises(Invalid, match="inside this installation"):
            bringing.bring(mei_there, window, forged, forged.code)


def test_who_may_not_send_makes_no_file_and_who_is_no_steward_s_peer_brings_none(
    asha, mei, far, there, world
):
    with at_end(far[0], there):
        announced = bringing.announcement(far[0], there)
        with pytest.raises(Denied):
            elsewhere.make(asha, announced, announced.code)
        found = made(mei, far, there)
        with pytest.raises(Denied):
            bringing.bring(mei, there, found, found.code)


def vector():
    return json.loads(VECTOR.read_text("utf-8"))


def test_a_known_return_is_read_and_opened():
    """Made once by `make_vector.py`. Whoever reads such a file with other software has this to check it by."""
    known = vector()
    announced = files.read_announcement(b64decode(known["window"]))
    assert announced.code == known["window_code"]
    found = files.read_return(b64decode(known["return"]))
    assert (found.code, found.number) == (known["return_code"], 3)
    halves = []
    ids = [UUID(one) for one in sorted(known["stewards"])]
    for mine, other in (ids, ids[::-1]):
        keys = _person(mine, known["stewards"][str(mine)])
        assert keys.x_public == announced.stewards[mine]
        halves.append(returning.half(keys, found.place, found.boxes, other))
    raw = returning.open_return(*halves, found.place, found.body)
    assert raw.hex().startswith(known["sheet_begins"])
    sheet = Sheet.from_bytes(raw)
    assert (len(sheet.opening), len(sheet.closing)) == (2, 1)


def _person(who, seed):
    return PersonKeys(who, Secret(b"r" * 32), Secret(bytes.fromhex(seed)), Secret(b"e" * 32))


@given(st.data())
def test_a_file_that_was_changed_cut_or_added_to_is_refused_or_has_another_code(data):
    known = vector()
    which, read = data.draw(
        st.sampled_from([("window", files.read_announcement), ("return", files.read_return)])
    )
    raw = b64decode(known[which])
    at = data.draw(st.integers(0, len(raw) - 1))
    bent = data.draw(
        st.sampled_from(
            [raw[:at], raw + b"\0", raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :], raw[:at] + raw[at + 1 :]]
        )
    )
    try:
        found = read(bent)
    except Invalid:
        return
    assert found.code != known[f"{which}_code"]


def test_the_sentences_say_what_is_wrong():
    known = vector()
    window, back = b64decode(known["window"]), b64decode(known["return"])
    for read, raw, sentence in (
        (files.read_return, window, "no return"),
        (files.read_announcement, back, "announces no window"),
        (files.read_return, back[:-1], "changed or cut"),
        (files.read_return, back[:20], "changed or cut"),
        (files.read_return, b"", "no return"),
        (files.read_return, back.replace(b"return\n\x01", b"return\n\x02", 1), "version"),
    ):
        with pytest.raises(Invalid, match=sentence):
            read(raw)


def test_digits_of_any_script_are_heard():
    code = spoken.code(bytes(range(32)))
    assert spoken.heard(code, "".join(chr(ord("०") + int(d)) for d in code if d.isdigit()))
    assert not spoken.heard(code, code[:-1])
