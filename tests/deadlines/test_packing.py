"""What is pressed together comes out as it went in, and nothing else does."""

from base64 import b85encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines import packing
from casework.errors import Refused

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(VALUES, st.integers(0, 300))
def test_what_goes_in_comes_out(value, least):
    text = packing.packed(value, least)
    assert len(text) >= least
    assert packing.unpacked(text) == value


@given(st.binary(max_size=40))
def test_letters_are_those_of_the_standard_library(data):
    assert packing._decoded(b85encode(data).decode("ascii")) == data


@pytest.mark.parametrize("broken", [None, [], "", "~~~~~", "é" * 5, "a b", "12345", "0", "\x00\x01"])
def test_what_was_not_packed_is_refused(broken):
    with pytest.raises(Refused):
        packing.unpacked(broken)
