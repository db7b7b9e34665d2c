"""Consents in the register of a case: one record an answer, the newest counts, withdrawn at once."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from casework import codes
from casework.errors import Conflict, Denied, Invalid, NotFound
from casework.people import consents
from casework.people.models import Consent
from casework.vault import Section
from tests import factories

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def keys(asha, freeze):
    freeze(START)
    return factories.reload(asha, factories.case(asha, consent=None).ref).keys


def record(actor, keys, purpose="casework", **changes):
    return consents.record(actor, keys, factories.answer(purpose, **changes), uuid4())


def test_everything_that_was_said_is_kept(world, asha, keys):
    told = factories.answer(
        "referral",
        how="thumbprint",
        language="bn",
        interpreter="professional",
        present=("interpreter", "child"),
        recipient="Harbour shelter",
        data="Name and languages",
    )
    made = consents.record(asha, keys, told, uuid4())
    (one,) = consents.listing(asha, keys).told
    ends_on = START.date() + timedelta(days=90)
    assert one == consents.Told(
        made, 1, factories.answer(**{**_parts(told), "ends_on": ends_on}), START, world.asha.id, None
    )


def _parts(told):
    return {name: getattr(told, name) for name in told.__dataclass_fields__}


def test_each_purpose_stands_alone(asha, keys):
    yes, no = ("casework", "trends", "organise"), ("story_name", "link")
    for purpose in yes:
        record(asha, keys, purpose)
    for purpose in no:
        record(asha, keys, purpose, given=False)
    for purpose in codes.load("consent_purposes"):
        assert bool(consents.live(asha, keys, purpose.key)) == (purpose.key in yes)


def test_a_consent_is_for_whom_it_names(asha, keys):
    record(asha, keys, "legal_ally", recipient="Harbour Law Clinic")
    assert consents.live(asha, keys, "legal_ally", " harbour law clinic ")
    assert not consents.live(asha, keys, "legal_ally", "Another Clinic")
    assert not consents.live(asha, keys, "legal_ally")


def test_it_holds_on_its_last_day_and_not_after(asha, keys, freeze):
    record(asha, keys, "employer", recipient="Acme")
    freeze(START + timedelta(days=90))
    assert consents.live(asha, keys, "employer", "Acme")
    freeze(START + timedelta(days=91))
    assert not consents.live(asha, keys, "employer", "Acme")


def test_the_newest_answer_counts(asha, keys):
    record(asha, keys)
    assert consents.live(asha, keys, "casework")
    record(asha, keys, given=False)
    assert not consents.live(asha, keys, "casework")
    record(asha, keys)
    assert consents.live(asha, keys, "casework")
    assert [one.number for one in consents.listing(asha, keys).told] == [3, 2, 1]


def test_withdrawing_ends_every_yes_to_the_same_question(database, asha, keys, freeze):
    record(asha, keys, "legal_ally", recipient="Harbour Law Clinic")
    record(asha, keys, "legal_ally", recipient="Another Clinic")
    newest = record(asha, keys, "legal_ally", recipient="Harbour Law Clinic")
    later = freeze(START + timedelta(hours=1))
    consents.withdraw(asha, keys, newest)
    assert not consents.live(asha, keys, "legal_ally", "Harbour Law Clinic")
    assert consents.live(asha, keys, "legal_ally", "Another Clinic")
    told = consents.listing(asha, keys).told
    assert [one.withdrawn_at for one in told] == [later, None, later]
    assert database.session.scalars(select(Consent.rev)).all() == [1, 1, 1, 1]
    freeze(START + timedelta(hours=2))
    consents.withdraw(asha, keys, newest)
    assert consents.listing(asha, keys).told == told


def test_an_answer_that_does_not_count_leaves_nothing(database, asha, keys):
    with pytest.raises(Invalid):
        record(asha, keys, present=("employer",))
    assert consents.listing(asha, keys).told == ()
    assert database.session.scalar(select(func.count(Consent.id))) == 0


def test_the_same_form_makes_one(database, asha, keys):
    token = uuid4()
    first = consents.record(asha, keys, factories.answer(), token)
    assert consents.record(asha, keys, factories.answer("trends"), token) == first
    other = factories.reload(asha, factories.case(asha, consent=None).ref).keys
    with pytest.raises(Conflict):
        consents.record(asha, other, factories.answer(), token)


def test_the_row_tells_neither_purpose_nor_answer(database, asha, keys):
    for purpose in ("casework", "trends", "organise", "link"):
        record(asha, keys, purpose)
        record(asha, keys, purpose, given=False)
    rows = database.session.scalars(select(Consent)).all()
    assert len({(row.tag, row.generation, row.rev, len(row.body)) for row in rows}) == 1
    assert rows[0].tag == keys.tag(Section.HEADER)


def test_consents_of_another_case_are_not_withdrawn_from_here(asha, keys):
    made = record(asha, keys)
    other = factories.reload(asha, factories.case(asha, consent=None).ref).keys
    with pytest.raises(NotFound):
        consents.withdraw(asha, other, made)
    assert consents.live(asha, keys, "casework")


def test_other_desks_and_roles_do_not_touch_them(world, asha, ram, keys):
    made = record(asha, keys)
    for stranger in (ram, world.actor(world.luz)):
        for act in (
            lambda who=stranger: record(who, keys),
            lambda who=stranger: consents.withdraw(who, keys, made),
            lambda who=stranger: consents.listing(who, keys),
        ):
            with pytest.raises(Denied):
                act()


def test_a_paper_that_is_typed_in_later_keeps_its_day(asha, keys):
    said = START.date() - timedelta(days=10)
    record(asha, keys, "link", said_on=said)
    told = consents.live(asha, keys, "link")
    assert (told.answer.said_on, told.at) == (said, START)


@pytest.mark.parametrize("since", ["no", "taken back"])
def test_an_older_paper_does_not_undo_what_they_said_since(asha, keys, since):
    made = record(asha, keys, "link", given=since != "no")
    if since == "taken back":
        consents.withdraw(asha, keys, made)
    for days in (0, 3):
        with pytest.raises(Invalid) as refused:
            record(asha, keys, "link", said_on=START.date() - timedelta(days=days))
        assert refused.value.field == "said_on"
    assert consents.live(asha, keys, "link") is None
