"""A case does not end while one of its dates runs: done, struck out by two, or handed over."""

from datetime import UTC, date, datetime

import pytest

from casework.cases import life
from casework.deadlines import closing, service
from casework.deadlines.held import State
from casework.errors import Invalid
from tests import factories
from tests.deadlines.cases import removal


@pytest.fixture(autouse=True)
def _stand(freeze):
    freeze(datetime(2026, 3, 22, 9, 0, tzinfo=UTC))


def running(actor, ref):
    return service.listing(actor, ref).running


def close(actor, ref, reason="withdrew", **changes):
    return life.close(
        actor,
        ref,
        factories.ending(reason, **({"dates_done": ""} | changes)),
        factories.reload(actor, ref).row.status,
    )


def test_a_running_date_keeps_a_case_open(asha, ref):
    with pytest.raises(Invalid, match="still run") as refused:
        close(asha, ref)
    left = running(asha, ref)
    assert (refused.value.field, refused.value.params) == ("dates_done", {"count": len(left)})
    for one in left:
        service.done(asha, ref, one.id, "Appeal received")
    assert close(asha, ref).row.status == "closed"


def test_what_was_done_about_them_stands_with_each(asha, ref):
    assert close(asha, ref, dates_done="Appeal received").row.status == "closed"
    ended = service.listing(asha, ref).ended
    assert ended
    assert {(one.state, one.turns[-1].what, one.turns[-1].reason) for one in ended} == {
        (State.DONE, "done", "Appeal received")
    }


def test_asking_to_strike_it_out_is_not_enough(asha, mei, ref):
    for one in running(asha, ref):
        service.strike(asha, ref, one.id, "Served at another address")
    with pytest.raises(Invalid, match="still run"):
        close(asha, ref)
    for one in running(asha, ref):
        service.answer_strike(mei, ref, one.id, agree=True)
    assert close(asha, ref).row.status == "closed"


def test_nobody_takes_dates_who_did_not_take_the_case(asha, ref):
    with pytest.raises(Invalid, match="still run"):
        close(asha, ref, hand_over=True)


def test_those_who_took_the_case_on_take_its_dates(asha, ref):
    accepted = {"accepted_by": "Law clinic (test)", "accepted_on": date(2026, 3, 20)}
    with pytest.raises(Invalid, match="still run"):
        close(asha, ref, "referred", **accepted)
    case = close(asha, ref, "referred", hand_over=True, **accepted)
    assert closing.running(case) == []
    for one in service.listing(asha, ref).ended:
        last = one.turns[-1]
        assert (one.state, last.what, last.reason) == (State.DONE, "handed_over", "Law clinic (test)")


@pytest.fixture
def ref(asha):
    return removal(asha)
