"""Synthetic files: pictures with notes in them, PDF with scripts, sounds, texts."""

import io
import wave
import zlib

import pikepdf
from PIL import Image

from casework.evidence import jpeg
from casework.evidence.coming import Coming

PLACE = b"GPS-Qzxwvj-51.5N"


def picture(form="JPEG", size=(64, 48), mode="RGB", *, notes=True, **options) -> bytes:
    image = Image.new(mode, size, "teal" if mode == "RGB" else None)
    out = io.BytesIO()
    if notes and form in {"JPEG", "WEBP"}:
        exif = Image.Exif()
        exif[0x010E] = PLACE.decode()
        exif[0x0112] = 6
        options["exif"] = exif
    image.save(out, form, **options)
    return out.getvalue()


def pdf() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Author"] = PLACE.decode()
    with document.open_metadata() as notes:
        notes["dc:creator"] = [PLACE.decode()]
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('Qzxscript')"))
    document.Root.OpenAction = script
    document.attachments["hidden.txt"] = b"Qzxhidden"
    photo = pikepdf.Stream(document, picture())
    photo.Type, photo.Subtype, photo.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
    photo.Width, photo.Height, photo.BitsPerComponent = 64, 48, 8
    photo.ColorSpace = pikepdf.Name.DeviceRGB
    document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=photo))
    document.pages[0].Contents = document.make_stream(b"q 64 0 0 48 0 0 cm /P Do Q")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as spoken:
        spoken.setnchannels(1)
        spoken.setsampwidth(2)
        spoken.setframerate(8000)
        spoken.writeframes(bytes(800))
    return out.getvalue()


def coming(data: bytes, step: int = 50_000) -> Coming:
    made = Coming()
    for at in range(0, len(data), step):
        made.write(data[at : at + step])
    return made


def scanned(width: int, height: int) -> bytes:
    """A baseline JPEG in three scans, one for each colour: a decoder has to hold all of it, and no note says so."""
    line = Image.new("RGB", (8, 8), "teal")
    out = io.BytesIO()
    line.save(out, "JPEG", subsampling=0, quality=50)
    plain = out.getvalue()
    head = next(start for mark, start, _ in jpeg.parts(plain) if mark == 0xDA)
    frame = next(start for mark, start, _ in jpeg.parts(plain) if mark == 0xC0)
    wide = bytearray(plain[:head])
    wide[frame + 5 : frame + 9] = height.to_bytes(2) + width.to_bytes(2)
    scans = [b"\xff\xda\0\x08\x01" + bytes((one, 0 if one == 1 else 0x11, 0, 63, 0)) for one in (1, 2, 3)]
    # A few bytes of data a scan: what is missing is read as grey.
    return bytes(wide) + b"".join(scan + bytes(40) for scan in scans) + b"\xff\xd9"


def pdf_of(stream: bytes, **entries: object) -> bytes:
    """A page with one stream, packed as it is told."""
    document = pikepdf.new()
    document.add_blank_page()
    one = pikepdf.Stream(document, stream)
    for name, value in entries.items():
        one[f"/{name}"] = value
    document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=one))
    out = io.BytesIO()
    document.save(out, compress_streams=False)
    return out.getvalue()


def packed_photo(*around: str) -> bytes:
    """A page with a photo that has notes, packed once more."""
    data = picture()
    for name in reversed(around):
        data = {"/FlateDecode": zlib.compress, "/ASCIIHexDecode": lambda one: one.hex().encode() + b">"}[
            name
        ](data)
    names = pikepdf.Array([pikepdf.Name(name) for name in (*around, "/DCTDecode")])
    return pdf_of(
        data, Filter=names, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=64, Height=48
    )


def pdf_bomb(megabytes: int) -> bytes:
    """A page whose stream is packed three times over a picture: a few kB that become as many MB as wanted."""
    data = bytes(megabytes << 20)
    for _ in range(3):
        data = zlib.compress(data, 9)
    names = pikepdf.Array([pikepdf.Name("/FlateDecode")] * 3 + [pikepdf.Name.DCTDecode])
    return pdf_of(
        data, Filter=names, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=64, Height=48
    )


def pdf_of_many(objects: int) -> bytes:
    """A small document of very many objects: each costs far more memory than bytes."""
    per = 100
    streams = []
    for first in range(10, 10 + objects, per):
        body = b"[" * 40 + b"]" * 40 + b" "
        index = b" ".join(b"%d %d" % (first + at, at * len(body)) for at in range(per)) + b" "
        packed = zlib.compress(index + body * per, 9)
        streams.append((first, len(index), packed))
    return _document_of(streams, per)


def _document_of(streams: list[tuple[int, int, bytes]], per: int) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    rows = {0: (0, 0, 65535), 1: (1, len(out), 0)}
    out += b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    rows[2] = (1, len(out), 0)
    out += b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    rows[3] = (1, len(out), 0)
    out += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    last = max(first for first, _, _ in streams) + per
    for place, (first, lead, packed) in enumerate(streams):
        number = last + place
        rows[number] = (1, len(out), 0)
        head = b"%d 0 obj<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n"
        out += head % (number, per, lead, len(packed)) + packed + b"\nendstream endobj\n"
        rows |= {first + at: (2, number, at) for at in range(per)}
    number, start = last + len(streams), len(out)
    rows[number] = (1, start, 0)
    table = b"".join(
        bytes((kind,)) + one.to_bytes(4) + two.to_bytes(2)
        for kind, one, two in (rows.get(at, (0, 0, 0)) for at in range(number + 1))
    )
    packed = zlib.compress(table, 9)
    head = b"%d 0 obj<</Type/XRef/Size %d/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n"
    out += head % (number, number + 1, len(packed)) + packed + b"\nendstream endobj\n"
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start
