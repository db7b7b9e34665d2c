"""The profile of a person: sealed for storing, opened with the root (construction §1)."""

from typing import Any
from uuid import UUID

from casework.errors import Refused
from casework.vault import blob, plain
from casework.vault.blob import Fmt
from casework.vault.encoding import kdf
from casework.vault.person_keys import PersonKeys, Pin, pack_for
from casework.vault.secret import Secret

__all__ = ["PersonKeys", "Pin", "open_profile", "pack_for", "sealed_profile"]


def sealed_profile(person: PersonKeys) -> tuple[bytes, int]:
    """The profile as it is to be stored now.

    Args:
        person: whose pins, code step or secrets may have changed.

    Returns:
        The sealed profile (fmt 6) and its counter. Store both where the stored counter is
        still `person.counter`; when it is not, somebody stored a newer one meanwhile.
    """
    return person.sealed_profile()


def open_profile(root: Secret, user_id: UUID, sealed: bytes | None, counter: int | None = None) -> PersonKeys:
    """The keys of a person whose root is open.

    Args:
        root: out of a slot or a session.
        user_id: whose profile it should be.
        sealed: the stored profile.
        counter: the stored counter, to be compared with the one in the seal.

    Raises:
        Refused: it does not open, or is another one than the counter says.
    """
    version = blob.version_of(sealed, Fmt.PROFILE)
    if counter is not None and counter != version:
        raise Refused
    place = ("profile", user_id)
    person = _from_profile(root, user_id, blob.open_sealed(kdf(root, "profile"), Fmt.PROFILE, sealed, *place))
    if person is None:
        raise Refused
    person.counter = version
    return person


def _from_profile(root: Secret, user_id: UUID, padded: bytes) -> PersonKeys | None:
    """The keys in a profile. It gives None rather than raise, so that no traceback holds the open profile."""
    try:
        return _read(root, user_id, plain.decode(padded))
    except (Refused, LookupError, TypeError, ValueError):
        return None


def _read(root: Secret, user_id: UUID, profile: Any) -> PersonKeys:
    pins = {UUID(desk): Pin(seq, bytes.fromhex(head)) for desk, (seq, head) in profile["pins"].items()}
    return PersonKeys(
        user_id,
        root,
        Secret(bytes.fromhex(profile["x25519"])),
        Secret(bytes.fromhex(profile["ed25519"])),
        totp_secret=profile["totp"],
        totp_step=profile["totp_step"],
        pins=pins,
    )
