"""Photos inside a PDF tell nothing about place and maker in its viewing copy, however they stand in it."""

import io
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from casework.evidence import documents, inline, jpeg, jpeg2000
from tests.evidence import made


def jp2(*, notes: bool = True) -> bytes:
    """A JPEG 2000 with EXIF in a box of its own, text in another, and a comment in its data."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG2000", comment=made.PLACE.decode() if notes else None)
    if not notes:
        return out.getvalue()
    more = [(b"uuid", b"JpgTiffExif->JP2" + made.PLACE), (b"xml ", b"<x>" + made.PLACE + b"</x>")]
    boxes = b"".join((8 + len(body)).to_bytes(4) + name + body for name, body in more)
    data = out.getvalue()
    at = data.index(b"jp2c") - 4
    return data[:at] + boxes + data[at:] + boxes


def pixels(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB").tobytes()


def jpx_page() -> bytes:
    names = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "Width": 64, "Height": 48}
    return made.pdf_of(jp2(), Filter=pikepdf.Name("/JPXDecode"), **names)


def inline_page(*, packed: bool) -> bytes:
    content = b"q 64 0 0 48 0 0 cm BI /W 64 /H 48 /CS /RGB /BPC 8 /F /DCT ID " + made.picture() + b" EI Q"
    document = pikepdf.new()
    document.add_blank_page()
    document.pages[0].Contents = pikepdf.Stream(document, zlib.compress(content) if packed else content)
    if packed:
        document.pages[0].Contents.Filter = pikepdf.Name.FlateDecode
    out = io.BytesIO()
    document.save(out, compress_streams=False)
    return out.getvalue()


def streams(data: bytes) -> bytes:
    """Everything that lies in a document, unpacked as far as that goes."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return b"".join(
            one.read_raw_bytes() if "/JPXDecode" in str(one.get("/Filter")) else one.read_bytes()
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream)
        )


def test_a_jpeg_2000_keeps_its_picture_and_loses_its_notes():
    clean = jpeg2000.without_notes(jp2())
    assert made.PLACE in jp2()
    assert made.PLACE not in clean
    assert pixels(clean) == pixels(jp2(notes=False))


def test_its_bare_data_loses_its_comment():
    data = jp2()
    bare = data[data.index(b"jp2c") + 4 :]
    bare = bare[: bare.rindex(b"\xff\xd9") + 2]
    clean = jpeg2000.without_notes(bare)
    assert made.PLACE in bare
    assert made.PLACE not in clean
    assert len(clean) == len(bare)


@pytest.mark.parametrize(
    "page", [jpx_page, lambda: inline_page(packed=False), lambda: inline_page(packed=True)]
)
def test_a_copy_has_no_notes_of_the_photos_in_it(page):
    assert made.PLACE in streams(page())
    copy = documents.copy_of(page())
    assert made.PLACE not in streams(copy)


def test_a_photo_in_a_pages_data_stays_the_photo_that_it_was():
    copy = documents.copy_of(inline_page(packed=True))
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
        assert (
            len(
                [
                    one
                    for one in pikepdf.parse_content_stream(pdf.pages[0])
                    if str(one.operator) == "INLINE IMAGE"
                ]
            )
            == 1
        )
    photo = content[content.index(b"\xff\xd8\xff") : content.index(b" EI Q")]
    assert pixels(photo) == pixels(made.picture())


def test_what_grows_too_large_is_left_as_it_is():
    assert inline.unpacked(zlib.compress(bytes(40 << 20)), "/FlateDecode") is None
    assert inline.unpacked(b"no such thing", "/FlateDecode") is None
    assert inline.unpacked(b"x", "/LZWDecode") is None


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_bring_them_down(junk):
    jpeg2000.without_notes(b"\0\0\0\x0cjP  " + junk)
    jpeg2000.without_notes(b"\xff\x4f" + junk)
    found = inline.emptied(b"BI ID \xff\xd8\xff" + junk)
    assert found is None or len(found) == len(junk) + 9
    list(jpeg.notes(b"\xff\xd8" + junk))
