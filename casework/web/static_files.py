"""A short digest of each static file, so that browsers may keep it for ever and never show an old one."""

import hashlib
from functools import lru_cache

from casework.settings import ROOT

_FOLDER = ROOT / "casework" / "web" / "static"


@lru_cache(maxsize=128)
def digest(name: str) -> str:
    """Ten characters of the SHA-256 of a static file; empty when there is none.

    Args:
        name: its path below the static folder.
    """
    path = _FOLDER / name
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else ""
