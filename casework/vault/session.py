"""A session: 32 bytes in a cookie open the root that lies sealed in Valkey (construction §2).

A seized server has no cookie, a stolen cookie no server. What this file seals is kept in memory only.
"""

import base64
import binascii
import hmac
import os
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from casework.errors import Refused
from casework.vault import blob
from casework.vault.blob import Fmt
from casework.vault.encoding import kdf
from casework.vault.secret import Secret

#: The bytes of a cookie, as they come from the browser or wrapped already.
Cookie = bytes | Secret

LENGTH = 32
VERSION = 1


def new_secret() -> bytes:
    """Fresh bytes for a cookie; a new one at sign-in, at step-up and when a slot changes."""
    return os.urandom(LENGTH)


def sid_of(secret: Cookie) -> bytes:
    """What the server may know of a cookie: its SHA-256."""
    return sha256(_wrapped(secret).expose()).digest()


def _wrapped(secret: Cookie) -> Secret:
    return secret if isinstance(secret, Secret) else Secret(secret)


def seal_root(secret: Cookie, root: Secret, user_id: UUID, ends_at: datetime) -> bytes:
    """Seal a root for one session; kept in Valkey only, never in SQL.

    Args:
        secret: the cookie's bytes.
        root: of the person who signed in.
        user_id: theirs.
        ends_at: when the session ends at the latest; the seal is bound to it, in whole seconds.
    """
    place = _place(secret, user_id, ends_at)
    return blob.seal(kdf(_wrapped(secret), "session"), Fmt.SESSION, VERSION, root, *place)


def open_root(secret: Cookie, sealed: bytes | None, user_id: UUID, ends_at: datetime) -> Secret:
    """Open what `seal_root` made.

    Raises:
        Refused: it is of another cookie, user or end, or is not there any more.
    """
    place = _place(secret, user_id, ends_at)
    if blob.version_of(sealed, Fmt.SESSION) != VERSION:
        raise Refused
    return Secret(blob.open_sealed(kdf(_wrapped(secret), "session"), Fmt.SESSION, sealed, *place))


def _place(secret: Cookie, user_id: UUID, ends_at: datetime) -> tuple[str, bytes, UUID, int]:
    return "session", sid_of(secret), user_id, int(ends_at.timestamp())


def seal_kept(secret: Cookie, name: str, data: bytes) -> bytes:
    """Seal small state of a session, such as filter choices, under KDF(c, "kept").

    Args:
        secret: the cookie's bytes.
        name: what it is kept under; it opens under no other name.
        data: what to keep.
    """
    place = ("kept", sid_of(secret), name)
    return blob.seal(kdf(_wrapped(secret), "kept"), Fmt.SESSION, VERSION, data, *place)


def open_kept(secret: Cookie, name: str, sealed: bytes | None) -> bytes:
    """Open what `seal_kept` made under the same name.

    Raises:
        Refused: it is of another session or name.
    """
    return blob.open_sealed(kdf(_wrapped(secret), "kept"), Fmt.SESSION, sealed, "kept", sid_of(secret), name)


def csrf_token(secret: Cookie, form: str) -> str:
    """A form's token, masked anew each time so that compressed pages tell nothing about it."""
    mask = Secret.random(LENGTH)
    masked = mask ^ csrf_mark(secret, form)
    return base64.urlsafe_b64encode(mask.expose() + masked.expose()).decode()


def csrf_valid(secret: Cookie, form: str, token: str) -> bool:
    """Whether a token was made for this form in a page of this session."""
    try:
        return unmasked(token) == csrf_mark(secret, form)
    except Refused:
        return False


def unmasked(token: str) -> Secret:
    """What a form's token hides under its mask.

    Raises:
        Refused: it is no token at all.
    """
    try:
        both = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Refused from None
    if len(both) != 2 * LENGTH:
        raise Refused
    return Secret(both[:LENGTH]) ^ Secret(both[LENGTH:])


def csrf_mark(secret: Cookie, form: str) -> Secret:
    """What every token of this form in this session hides."""
    return Secret(hmac.digest(kdf(_wrapped(secret), "csrf").expose(), form.encode(), "sha256"))
