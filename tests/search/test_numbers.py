import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.cases import addresses, references
from casework.search import numbers
from casework.search.names import Reason, matches
from casework.search.numbers import DOCUMENT, PHONE
from tests.search.made import card


@pytest.mark.parametrize(
    ("written", "tail"),
    [
        ("+974 4412 7654", "127654"),
        ("(0044) 20-7946.0958", "460958"),
        ("٠٥٥١٢٣٤٥٦٧", "234567"),
        ("۰۹۱۲۳۴۵۶۷۸۹", "456789"),
        ("९८४१२३४५६७", "234567"),
        ("০১৭১২৩৪৫৬৭৮", "345678"),
        ("123", "123"),
        ("", ""),
        ("no number", ""),
    ],
)
def test_the_end_of_a_telephone_number(written, tail):
    assert numbers.phone_tail(written) == tail


@pytest.mark.parametrize(
    ("written", "tail"),
    [
        ("A 1234567", "234567"),
        ("ep-98.76 5x", "98765X"),
        ("АВ 123456", "123456"),
        ("PA٠١٢٣", "PA0123"),
        ("", ""),
    ],
)
def test_the_end_of_a_document_number(written, tail):
    assert numbers.document_tail(written) == tail


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("127654", Reason.PHONE),
        ("4412 7654", Reason.PHONE),
        ("+974-4412-7654", Reason.PHONE),
        ("٤٤١٢٧٦٥٤", Reason.PHONE),
        ("7654", Reason.PHONE),
        ("A1234567", Reason.DOCUMENT),
        ("1234567", Reason.DOCUMENT),
        ("K12X", Reason.DOCUMENT),
        ("K7QD-2MXT", Reason.REFERENCE),
        ("k7qd 2mxt", Reason.REFERENCE),
        ("k7qd2mxt", Reason.REFERENCE),
        ("K7QD", Reason.REFERENCE),
        ("2mxt", Reason.REFERENCE),
        ("K7QD 2M", Reason.REFERENCE),
        ("write to Amina.K@Example.org.", Reason.ADDRESS),
    ],
)
def test_a_case_is_found_by_a_number(query, reason):
    ref = references.written("K7QD2MX" + references.check_character("K7QD2MX"))
    query = query.replace("2mxt", ref[5:].casefold()).replace("2MXT", ref[5:])
    mine = card(
        ref=ref,
        phones=("+974 4412 7654",),
        documents=("A1234567", "99K12X", addresses.mark("amina.k@example.org")),
    )
    other = card(phones=("+974 4412 0000",), documents=("B7654321",))
    assert [(m.place, m.reason) for m in matches(query, [other, mine])] == [(1, reason)]


def test_three_digits_are_too_few():
    assert matches("654", [card(phones=("127654",))]) == []


def test_a_number_of_six_is_the_end_and_nothing_else():
    assert matches("127654", [card(phones=("7654",)), card(phones=("227654",))]) == []


def test_a_name_and_a_number_together():
    phones = ("127654",)
    cards = [card(called="Amina"), card(called="Bekele", phones=phones), card(called="Amina", phones=phones)]
    assert [m.place for m in matches("Amina 127654", cards)] == [2, 1, 0]


@pytest.mark.parametrize("place", range(8))
def test_a_reference_heard_with_one_wrong_letter(place):
    right = "K7QD2MX" + references.check_character("K7QD2MX")
    letter = next(letter for letter in references.ALPHABET if letter != right[place])
    heard = right[:place] + letter + right[place + 1 :]
    cards = [*(card() for _ in range(20)), card(ref=references.written(right))]
    assert [(m.place, m.reason) for m in matches(heard, cards)] == [(20, Reason.REFERENCE)]


def test_a_reference_with_two_wrong_letters_is_another():
    right = "K7QD2MX" + references.check_character("K7QD2MX")
    assert matches("BB" + right[2:], [card(ref=references.written(right))]) == []


@given(st.text("0123456789", min_size=1, max_size=6))
def test_a_coded_phone_tail_comes_back(tail):
    assert numbers.uncoded(numbers.coded(tail, PHONE), PHONE) == tail


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=6))
def test_a_coded_document_tail_comes_back(tail):
    assert numbers.uncoded(numbers.coded(tail, DOCUMENT), DOCUMENT) == tail


@pytest.mark.parametrize("tail", ["1234567", "a1", "1-2", "é", ""])
def test_what_is_no_tail_is_not_coded(tail):
    with pytest.raises(ValueError, match="no tail"):
        numbers.coded(tail, DOCUMENT)


@pytest.mark.parametrize("code", [-1, 0, 1, 5, 25, 10**7])
def test_what_is_no_code_gives_no_tail(code):
    with pytest.raises(ValueError, match="no tail"):
        numbers.uncoded(code, PHONE)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_sorted(text):
    typed = numbers.typed(text)
    assert all(1 <= len(end) <= 6 and end.isdigit() and end.isascii() for end in typed.numbers)
    assert all(len(end) <= 6 and end.isascii() for end in typed.documents)
