"""What an unlocked person holds: a root, two key pairs, an authenticator, pins (construction §1)."""

import base64
import hmac
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NoReturn, Self
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework import clock
from casework.errors import Refused
from casework.vault import blob, box, plain, signature, totp
from casework.vault.blob import Fmt
from casework.vault.catalogue import SealedField
from casework.vault.encoding import Part, kdf, lp
from casework.vault.field import FieldKey, picked
from casework.vault.plain import Value
from casework.vault.secret import Secret
from casework.vault.sections import PRIVATE_TAG

#: What a person seals for themselves has one key for good: the root never changes.
PRIVATE_VERSION = 1
_MARK = 9


@dataclass(frozen=True)
class Pin:
    """The newest entry of a desk's chain that a person has verified.

    Attributes:
        seq: its number.
        head: its hash.
    """

    seq: int
    head: bytes


class PersonKeys:
    r"""Everything that an unlocked person holds. It lives for one request and never shows its keys.

    Fields of scope "user" are sealed with fmt 1 under KDF(root, "section", user id, "private", 1),
    bound to the catalogue number, the user id, the row and the tag b"private\0".

    Args:
        user_id: whose keys these are.
        root: the 32 bytes in every slot of this person.
        x_seed, ed_seed: the private halves of the two key pairs.
        totp_secret: base32, for an authenticator app; empty for recovery cards.
        totp_step: the last step whose code was taken.
        pins: the verified head of each desk's chain.
        counter: how often the profile was sealed.
    """

    def __init__(
        self,
        user_id: UUID,
        root: Secret,
        x_seed: Secret,
        ed_seed: Secret,
        *,
        totp_secret: str = "",
        totp_step: int = 0,
        pins: dict[UUID, Pin] | None = None,
        counter: int = 0,
    ) -> None:
        self.user_id = user_id
        self.root = root
        self._x_seed = x_seed
        self._ed_seed = ed_seed
        self._totp_secret = Secret(totp_secret.encode())
        self._totp_step = totp_step
        self.pins = dict(pins or {})
        self.counter = counter
        #: Whether the profile should be sealed and stored again.
        self.changed = False
        self._fields: dict[int, FieldKey] = {}

    @classmethod
    def create(cls, user_id: UUID) -> Self:
        """A new person with fresh keys, not stored anywhere yet."""
        random = Secret.random
        return cls(user_id, random(), random(), random(), totp_secret=totp.new_secret())

    @cached_property
    def x_private(self) -> X25519PrivateKey:
        """Opens the boxes of this person."""
        return box.private_key(self._x_seed)

    @cached_property
    def ed_private(self) -> Ed25519PrivateKey:
        """Signs for this person."""
        return signature.private_key(self._ed_seed)

    @cached_property
    def x_public(self) -> bytes:
        """What others box to, once it stands in a chain."""
        return self.x_private.public_key().public_bytes_raw()

    @cached_property
    def ed_public(self) -> bytes:
        """What others verify with, once it stands in a chain."""
        return self.ed_private.public_key().public_bytes_raw()

    @property
    def totp_secret(self) -> str:
        """For the QR code of the set-up page, in base32."""
        return self._totp_secret.expose().decode()

    @property
    def code_step(self) -> int:
        """The half minute of the last code that was taken; 0 before the first."""
        return self._totp_step

    def use_code(self, code: str) -> None:
        """Take a code of the authenticator app; its step is spent once the profile is stored.

        The caller stores `sealed_profile` where the stored counter is still the old one, and refuses
        the sign-in when it is not: that makes each step count once, also for two sign-ins at a time.

        Raises:
            Refused: the code is wrong or spent.
        """
        self._totp_step = totp.use(self._totp_secret, code, self._totp_step, clock.now())
        self.changed = True

    def new_totp(self) -> str:
        """Draw a new authenticator secret in place of the old; in base32."""
        self._totp_secret, self._totp_step, self.changed = Secret(totp.new_secret().encode()), 0, True
        return self.totp_secret

    def pin(self, desk_id: UUID, pin: Pin) -> None:
        """Remember the newest verified head of a desk's chain."""
        if self.pins.get(desk_id) != pin:
            self.pins[desk_id] = pin
            self.changed = True

    def unpin(self, desk_id: UUID) -> None:
        """Forget a desk that was met but never joined, because the codes differed."""
        if self.pins.pop(desk_id, None):
            self.changed = True

    def seal(self, field: SealedField, row_id: UUID, value: Value) -> bytes:
        """Seal a value that only this person may read."""
        return self._field(field).seal(row_id, value)

    def open(self, field: SealedField, row_id: UUID, sealed: bytes | None) -> Value:
        """Open a value that only this person may read.

        Raises:
            Refused: it does not open.
        """
        version, there = picked(sealed)
        if version != PRIVATE_VERSION:
            raise Refused
        return self._field(field).open(row_id, there)

    def _field(self, field: SealedField) -> FieldKey:
        if field.number not in self._fields:
            field.require("user")
            key = kdf(self.root, "section", self.user_id, "private", PRIVATE_VERSION)
            self._fields[field.number] = FieldKey(
                key, PRIVATE_VERSION, field.number, self.user_id, PRIVATE_TAG
            )
        return self._fields[field.number]

    def mark(self, *parts: Part) -> str:
        """A short mark by which this person's own pages know something again without carrying it.

        Args:
            parts: what to know again. Nobody else can make or check the mark.
        """
        whole = hmac.digest(kdf(self.root, "seen mark", self.user_id).expose(), lp(*parts), "sha256")
        return base64.urlsafe_b64encode(whole[:_MARK]).decode()

    def unpack(self, packed: bytes | None, purpose: str, *place: Part) -> Value:
        """Open a value that was boxed to this person while their keys were not open.

        Raises:
            Refused: it does not open.
        """
        return plain.decode(box.unpack(self.x_private, packed, purpose, *place))

    def sealed_profile(self) -> tuple[bytes, int]:
        """See `person.sealed_profile`."""
        # The counter leads the blob, so it is bound: an old profile under a new counter does not open.
        counter, key = self.counter + 1, kdf(self.root, "profile")
        padded = Secret(plain.encode(self._profile()))
        return blob.seal(key, Fmt.PROFILE, counter, padded, "profile", self.user_id), counter

    def _profile(self) -> dict[str, Any]:
        return {
            "x25519": self._x_seed.expose().hex(),
            "ed25519": self._ed_seed.expose().hex(),
            "totp": self.totp_secret,
            "totp_step": self._totp_step,
            "pins": {str(desk): [pin.seq, pin.head.hex()] for desk, pin in self.pins.items()},
        }

    def __repr__(self) -> str:
        return f"PersonKeys({self.user_id})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("keys are never serialised")


def pack_for(x_public: bytes, value: Value, purpose: str, *place: Part) -> bytes:
    """Box a value for a person whose keys are not open now.

    Args:
        x_public: out of a verified chain.
        value: padded before it is boxed.
        purpose: what the box is for.
        place: what else it is bound to.
    """
    return box.pack(x_public, Secret(plain.encode(value)), purpose, *place)
