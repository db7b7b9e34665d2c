"""Viewing copies of PDF: without notes about who made them and where, scripts, or files within."""

from typing import BinaryIO

import pikepdf

from casework.errors import Invalid
from casework.evidence.coming import Coming

#: What a catalogue or a page may do by itself, carry along or tell about its maker.
_GONE = ("/Metadata", "/OpenAction", "/AA", "/PieceInfo", "/LastModified", "/Collection", "/AF", "/EF")
_NAMES_GONE = ("/JavaScript", "/EmbeddedFiles")
_SOI, _SOS, _EOI = b"\xff\xd8", 0xDA, 0xD9
#: JFIF and Adobe's note on colours: without them some pictures would look wrong.
_NEEDED_MARKS = frozenset({0xE0, 0xEE})


def copy_of(stream: BinaryIO) -> Coming | None:
    """The viewing copy of a PDF, sealed as it is written; None where it opens with a password only.

    Args:
        stream: the document.

    Raises:
        Invalid: it is broken.
    """
    stream.seek(0)
    try:
        with pikepdf.open(stream) as pdf:
            _strip(pdf)
            copy = Coming()
            pdf.save(copy.stream, linearize=False, deterministic_id=True)
            return copy
    except pikepdf.PasswordError:
        return None
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, AttributeError, KeyError):
        raise Invalid("This PDF is broken. Save or scan it again.", "file") from None


def _strip(pdf: pikepdf.Pdf) -> None:
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    if isinstance(names := pdf.Root.get("/Names"), pikepdf.Dictionary):
        for name in _NAMES_GONE:
            if name in names:
                del names[name]
    elif names is not None:
        del pdf.Root["/Names"]
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            _without_file(one)
            _strip_one(one)


def _without_file(note: pikepdf.Object) -> None:
    """A note that carries a file keeps its sign on the page, not the file, its name or its author."""
    for part in ("/FS", "/T", "/Contents"):
        if note.get("/Subtype") == "/FileAttachment" and part in note:
            del note[part]


def _strip_one(one: pikepdf.Object) -> None:
    for name in _GONE:
        if name in one:
            del one[name]
    if one.get("/S") in ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm"):
        one["/S"] = pikepdf.Name("/Nothing")
        for part in ("/JS", "/F"):
            if part in one:
                del one[part]
    if isinstance(one, pikepdf.Stream) and _is_jpeg(one.get("/Filter")):
        one.write(without_notes(one.read_raw_bytes()), filter=pikepdf.Name("/DCTDecode"))


def _is_jpeg(packed: object) -> bool:
    """Whether a stream is a JPEG and nothing around it; its filter stands alone or in a list of one."""
    if isinstance(packed, pikepdf.Array):
        return len(packed) == 1 and packed[0] == "/DCTDecode"
    return bool(packed == "/DCTDecode")


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without its notes (place, camera, preview), its picture untouched.

    Args:
        jpeg: a whole JPEG; what is none comes back as it is.
    """
    if not jpeg.startswith(_SOI):
        return jpeg
    kept, at = bytearray(_SOI), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:  # noqa: PLR2004 - every mark begins with it
        mark, end = jpeg[at + 1], at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if mark in {_SOS, _EOI}:
            break
        noted = 0xE0 <= mark <= 0xEF or mark == 0xFE  # noqa: PLR2004 - APP0 to APP15, COM
        if not noted or mark in _NEEDED_MARKS:
            kept += jpeg[at:end]
        at = end
    return bytes(kept + jpeg[at:])
