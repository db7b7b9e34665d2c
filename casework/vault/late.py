"""Whose page it is: a token that lets a form find its owner after their session has ended.

It is made while the owner's keys are open, from their own opened profile, so no writer of the database
can put another public key into it. It opens under the server's secret and only beside a form token
(construction §2) of the very session that it was made in, and for the very page that it was given to: one
without the others says nothing. It opens no key and lets nobody in; all it allows is to box one form to its
owner, in the place of what came late from that page before.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from casework.errors import Refused
from casework.vault import blob
from casework.vault.blob import Fmt
from casework.vault.encoding import kdf, lp, split_lp
from casework.vault.person_keys import PersonKeys
from casework.vault.secret import Secret
from casework.vault.session import VERSION, Cookie, csrf_mark, unmasked

_LABEL = "late owner"


@dataclass(frozen=True)
class Owner:
    """Who a page was given to.

    Attributes:
        user_id: whose it is.
        x_public: what to box to.
        ends_at: until when the page counts as theirs.
    """

    user_id: UUID
    x_public: bytes
    ends_at: datetime


def owner_token(
    server: bytes, secret: Cookie, form: str, page: UUID, person: PersonKeys, ends_at: datetime
) -> str:
    """A token for a page of somebody whose keys are open; another one in every answer.

    Args:
        server: the server's secret.
        secret: the bytes of the session's cookie.
        form: what the form token beside it was made for.
        page: the token of the page; for another page it says nothing.
        person: whose page it is.
        ends_at: until when it counts, in whole seconds.
    """
    data = lp(person.user_id, person.x_public, int(ends_at.timestamp()))
    place = (_LABEL, csrf_mark(secret, form).expose(), page)
    sealed = blob.seal(kdf(Secret(server), _LABEL), Fmt.SESSION, VERSION, data, *place)
    return base64.urlsafe_b64encode(sealed).decode()


def owner_of(server: bytes, form_token: str, page: UUID, token: str, now: datetime) -> Owner:
    """Who a page was given to.

    Args:
        server: the server's secret.
        form_token: as the form carries it, masked.
        page: the token of the page that it came from.
        token: of `owner_token`.
        now: a token that has ended says nothing.

    Raises:
        Refused: it was not made here, belongs to another form token or page, or has ended.
    """
    try:
        sealed = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
        place = (_LABEL, unmasked(form_token).expose(), page)
    except (binascii.Error, ValueError):
        raise Refused from None
    user_id, x_public, end = split_lp(
        blob.open_sealed(kdf(Secret(server), _LABEL), Fmt.SESSION, sealed, *place)
    )
    owner = Owner(UUID(bytes=user_id), x_public, datetime.fromtimestamp(int.from_bytes(end, "big"), UTC))
    if owner.ends_at <= now:
        raise Refused
    return owner
