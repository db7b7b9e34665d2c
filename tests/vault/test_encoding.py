"""Parts as bytes: no two lists of parts are alike, and none is read wrongly."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.vault import Secret
from casework.vault.encoding import kdf, lp, split_lp

RAW = st.lists(st.binary(max_size=40))


@given(RAW)
def test_parts_come_back(parts):
    assert split_lp(lp(*parts)) == tuple(parts)


@given(RAW, RAW)
def test_different_parts_differ(one, other):
    assert (lp(*one) == lp(*other)) == (one == other)


@given(RAW, st.integers(1, 60))
def test_what_is_cut_is_refused(parts, cut):
    packed = lp(*parts, b"end")
    if cut < 7:
        with pytest.raises(ValueError):
            split_lp(packed[:-cut])


@given(st.binary(max_size=60))
def test_any_bytes_are_parts_or_refused(raw):
    try:
        parts = split_lp(raw)
    except ValueError:
        return
    assert lp(*parts) == raw


@pytest.mark.parametrize("number", [-1, 2**32])
def test_a_number_that_does_not_fit_is_refused(number):
    with pytest.raises(ValueError):
        lp(number)


def test_ids_numbers_and_text_have_their_own_lengths():
    assert lp(UUID(int=1)) == b"\0\0\0\x10" + bytes(15) + b"\x01"
    assert lp(1) == b"\0\0\0\x04\0\0\0\x01"
    assert lp("é") == b"\0\0\0\x02" + "é".encode()


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=6), max_size=3), st.text("ab", max_size=3))
def test_derived_keys_differ_with_every_part(parts, label):
    key = Secret(bytes(32))
    assert kdf(key, label, *parts) == kdf(key, label, *parts)
    assert kdf(key, label, *parts) != kdf(key, label, *parts, "")
    assert kdf(key, label, *parts) != kdf(Secret(b"\1" * 32), label, *parts)
