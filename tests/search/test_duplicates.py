import pytest

from casework.search.duplicates import known_already
from casework.search.match import Reason
from tests import factories

PHONE = {"number": {"written": "+977 980 111 2233", "digits": "9779801112233"}}


@pytest.fixture
def asha(database):
    world = factories.world()
    return world.actor(world.asha)


def reasons(actor, **answers):
    return [(hit.card.called, hit.reason) for hit in known_already(actor, answers)]


def test_another_spelling_of_a_whole_name_is_warned_of(asha):
    factories.case(asha, called="Fatoumata Jalloh", home="GN")
    factories.case(asha, called="Bishnu Tamang", home="NP")
    assert reasons(asha, called="Fatou Diallo") == [("Fatoumata Jalloh", Reason.ALIAS)]


def test_a_common_single_name_alone_is_no_warning(asha):
    factories.case(asha, called="Mohammed", home="SD", language="ar")
    assert reasons(asha, called="Muhammad") == []
    assert reasons(asha, called="Muhammad", home="BD", language="ar") == []


def test_a_single_name_with_the_same_country_is(asha):
    factories.case(asha, called="Sukarti", home="ID", language="id")
    assert reasons(asha, called="Soekarti", home="ID") == [("Sukarti", Reason.SOUND)]


def test_the_same_number_comes_first_whatever_the_name(asha):
    factories.case(asha, called="Mina Rai", reach=[PHONE])
    factories.case(asha, called="Amina Hassan")
    found = reasons(asha, called="Amina Hassan", reach=[PHONE])
    assert found == [("Mina Rai", Reason.PHONE), ("Amina Hassan", Reason.LETTERS)]


def test_a_case_is_no_double_of_itself(asha):
    case = factories.case(asha, called="Amina Hassan")
    assert known_already(asha, {"called": "Amina Hassan"}, besides=case.id) == ()


def test_nobody_is_like_somebody_without_a_name(asha):
    factories.case(asha, called="Amina Hassan")
    assert known_already(asha, {"home": "NP"}) == ()


def test_at_most_five_are_shown(asha):
    for _ in range(7):
        factories.case(asha, called="Amina Hassan")
    assert len(reasons(asha, called="Amina Hassan")) == 5


def test_another_desk_warns_of_nothing(database):
    world = factories.world()
    factories.case(world.actor(world.asha), called="Amina Hassan")
    assert reasons(world.actor(world.ram), called="Amina Hassan") == []
