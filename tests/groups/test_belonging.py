"""Who belongs to a group: attempts to belong unasked, to learn of somebody through it, to stay after a no."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from casework import clock
from casework.cases import consenting, copying, entries, erasing, exceptions, life, opening, readers
from casework.cases.models import Case
from casework.db import db
from casework.errors import Denied, Invalid, NotFound
from casework.groups import belonging, records, service, several
from casework.groups.models import CaseGroup
from casework.people import consents
from casework.retention import pseudonymising
from casework.retention import service as retention
from tests import factories

HOUSE = {"name": "House behind the mill", "sort": "dormitory", "place": "Doha"}


@pytest.fixture
def group(asha):
    return service.make(asha, HOUSE, uuid4())


@pytest.fixture
def ref(asha):
    return factories.case(asha, called="Amina Test").ref


def join(actor, ref, group, **changes):
    belonging.join(actor, ref, group, factories.answer("link", **changes), uuid4())


def known(actor, group):
    """References of the members that somebody may know of, with whether each was asked."""
    rows = belonging.known(actor, service.look(actor, group))
    return {db.session.get_one(Case, case_id).ref: asked for case_id, asked in rows.items()}


def test_a_double_click_makes_one_group(asha):
    token = uuid4()
    assert service.make(asha, HOUSE, token) == service.make(asha, HOUSE, token)
    assert len(service.listing(asha)[0]) == 1


@pytest.mark.parametrize(
    ("told", "field"), [({}, "name"), ({"name": " ", "sort": "dormitory"}, "name"), ({"name": "x"}, "sort")]
)
def test_it_has_a_name_and_something_that_binds(asha, told, field):
    with pytest.raises(Invalid) as refused:
        service.make(asha, told, uuid4())
    assert refused.value.field == field


def test_somebody_belongs_to_it_when_they_said_so(asha, bo, ref, group, events):
    join(asha, ref, group)
    assert known(bo, group) == {ref: True}
    assert ("group.joined", {"group": str(group)}) in events(ref)


def test_a_no_is_written_down_and_belongs_to_nothing(asha, ref, group):
    join(asha, ref, group, given=False)
    assert known(asha, group) == {}
    told = consenting.listing(asha, ref).told
    assert [(one.answer.purpose, one.answer.given) for one in told if one.answer.purpose == "link"] == [
        ("link", False)
    ]


def test_a_yes_beside_an_employer_is_none(asha, ref, group):
    with pytest.raises(Invalid):
        join(asha, ref, group, present=("employer",))
    assert known(asha, group) == {}


def test_a_yes_to_one_group_is_none_to_another(asha, ref, group):
    other = service.make(asha, HOUSE | {"name": "Kitchen"}, uuid4())
    join(asha, ref, group)
    assert known(asha, other) == {}


def test_what_is_taken_back_ends_at_once_by_either_door(asha, ref, group):
    join(asha, ref, group)
    (link,) = [one for one in consenting.listing(asha, ref).told if one.answer.purpose == "link"]
    consenting.withdraw(asha, ref, link.id)
    assert known(asha, group) == {}
    join(asha, ref, group)
    belonging.leave(asha, ref, group)
    assert known(asha, group) == {}
    case = factories.reload(asha, ref)
    assert consents.live(asha, case.keys, "link", HOUSE["name"]) is None


def test_when_the_agreement_runs_out_the_name_is_known_no_more(asha, ref, group, freeze):
    now = clock.now()
    join(asha, ref, group, ends_on=now.date() + timedelta(days=5))
    freeze(now + timedelta(days=6))
    assert known(asha, group) == {ref: False}


def test_of_a_restricted_case_others_learn_nothing(asha, bo, mei, ref, group):
    other = factories.case(asha, called="Sita Test").ref
    join(asha, ref, group)
    join(asha, other, group)
    entries.add(asha, ref, "note", clock.now(), "Alone at night", uuid4())
    (noted,) = entries.listing(asha, ref).noted
    belonging.point(asha, ref, noted.id, group)
    readers.choose(asha, ref, frozenset({asha.user_id, mei.user_id}), None)
    assert known(bo, group) == {other: True}
    assert known(asha, group) == {ref: True, other: True}
    value = records.opened(bo, records.row(bo, group))
    case_id = db.session.scalar(select(Case.id).where(Case.ref == ref))
    assert str(case_id) not in repr(value)
    with pytest.raises(Invalid, match="named people"):
        belonging.point(asha, ref, noted.id, group)
    readers.choose(asha, ref, None, frozenset({asha.user_id, mei.user_id}))
    assert known(bo, group) == {ref: True, other: True}


def test_what_is_written_once_is_shown_in_each_case(asha, ref, group):
    join(asha, ref, group)
    other = factories.case(asha, called="Sita Test").ref
    token = uuid4()
    for _ in range(2):
        service.note(asha, group, "event", clock.now(), "The gate was locked", token)
    assert [item.text for _, item in belonging.chronology(factories.reload(asha, ref))] == [
        "The gate was locked"
    ]
    assert belonging.chronology(factories.reload(asha, other)) == []
    belonging.leave(asha, ref, group)
    assert belonging.chronology(factories.reload(asha, ref)) == []


def test_a_pointer_holds_no_word_of_the_note(asha, bo, ref, group):
    join(asha, ref, group)
    entries.add(asha, ref, "call", clock.now(), "She is afraid of the guard", uuid4())
    (noted,) = entries.listing(asha, ref).noted
    belonging.point(asha, ref, noted.id, group)
    belonging.point(asha, ref, noted.id, group)
    (item,) = service.look(bo, group).noted
    assert (item.text, item.type) == ("", "call")
    with pytest.raises(NotFound):
        belonging.point(asha, factories.case(asha).ref, noted.id, group)


def test_an_erased_case_is_in_no_group(asha, mei, ref, group):
    join(asha, ref, group)
    case_id = factories.reload(asha, ref).id
    erasing.erase(mei, ref, "person_asked", ref, timedelta(days=30), uuid4())
    assert str(case_id) not in repr(records.opened(asha, records.row(asha, group)))


@pytest.fixture
def past(asha, ref, group, freeze):
    """A member whose case was closed long ago, and a note of it that the group points to."""
    join(asha, ref, group)
    entries.add(asha, ref, "note", clock.now(), "Called", uuid4())
    (noted,) = entries.listing(asha, ref).noted
    belonging.point(asha, ref, noted.id, group)
    case_id = opening.load(asha, ref).id
    life.close(asha, ref, factories.ending("withdrew"), "contact")
    db.session.commit()
    freeze(clock.now() + timedelta(days=365 * 3))
    return case_id


def stored_ids(actor, group):
    value = records.opened(actor, records.row(actor, group))
    return {*value["members"], *(one["case"] for one in value["noted"] if one.get("case"))}


def test_a_case_whose_names_a_coordinator_takes_is_in_no_group(asha, mei, ref, group, past):
    assert stored_ids(asha, group) == {str(past)}
    retention.pseudonymise(mei, ref, ref)
    assert stored_ids(asha, group) == set()


def test_a_case_whose_names_a_job_took_goes_from_its_group_with_the_next_save(asha, ref, group, past):
    assert pseudonymising.run().total() == 1
    service.note(asha, group, "note", clock.now(), "All were moved.", uuid4())
    assert stored_ids(asha, group) == set()


def test_who_belongs_to_a_group_still_does_when_the_case_is_closed_and_may_leave_it_then(asha, ref, group):
    """What somebody says of themselves is kept under the same word, and goes with the end; this does not."""
    join(asha, ref, group)
    life.close(asha, ref, factories.ending("withdrew"), "contact")
    assert known(asha, group) == {ref: True}
    belonging.leave(asha, ref, group)
    assert known(asha, group) == {}


def test_another_desk_and_a_forged_id_find_nothing(asha, ram, ref, group):
    elsewhere = factories.case(ram, called="Maya Test").ref
    for attempt in (
        lambda: service.look(ram, group),
        lambda: service.note(ram, group, "note", clock.now(), "x", uuid4()),
        lambda: service.change(ram, group, HOUSE),
        lambda: join(ram, elsewhere, group),
        lambda: join(ram, ref, group),
        lambda: join(asha, ref, uuid4()),
        lambda: belonging.leave(asha, ref, uuid4()),
        lambda: several.log(ram, group, {"safe_now": "yes"}, [{"language": "ne"}], uuid4()),
    ):
        with pytest.raises((NotFound, Denied)):
            attempt()
    assert service.listing(ram) == ([], 0)


def test_the_body_of_a_group_tells_neither_members_nor_notes_by_its_size(asha, group):
    sizes = {len(records.row(asha, group).body)}
    for number in range(6):
        join(asha, factories.case(asha, called=f"Person {number}").ref, group)
        service.note(asha, group, "note", clock.now(), "Again " * 40, uuid4())
        sizes.add(len(records.row(asha, group).body))
    assert len(sizes) == 1
    plain = {column.name for column in CaseGroup.__table__.columns}
    assert plain == {"id", "desk_id", "form_token", "rev", "body"}


def test_the_copy_says_to_which_groups_the_person_belongs_and_nothing_of_others(asha, ref, group):
    other = factories.case(asha, called="Sita Test").ref
    for one in (ref, other):
        join(asha, one, group)
    service.note(asha, group, "event", clock.now(), "Sita was taken", uuid4())
    told = repr(copying.for_machines(copying.gather(asha, ref)))
    assert HOUSE["name"] in told
    assert other not in told
    assert "Sita was taken" not in told


def test_several_people_become_a_case_each_and_wait_to_be_asked(asha, bo, group, freeze):
    now, token = clock.now(), uuid4()
    number = {"written": "+977 980 555 6677", "digits": "+9779805556677"}
    people = [{"called": "Maya", "language": "ne", "number": number, "safe": "yes"}, {"language": "bn"}]
    shared = {
        "kind": "wage_theft",
        "safe_now": "no",
        "what_happened": "Locked in",
        "danger": "Locked in, no phone",
    }
    refs = several.log(asha, group, shared, people, token)
    assert several.log(asha, group, shared, people, token) == refs
    assert known(bo, group) == dict.fromkeys(refs, False)
    maya, other = (factories.reload(asha, ref) for ref in refs)
    assert (maya.called, other.called) == ("Maya", None)
    assert consenting.listing(asha, refs[0]).told == ()
    assert maya.emergency is not None
    assert other.emergency is None
    freeze(now + timedelta(hours=74))
    exceptions.lapse()
    assert factories.reload(asha, refs[0]).called is None
    assert known(bo, group) == dict.fromkeys(refs, False)


def test_without_danger_no_name_and_no_number_is_kept(asha, group):
    shared = {"safe_now": "yes"}
    with pytest.raises(Invalid) as refused:
        several.log(asha, group, shared, [{"called": "Maya", "language": "ne"}], uuid4())
    assert refused.value.field == "danger"
    (ref,) = several.log(asha, group, shared, [{"language": "ne"}], uuid4())
    assert factories.reload(asha, ref).called is None


@pytest.mark.parametrize("people", [[], [{}], [{"called": "Maya"}], [{"language": "ne"}] * 13])
def test_lines_that_make_no_case_are_refused_before_anything_is_kept(asha, group, people):
    with pytest.raises(Invalid):
        several.log(asha, group, {"safe_now": "yes", "danger": "x"}, people, uuid4())
    assert db.session.scalars(select(Case)).all() == []
