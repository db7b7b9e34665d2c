import uuid

import pytest

from tests.search.made import card


def test_only_the_ends_of_numbers_are_taken_in():
    one = card(phones=("+974 4412 7654", "", "x"), documents=("ep 12-34567",))
    assert (one.phones, one.documents) == (("127654",), ("234567",))
    assert "4412" not in repr(one)


def test_names_are_one_line_and_not_too_long():
    one = card(called="  Amina \n Hassan\t", variants=("", " ", "Ameena", "Ameena", "x" * 500))
    assert (one.called, one.variants) == ("Amina Hassan", ("Ameena", "x" * 80))


def test_lists_are_cut_and_hold_each_value_once():
    ids = tuple(uuid.uuid4() for _ in range(20))
    one = card(languages=("ne", "ne", "en"), respondents=ids, variants=tuple(f"Name {n}" for n in range(20)))
    assert one.languages == ("ne", "en")
    assert one.respondents == ids[:8]
    assert len(one.variants) == 8


def test_a_lone_surrogate_does_not_stop_a_save():
    assert card(called="Ami\ud800na").called == "Amina"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "two words"},
        {"flags": ("",)},
        {"languages": ("ne\nen",)},
        {"ref": "K7QD2MXR"},
        {"home": "x" * 41},
    ],
)
def test_what_is_no_code_is_refused(wrong):
    with pytest.raises(ValueError, match=r"no code|no reference"):
        card(**wrong)
