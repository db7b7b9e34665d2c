"""Sealed objects, boxes and signatures: bound to their place, their purpose and their key."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import Refused
from casework.vault import PersonKeys, Secret, blob, box, pack_for, signature
from casework.vault.blob import Fmt

ONE, OTHER = PersonKeys.create(uuid.uuid4()), PersonKeys.create(uuid.uuid4())
KEY = Secret.random()


@given(st.sampled_from(Fmt), st.integers(0, 2**32 - 1), st.binary(max_size=300))
def test_a_sealed_object_opens_in_its_place_only(fmt, version, data):
    sealed = blob.seal(KEY, fmt, version, data, "place", 1)
    assert blob.open_sealed(KEY, fmt, sealed, "place", 1) == data
    assert blob.version_of(sealed, fmt) == version
    for key, other, place in (
        (Secret.random(), fmt, ("place", 1)),
        (KEY, _other(fmt), ("place", 1)),
        (KEY, fmt, ("place", 2)),
        (KEY, fmt, ("place",)),
        (KEY, fmt, ("plac", "e", 1)),
    ):
        with pytest.raises(Refused):
            blob.open_sealed(key, other, sealed, *place)


def _other(fmt):
    return Fmt.BOX if fmt is not Fmt.BOX else Fmt.FIELD


@given(st.binary(max_size=80))
def test_any_bytes_are_refused(raw):
    for attack in (raw, blob.seal(KEY, Fmt.SLOT, 1, b"x", "place")[:17] + raw):
        with pytest.raises(Refused):
            blob.open_sealed(KEY, Fmt.SLOT, attack, "place")
    for attack in (raw, b"\x11" + raw):
        with pytest.raises(Refused):
            box.unpack(ONE.x_private, attack, "purpose")


@pytest.mark.parametrize("version", [-1, 2**32])
def test_a_version_that_does_not_fit_is_a_mistake(version):
    with pytest.raises(ValueError):
        blob.seal(KEY, Fmt.SLOT, version, b"", "place")


@given(st.binary(max_size=300))
def test_a_box_opens_for_its_key_purpose_and_place_only(data):
    packed = box.pack(ONE.x_public, Secret(data), "purpose", 7)
    assert box.unpack(ONE.x_private, packed, "purpose", 7) == data
    for private, purpose, place in (
        (OTHER.x_private, "purpose", 7),
        (ONE.x_private, "purpos", 7),
        (ONE.x_private, "purpose", 8),
    ):
        with pytest.raises(Refused):
            box.unpack(private, packed, purpose, place)


def test_any_bit_of_a_box_flipped_is_refused():
    packed = box.pack(ONE.x_public, Secret(b"secret"), "purpose")
    for at in range(len(packed)):
        for bit in range(8):
            with pytest.raises(Refused):
                box.unpack(
                    ONE.x_private, packed[:at] + bytes([packed[at] ^ 1 << bit]) + packed[at + 1 :], "purpose"
                )


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(32), (1).to_bytes(32, "little"), b"\xff" * 33])
def test_a_key_that_is_none_is_refused(public):
    with pytest.raises(Refused):
        box.pack(public, Secret(b"secret"), "purpose")


@pytest.mark.parametrize("public", [b"", bytes(31), b"\xff" * 32, b"\xff" * 33])
def test_a_signature_under_a_key_that_is_none_is_refused(public):
    with pytest.raises(Refused):
        signature.verify(public, signature.sign(ONE.ed_private, "purpose"), "purpose")


def test_a_signature_holds_for_its_key_purpose_and_parts_only():
    signed = signature.sign(ONE.ed_private, "purpose", "part", 1)
    signature.verify(ONE.ed_public, signed, "purpose", "part", 1)
    for public, parts in (
        (OTHER.ed_public, ("purpose", "part", 1)),
        (ONE.ed_public, ("purpos", "epart", 1)),
        (ONE.ed_public, ("purpose", "part", 2)),
        (ONE.ed_public, ("purpose", "part")),
    ):
        with pytest.raises(Refused):
            signature.verify(public, signed, *parts)
    for cut in (b"", signed[:-1], signed + b"\0"):
        with pytest.raises(Refused):
            signature.verify(ONE.ed_public, cut, "purpose", "part", 1)


def test_what_is_boxed_to_a_sleeping_person_is_padded_and_theirs():
    value = {"note": "written after the session ended"}
    packed = pack_for(ONE.x_public, value, "late form", ONE.user_id)
    assert ONE.unpack(packed, "late form", ONE.user_id) == value
    assert len(pack_for(ONE.x_public, "a", "late form")) == len(pack_for(ONE.x_public, "b" * 27, "late form"))
    with pytest.raises(Refused):
        OTHER.unpack(packed, "late form", ONE.user_id)
