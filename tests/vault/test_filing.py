"""Files are sealed as construction §10 says, and open only whole, in order and under their own name."""

from hashlib import sha256
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import Refused
from casework.vault import filing
from casework.vault.filing import CHUNK, LEAD, SEALED_CHUNK, FileOpener, FileSealer, opened, padded
from casework.vault.secret import Secret

KEY, SALT = bytes(range(32)), bytes(range(100, 116))
ID = UUID("00112233-4455-6677-8899-aabbccddeeff")

sizes = st.one_of(
    st.integers(0, 300), st.sampled_from([CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7])
)


def sealed(
    data: bytes, step: int = 10_000, sealer: FileSealer | None = None
) -> tuple[FileSealer, list[bytes]]:
    sealer = sealer or FileSealer(ID, Secret(KEY), SALT)
    chunks = [chunk for at in range(0, len(data), step) for chunk in sealer.add(data[at : at + step])]
    return sealer, [*chunks, *sealer.end()]


def test_the_bytes_are_those_of_the_construction():
    """Made here a second time, from the sentence of the construction alone."""
    data = b"a" * CHUNK + b"the end"
    sealer, chunks = sealed(data)

    def lp(*parts: bytes) -> bytes:
        return b"".join(len(one).to_bytes(4) + one for one in parts)

    head = b"\x0c\0\0\0\x01"
    cipher = AESGCM(HKDF(SHA256(), 32, None, lp(b"casework/1", b"file", SALT)).derive(KEY))
    place = lp(b"casework/1", head, lp(b"file", ID.bytes))
    whole = data + bytes(padded(len(data)) - len(data))
    assert sealer.lead == head + SALT
    assert chunks == [
        cipher.encrypt(bytes(11) + b"\0", whole[:CHUNK], place),
        cipher.encrypt(bytes(10) + b"\1\1", whole[CHUNK:], place),
    ]


def test_known_answers():
    found = {}
    for size in (0, 1, CHUNK, CHUNK + 1, 200_000):
        sealer, chunks = sealed(b"\x5a" * size)
        found[size] = sha256(sealer.lead + b"".join(chunks)).hexdigest()[:16]
    assert found == KNOWN


KNOWN = {
    0: "389cc0d1f6f706e4",
    1: "4c0166b66f130633",
    65536: "a05807a70ab339bd",
    65537: "79f1f5efbb9a6de8",
    200000: "4383b25c1806ab8b",
}


@given(sizes, st.integers(1, 200_000), st.integers(1, 200_000))
def test_what_was_sealed_opens_however_it_is_cut(size, step, cut):
    data = bytes(index * 7 % 251 for index in range(size))
    sealer, chunks = sealed(data, step)
    stored = sealer.lead + b"".join(chunks)
    parts = [stored[at : at + cut] for at in range(0, len(stored), cut)]
    assert b"".join(opened(sealer.key, ID, size, parts)) == data
    opener = FileOpener(sealer.key, ID, size, stored[:LEAD])
    backwards = [opener.chunk(number, chunks[number]) for number in reversed(range(len(chunks)))]
    assert b"".join(reversed(backwards)) == data


@given(st.integers(0, 40 * 1024 * 1024), st.integers(0, 40 * 1024 * 1024))
def test_lengths_are_rounded_up_by_little(a, b):
    small, large = sorted((a, b))
    assert padded(small) <= padded(large)
    assert max(large, CHUNK) <= padded(large) <= max(large * 1.12, CHUNK)
    assert padded(padded(large)) == padded(large)


DATA = bytes(range(256)) * 800  # four chunks

HARM = {
    "a chunk out": lambda lead, chunks: [lead, *chunks[:1], *chunks[2:]],
    "the last out": lambda lead, chunks: [lead, *chunks[:-1]],
    "all out": lambda lead, _: [lead],
    "nothing at all": lambda *_: [],
    "two exchanged": lambda lead, chunks: [lead, chunks[1], chunks[0], *chunks[2:]],
    "one doubled": lambda lead, chunks: [lead, chunks[0], *chunks],
    "something after it": lambda lead, chunks: [lead, *chunks, b"more"],
    "an empty chunk after it": lambda lead, chunks: [lead, *chunks, chunks[-1]],
    "cut in the middle": lambda lead, chunks: [lead, *chunks[:-1], chunks[-1][:-1]],
    "one bit": lambda lead, chunks: [lead, bytes([chunks[0][0] ^ 1]) + chunks[0][1:], *chunks[1:]],
    "another version": lambda lead, chunks: [lead[:4] + b"\2" + lead[5:], *chunks],
    "another salt": lambda lead, chunks: [lead[:-1] + bytes([lead[-1] ^ 1]), *chunks],
}


@pytest.mark.parametrize("harm", HARM)
def test_nothing_may_be_missing_moved_or_changed(harm):
    sealer, chunks = sealed(DATA, sealer=FileSealer(ID))
    with pytest.raises(Refused):
        list(opened(sealer.key, ID, len(DATA), HARM[harm](sealer.lead, chunks)))


def test_it_opens_under_no_other_name_key_or_length():
    sealer, chunks = sealed(DATA, sealer=FileSealer(ID))
    for key, file_id, size in (
        (Secret.random(), ID, len(DATA)),
        (sealer.key, UUID(int=1), len(DATA)),
        (sealer.key, ID, len(DATA) + CHUNK),
        (sealer.key, ID, len(DATA) - CHUNK),
    ):
        with pytest.raises(Refused):
            list(opened(key, file_id, size, [sealer.lead, *chunks]))


def test_a_retry_takes_a_new_key_and_shows_nothing_of_the_first():
    one, first = sealed(DATA, sealer=FileSealer(ID))
    two, second = sealed(DATA, sealer=FileSealer(ID))
    assert one.key != two.key
    assert not {part[at : at + 16] for part in first for at in range(0, len(part), 16)} & {
        part[at : at + 16] for part in second for at in range(0, len(part), 16)
    }


def test_files_of_one_bucket_look_alike():
    lengths = {sum(map(len, sealed(b"x" * size)[1])) for size in (0, 1, 999, CHUNK)}
    assert lengths == {SEALED_CHUNK}
    assert filing.LEAD == LEAD == 21
