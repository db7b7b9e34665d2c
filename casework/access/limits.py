"""Sign-in attempts: slowed, never locked out.

The count belongs to an account *and* an address, so a stranger elsewhere cannot keep the owner out;
a second, wider count belongs to the address alone. Bucket names are HMACs: Valkey learns no login.
An account is named by the HMAC of its login (`Doorway.login_mac`), so that however a login is written it
is one account. Behind a proxy that `trusted_proxies` does not name, everybody has the proxy's address:
then a stranger's guesses do slow down the owner.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from casework import clock
from casework.memory import Memory

_FORGET = timedelta(minutes=30)
_FREE_PER_ACCOUNT = 4
_FREE_PER_ADDRESS = 40
_LONGEST = timedelta(minutes=5)


@dataclass(frozen=True)
class Limits:
    """Counts failed attempts.

    Attributes:
        memory: where the counts live.
        secret: makes bucket names unreadable.
    """

    memory: Memory
    secret: bytes

    def wait(self, account: str, address: str) -> timedelta:
        """How long this account must still wait at this address; zero when it may try now."""
        left = max(
            self.memory.left(name) for name in (self._pause(b) for b in self._buckets(account, address))
        )
        return timedelta(milliseconds=left)

    def failed(self, account: str, address: str) -> None:
        """Count a failure; from the fifth on, each doubles the wait."""
        for bucket, free in zip(
            self._buckets(account, address), (_FREE_PER_ACCOUNT, _FREE_PER_ADDRESS), strict=True
        ):
            beyond = self.memory.count(f"failures:{bucket}", _FORGET) - free
            if beyond > 0:
                pause = min(timedelta(seconds=2 ** min(beyond, 10)), _LONGEST)
                self.memory.put(self._pause(bucket), b"1", pause)

    def passed(self, account: str, address: str) -> None:
        """Forget the failures of an account at an address after it signed in there."""
        bucket = self._buckets(account, address)[0]
        self.memory.drop(f"failures:{bucket}", self._pause(bucket))

    def too_often(self, what: str, most: int, within: timedelta) -> bool:
        """Count one more of something, and say whether that was too many.

        Args:
            what: a purpose and whose it is; Valkey sees an HMAC of it.
            most: how many are allowed in one stretch of time.
            within: the length of a stretch; the count begins anew with the next.
        """
        stretch = int(clock.now().timestamp() // within.total_seconds())
        bucket = self._mac(f"{what}\0{stretch}")
        return self.memory.count(f"often:{bucket}", within) > most

    def _buckets(self, account: str, address: str) -> tuple[str, str]:
        return self._mac(f"{account}\0{address}"), self._mac(address)

    def _mac(self, text: str) -> str:
        return hmac.new(self.secret, b"limits\0" + text.encode(), hashlib.sha256).hexdigest()

    @staticmethod
    def _pause(bucket: str) -> str:
        return f"pause:{bucket}"
