"""Opening a file elsewhere, without a server: the words, the seal, and whether everything is as it was put in."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from casework.errors import Invalid, Refused
from casework.export.packing import FORMAT, MANIFEST, VERSION
from casework.vault import age, passphrase

_PART = 1024 * 1024


@dataclass(frozen=True)
class Checked:
    """What a file holds.

    Attributes:
        files: how many.
        wrong: names of files that are not what the manifest says, or are not in it.
        damaged: names of files that did not open when it was made.
    """

    files: int
    wrong: tuple[str, ...]
    damaged: tuple[str, ...]


def unseal(sealed: Path, words: str, target: Path) -> None:
    """Write the ZIP that a file holds.

    Args:
        sealed: the file as it was fetched.
        words: as they were shown; capitals and hyphens do not matter.
        target: where the ZIP goes; there must be nothing yet. What does not open as a whole does not stay.

    Raises:
        Invalid: other words or another file; or it was cut or changed.
    """
    try:
        with target.open("xb") as out:
            target.chmod(0o600)
            for part in age.opened(passphrase.normalise(words), _parts(sealed)):
                out.write(part)
    except Refused:
        target.unlink()
        raise Invalid("This does not open: other words, another file, or it was cut or changed.") from None


def check(opened: Path) -> Checked:
    """Hold everything in a ZIP against its manifest.

    Raises:
        Invalid: it is none of ours, or of a version that is not known.
    """
    try:
        with ZipFile(opened) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            if (manifest["format"], manifest["version"]) != (FORMAT, VERSION):
                raise Invalid("This is of another version. Take a newer Casework.")
            said = {one["name"]: (one["size"], one["sha256"]) for one in manifest["files"]}
            there = set(archive.namelist()) - {MANIFEST}
            wrong = [name for name in said if name in there and _measured(archive, name) != said[name]]
            wrong += [*(said.keys() - there), *(there - said.keys())]
    except (BadZipFile, KeyError, TypeError, ValueError):
        raise Invalid("This is no export of a desk.") from None
    return Checked(len(said), tuple(sorted(wrong)), tuple(manifest["does_not_open"]))


def _measured(archive: ZipFile, name: str) -> tuple[int, str]:
    digest, size = sha256(), 0
    with archive.open(name) as entry:
        while part := entry.read(_PART):
            digest.update(part)
            size += len(part)
    return size, digest.hexdigest()


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(_PART):
            yield part
