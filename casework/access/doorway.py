"""What signing in needs from the installation: peppers, limits, memory, and how long sessions live."""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass, field
from datetime import timedelta

from casework.access.limits import Limits
from casework.memory import Memory
from casework.settings import Settings
from casework.vault import slot


@dataclass(frozen=True)
class Doorway:
    """Made once from the settings, handed to every service that lets somebody in.

    Attributes:
        peppers, cost, gate: for passphrase slots.
        secret: makes login names unreadable.
        memory: where session roots live.
        limits: slows down guessing.
        idle, absolute: the life of a session.
    """

    peppers: slot.Peppers
    cost: slot.Cost
    gate: slot.Gate
    secret: bytes = field(repr=False)
    memory: Memory
    limits: Limits
    idle: timedelta
    absolute: timedelta

    def login_mac(self, login: str) -> bytes:
        """What stands in the store for a login name: an HMAC under the server's secret.

        Args:
            login: as typed; small and capital letters, and spaces around it, do not matter.
        """
        name = unicodedata.normalize("NFKC", login).casefold().strip()
        return hmac.digest(self.secret, b"login\0" + name.encode(), hashlib.sha256)


def build(settings: Settings) -> Doorway:
    """The doorway of an installation."""
    memory = Memory(settings.redis_url)
    return Doorway(
        peppers=slot.Peppers(settings.peppers),
        cost=slot.QUICK if settings.quick_argon2 else slot.STRONG,
        gate=slot.Gate(settings.argon2_at_once),
        secret=settings.secret,
        memory=memory,
        limits=Limits(memory, settings.secret),
        idle=settings.idle,
        absolute=settings.absolute,
    )
