"""Referring somebody: only where they agreed to, once, and somebody asks what came of it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from casework import clock
from casework.cases import consenting, copying, left, life, outside
from casework.deadlines import service as dates
from casework.errors import Invalid, NotFound
from casework.plans import directory, giving, referring
from casework.plans.referring import Wish
from casework.vault import Section
from tests import factories

PLACE = "Harbour clinic (test)"
WORDS = "Ask what came of it"


@pytest.fixture
def ref(asha):
    return factories.case(asha, called="Amina Test").ref


def agree(actor, ref, recipient=PLACE):
    return consenting.record(actor, ref, factories.answer("referral", recipient=recipient), uuid4())


def refer(actor, ref, to=PLACE, service=None, after=14, token=None, home_state="no"):
    wish = Wish(to, service, "Hours of work, and a cough", after, home_state)
    return referring.refer(actor, ref, wish, WORDS, token or uuid4())


def made(actor, ref):
    return referring.listing(factories.reload(actor, ref))


def test_without_their_agreement_to_this_place_nothing_leaves(asha, ref):
    agree(asha, ref, "Another clinic (test)")
    with pytest.raises(Invalid, match="have not agreed"):
        refer(asha, ref)
    assert made(asha, ref) == []
    assert outside.listing(asha, ref)[1] == []


@pytest.mark.parametrize("home_state", ["yes", "unknown", "not_asked"])
def test_it_is_no_way_to_the_home_state(asha, ref, home_state):
    agree(asha, ref)
    with pytest.raises(Invalid, match="second person"):
        refer(asha, ref, home_state=home_state)
    assert made(asha, ref) == []
    assert outside.listing(asha, ref)[1] == []


def test_it_is_kept_once_counts_as_having_left_and_becomes_a_task(asha, ref):
    agree(asha, ref)
    token = uuid4()
    assert refer(asha, ref, token=token) == refer(asha, ref, token=token)
    (one,) = made(asha, ref)
    assert (one.to, one.outcome, one.ask_on) == (PLACE, "", clock.today() + timedelta(days=14))
    case = factories.reload(asha, ref)
    assert [each.recipient for each in left.everything(case, "referral", PLACE)] == [PLACE]
    assert [(each.title, each.due_on) for each in dates.tasks(case)] == [(WORDS, one.ask_on)]


def test_its_outcome_ends_its_task_and_no_other(asha, ref):
    agree(asha, ref)
    first, second = refer(asha, ref), refer(asha, ref, after=30)
    dates.add_task(asha, ref, "Buy a bus card", clock.today(), (None, None), uuid4())
    referring.answer(asha, ref, first, "helped", "They took him at once.", "They helped")
    case = factories.reload(asha, ref)
    assert [each.title for each in dates.tasks(case)] == ["Buy a bus card", WORDS]
    assert [each.outcome for each in made(asha, ref)] == ["helped", ""]
    with pytest.raises(NotFound):
        referring.answer(asha, ref, uuid4(), "helped", "", "They helped")
    with pytest.raises(Invalid):
        referring.answer(asha, ref, second, "verdict", "", "x")


def test_a_place_of_the_directory_goes_by_its_name_and_a_retired_one_takes_nobody(asha, mei, ref):
    service = directory.enter(asha, {"name": PLACE}, uuid4())
    agree(asha, ref)
    refer(asha, ref, to="", service=service)
    assert [(one.to, one.service_id) for one in made(asha, ref)] == [(PLACE, service)]
    directory.retire(mei, service)
    with pytest.raises(Invalid, match="sent there any more"):
        refer(asha, ref, to="", service=service)


@pytest.mark.parametrize("after", [0, 91, -3])
def test_when_to_ask_is_neither_at_once_nor_never(asha, ref, after):
    agree(asha, ref)
    with pytest.raises(Invalid):
        refer(asha, ref, after=after)


def test_a_closed_case_refers_nobody(asha, bo, ref):
    agree(asha, ref)
    from casework.cases import assignment  # noqa: PLC0415 - only to close it

    assignment.assign(asha, ref, asha.user_id, bo.user_id, (asha.user_id, None))
    life.close(asha, ref, factories.ending("goal_met"), "contact")
    with pytest.raises(Invalid, match="closed"):
        refer(asha, ref)


def test_what_was_given_is_added_once_to_what_is_there(asha, ref):
    token = uuid4()
    for _ in range(2):
        giving.give(asha, ref, {"service": "food", "by": "the desk"}, token)
    giving.give(asha, ref, {"service": "shelter"}, uuid4())
    stored = factories.reload(asha, ref).section(Section.PLAN).values["services"]
    assert [one["service"] for one in stored] == ["food", "shelter"]
    with pytest.raises(Invalid):
        giving.give(asha, ref, {"by": "nobody knows what"}, uuid4())


def test_a_copy_for_the_person_holds_the_whole_plan(asha, ref):
    agree(asha, ref)
    refer(asha, ref)
    giving.give(asha, ref, {"service": "food"}, uuid4())
    written = copying.for_machines(copying.gather(asha, ref))["answers"]["plan"]
    assert [one["to"] for one in written["referrals"]] == [PLACE]
    assert [one["service"] for one in written["services"]] == ["food"]
