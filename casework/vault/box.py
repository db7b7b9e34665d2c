"""A box for one public key: 0x11 ‖ HPKE(X25519, HKDF-SHA256, AES-256-GCM), RFC 9180 in base mode (construction §0).

A box proves nothing about who packed it. Who may have packed it follows from the place that it is bound
to: a commitment in the chain, a signature beside it, or a layer under the desk's key.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from casework.errors import Refused
from casework.vault.blob import Fmt
from casework.vault.encoding import Part, bound
from casework.vault.secret import Secret

_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_LEAD = bytes([Fmt.BOX])
_SHORTEST = 1 + 32 + 16


def pack(public: bytes, data: Secret, purpose: str, *place: Part) -> bytes:
    """Box bytes for whoever holds the private half of a key.

    Args:
        public: an X25519 public key, 32 bytes, out of the chain.
        data: what to box, wrapped because a key that is none must not show it in a traceback.
        purpose: what the box is for.
        place: what else it is bound to.

    Raises:
        Refused: the public key is none.
    """
    try:
        key = X25519PublicKey.from_public_bytes(public)
        return _LEAD + _SUITE.encrypt(data.expose(), key, info=bound(purpose, *place))
    except ValueError:
        raise Refused from None


def unpack(private: X25519PrivateKey, blob: bytes | None, purpose: str, *place: Part) -> bytes:
    """Open a box.

    Raises:
        Refused: it is not for this key, purpose and place, or is none at all.
    """
    if blob is None or len(blob) < _SHORTEST or blob[0] != Fmt.BOX:
        raise Refused
    try:
        return _SUITE.decrypt(blob[1:], private, info=bound(purpose, *place))
    except (InvalidTag, ValueError):
        raise Refused from None


def unpack_secret(private: X25519PrivateKey, blob: bytes | None, purpose: str, *place: Part) -> Secret:
    """Open a box that holds a key."""
    return Secret(unpack(private, blob, purpose, *place))


def private_key(seed: Secret) -> X25519PrivateKey:
    """The private key that 32 secret bytes are."""
    return X25519PrivateKey.from_private_bytes(seed.expose())
