"""Files are judged by what is in them, and their viewing copies say nothing of place and maker."""

import contextlib
import io
import zlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from casework.errors import Invalid
from casework.evidence import examining, jpeg, pictures, sorts
from tests.evidence import made

MB = 1024 * 1024


def examined(data: bytes):
    return examining.examine(made.coming(data), 25 * MB)


def copy_bytes(found) -> bytes:
    found.copy.seek(0)
    return found.copy.readall()


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (made.picture("JPEG"), "image/jpeg"),
        (made.picture("PNG"), "image/png"),
        (made.picture("WEBP"), "image/webp"),
        (made.picture("GIF"), "image/gif"),
        (made.pdf(), "application/pdf"),
        (made.sound(), "audio/wav"),
        (b"ID3\x04\0\0\0\0\0\x23" + bytes(100), "audio/mpeg"),
        (b"OggS\0\2" + bytes(22) + b"\x01\x13OpusHead" + bytes(60), "audio/ogg"),
        (b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom" + bytes(50), "audio/mp4"),
        (b"#!AMR\n" + bytes(50), "audio/amr"),
        ("[12/03/2026, 21:04] मालिक: भोलि आउनु".encode(), "text/plain; charset=utf-8"),
        (b"<html><script>alert(1)</script>", "text/plain; charset=utf-8"),
    ],
)
def test_its_sort_is_what_is_in_it(data, mime):
    assert examined(data).sort.mime == mime


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ" + bytes(500),
        b"PK\x03\x04" + bytes(500),
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(30),
        b"\0\0\0\x18ftypisom\0\0\0\0" + bytes(30),
        b"text and then a zero \0",
        "a text".encode("utf-16"),
        b"broken utf-8 \xc3\x28",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        made.picture("JPEG")[:200],
        made.picture("BMP"),
        made.picture("TIFF"),
        b"%PDF-1.7\nnothing of a PDF",
    ],
)
def test_anything_else_and_anything_broken_is_refused(data):
    with pytest.raises(Invalid):
        examined(data)


@given(st.binary(max_size=3000))
def test_no_bytes_bring_it_down(data):
    with contextlib.suppress(Invalid):
        assert examined(data).sort.name in {"picture", "document", "sound", "text"}


def test_too_large_is_said_with_the_limit():
    with pytest.raises(Invalid) as refused:
        examining.examine(made.coming(bytes(3 * MB)), 2 * MB)
    assert refused.value.params == {"most": 2}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_copy_of_a_picture_is_pixels_alone(form):
    data = made.picture(form) + b"GIF89a<script>Qzxscript</script>"
    found = examined(data)
    copy = copy_bytes(found)
    assert found.copy_sort is sorts.JPEG
    assert b"Qzx" not in copy
    assert made.PLACE not in copy
    with Image.open(io.BytesIO(copy)) as image:
        assert image.format == "JPEG"
        assert not image.getexif()


def test_a_copy_stands_upright_and_is_small():
    with Image.open(io.BytesIO(copy_bytes(examined(made.picture(size=(4000, 3000)))))) as image:
        assert image.size == (1500, 2000)  # its note says: turned by a quarter


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "CMYK"])
def test_every_sort_of_colour_is_copied(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    with Image.open(io.BytesIO(copy_bytes(examined(made.picture(form, mode=mode, notes=False))))) as image:
        assert image.mode == "RGB"


def test_what_is_see_through_lies_on_white():
    with Image.open(io.BytesIO(copy_bytes(examined(made.picture("PNG", mode="RGBA", notes=False))))) as image:
        assert image.getpixel((3, 3)) == (255, 255, 255)


def test_a_picture_of_too_many_pixels_is_kept_and_not_decoded(monkeypatch):
    bombs = [made_bomb("PNG", 12_000, 12_000), made_bomb("GIF", 30_000, 30_000)]
    monkeypatch.setattr(Image.Image, "load", lambda _self: pytest.fail("it was decoded"))
    for data in bombs:
        assert pictures.copy_of(data) is None


def made_bomb(form: str, width: int, height: int) -> bytes:
    """A small picture whose head says that it is large."""
    data = bytearray(made.picture(form, notes=False))
    if form == "PNG":
        data[16:24] = width.to_bytes(4) + height.to_bytes(4)
        data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4)
    else:
        data[6:10] = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    return bytes(data)


def test_a_copy_of_a_pdf_has_no_maker_no_script_no_file_and_no_place():
    data = made.pdf()
    assert made.PLACE in data  # the photo's note; the maker stands in the document's own
    copy = copy_bytes(examined(data))
    with pikepdf.open(io.BytesIO(copy)) as document:
        assert len(document.pages) == 1
        assert "/Info" not in document.trailer
        assert not {"/Metadata", "/OpenAction", "/AA"} & set(document.Root.keys())
        assert not list(document.attachments)
        assert document.pages[0].Resources.XObject.P.read_raw_bytes().startswith(b"\xff\xd8")
        for one in document.objects:
            raw = one.unparse() + (one.read_raw_bytes() if isinstance(one, pikepdf.Stream) else b"")
            assert b"Qzx" not in raw
            assert b"JavaScript" not in raw


def test_a_pdf_with_a_password_has_no_copy():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    found = examined(out.getvalue())
    assert (found.sort.name, found.copy) == ("document", None)


@given(st.binary(max_size=400))
def test_taking_notes_out_of_a_jpeg_never_fails_and_shortens(junk):
    for data in (junk, b"\xff\xd8" + junk, made.picture()[:20] + junk):
        assert len(jpeg.without_notes(data)) <= len(data)


def test_a_large_picture_and_a_large_page_stay_whole():
    """Readers take a short read as the end: a scan of many chunks would come out blank."""
    noise = Image.effect_noise((1500, 1500), 90)
    out = io.BytesIO()
    noise.save(out, "PNG")
    assert len(out.getvalue()) > MB
    assert Image.open(io.BytesIO(copy_bytes(examined(out.getvalue())))).size == (1500, 1500)
    document = pikepdf.new()
    document.add_blank_page()
    drawn = b"".join(b"%d 0 m %d 9 l S\n" % (at, at * 7 % 1000) for at in range(30_000))
    document.pages[0].Contents = document.make_stream(drawn)
    out = io.BytesIO()
    document.save(out, compress_streams=False)
    with pikepdf.open(io.BytesIO(copy_bytes(examined(out.getvalue())))) as copy:
        assert copy.pages[0].Contents.read_bytes() == drawn


def test_a_pdf_with_odd_parts_is_copied_without_its_notes():
    with pikepdf.open(io.BytesIO(made.pdf())) as document:
        document.pages[0].Resources.XObject.P.Filter = pikepdf.Array([pikepdf.Name.DCTDecode])
        document.Root.Names = pikepdf.Array([1])
        out = io.BytesIO()
        document.save(out)
    with pikepdf.open(io.BytesIO(copy_bytes(examined(out.getvalue())))) as copy:
        assert made.PLACE not in copy.pages[0].Resources.XObject.P.read_raw_bytes()
        assert "/Names" not in copy.Root
