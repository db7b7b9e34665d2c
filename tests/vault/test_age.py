"""Files under a passphrase as other software has them: known answers, every size, every cut, every changed byte."""

from base64 import b64decode
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import Refused
from casework.vault import Secret, age

WORDS = "river lamp stone copper window market"
#: Quick, for what is not about the passphrase.
QUICK = 1
#: Made by rage 0.11 (pyrage 1.4.0): another implementation of the same format.
ELSEWHERE = b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBJd1FJQ2pGUkZKb3pGT2pEd0l5N2ZBIDE3CklXUTR5RkxZQXRpcEVkZWh6YjBZ"
    "RTE1cFNmMCtFWmFQbXlCdnNIbGpVZ0kKLS0tIDNoRENMVTIxekZLS0Zvbkpyc3dEUjZIZ0UrS2JVOThETWdVVkMxR3BxQVkKZIA1CqiW"
    "zTzuVp2fboCdFJHhJkyC00BZ41KBF4fwU+RyLdXRaIHAdorQahMFbJqyiDfVUqat92g="
)
KNOWN = "ec2b0bde7a1c6e19123bc416975102c0ded37c460c56b50b4607bb6c0d503619"
DRAWN = age.Drawn(Secret(bytes(range(16))), bytes(range(16, 32)), bytes(range(32, 48)))


def seal(data, words=WORDS, log_n=QUICK, **more):
    return b"".join(age.sealed(words, [data], log_n, **more))


def opened(sealed, words=WORDS, step=1000):
    return b"".join(age.opened(words, [sealed[at : at + step] for at in range(0, len(sealed), step)]))


def test_a_file_of_other_software_opens():
    assert opened(ELSEWHERE) == b"Every case of the desk.\n"


def test_what_is_made_is_what_was_always_made():
    """Other software opened exactly these bytes (rage 0.11) when they were first made."""
    made = seal(b"Every case of the desk.\n" * 6000, log_n=10, drawn=DRAWN)
    assert len(made) == 144_000 + 3 * 16 + len(b"age-encryption.org/v1\n") + 3 + 7 + 22 + 4 + 44 + 4 + 44 + 16
    assert sha256(made).hexdigest() == KNOWN


@pytest.mark.parametrize(
    "size", [0, 1, age.CHUNK - 1, age.CHUNK, age.CHUNK + 1, 2 * age.CHUNK, 3 * age.CHUNK - 5]
)
def test_every_size_comes_back(size):
    data = bytes(number % 251 for number in range(size))
    sealed = seal(data)
    assert opened(sealed) == data
    assert opened(sealed, step=age.CHUNK + 16) == data


@settings(max_examples=25)
@given(st.lists(st.binary(max_size=40_000), max_size=6))
def test_however_it_comes_in_it_is_the_same_file(parts):
    sealed = b"".join(age.sealed(WORDS, parts, QUICK, drawn=DRAWN))
    assert sealed == seal(b"".join(parts), drawn=DRAWN)
    assert opened(sealed) == b"".join(parts)


def test_other_words_open_nothing():
    with pytest.raises(Refused):
        opened(seal(b"story"), words="river lamp stone copper window marker")


def test_no_changed_byte_passes():
    sealed = seal(b"story")
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(Refused):
            opened(bytes(changed))


def test_no_cut_passes():
    sealed = seal(bytes(age.CHUNK + 10))
    for end in [*range(0, 300, 7), len(sealed) - age.CHUNK, len(sealed) - 26, len(sealed) - 1]:
        with pytest.raises(Refused):
            opened(sealed[:end])
    with pytest.raises(Refused):
        opened(sealed + b"x")


def test_chunks_cannot_change_places():
    sealed = seal(bytes(2 * age.CHUNK + 5))
    lead, size = len(sealed) - 2 * (age.CHUNK + 16) - 21, age.CHUNK + 16
    first, second, last = sealed[lead : lead + size], sealed[lead + size : lead + 2 * size], sealed[-21:]
    for order in ((second, first, last), (first, first, last), (first, last), (first, second)):
        with pytest.raises(Refused):
            opened(sealed[:lead] + b"".join(order))


def test_a_file_that_asks_for_too_much_work_is_refused():
    sealed = seal(b"story").replace(b" 1\n", b" 22\n", 1)
    with pytest.raises(Refused):
        opened(sealed)
