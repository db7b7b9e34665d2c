"""Codes that were taken, remembered beside the profile that says so itself.

Whoever writes to the database can put a person's older profile back, and with it the mark of their last
code. Valkey is no part of the database: there each code counts once for as long as it is valid at all.
Names are HMACs, as those of the limits: Valkey learns neither who signs in nor which codes they have.
"""

import hashlib
import hmac
from datetime import timedelta

from casework.access.doorway import Doorway
from casework.errors import Refused
from casework.vault import PersonKeys

#: A code is good for three steps of half a minute at most (`vault.totp`); after that the clock refuses it.
_LIFE = timedelta(minutes=2)


def spend(door: Doorway, person: PersonKeys) -> None:
    """Take a code that `use_code` found to be right, so that it is taken only once.

    Args:
        door: of this installation.
        person: who has just given it.

    Raises:
        Refused: it was taken before, whatever their profile says.
    """
    if not door.memory.put_first(_name(door, person), b"1", _LIFE):
        raise Refused


def _name(door: Doorway, person: PersonKeys) -> str:
    code = b"spent code\0" + person.user_id.bytes + person.code_step.to_bytes(8, "big")
    return f"spent:{hmac.new(door.secret, code, hashlib.sha256).hexdigest()}"
