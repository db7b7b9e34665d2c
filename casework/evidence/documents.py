"""Viewing copies of PDF: without notes about who made them and where, scripts, or files within.

It runs in the process of `viewing` alone.
"""

import io

import pikepdf

from casework.evidence import inline, jpeg, jpeg2000

#: What a catalogue or a page may do by itself, carry along or tell about its maker.
_GONE = ("/Metadata", "/OpenAction", "/AA", "/PieceInfo", "/LastModified", "/Collection", "/AF", "/EF")
_NAMES_GONE = ("/JavaScript", "/EmbeddedFiles")
_JPEG = ("/DCTDecode", "/DCT")

#: What pikepdf raises of a document that is broken.
BROKEN = (pikepdf.PdfError, ValueError, RuntimeError, TypeError, AttributeError, KeyError)


def copy_of(data: bytes) -> bytes | None:
    """The viewing copy of a PDF; None where it opens with a password only.

    Args:
        data: the document.

    Raises:
        BROKEN: it is broken.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            _strip(pdf)
            out = io.BytesIO()
            pdf.save(out, linearize=False, deterministic_id=True)
            return out.getvalue()
    except pikepdf.PasswordError:
        return None


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
            _strip_one(pdf, one)


def _without_file(note: pikepdf.Object) -> None:
    """A note that carries a file keeps its sign on the page, not the file, its name or its author."""
    for part in ("/FS", "/T", "/Contents"):
        if note.get("/Subtype") == "/FileAttachment" and part in note:
            del note[part]


def _strip_one(pdf: pikepdf.Pdf, one: pikepdf.Object) -> None:
    for name in _GONE:
        if name in one:
            del one[name]
    if one.get("/S") in ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm"):
        one["/S"] = pikepdf.Name("/Nothing")
        for part in ("/JS", "/F"):
            if part in one:
                del one[part]
    if isinstance(one, pikepdf.Stream):
        _strip_pictures(pdf, one)


def _strip_pictures(pdf: pikepdf.Pdf, one: pikepdf.Stream) -> None:
    """Take the notes out of a picture, or of the photos that stand in a page's data."""
    packed = _filters(one)
    if packed[-1] in _JPEG:
        picture = jpeg.without_notes(_unwrapped(pdf, one, packed))
        one.write(picture, filter=pikepdf.Name("/DCTDecode"), decode_parms=_last_parameters(one))
    elif packed[-1] == "/JPXDecode":
        picture = jpeg2000.without_notes(_unwrapped(pdf, one, packed))
        one.write(picture, filter=pikepdf.Name("/JPXDecode"))
    elif len(packed) == 1 and "/DecodeParms" not in one and one.get("/Subtype") != "/Image":
        content = inline.unpacked(one.read_raw_bytes(), packed[0])
        if content is not None and (clean := inline.emptied(content)) is not None:
            one.write(clean)


def _filters(one: pikepdf.Object) -> list[str]:
    """How a stream is packed, the outermost first."""
    packed = one.get("/Filter")
    return [str(name) for name in packed] if isinstance(packed, pikepdf.Array) else [str(packed)]


def _unwrapped(pdf: pikepdf.Pdf, one: pikepdf.Stream, packed: list[str]) -> bytes:
    """The JPEG in a stream, out of whatever else is packed around it."""
    raw = one.read_raw_bytes()
    if len(packed) == 1:
        return raw
    around = pikepdf.Stream(pdf, raw)
    around.Filter = pikepdf.Array([pikepdf.Name(name) for name in packed[:-1]])
    parameters = one.get("/DecodeParms")
    if isinstance(parameters, pikepdf.Array) and len(parameters) == len(packed):
        around.DecodeParms = pikepdf.Array(list(parameters)[:-1])
    return around.read_bytes()


def _last_parameters(one: pikepdf.Stream) -> pikepdf.Dictionary | None:
    """What a reader has to know of the JPEG itself, such as how its colours are turned."""
    parameters = one.get("/DecodeParms")
    last = list(parameters)[-1] if isinstance(parameters, pikepdf.Array) and len(parameters) else parameters
    return last if isinstance(last, pikepdf.Dictionary) else None
