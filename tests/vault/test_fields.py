"""One field: what is sealed to one place opens there, and nowhere else, and not after any change."""

import itertools
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import Refused
from casework.vault import CaseKeys, ChainState, PersonKeys, Secret, Section, catalogue
from casework.vault.keeping import wraps

ENTRY, BODY = catalogue.field("entry.body"), catalogue.field("case_section.body")
DESK = catalogue.field("desk.body")
ROW = uuid.uuid4()
LEGAL, MONEY = Section.LEGAL, Section.MONEY
TEXT = st.text(st.characters(codec="utf-8"), max_size=300)


def make_case(generation=1, state=None, case_id=None, key=None, tags=None, links=None):
    return CaseKeys(
        state or ChainState(uuid.uuid4()),
        case_id or uuid.uuid4(),
        generation=generation,
        born=1,
        key=key or Secret.random(),
        tags=tags or Secret.random(),
        links=links,
    )


CASE = make_case()


@given(st.none() | TEXT | st.dictionaries(TEXT, TEXT), st.sampled_from(Section), st.uuids())
def test_what_is_sealed_opens_in_its_place(value, section, row):
    assert CASE.open(ENTRY, row, section, CASE.seal(ENTRY, row, section, value)) == value


@given(st.integers(0, 5000))
def test_a_sealed_size_shows_the_bucket_and_no_more(length):
    size = len(CASE.seal(ENTRY, ROW, LEGAL, "x" * length)) - 5 - 12 - 16
    assert size & (size - 1) == 0
    assert size == len(CASE.seal(ENTRY, ROW, LEGAL, "y" * length)) - 33


def test_two_seals_of_one_value_differ():
    seals = {CASE.seal(ENTRY, ROW, LEGAL, None) for _ in range(200)}
    assert len(seals) == 200
    assert len({one[5:17] for one in seals}) == 200


def refuse(case, sealed, field=ENTRY, row=ROW, section=LEGAL):
    with pytest.raises(Refused) as caught:
        case.open(field, row, section, sealed)
    assert not caught.value.args
    assert caught.value.__cause__ is None


def test_any_bit_flipped_anywhere_is_refused():
    sealed = CASE.seal(ENTRY, ROW, LEGAL, "a short note")
    for at, bit in itertools.product(range(len(sealed)), range(8)):
        refuse(CASE, sealed[:at] + bytes([sealed[at] ^ 1 << bit]) + sealed[at + 1 :])


def test_every_cut_and_every_tail_is_refused():
    sealed = CASE.seal(ENTRY, ROW, LEGAL, "a short note")
    for at in range(len(sealed)):
        refuse(CASE, sealed[:at])
    for tail in (b"\0", sealed, sealed[17:]):
        refuse(CASE, sealed + tail)


def test_nothing_is_refused():
    refuse(CASE, None)
    refuse(CASE, b"")


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(raw):
    refuse(CASE, raw)
    refuse(CASE, CASE.seal(ENTRY, ROW, LEGAL, "x")[:17] + raw)


def test_another_row_field_section_or_case_is_refused():
    sealed = CASE.seal(ENTRY, ROW, LEGAL, "here")
    refuse(CASE, sealed, row=uuid.uuid4())
    refuse(CASE, sealed, field=BODY)
    for section in set(Section) - {LEGAL}:
        refuse(CASE, sealed, section=section)
    refuse(make_case(), sealed)
    # Not even with the same keys does it open in another case.
    refuse(make_case(key=CASE.key(1), tags=CASE.tags), sealed)
    # Nor under another section tag.
    refuse(make_case(key=CASE.key(1), case_id=CASE.case_id), sealed)


def test_generations_are_not_mixed():
    first = make_case()
    key = Secret.random()
    second = make_case(
        2,
        first.state,
        first.case_id,
        key,
        first.tags,
        {2: wraps.link(first.case_id, 2, key, first.key(1))},
    )
    old, new = first.seal(ENTRY, ROW, LEGAL, "old"), second.seal(ENTRY, ROW, LEGAL, "new")
    assert second.open(ENTRY, ROW, LEGAL, old) == "old"
    assert second.open(ENTRY, ROW, LEGAL, new) == "new"
    refuse(first, new)
    for sealed in (old, new):
        for version in (0, 1, 2, 3, 2**32 - 1):
            changed = sealed[:1] + version.to_bytes(4, "big") + sealed[5:]
            if changed != sealed:
                refuse(second, changed)
    alone = make_case(2, first.state, first.case_id, key, first.tags)
    refuse(alone, old)


def test_a_link_of_another_generation_or_case_gives_nothing():
    keys = {g: Secret.random() for g in (1, 2, 3)}
    case_id = uuid.uuid4()
    good = {g: wraps.link(case_id, g, keys[g], keys[g - 1]) for g in (2, 3)}
    assert make_case(3, None, case_id, keys[3], None, good).key(1) == keys[1]
    stranger = wraps.link(uuid.uuid4(), 3, keys[3], keys[2])
    for links in ({2: good[3], 3: good[2]}, {3: stranger, 2: good[2]}, {2: good[2]}, {3: good[3]}):
        with pytest.raises(Refused):
            make_case(3, None, case_id, keys[3], None, links).key(1)


def test_below_the_chains_floor_nothing_opens():
    case = make_case()
    sealed, other = case.seal(ENTRY, ROW, LEGAL, "legal"), case.seal(ENTRY, ROW, MONEY, "money")
    state = ChainState(case.desk_id, floors={(case.case_id, case.tag(LEGAL)): 2})
    key = Secret.random()
    after = make_case(
        2, state, case.case_id, key, case.tags, {2: wraps.link(case.case_id, 2, key, case.key(1))}
    )
    refuse(after, sealed)
    assert after.open(ENTRY, ROW, MONEY, other) == "money"
    assert after.open(ENTRY, ROW, LEGAL, after.seal(ENTRY, ROW, LEGAL, "again")) == "again"


def test_a_field_of_another_scope_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match=r"desk\.body"):
        CASE.seal(DESK, ROW, LEGAL, "x")
    with pytest.raises(ValueError, match=r"slot\.blob"):
        PersonKeys.create(uuid.uuid4()).seal(catalogue.field("slot.blob"), ROW, "x")


def test_tags_tell_neither_section_nor_case():
    cases = [make_case() for _ in range(3)]
    tags = [case.tag(section) for case in cases for section in Section]
    assert len(set(tags)) == len(tags)
    assert {len(tag) for tag in tags} == {8}


@settings(max_examples=30)
@given(st.data())
def test_fields_swapped_in_any_way_are_refused(data):
    cases = [make_case() for _ in range(2)]
    places = [
        (case, field, uuid.uuid4(), section)
        for case in cases
        for field in (ENTRY, BODY)
        for section in (LEGAL, MONEY)
    ]
    seals = [case.seal(field, row, section, "same text") for case, field, row, section in places]
    here, there = data.draw(
        st.lists(st.sampled_from(range(len(places))), min_size=2, max_size=2, unique=True)
    )
    case, field, row, section = places[here]
    assert case.open(field, row, section, seals[here]) == "same text"
    refuse(case, seals[there], field, row, section)
