"""What a packet with large files costs in memory: the same as one with small ones, wherever it is made, brought or accepted."""

import tracemalloc
from uuid import uuid4

import pytest

from casework.evidence import examining
from casework.evidence import service as evidence
from casework.evidence.bodies import Description
from casework.evidence.coming import Coming
from casework.packets import accepting, importing, sending
from casework.vault import Section
from tests.packets.scene import LARGEST, wish

_MB = 1024 * 1024
#: A file, and what may be in memory of it at a time: the five megabytes that the store takes together, and what waits beside it.
_FILE, _MOST = 12 * _MB, 7 * _MB
#: A sound: it is kept as it came, without a copy.
_HEAD = b"RIFF\0\0\0\0WAVEfmt " + bytes(20)


@pytest.fixture
def piece(asha, case, store):
    """A long sound among the evidence of a case."""
    coming = Coming()
    coming.write(_HEAD)
    for _ in range(_FILE // _MB):
        coming.write(bytes(_MB))
    examined = examining.examine(coming, LARGEST)
    examining.keep(store, examined)
    return evidence.add(asha, case.ref, examined, Description(what="other", called="", grade="copy"), uuid4())


def most_in_memory(act):
    tracemalloc.start()
    try:
        found = act()
        return found, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_sent_within_the_installation_and_accepted(world, store, case, known, piece):
    asha, asked = world.actor(world.asha), wish(known, Section.STORY, files=[piece])
    files, most = most_in_memory(lambda: sending.prepare(asha, store, case.ref, asked))
    assert most < _MOST
    packet_id = sending.send(world.actor(world.asha), case.ref, asked, files, uuid4())
    ram = world.actor(world.ram)
    ready, most = most_in_memory(lambda: accepting.prepare(ram, store, packet_id, LARGEST))
    assert (len(ready.files), ready.lost) == (1, 0)
    assert most < _MOST


def test_made_as_a_file_and_brought(world, store, case, known, piece):
    asha, asked = world.actor(world.asha), wish(known, Section.STORY, files=[piece])
    _, parts = sending.make_file(asha, store, case.ref, asked, uuid4(), LARGEST)
    came = Coming()
    for part in parts:
        came.write(part)
    came.seek(0)
    ram = world.actor(world.ram)
    brought, most = most_in_memory(lambda: importing.prepare(ram, store, came.stream))
    assert len(brought.received.files) == 1
    assert most < _MOST


def test_what_waits_beside_memory_is_sealed_and_has_no_name(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    coming = Coming()
    for _ in range(40):
        coming.write(b"Qzxwvj" * 20_000)
    assert list(tmp_path.iterdir()) == []
    assert all(b"Qzxwvj" not in chunk for chunk in coming._chunks)
    coming.close()
    assert coming.size == 40 * 120_000
