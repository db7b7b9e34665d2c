from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from casework import clock, queue
from casework.cases import exceptions, life, opening, readers
from casework.cases.changing import Differing
from casework.errors import Conflict, Denied, Invalid, NotFound, Refused
from casework.evidence import bodies, examining, service, sweeping
from casework.evidence.bodies import Description
from casework.evidence.models import Attachment, StoredFile
from tests import factories
from tests.evidence import made

SAID = Description(what="payslips", called="March to May", grade="photo", holder="employer", place="at Bo's")


@pytest.fixture
def ref(asha):
    return factories.case(asha).ref


@pytest.fixture
def hand_in(store, asha):
    def _hand_in(ref, data=None, said=SAID, token=None, actor=asha):
        examined = None
        if data is not None:
            examined = examining.examine(made.coming(data), 10**8)
            examining.keep(store, examined)
        return service.add(actor, ref, examined, said, token or uuid4())

    return _hand_in


def pieces(actor, ref):
    return service.listing(opening.load(actor, ref))


def read(actor, store, ref, piece_id, *, original):
    return b"".join(service.open_file(actor, store, ref, piece_id, original=original).parts)


def test_it_comes_back_as_it_was_and_as_a_copy(asha, bo, store, ref, hand_in):
    data = made.picture()
    piece_id = hand_in(ref, data)
    (piece,) = pieces(bo, ref).pieces
    assert (piece.id, piece.said, piece.by) == (piece_id, SAID, asha.user_id)
    assert piece.digest == examining.examine(made.coming(data), 10**8).original.digest
    assert read(bo, store, ref, piece_id, original=True) == data
    copy = read(bo, store, ref, piece_id, original=False)
    assert copy.startswith(b"\xff\xd8")
    assert made.PLACE not in copy


def test_a_paper_that_somebody_else_holds_is_written_down_without_a_file(asha, store, ref, hand_in):
    piece_id = hand_in(ref, said=replace(SAID, grade="none"))
    for original in (True, False):
        with pytest.raises(NotFound):
            service.open_file(asha, store, ref, piece_id, original=original)


def test_the_rows_show_neither_what_it_is_nor_whether_there_is_a_file(database, ref, hand_in):
    hand_in(ref, made.picture())
    hand_in(ref, b"only a text", Description(what="messages", grade="copy"))
    hand_in(ref, said=replace(SAID, grade="none", note="x" * 400, place="ж" * 200))
    rows = database.session.scalars(select(Attachment)).all()
    assert len({(row.tag, row.generation, row.on, len(row.body), len(row.keys)) for row in rows}) == 1


def test_the_same_form_makes_one(asha, ref, hand_in):
    token = uuid4()
    first = hand_in(ref, b"text", token=token)
    assert service.may_add(asha, ref, token) == first
    assert hand_in(ref, b"text", token=token) == first
    assert len(pieces(asha, ref).pieces) == 1
    with pytest.raises(Conflict):
        hand_in(factories.case(asha).ref, b"text", token=token)


@pytest.mark.parametrize(
    ("changes", "data", "field"),
    [
        ({"what": "rumour"}, b"x", "what"),
        ({"grade": ""}, b"x", "grade"),
        ({"grade": "none"}, b"x", "grade"),
        ({}, None, "file"),
        ({"holder": "nobody-known"}, b"x", "holder"),
        ({"note": "x" * 401}, b"x", "note"),
    ],
)
def test_too_little_too_much_and_unknown_is_refused(ref, hand_in, changes, data, field):
    with pytest.raises(Invalid) as refused:
        hand_in(ref, data, replace(SAID, **changes))
    assert refused.value.field == field


def test_without_consent_nothing_that_may_identify_is_kept(asha, hand_in):
    ref = factories.case(asha, consent=None).ref
    with pytest.raises(Invalid, match="agrees"):
        service.may_add(asha, ref, uuid4())
    with pytest.raises(Invalid, match="agrees"):
        hand_in(ref, made.picture())


def test_an_emergency_that_ends_takes_it_away(database, asha, store, freeze, hand_in):
    freeze(clock.now())
    ref = factories.case(asha, consent=None, danger="Taken from the bus").ref
    piece_id = hand_in(ref, made.picture())
    files = list(database.session.scalars(select(StoredFile.id)))
    assert len(files) == 2
    freeze(clock.now() + timedelta(hours=73))
    exceptions.lapse()
    with pytest.raises(NotFound):
        service.look(asha, ref, piece_id)
    jobs = [row.ids for row in database.session.scalars(select(queue.Outbox)) if row.name == service.DELETE]
    assert {one for ids in jobs for one in ids} == set(map(str, files))
    sweeping.delete_unnamed(store, *files)
    for one in files:
        with pytest.raises(NotFound):
            store.get(one)


def test_a_closed_case_takes_nothing(asha, ref, hand_in):
    seen = opening.load(asha, ref).row.status
    life.close(asha, ref, factories.ending(), seen)
    with pytest.raises(Invalid, match="closed"):
        service.may_add(asha, ref, uuid4())
    with pytest.raises(Invalid, match="closed"):
        hand_in(ref, b"text")


def test_somebody_elses_change_is_shown_and_nothing_lost(asha, bo, ref, hand_in):
    piece_id = hand_in(ref, b"text")
    service.describe(asha, ref, piece_id, replace(SAID, place="at the church"), 1)
    with pytest.raises(Differing) as differing:
        service.describe(bo, ref, piece_id, replace(SAID, place="at home"), 1)
    assert differing.value.theirs.said.place == "at the church"
    assert differing.value.mine.place == "at home"


def test_taken_out_is_deleted_with_its_files(database, asha, store, ref, hand_in):
    piece_id = hand_in(ref, made.picture())
    files = list(database.session.scalars(select(StoredFile.id)))
    service.remove(asha, ref, piece_id)
    assert database.session.scalars(select(StoredFile.id)).all() == []
    sweeping.delete_unnamed(store, *files)
    assert list(store.older_than(timedelta(seconds=-5))) == []
    with pytest.raises(NotFound):
        service.remove(asha, ref, piece_id)


def test_only_what_no_row_names_is_swept(store, database, ref, hand_in, monkeypatch):
    monkeypatch.setattr(sweeping, "_YOUNG", timedelta(seconds=-5))
    hand_in(ref, made.picture())
    left = uuid4()
    store.put(left, [b"of a form that was never finished"])
    assert sweeping.sweep(store) == 1
    assert len(list(store.older_than(timedelta(seconds=-5)))) == 2
    named = database.session.scalars(select(StoredFile.id)).all()
    sweeping.delete_unnamed(store, *named)
    assert set(store.older_than(timedelta(seconds=-5))) == set(named)


def test_everything_is_recorded(asha, store, ref, hand_in, events):
    before = len(events(ref))
    piece_id = hand_in(ref, made.picture())
    service.open_file(asha, store, ref, piece_id, original=False)
    service.describe(asha, ref, piece_id, replace(SAID, place=""), 1)
    service.remove(asha, ref, piece_id)
    said = [(name, details["attachment"]) for name, details in events(ref)[before:]]
    wanted = ["evidence.added", "evidence.opened", "evidence.changed", "evidence.removed"]
    assert said == [(name, str(piece_id)) for name in wanted]


def test_others_neither_add_nor_read(world, ram, store, ref, hand_in):
    piece_id = hand_in(ref, made.picture())
    for who, error in ((ram, NotFound), (world.actor(world.luz), Denied)):
        for act in (
            lambda who=who: hand_in(ref, b"text", actor=who),
            lambda who=who: service.look(who, ref, piece_id),
            lambda who=who: service.open_file(who, store, ref, piece_id, original=True),
            lambda who=who: service.remove(who, ref, piece_id),
        ):
            with pytest.raises(error):
                act()


def test_a_piece_of_another_case_is_not_found(asha, store, ref, hand_in):
    piece_id, other = hand_in(ref, b"text"), factories.case(asha).ref
    with pytest.raises(NotFound):
        service.look(asha, other, piece_id)
    with pytest.raises(NotFound):
        service.open_file(asha, store, other, piece_id, original=True)


def test_a_file_put_in_the_place_of_another_does_not_open(database, asha, store, ref, hand_in):
    one, other = hand_in(ref, b"the first text"), hand_in(ref, b"another texts!")
    rows = {row.id: row for row in database.session.scalars(select(Attachment))}
    keys = factories.reload(asha, ref).keys
    files = {row_id: bodies.open_row(keys, row).original.id for row_id, row in rows.items()}
    store.put(files[one], b"".join(store.get(files[other])) and [b"".join(store.get(files[other]))])
    with pytest.raises(Refused):
        read(asha, store, ref, one, original=True)
    rows[one].body, rows[one].keys = rows[other].body, rows[other].keys
    database.session.flush()
    assert pieces(asha, ref).refused == 1
    with pytest.raises(Refused):
        service.look(asha, ref, one)


def test_a_case_that_fewer_may_read_has_its_evidence_sealed_anew(database, asha, bo, store, ref, hand_in):
    data = made.picture()
    piece_id = hand_in(ref, data)
    old = factories.reload(asha, ref).keys
    readers.choose(asha, ref, frozenset({asha.user_id, bo.user_id}), None)
    row = database.session.get(Attachment, piece_id, populate_existing=True)
    assert row.generation == old.generation + 1
    assert read(asha, store, ref, piece_id, original=True) == data
    for opening_it in (lambda: bodies.open_row(old, row), lambda: bodies.key_of(old, row, original=True)):
        with pytest.raises(Refused):
            opening_it()


def test_a_piece_taken_out_or_put_back_is_noticed(asha, database, ref, hand_in):
    piece_id = hand_in(ref, made.picture())
    assert pieces(asha, ref).whole
    row = database.session.get_one(Attachment, piece_id)
    old = {"body": row.body, "keys": row.keys, "rev": row.rev}
    service.describe(asha, ref, piece_id, replace(SAID, called="April"), row.rev)
    assert pieces(asha, ref).whole
    table = Attachment.__table__
    database.session.execute(table.update().where(table.c.id == piece_id).values(old))
    database.session.expire_all()
    assert not pieces(asha, ref).whole
    database.session.execute(table.delete().where(table.c.id == piece_id))
    database.session.expire_all()
    assert not pieces(asha, ref).whole


def test_what_an_emergency_took_along_is_nothing_that_is_missing(asha, database, freeze, hand_in):
    start = freeze(clock.now())
    ref = factories.case(asha, consent=None, danger="Held", called="Amina Test").ref
    hand_in(ref, made.picture())
    freeze(start + timedelta(hours=74))
    assert exceptions.lapse().total() == 1
    assert pieces(asha, ref) == service.Evidence((), 0, whole=True)
