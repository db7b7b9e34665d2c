"""A passkey as another slot: the root under what its authenticator works out (construction §1).

The authenticator computes a secret for this address and this passkey (WebAuthn's PRF extension) once its owner was
verified; the browser sends it, and it opens the slot. The server keeps nothing from which it follows. The assertion
is checked as well, against the public key that lies sealed under the root: a secret that was written down somewhere
opens no session without the authenticator.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestedCredentialData, PublicKeyCredentialRpEntity, PublicKeyCredentialUserEntity

from casework.errors import Refused
from casework.vault import blob
from casework.vault.blob import Fmt
from casework.vault.encoding import kdf
from casework.vault.secret import Secret

_SIZE = 32
#: There is no pepper in such a slot: its secret cannot be guessed.
_VERSION = 0
#: What authenticators and phones show beside the address; it names nobody.
_SHOWN = "Casework"


@dataclass(frozen=True)
class Site:
    """For whom a passkey counts.

    Attributes:
        name: the host, as browsers see it, without a port.
        origin: scheme, host and port.
    """

    name: str
    origin: str

    def server(self) -> Fido2Server:
        """The checks of the standard, for this site."""
        party = PublicKeyCredentialRpEntity(name=_SHOWN, id=self.name)
        return Fido2Server(party, verify_origin=lambda origin: origin == self.origin)


@dataclass(frozen=True)
class Answer:
    """What a browser sent.

    Attributes:
        response: the authenticator's, as the standard's JSON.
        prf: 32 bytes that it worked out.
        credential_id: of the passkey.
    """

    response: dict[str, Any]
    prf: Secret
    credential_id: bytes

    @classmethod
    def read(cls, response: str, prf: str) -> "Answer":
        """As it stands in the fields of a form.

        Raises:
            Refused: it is not of this form.
        """
        try:
            told, secret = json.loads(response), websafe_decode(prf)
            credential_id = websafe_decode(told["rawId"])
        except (LookupError, TypeError, ValueError):
            raise Refused from None
        if not isinstance(told, dict) or len(secret) != _SIZE or not credential_id:
            raise Refused
        return cls(told, Secret(secret), credential_id)


def challenge(cookie: bytes) -> bytes:
    """What an authenticator signs: follows from the browser's cookie, which changes with each sign-in."""
    return kdf(Secret(cookie), "passkey challenge").expose()


def to_make(site: Site, cookie: bytes, known: list[bytes]) -> dict[str, Any]:
    """What a browser needs to make a passkey.

    Args:
        site: of this installation.
        cookie: the session's secret.
        known: credentials that this person has; an authenticator makes no second one.
    """
    # A handle of its own for each: an authenticator that is found names nobody.
    handle = Secret.random(16).expose()
    options, _ = site.server().register_begin(
        PublicKeyCredentialUserEntity(name=_SHOWN, id=handle, display_name=_SHOWN),
        [AttestedCredentialData(one) for one in known],
        resident_key_requirement="required",  # type: ignore[arg-type] # the library takes the standard's word as well
        user_verification="required",  # type: ignore[arg-type] # as above
        challenge=challenge(cookie),
    )
    return dict(options.public_key)


def to_use(site: Site, cookie: bytes) -> dict[str, Any]:
    """What a browser needs to sign in with a passkey; it says nothing of anybody."""
    options, _ = site.server().authenticate_begin(
        user_verification="required",  # type: ignore[arg-type] # as above
        challenge=challenge(cookie),
    )
    return dict(options.public_key)


def made(site: Site, cookie: bytes, answer: Answer) -> bytes:
    """The public part of a passkey that was just made.

    Raises:
        Refused: the answer is not one to `to_make`.
    """
    try:
        found = site.server().register_complete(_state(cookie), answer.response).credential_data
    except (ValueError, KeyError, TypeError):
        raise Refused from None
    if found is None or found.credential_id != answer.credential_id:
        raise Refused
    return bytes(found)


def check(site: Site, cookie: bytes, credential: bytes, answer: Answer) -> None:
    """Hold a sign-in against the public part of a passkey.

    Raises:
        Refused: it is not its authenticator's, not for this browser, or its owner was not verified.
    """
    try:
        known = [AttestedCredentialData(credential)]
        site.server().authenticate_complete(_state(cookie), known, answer.response)
    except Exception:  # noqa: BLE001 - the library lets errors of its cryptography through; one answer for every failure
        raise Refused from None


def _state(cookie: bytes) -> dict[str, Any]:
    return {"challenge": websafe_encode(challenge(cookie)), "user_verification": "required"}


def seal_root(prf: Secret, root: Secret, user_id: UUID, slot_id: UUID) -> bytes:
    """A person's root under a passkey's secret."""
    key = kdf(prf, "passkey slot", user_id)
    return blob.seal(key, Fmt.SLOT, _VERSION, root, "passkey", user_id, slot_id)


def open_root(prf: Secret, user_id: UUID, slot_id: UUID, sealed: bytes) -> Secret:
    """The root in such a slot.

    Raises:
        Refused: the secret is another, or the slot was changed or moved.
    """
    key = kdf(prf, "passkey slot", user_id)
    return Secret(blob.open_sealed(key, Fmt.SLOT, sealed, "passkey", user_id, slot_id))
