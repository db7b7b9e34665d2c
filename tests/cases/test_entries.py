from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import clock, codes
from casework.audit import service as audit
from casework.cases import entries
from casework.cases.models import Entry
from casework.errors import Conflict, Denied, Invalid, NotFound
from casework.vault import Section
from tests import factories

WHEN = datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=5, minutes=45)))


@pytest.fixture
def ref(asha):
    return factories.case(asha).ref


def note(actor, ref, text="Called back.", when=WHEN, type_="note", token=None):
    return entries.add(actor, ref, type_, when, text, token or uuid4())


@pytest.mark.parametrize("type_", [code.key for code in codes.load("entry_types")])
def test_every_type_is_kept_with_author_and_time(world, asha, ref, freeze, type_):
    written = freeze(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    noted = note(asha, ref, "  Called back.\n", type_=type_)
    (one,) = entries.listing(asha, ref).noted
    assert one == entries.Noted(noted, type_, WHEN, "Called back.", world.asha.id, written)
    assert one.when.utcoffset() == timedelta(hours=5, minutes=45)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=3000).filter(str.strip))
def test_any_text_is_kept(asha, text):
    ref = factories.case(asha).ref
    note(asha, ref, text)
    assert entries.listing(asha, ref).noted[0].text == text.strip()


def test_newest_first_by_when_it_happened(asha, ref):
    for days in (3, 1, 2):
        note(asha, ref, f"Day {days}", WHEN + timedelta(days=days))
    assert [one.text for one in entries.listing(asha, ref).noted] == ["Day 3", "Day 2", "Day 1"]


def test_the_same_form_makes_one(asha, ref):
    token = uuid4()
    assert note(asha, ref, token=token) == note(asha, ref, "Once more.", token=token)
    assert [one.text for one in entries.listing(asha, ref).noted] == ["Called back."]


def test_a_token_of_another_case_is_a_conflict(asha, ref):
    token = uuid4()
    note(asha, ref, token=token)
    with pytest.raises(Conflict):
        note(asha, factories.case(asha).ref, token=token)


@pytest.mark.parametrize(
    ("text", "type_"), [("", "note"), (" \n", "note"), ("x" * 20_001, "note"), ("x", "rumour")]
)
def test_nothing_too_much_and_unknown_is_refused(asha, ref, text, type_):
    with pytest.raises(Invalid):
        note(asha, ref, text, type_=type_)


def test_the_row_shows_neither_type_nor_section(database, asha, ref):
    ids = [note(asha, ref, "Called.", type_=type_) for type_ in ("note", "visit", "event", "call")]
    rows = [database.session.get(Entry, one) for one in ids]
    assert len({(row.tag, row.generation, row.on, len(row.body)) for row in rows}) == 1
    assert rows[0].tag == factories.reload(asha, ref).keys.tag(Section.STORY)
    assert rows[0].on == clock.today()


def test_adding_and_reading_are_recorded(database, asha, ref, events):
    before = len(events(ref))
    noted = note(asha, ref)
    entries.listing(asha, ref)
    body = database.session.get(Entry, noted).body
    assert events(ref)[before:] == [
        ("entry.added", {"entry": str(noted), "rows": audit.digest(body)}),
        ("section.opened", {"section": "entries"}),
    ]


def test_others_neither_add_nor_read(world, ram, ref):
    for who, error in ((ram, NotFound), (world.actor(world.luz), Denied)):
        with pytest.raises(error):
            note(who, ref)
        with pytest.raises(error):
            entries.listing(who, ref)
