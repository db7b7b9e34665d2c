r"""A window and a return as files, between two installations (docs/trend-return.md).

    "casework window\n" ‖ version u8 ‖ u32 length ‖ LP(network, window, plan, digest, layout, first, last, closes, steward, x25519, …)
    "casework return\n" ‖ version u8 ‖ u32 length ‖ LP(network, window, from, number, boxes, body)

Neither file says who made it: thirty digits of its hash are read out, by somebody whose voice is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from casework.errors import Invalid
from casework.trends.windows import Window
from casework.vault import spoken
from casework.vault.encoding import lp, split_lp, u32
from casework.vault.returning import Place

ANNOUNCED, RETURNED, VERSION = b"casework window\n", b"casework return\n", 1
_ID, _NUMBER, _KEY, _HASH, _DAY = 16, 4, 32, 64, 10
#: What leads the stewards of an announcement, and which lengths it has; a name of a plan has any.
_LEAD = (_ID, _ID, None, _HASH, _KEY, _DAY, _DAY, _DAY)
_STEWARDS = (4, 6)
#: No file is larger: a million rows, and their padding.
LARGEST = 256 * 1024 * 1024


@dataclass(frozen=True)
class Announcement:
    """A window as another network announces it.

    Attributes:
        window: its days, plan and stewards.
        layout: the hash of how a row of facts is written there.
        stewards: the public key of each.
    """

    window: Window
    layout: bytes
    stewards: Mapping[UUID, bytes]

    def to_bytes(self) -> bytes:
        """As a file."""
        one = self.window
        days = [day.isoformat() for day in (one.first_on, one.last_on, one.closes_on)]
        keys = [part for who in sorted(self.stewards) for part in (who, self.stewards[who])]
        return _file(ANNOUNCED, lp(one.network_id, one.id, one.plan, one.digest, self.layout, *days, *keys))

    @property
    def code(self) -> str:
        """Thirty digits to be read out."""
        return spoken.code(sha256(self.to_bytes()).digest())


@dataclass(frozen=True)
class ReturnFile:
    """A return as it travels.

    Attributes:
        place: what it is bound to.
        number: how often this desk made one for this window; the highest one counts.
        boxes, body: sealed to the stewards.
    """

    place: Place
    number: int
    boxes: bytes
    body: bytes

    def to_bytes(self) -> bytes:
        """As a file."""
        return _file(RETURNED, lp(*self.place.parts(), self.number, self.boxes, self.body))

    @property
    def digest(self) -> bytes:
        """SHA-256 of the file."""
        return sha256(self.to_bytes()).digest()

    @property
    def code(self) -> str:
        """Thirty digits to be read out."""
        return spoken.code(self.digest)


def read_announcement(raw: bytes) -> Announcement:
    """The announcement of a window.

    Raises:
        Invalid: it is none, of another version, or was cut or changed.
    """
    parts = _parts(raw, ANNOUNCED, Invalid("This file announces no window of published figures.", "file"))
    lead, keys = parts[: len(_LEAD)], parts[len(_LEAD) :]
    if (
        len(keys) not in _STEWARDS
        or not _fits(lead, _LEAD)
        or not _fits(keys, (_ID, _KEY) * (len(keys) // 2))
    ):
        raise broken()
    stewards = {UUID(bytes=who): key for who, key in zip(keys[::2], keys[1::2], strict=True)}
    try:
        found = Announcement(_window(lead, tuple(stewards)), lead[4], stewards)
    except ValueError:
        raise broken() from None
    _same(found, raw)
    return found


def _window(lead: tuple[bytes, ...], stewards: tuple[UUID, ...]) -> Window:
    network, window, plan, digest, _layout, *days = lead
    first_on, last_on, closes_on = (date.fromisoformat(day.decode("ascii")) for day in days)
    ids = UUID(bytes=window), UUID(bytes=network)
    return Window(*ids, plan.decode(), digest.decode("ascii"), first_on, last_on, closes_on, stewards)


def read_return(raw: bytes) -> ReturnFile:
    """A return.

    Raises:
        Invalid: it is none, of another version, or was cut or changed.
    """
    parts = _parts(raw, RETURNED, Invalid("This file is no return for published figures.", "file"))
    if len(parts) != 6 or not _fits(parts[:4], (_ID, _ID, _ID, _NUMBER)):  # noqa: PLR2004 - as the format has them
        raise broken()
    network, window, sender = (UUID(bytes=part) for part in parts[:3])
    number = int.from_bytes(parts[3], "big")
    found = ReturnFile(Place(network, window, sender), number, parts[4], parts[5])
    _same(found, raw)
    return found


def _parts(raw: bytes, magic: bytes, none: Invalid) -> tuple[bytes, ...]:
    if raw[: len(magic)] != magic:
        raise none
    at = len(magic) + 1
    if raw[len(magic) : at] != bytes([VERSION]):
        raise Invalid(
            "This file is of a version that is not known here. One of the two installations has to be updated.",
            "file",
        )
    body = raw[at + _NUMBER :]
    if raw[at : at + _NUMBER] != u32(len(body)):
        raise broken()
    try:
        return split_lp(body)
    except ValueError:
        raise broken() from None


def _fits(parts: tuple[bytes, ...], lengths: tuple[int | None, ...]) -> bool:
    if len(parts) != len(lengths):
        return False
    return all(size is None or len(part) == size for part, size in zip(parts, lengths, strict=True))


def _same(found: Announcement | ReturnFile, raw: bytes) -> None:
    """A file is taken only as it is written here, so that one content has one code."""
    if found.to_bytes() != raw:
        raise broken()


def _file(magic: bytes, body: bytes) -> bytes:
    return magic + bytes([VERSION]) + u32(len(body)) + body


def check_code(code: str, digits: str) -> None:
    """Go on only if the code is the one that somebody read out.

    Raises:
        Invalid: it is another one.
    """
    if not spoken.heard(code, digits):
        raise Invalid(
            "This is not the code of this file. If you heard it right, somebody has changed the file on its way:"
            " do not use it, and ask for it by another way.",
            "digits",
        )


def broken() -> Invalid:
    """The sentence for a file that was changed or cut."""
    return Invalid("This file was changed or cut on its way. Ask for it once more.", "file")
