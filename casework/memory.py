"""Valkey: what is kept in memory only, and is gone when the machine is switched off.

Session roots (sealed under a key that only the browser's cookie gives), counters of failed sign-ins
and filter choices live here. Nothing here is ever written to a disk.
"""

from datetime import timedelta
from functools import lru_cache

import redis


@lru_cache(maxsize=8)
def connect(url: str) -> "redis.Redis":
    """The client for an address; one pool of connections a process.

    Args:
        url: of a Valkey or Redis without persistence.
    """
    return redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=2, health_check_interval=30)


class Memory:
    """Small sealed things with an end, by name.

    Args:
        url: of the Valkey or Redis.
    """

    def __init__(self, url: str) -> None:
        self.client = connect(url)

    def put(self, name: str, value: bytes, life: timedelta) -> None:
        """Keep a value for a while, in place of what was there."""
        self.client.set(name, value, px=life)

    def put_first(self, name: str, value: bytes, life: timedelta) -> bool:
        """Keep a value for a while, unless something is kept under this name already.

        Returns:
            Whether it was the first.
        """
        return bool(self.client.set(name, value, px=life, nx=True))

    def get(self, name: str) -> bytes | None:
        """What is kept under a name, if it has not ended."""
        found = self.client.get(name)
        return found if isinstance(found, bytes) else None

    def touch(self, name: str, life: timedelta) -> bytes | None:
        """Read a value and let its time start anew: how a session stays awake."""
        found = self.client.getex(name, px=life)
        return found if isinstance(found, bytes) else None

    def drop(self, *names: str) -> None:
        """Forget; names that are not there are passed over."""
        if names:
            self.client.delete(*names)

    def left(self, name: str) -> int:
        """Milliseconds until a value is forgotten; 0 when it is not there."""
        found = self.client.pttl(name)
        return max(int(str(found)), 0)

    def count(self, name: str, life: timedelta) -> int:
        """One more of something; the count is forgotten a while after the last one.

        Returns:
            How many there are now, with this one.
        """
        pipe = self.client.pipeline()
        pipe.incr(name)
        pipe.pexpire(name, life)
        total, _ = pipe.execute()
        return int(total)
