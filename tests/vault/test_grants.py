"""Grants: for whom, for what, until when they open; and that nothing else follows from what they hold."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import Refused
from casework.vault import CaseKeys, ChainState, Member, PersonKeys, Role, Secret, Section, grant
from casework.vault.catalogue import field
from casework.vault.grant import GRANTABLE, TalkKey

ENTRY, MESSAGE = field("entry.body"), field("grant_message.body")
DESK, CASE, GRANT = (uuid.uuid4() for _ in range(3))
ALLY, OTHER, VOLUNTEER = (PersonKeys.create(uuid.uuid4()) for _ in range(3))


def member(person, role):
    return Member(role, person.x_public, person.ed_public)


STATE = ChainState(
    DESK,
    members={
        ALLY.user_id: member(ALLY, Role.ALLY),
        OTHER.user_id: member(OTHER, Role.ALLY),
        VOLUNTEER.user_id: member(VOLUNTEER, Role.VOLUNTEER),
    },
)
PLACE = grant.Place(DESK, CASE, GRANT, ALLY.user_id, 1, date(2026, 12, 31))


def a_case(state=STATE, generation=1, key=None):
    return CaseKeys(
        state, CASE, generation=generation, born=1, key=key or Secret.random(), tags=Secret(bytes(32))
    )


def given_(sections, files=()):
    return {
        "sections": [one.value for one in sections],
        "files": list(files),
        "talk": TalkKey.new(),
        "about": {},
    }


def made(case, sections=(Section.STORY,), signer=VOLUNTEER, place=PLACE, **more):
    return grant.box(signer, case.state, place, case, given_(sections, **more))


def opened(box, signed, person=ALLY, place=PLACE, signer=VOLUNTEER, state=STATE):
    return grant.unbox(person, state, place, signer.user_id, signed, box)


@settings(deadline=None, max_examples=40)
@given(st.sets(st.sampled_from(GRANTABLE), min_size=1), st.text(max_size=200))
def test_exactly_the_given_sections_open(sections, text):
    case = a_case()
    keys = opened(*made(case, sections))
    for section in Section:
        row = uuid.uuid4()
        sealed = case.seal(ENTRY, row, section, text)
        if section in sections:
            assert keys.open(ENTRY, row, section, sealed) == text
        else:
            for guess in Section:
                with pytest.raises(Refused):
                    keys.open(ENTRY, row, guess, sealed)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 5), st.integers(0, 12))
def test_boxes_are_of_one_size_whatever_is_in_them(sections, files):
    key = Secret.random().expose().hex()
    file = {"id": str(uuid.uuid4()), "file": str(uuid.uuid4()), "name": "x" * 60, "key": key}
    box, _ = made(a_case(), GRANTABLE[:sections], files=[file] * files)
    plain, _ = made(a_case(), (Section.STORY,))
    assert len(box) == len(plain)


@pytest.mark.parametrize(
    "other",
    [
        {"desk_id": uuid.uuid4()},
        {"case_id": uuid.uuid4()},
        {"grant_id": uuid.uuid4()},
        {"ally_id": OTHER.user_id},
        {"generation": 2},
        {"ends_on": PLACE.ends_on + timedelta(days=1)},
    ],
)
def test_at_another_place_it_does_not_open(other):
    box, signed = made(a_case())
    with pytest.raises(Refused):
        opened(box, signed, place=replace(PLACE, **other))


def test_it_opens_for_nobody_else_and_is_only_made_for_allies():
    box, signed = made(a_case())
    for person in (OTHER, VOLUNTEER):
        with pytest.raises(Refused):
            opened(box, signed, person=person)
    with pytest.raises(Refused):
        made(a_case(), place=replace(PLACE, ally_id=VOLUNTEER.user_id))
    for section in set(Section) - set(GRANTABLE):
        with pytest.raises(Refused):
            made(a_case(), (section,))


def test_who_holds_no_secret_of_the_desk_or_has_left_signs_nothing():
    box, signed = made(a_case(), signer=OTHER)
    with pytest.raises(Refused):
        opened(box, signed, signer=OTHER)
    box, signed = made(a_case())
    left = replace(STATE, members={ALLY.user_id: STATE.members[ALLY.user_id]})
    with pytest.raises(Refused):
        opened(box, signed, state=left)
    with pytest.raises(Refused):
        opened(box + b"\0", signed)
    with pytest.raises(Refused):
        opened(None, signed)


def test_a_later_generation_does_not_open_and_an_older_box_is_refused_after_the_bump():
    case = a_case()
    box, signed = made(case)
    later = a_case(generation=2)
    row = uuid.uuid4()
    with pytest.raises(Refused):
        opened(box, signed).open(ENTRY, row, Section.STORY, later.seal(ENTRY, row, Section.STORY, "later"))
    with pytest.raises(Refused):
        opened(box, signed, state=replace(STATE, bumps={CASE: 2}))


def test_rows_below_the_floor_do_not_open():
    case = a_case()
    box, signed = made(case)
    row = uuid.uuid4()
    sealed = case.seal(ENTRY, row, Section.STORY, "old")
    floors = {(CASE, case.tag(Section.STORY)): 2}
    with pytest.raises(Refused):
        opened(box, signed, state=replace(STATE, floors=floors)).open(ENTRY, row, Section.STORY, sealed)


def test_what_is_said_opens_at_its_row_and_grant_only():
    key, row = TalkKey.new(), uuid.uuid4()
    sealed = TalkKey(GRANT, key).seal(MESSAGE, row, "a question")
    assert TalkKey(GRANT, key).open(MESSAGE, row, sealed) == "a question"
    for talk, place in (
        (TalkKey(uuid.uuid4(), key), row),
        (TalkKey(GRANT, TalkKey.new()), row),
        (TalkKey(GRANT, key), uuid.uuid4()),
    ):
        with pytest.raises(Refused):
            talk.open(MESSAGE, place, sealed)
