"""Attempts to tell somebody outside what the person did not agree to, or alone what needs two."""

from datetime import timedelta
from uuid import uuid4

import pytest

from casework import clock
from casework.cases import consenting, heads_up, left, outside, sections
from casework.cases.models import HeadsUp
from casework.cases.outside import Going
from casework.db import db
from casework.errors import Invalid, NotFound
from casework.vault import Section
from tests import factories

EMPLOYER = Going("employer", "Acme (test)", "Hours and wages")
EMBASSY = Going("embassy", "Embassy (test)", "Name, for a travel paper", "yes")


@pytest.fixture
def ref(asha, bo):
    from casework.cases import assignment  # noqa: PLC0415 - only to give the case both of its workers

    ref = factories.case(asha, called="Amina Test").ref
    assignment.assign(asha, ref, asha.user_id, bo.user_id, (asha.user_id, None))
    return ref


def agree(actor, ref, purpose, recipient, **more):
    return consenting.record(actor, ref, factories.answer(purpose, recipient=recipient, **more), uuid4())


def fear(actor, ref, answer, key="fear"):
    rev = factories.reload(actor, ref).section(Section.LEGAL).rev
    sections.save(actor, ref, Section.LEGAL, {key: answer}, rev)


def ask(actor, ref, going, token=None):
    return outside.ask(actor, ref, going, token or uuid4())


def contacts(actor, ref):
    return outside.listing(actor, ref)[1]


def test_nothing_goes_without_a_yes_to_this_purpose_for_this_name(asha, ref):
    agree(asha, ref, "employer", "Another firm (test)")
    agree(asha, ref, "referral", EMPLOYER.recipient)
    agree(asha, ref, "employer", EMPLOYER.recipient, given=False)
    with pytest.raises(Invalid, match="have not agreed"):
        ask(asha, ref, EMPLOYER)
    assert contacts(asha, ref) == []


@pytest.mark.parametrize("purpose", ["casework", "trends", "story_name", "everything", ""])
def test_a_consent_that_names_nobody_opens_no_door(asha, ref, purpose):
    with pytest.raises(Invalid):
        ask(asha, ref, Going(purpose, "Acme (test)", "All of it"))


def test_a_yes_lets_it_go_once_and_a_withdrawal_says_who_has_it(asha, mei, ref, events):
    consent, token = agree(asha, ref, "employer", EMPLOYER.recipient), uuid4()
    assert ask(asha, ref, EMPLOYER, token) == ask(asha, ref, EMPLOYER, token)
    (one,) = contacts(asha, ref)
    assert (one.released, one.going) == (True, EMPLOYER)
    assert [gone.recipient for gone in left.everything(factories.reload(asha, ref))] == ["Acme (test)"]
    assert heads_up.waiting(mei) == []
    consenting.withdraw(asha, ref, consent)
    (line,) = heads_up.waiting(mei)
    assert (line.what, line.reason) == ("withdrawn", "Acme (test)")
    with pytest.raises(Invalid, match="have not agreed"):
        ask(asha, ref, EMPLOYER)
    assert "outside.asked" in [name for name, _ in events(ref)]


@pytest.mark.parametrize("answer", [None, "yes", "unknown", "not_asked"])
def test_the_home_state_is_not_contacted_while_there_may_be_fear(asha, ref, answer):
    agree(asha, ref, "embassy", EMBASSY.recipient)
    if answer:
        fear(asha, ref, answer)
    with pytest.raises(Invalid, match="not afraid to return"):
        ask(asha, ref, EMBASSY)


def test_one_answer_of_two_that_is_no_no_stops_it(asha):
    ref = factories.kind_case(asha, "deportation", {"fear": "unknown"}, called="Amina Test").ref
    agree(asha, ref, "embassy", EMBASSY.recipient)
    fear(asha, ref, "no")
    with pytest.raises(Invalid, match="not afraid to return"):
        ask(asha, ref, EMBASSY)


def test_asylum_that_was_asked_for_stops_it(asha):
    ref = factories.kind_case(asha, "deportation", {"fear": "no", "asylum_raised": "yes"}, called="Amina").ref
    agree(asha, ref, "embassy", EMBASSY.recipient)
    with pytest.raises(Invalid, match="not afraid to return"):
        ask(asha, ref, EMBASSY)


@pytest.mark.parametrize("home_state", ["yes", "unknown", "not_asked"])
def test_an_authority_that_may_be_of_the_home_state_counts_as_one(asha, ref, home_state):
    agree(asha, ref, "authority", "Ministry (test)")
    with pytest.raises(Invalid, match="not afraid to return"):
        ask(asha, ref, Going("authority", "Ministry (test)", "Name", home_state))
    ask(asha, ref, Going("authority", "Ministry (test)", "Name", "no"))
    assert contacts(asha, ref)[0].released


@pytest.mark.parametrize("purpose", ["employer", "referral", "complaint", "litigation", "legal_ally"])
@pytest.mark.parametrize("home_state", ["yes", "unknown"])
def test_another_purpose_is_no_way_round_two(asha, ref, purpose, home_state):
    agree(asha, ref, purpose, "Embassy (test)")
    with pytest.raises(Invalid, match="not afraid to return"):
        ask(asha, ref, Going(purpose, "Embassy (test)", "Name", home_state))
    fear(asha, ref, "no")
    ask(asha, ref, Going(purpose, "Embassy (test)", "Name", home_state))
    (one,) = contacts(asha, ref)
    assert one.released is None


def test_saying_that_an_embassy_is_of_no_home_state_does_not_get_round_two(asha, ref):
    agree(asha, ref, "embassy", EMBASSY.recipient)
    fear(asha, ref, "no")
    ask(asha, ref, Going("embassy", EMBASSY.recipient, "Name", "no"))
    assert contacts(asha, ref)[0].released is None


def test_two_people_release_it(asha, bo, mei, ref):
    agree(asha, ref, "embassy", EMBASSY.recipient)
    fear(asha, ref, "no")
    asked = ask(asha, ref, EMBASSY)
    assert contacts(asha, ref)[0].released is None
    assert left.everything(factories.reload(asha, ref)) == []
    with pytest.raises(Invalid, match="second person"):
        outside.decide(asha, ref, asked, release=True)
    assert heads_up.waiting(asha) == []
    assert [line.what for line in heads_up.waiting(bo)] == ["release"]
    outside.decide(bo, ref, asked, release=True)
    assert contacts(asha, ref)[0].decided_by == bo.user_id
    assert [gone.recipient for gone in left.everything(factories.reload(asha, ref))] == [EMBASSY.recipient]
    assert heads_up.waiting(bo) == heads_up.waiting(mei) == []
    with pytest.raises(Invalid, match="decided already"):
        outside.decide(bo, ref, asked, release=False)


@pytest.mark.parametrize("change", ["withdrawn", "afraid"])
def test_what_changed_before_the_second_person_came_counts(asha, bo, ref, change):
    consent = agree(asha, ref, "embassy", EMBASSY.recipient)
    fear(asha, ref, "no")
    asked = ask(asha, ref, EMBASSY)
    if change == "withdrawn":
        consenting.withdraw(asha, ref, consent)
    else:
        fear(asha, ref, "yes")
    with pytest.raises(Invalid):
        outside.decide(bo, ref, asked, release=True)
    assert contacts(bo, ref)[0].released is None
    outside.decide(bo, ref, asked, release=False)
    assert contacts(bo, ref)[0].released is False


def test_another_desk_neither_asks_nor_decides(asha, ram, ref):
    agree(asha, ref, "embassy", EMBASSY.recipient)
    fear(asha, ref, "no")
    asked = ask(asha, ref, EMBASSY)
    for attempt in (
        lambda: ask(ram, ref, EMBASSY),
        lambda: outside.listing(ram, ref),
        lambda: outside.decide(ram, ref, asked, release=True),
    ):
        with pytest.raises(NotFound):
            attempt()
    with pytest.raises(NotFound):
        outside.decide(asha, ref, uuid4(), release=True)


def test_a_broken_line_keeps_nobody_from_deciding(asha, bo, ref):
    fear(asha, ref, "no")
    agree(asha, ref, EMBASSY.purpose, EMBASSY.recipient)
    entry = ask(asha, ref, EMBASSY)
    case = factories.reload(asha, ref)
    db.session.add(
        HeadsUp(
            id=uuid4(),
            case_id=case.id,
            desk_id=case.desk_id,
            tag=case.keys.tag(Section.HEADER),
            generation=1,
            on=clock.today(),
            body=b"\1" * 99,
        )
    )
    db.session.flush()
    outside.decide(bo, ref, entry, release=True)
    assert contacts(asha, ref)[0].released
    assert heads_up.waiting(bo) == []


def test_what_concerns_others_pushes_nothing_out(asha, bo, ref):
    fear(asha, ref, "no")
    agree(asha, ref, EMBASSY.purpose, EMBASSY.recipient)
    with clock.at(clock.now() - timedelta(days=2)):
        ask(asha, ref, EMBASSY)
    for _ in range(2 * heads_up.MOST + 1):
        heads_up.tell(factories.reload(asha, ref), heads_up.What.OVERRIDDEN, "x")
    assert [line.what for line in heads_up.waiting(bo)] == ["release"]
