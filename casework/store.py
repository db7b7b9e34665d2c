"""The object store: sealed files under random names, in a local folder or in S3, by one interface.

What lies here is sealed before it comes here, so the store needs to be trusted with nothing but keeping it.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, S3Store

from casework.errors import NotFound

#: Parts of an upload in flight: more would only cost memory.
_PART, _AT_ONCE = 5 * 1024 * 1024, 1
#: Bytes that are read at a time.
_READ = 512 * 1024
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class StoreAway(Exception):
    """The store does not answer, or refuses. Says nothing of what was asked for."""


class Store:
    """Sealed files by their ids.

    Args:
        url: `file:///a/folder`, or `s3://bucket/prefix?endpoint=https://…&region=…`, whose credentials are
            in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._folder = Path(parts.path) if parts.scheme == "file" else None
        self._store = _local(self._folder) if self._folder else _s3(url)

    def put(self, file_id: UUID, parts: Iterable[bytes]) -> None:
        """Keep a file; it is there as a whole or not at all.

        Raises:
            StoreAway: it could not be kept.
        """
        try:
            obstore.put(self._store, _name(file_id), iter(parts), chunk_size=_PART, max_concurrency=_AT_ONCE)
            if self._folder:
                _settle(self._folder / _name(file_id))
        except (BaseError, OSError):
            raise StoreAway from None

    def get(self, file_id: UUID) -> Iterator[bytes]:
        """The bytes of a file, in parts.

        Raises:
            NotFound: there is none.
            StoreAway: the store does not answer.
        """
        try:
            found = obstore.get(self._store, _name(file_id))
        except (NotFoundError, FileNotFoundError):
            raise NotFound from None
        except (BaseError, OSError):
            raise StoreAway from None
        return (bytes(part) for part in found.stream(min_chunk_size=_READ))

    def delete(self, *file_ids: UUID) -> None:
        """Forget files; one that is not there is passed over.

        Raises:
            StoreAway: the store does not answer.
        """
        for file_id in file_ids:
            try:
                obstore.delete(self._store, _name(file_id))
            except (NotFoundError, FileNotFoundError):
                continue
            except (BaseError, OSError):
                raise StoreAway from None

    def older_than(self, age: timedelta) -> Iterator[UUID]:
        """The ids of the files that have lain here for a while.

        Raises:
            StoreAway: the store does not answer.
        """
        before = datetime.now(UTC) - age
        try:
            for batch in obstore.list(self._store):
                yield from (UUID(one["path"][-32:]) for one in batch if one["last_modified"] < before)
        except (BaseError, OSError):
            raise StoreAway from None

    def check(self) -> None:
        """Whether the store answers, and lets us in. Cheap: it is asked every few seconds.

        Raises:
            StoreAway: it does not.
        """
        try:
            next(iter(obstore.list(self._store, chunk_size=1)), None)
        except (BaseError, OSError):
            raise StoreAway from None
        if self._folder and not os.access(self._folder, os.R_OK | os.W_OK):
            raise StoreAway


@lru_cache(maxsize=8)
def connect(url: str) -> Store:
    """The store at an address; one client a process."""
    return Store(url)


def complaint(url: str) -> str | None:
    """What is unsafe or senseless about an address, a sentence; None where it may be used."""
    parts = urlsplit(url)
    if parts.scheme not in {"file", "s3"}:
        return "the store is file:///a/folder or s3://bucket/prefix?endpoint=…&region=…"
    endpoint = urlsplit(dict(parse_qsl(parts.query)).get("endpoint", "https:"))
    if endpoint.scheme != "https" and endpoint.hostname not in _LOOPBACK:
        return "a store that is not on this machine is reached by https"
    return None


def _name(file_id: UUID) -> str:
    """Two letters of the id make a folder, so that no folder grows without end."""
    return f"{file_id.hex[:2]}/{file_id.hex}"


def _local(folder: Path) -> LocalStore:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return LocalStore(folder)


def _s3(url: str) -> S3Store:
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    plain = asked.get("endpoint", "").startswith("http:")
    return S3Store(
        parts.netloc,
        prefix=parts.path.strip("/") or None,
        client_options={"timeout": "30s", "connect_timeout": "5s", "allow_http": plain},
        retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=20)},
        virtual_hosted_style_request=False,
        **asked,  # type: ignore[arg-type] # endpoint and region, as the address names them
    )


def _settle(path: Path) -> None:
    """On the disk before it is acknowledged; and the folder tells the day of a file, not the minute."""
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    os.utime(path, (midnight, midnight))
    for place, flags in ((path, os.O_RDONLY), (path.parent, os.O_RDONLY | os.O_DIRECTORY)):
        descriptor = os.open(place, flags)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
