"""The file itself: a ZIP in which everything has its SHA-256, inside an age file under drawn words (docs/export.md)."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from casework.cases import archive
from casework.errors import NotFound, Refused
from casework.settings import ROOT
from casework.vault import age

FORMAT, VERSION = "casework export", 1
MANIFEST = "manifest.json"
#: How the file is called where it is saved: it says nothing of whose it is.
NAME = "export.zip.age"
_SCHEMA = ROOT / "config" / "export" / "case.schema.json"

#: What is in no export, for whoever reads it elsewhere. No numbers: how many there are is not theirs to know.
LEFT_OUT = (
    "cases that only named people see, unless both coordinators who agreed are named there",
    "keys, passphrases and recovery cards",
    "what a legal ally and the desk wrote to each other, and what an ally noted: it is privileged",
    "immigration status that was kept for a legal step",
    "drafts and private notes of members, notes from shift to shift, settings of reminders",
    "referrals of other desks that nobody has accepted yet",
    "the network's own: campaigns, formations, published figures, and of its register all who are in no case here",
)


@dataclass
class Packing:
    """What is put in, as it goes by; of each file its name, size and SHA-256 are kept, and nothing else.

    Attributes:
        files: what went in.
        damaged: names of files that do not open as a whole.
    """

    files: list[dict[str, Any]] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    def each(self, files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[tuple[str, Iterable[bytes]]]:
        """The files, as they are asked for; one that does not open ends there, and is named."""
        for name, parts in files:
            yield name, self._counted(name, parts)

    def manifest(self, head: dict[str, Any]) -> bytes:
        """The list of everything that went in before it.

        Args:
            head: what else is said of the file.
        """
        said = {
            "format": FORMAT,
            "version": VERSION,
            **head,
            "left_out": list(LEFT_OUT),
            "does_not_open": list(self.damaged),
            "files": self.files,
        }
        return json.dumps(said, ensure_ascii=False, indent=1).encode()

    def _counted(self, name: str, parts: Iterable[bytes]) -> Iterator[bytes]:
        digest, size = sha256(), 0
        try:
            for part in parts:
                digest.update(part)
                size += len(part)
                yield part
        except (Refused, NotFound):
            self.damaged.append(name)
        self.files.append({"name": name, "size": size, "sha256": digest.hexdigest()})


def sealed(words: str, files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """The file as it is sent.

    Args:
        words: drawn for it, one space between them.
        files: names and bytes, in order; each is asked for its bytes when its turn comes.
    """
    return age.sealed(words, archive.zipped(files))


def schema() -> bytes:
    """The schema of the JSON file of a case."""
    return _SCHEMA.read_bytes()
