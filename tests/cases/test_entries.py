from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from casework import clock, codes
from casework.audit import service as audit
from casework.cases import copying, entries, life
from casework.cases.changing import Differing
from casework.cases.models import Entry
from casework.db import db
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


@pytest.fixture
def wrong(asha):
    """A note that is wrong about somebody: the case and the entry."""
    ref = factories.case(asha, called="Amina Test").ref
    return ref, entries.add(asha, ref, "note", clock.now(), "She owes her cousin.", uuid4())


def only(actor, ref):
    (noted,) = entries.listing(actor, ref).noted
    return noted


def right(actor, wrong, text="Her cousin owes her.", rev=None):
    ref, entry = wrong
    seen = entries.one(actor, ref, entry)[1].rev if rev is None else rev
    return entries.correct(actor, ref, entry, text, seen, heavy=False)


def test_what_is_wrong_is_put_right_and_everybody_sees_by_whom(asha, bo, wrong, events):
    ref, entry = wrong
    right(asha, wrong)
    noted = only(asha, ref)
    assert (noted.text, noted.corrected[0], noted.by) == ("Her cousin owes her.", asha.user_id, asha.user_id)
    assert ("entry.corrected", str(entry)) in [(name, told.get("entry")) for name, told in events(ref)]
    assert "She owes" not in str(copying.for_machines(copying.gather(asha, ref)))
    assert copying.for_machines(copying.gather(asha, ref))["notes"][0]["corrected_at"]


def test_of_two_who_correct_the_second_is_shown_both(asha, bo, wrong):
    ref = wrong[0]
    seen = only(asha, ref).rev
    right(asha, wrong)
    with pytest.raises(Differing) as differing:
        right(asha, wrong, "Nobody owes anybody.", seen)
    assert (differing.value.theirs.text, differing.value.mine) == (
        "Her cousin owes her.",
        "Nobody owes anybody.",
    )
    assert right(asha, wrong, rev=seen), "the same words twice are no conflict"
    assert only(asha, ref).text == "Her cousin owes her."


def test_a_closed_case_is_put_right_as_well(asha, wrong):
    life.close(asha, wrong[0], factories.ending("withdrew"), "contact")
    right(asha, wrong)
    assert only(asha, wrong[0]).text == "Her cousin owes her."


@pytest.mark.parametrize("text", ["", "   ", "x" * 20_001])
def test_nothing_and_too_much_are_no_correction(asha, wrong, text):
    with pytest.raises(Invalid):
        right(asha, wrong, text)


def test_other_desks_other_cases_and_strangers_ids_correct_nothing(asha, ram, wrong):
    ref, entry = wrong
    for actor, at, which in (
        (ram, ref, entry),
        (asha, factories.case(asha).ref, entry),
        (asha, ref, uuid4()),
    ):
        with pytest.raises(NotFound):
            entries.correct(actor, at, which, "Other words.", 1, heavy=False)
    assert only(asha, ref).text == "She owes her cousin."


def test_an_older_note_that_is_put_back_over_a_correction_is_noticed(asha, wrong):
    ref, entry = wrong
    row = db.session.get_one(Entry, entry)
    old = {"body": row.body, "generation": row.generation, "rev": row.rev}
    right(asha, wrong)
    db.session.execute(update(Entry).where(Entry.id == entry).values(old))
    db.session.expire_all()
    assert not entries.listing(asha, ref).whole
