import io
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.vault.filing import CHUNK, opened
from tests.evidence.made import coming

sizes = st.one_of(st.integers(0, 200), st.sampled_from([CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 5]))


@given(
    sizes, st.integers(1, 100_000), st.lists(st.tuples(st.integers(0, 4 * CHUNK), st.integers(0, 2 * CHUNK)))
)
def test_it_reads_like_a_file(size, step, wanted):
    data = bytes(index * 11 % 253 for index in range(size))
    made, plain = coming(data, step), io.BytesIO(data)
    assert (made.size, made.digest) == (size, sha256(data).hexdigest())
    for where, how_much in wanted:
        made.seek(where)
        plain.seek(where)
        found = made.read(how_much)
        # A raw file may give less than was asked for, but never something else.
        assert plain.read(how_much).startswith(found)
        assert made.tell() == where + len(found)
    made.seek(0)
    assert made.readall() == data
    assert b"".join(opened(made.key, made.file_id, size, made.sealed())) == data


def test_nothing_is_added_once_it_was_read():
    made = coming(b"abc")
    assert made.seek(-1, io.SEEK_END) == 2
    with pytest.raises(io.UnsupportedOperation):
        made.write(b"d")


def test_what_it_holds_is_sealed():
    made = coming(b"Qzxwvj" * 40_000)
    assert b"Qzxwvj" not in b"".join(made.sealed())
    assert all(b"Qzxwvj" not in chunk for chunk in made._chunks)
