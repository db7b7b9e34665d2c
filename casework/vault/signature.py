"""Signatures: Ed25519 over LP("casework/1", purpose, …) (construction §0)."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from casework.errors import Refused
from casework.vault.encoding import Part, bound
from casework.vault.secret import Secret


def sign(private: Ed25519PrivateKey, purpose: str, *parts: Part) -> bytes:
    """Sign parts for one purpose; 64 bytes."""
    return private.sign(bound(purpose, *parts))


def verify(public: bytes, signature: bytes, purpose: str, *parts: Part) -> None:
    """Hold a signature against a public key out of the chain.

    Raises:
        Refused: the signature is not of this key over these parts, or the key is none.
    """
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, bound(purpose, *parts))
    except (InvalidSignature, ValueError):
        raise Refused from None


def private_key(seed: Secret) -> Ed25519PrivateKey:
    """The private key that 32 secret bytes are."""
    return Ed25519PrivateKey.from_private_bytes(seed.expose())
