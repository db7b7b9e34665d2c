"""Values, their padding, and what is no value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import Refused
from casework.vault.plain import bucket, decode, encode

TEXT = st.text(st.characters(codec="utf-8"))
SCALARS = st.none() | st.booleans() | st.integers() | TEXT | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=8)
VALUES = st.none() | TEXT | st.lists(JSON) | st.dictionaries(TEXT, JSON)


@given(VALUES)
def test_every_value_comes_back(value):
    assert decode(encode(value)) == value


@given(VALUES)
def test_the_size_is_a_bucket(value):
    size = len(encode(value))
    assert size >= 32
    assert size & (size - 1) == 0


@given(st.integers(0, 70_000))
def test_every_length_comes_back_from_the_smallest_bucket_that_holds_it(length):
    padded = encode("x" * length)
    assert decode(padded) == "x" * length
    assert len(padded) == bucket(length + 5)
    assert len(padded) == 32 or len(padded) < 2 * (length + 5)


def test_nothing_looks_as_long_as_a_short_text():
    assert len(encode(None)) == len(encode("")) == len(encode("x" * 27)) == 32
    assert len(encode("x" * 28)) == 64
    assert encode(None) != encode("")


@given(VALUES, st.data())
def test_padding_that_is_not_zero_is_refused(value, data):
    padded = bytearray(encode(value))
    used = 4 + int.from_bytes(padded[:4], "big")
    if used < len(padded):
        padded[data.draw(st.integers(used, len(padded) - 1))] = data.draw(st.integers(1, 255))
        with pytest.raises(Refused):
            decode(bytes(padded))


@given(VALUES, st.integers(0, 200))
def test_a_cut_or_longer_value_is_refused(value, at):
    padded = encode(value)
    for other in (padded[: min(at, len(padded) - 1)], padded + bytes(at + 1), padded + bytes(len(padded))):
        with pytest.raises(Refused):
            decode(other)


@given(st.binary(max_size=600))
def test_any_bytes_give_a_value_or_one_clear_refusal(raw):
    try:
        value = decode(raw)
    except Refused:
        return
    assert decode(encode(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x00",
        b"\x01\xff",
        b"\x02",
        b"\x02nul",
        b"\x02null",
        b'\x02"text"',
        b"\x02[1",
        b"\x03",
        b"\xff[]",
    ],
)
def test_what_encode_never_makes_is_refused(data):
    with pytest.raises(Refused):
        decode((len(data).to_bytes(4, "big") + data).ljust(32, b"\0"))


def test_json_that_is_nested_without_end_is_refused():
    data = b"\x02" + b"[" * 200_000
    with pytest.raises(Refused):
        decode((len(data).to_bytes(4, "big") + data).ljust(bucket(len(data) + 4), b"\0"))


@pytest.mark.parametrize("value", [1, 1.5, True, b"bytes", ("a",), {"a": {1, 2}}, [b"x"]])
def test_other_values_are_a_mistake(value):
    with pytest.raises(TypeError):
        encode(value)


@pytest.mark.parametrize("value", [[float("nan")], "\ud800", {"a": "\udfff"}])
def test_what_is_no_unicode_or_no_number_is_a_mistake(value):
    with pytest.raises(ValueError):
        encode(value)
