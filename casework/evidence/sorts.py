"""What a file is, by what is in it. Its name and what a browser calls it are not asked."""

import codecs
from dataclasses import dataclass
from typing import BinaryIO

import puremagic
from puremagic.main import PureError

from casework.errors import Invalid

_HEAD = 4096
_STEP = 64 * 1024
#: Characters that no text needs; a file with one of them is something else.
_NO_TEXT = frozenset(range(32)) - frozenset(b"\t\n\r\f")


@dataclass(frozen=True)
class Sort:
    """A sort of file that may be kept.

    Attributes:
        name: as it stands in the sealed row: picture, document, sound or text.
        mime: what it is served as.
        ending: of the neutral name that it is given.
    """

    name: str
    mime: str
    ending: str


TEXT = Sort("text", "text/plain; charset=utf-8", "txt")
JPEG = Sort("picture", "image/jpeg", "jpg")
PDF = Sort("document", "application/pdf", "pdf")

#: By the endings that puremagic gives to what it finds.
_ALLOWED = {
    **dict.fromkeys((".jpg", ".jpeg", ".jpe", ".jfif"), JPEG),
    ".png": Sort("picture", "image/png", "png"),
    ".webp": Sort("picture", "image/webp", "webp"),
    ".gif": Sort("picture", "image/gif", "gif"),
    ".pdf": PDF,
    **dict.fromkeys((".mp3", ".mpga"), Sort("sound", "audio/mpeg", "mp3")),
    **dict.fromkeys((".ogg", ".oga", ".opus"), Sort("sound", "audio/ogg", "ogg")),
    **dict.fromkeys((".m4a", ".f4a"), Sort("sound", "audio/mp4", "m4a")),
    ".wav": Sort("sound", "audio/wav", "wav"),
    ".aac": Sort("sound", "audio/aac", "aac"),
    ".amr": Sort("sound", "audio/amr", "amr"),
    ".3ga": Sort("sound", "audio/3gpp", "3ga"),
    ".flac": Sort("sound", "audio/flac", "flac"),
}
_BY_MIME = {sort.mime: sort for sort in (TEXT, *_ALLOWED.values())}


def of(stream: BinaryIO) -> Sort:
    """The sort of a file.

    Args:
        stream: the file; it is left somewhere.

    Raises:
        Invalid: it is none that is taken.
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    if not head:
        raise Invalid("This file is empty. Choose it again.", "file")
    found = _recognised(head)
    if found is None and _is_text(stream):
        found = TEXT
    if found is None:
        raise Invalid(
            "This is no picture (JPEG, PNG, WebP, GIF), PDF, sound or plain text. Save or photograph it as one"
            " of them.",
            "file",
        )
    return found


def named(mime: str) -> Sort:
    """The sort that a sealed row names.

    Raises:
        KeyError: there is none.
    """
    return _BY_MIME[mime]


def _recognised(head: bytes) -> Sort | None:
    try:
        best = puremagic.magic_string(head)[0]
    except PureError:
        return None
    return _ALLOWED.get(best.extension)


def _is_text(stream: BinaryIO) -> bool:
    """Whether all of it is UTF-8 without control characters."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    stream.seek(0)
    try:
        while part := stream.read(_STEP):
            if not _NO_TEXT.isdisjoint(part):
                return False
            decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
