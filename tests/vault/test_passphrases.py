"""Drawn and own passphrases, and codes of an authenticator app."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import Invalid, Refused
from casework.vault import Secret, passphrase, totp

NOW = datetime(2026, 3, 1, 12, 0, 7, tzinfo=UTC)


def test_the_list_is_the_long_one():
    assert len(passphrase.words()) == len(set(passphrase.words())) == 7776


def test_six_words_are_drawn_and_never_twice_the_same():
    drawn = [passphrase.generate() for _ in range(50)]
    assert len(set(drawn)) == 50
    for one in drawn:
        assert len(one.split()) == 6
        assert set(one.split()) <= set(passphrase.words())


def test_a_drawn_passphrase_would_do_as_an_own_one():
    for _ in range(5):
        passphrase.check_own(passphrase.generate())


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "   ",
        "password",
        "correct horse",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "qwertyuiop1234567890",
        "a" * 73,
        "abc" * 60,
        "x" * 600,
    ],
)
def test_what_could_be_guessed_is_not_taken(weak):
    with pytest.raises(Invalid) as caught:
        passphrase.check_own(weak)
    assert caught.value.field == "passphrase"
    assert weak.strip() == "" or weak not in caught.value.message


def test_longer_than_zxcvbn_takes_is_judged_by_its_beginning():
    passphrase.check_own("seven lanterns beneath the quarrelsome harbour whistle at midnight " * 2)


@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing_that_people_type(text):
    once = passphrase.normalise(text)
    assert "  " not in once
    assert "-" not in once or "-" not in text
    assert once == once.strip()


def test_one_passphrase_typed_in_many_ways_is_one():
    assert {
        passphrase.normalise(typed)
        for typed in ("Straße-sechs", "STRASSE SECHS", " strasse\tsechs ", "ｓtrasse　sechs")
    } == {"strasse sechs"}


SECRET = totp.new_secret()
WRAPPED = Secret(SECRET.encode())


@pytest.mark.parametrize("late", [-30, 0, 30])
def test_a_code_counts_one_step_around_now(late):
    code = totp.code_at(SECRET, NOW + timedelta(seconds=late))
    assert totp.use(WRAPPED, code, 0, NOW) == totp.step_at(NOW) + late // 30


@pytest.mark.parametrize("late", [-90, -60, 60, 90])
def test_a_code_of_another_time_does_not(late):
    with pytest.raises(Refused):
        totp.use(WRAPPED, totp.code_at(SECRET, NOW + timedelta(seconds=late)), 0, NOW)


def test_no_step_counts_twice_nor_one_before_it():
    step = totp.use(WRAPPED, totp.code_at(SECRET, NOW), 0, NOW)
    for late in (0, -30):
        with pytest.raises(Refused):
            totp.use(WRAPPED, totp.code_at(SECRET, NOW + timedelta(seconds=late)), step, NOW)
    assert totp.use(WRAPPED, totp.code_at(SECRET, NOW + timedelta(seconds=30)), step, NOW) == step + 1


def test_digits_of_any_script_are_digits():
    code = totp.code_at(SECRET, NOW)
    for zero in "٠०০０":
        typed = "".join(chr(ord(zero) + int(digit)) for digit in code)
        assert totp.use(WRAPPED, f"{typed[:3]} {typed[3:]}", 0, NOW)


@given(st.text(max_size=8))
def test_anything_else_is_refused(typed):
    if typed.strip() != totp.code_at(SECRET, NOW):
        with pytest.raises(Refused):
            totp.use(WRAPPED, typed, totp.step_at(NOW) + 1, NOW)


def test_the_address_for_the_app_names_the_secret_and_the_house():
    address = totp.uri(SECRET, "amina")
    assert address.startswith("otpauth://totp/Casework:amina?")
    assert SECRET in address
