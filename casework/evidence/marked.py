"""Copies that are taken along carry a mark: for which case, on which day, under which grant.

The mark is drawn over picture and page. It stops nobody who means to take it off; it says to everybody else
where a copy came from.
"""

import io

import pikepdf
from PIL import Image, ImageDraw, ImageFont

from casework.errors import Invalid
from casework.evidence import sorts

#: What can be marked.
MARKABLE = frozenset({"image/jpeg", "application/pdf"})
_QUALITY = 85
_LIGHT, _DARK = (255, 255, 255), (40, 40, 40)
_FONT = "/CaseworkMark"


def mark(data: bytes, mime: str, words: str) -> bytes:
    """A copy with words over it.

    Args:
        data: the file.
        mime: what it is, of `MARKABLE`.
        words: letters, digits and signs of ASCII.

    Raises:
        Invalid: it cannot be marked.
    """
    if mime not in MARKABLE or not words.isascii():
        raise Invalid("This sort of file cannot be taken along.")
    return _picture(data, words) if mime == sorts.JPEG.mime else _document(data, words)


def _picture(data: bytes, words: str) -> bytes:
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
        drawn = image.convert("RGB")
    pen = ImageDraw.Draw(drawn)
    size = max(10, drawn.height // 28)
    font = ImageFont.load_default(size)
    for share in (0.04, 0.48, 0.92):
        at = (drawn.width * 0.03, drawn.height * share)
        pen.text(at, words, font=font, fill=_LIGHT, stroke_width=max(1, size // 10), stroke_fill=_DARK)
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _document(data: bytes, words: str) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            _page(page, words)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _page(page: pikepdf.Page, words: str) -> None:
    """Words at the foot and in the middle of one page, in a font that every reader has."""
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.add_resource(font, pikepdf.Name.Font, pikepdf.Name(_FONT), replace_existing=True)
    left, low, _, high = (float(one) for one in page.mediabox)
    safe = words.replace("\\", "").replace("(", "[").replace(")", "]")
    text = "".join(
        f"BT {_FONT} 11 Tf 0.45 g {left + 24:.1f} {low + (high - low) * share:.1f} Td ({safe}) Tj ET "
        for share in (0.02, 0.5)
    )
    # What was there is closed in, so that nothing it leaves behind turns or hides the words.
    page.contents_add(b"q ", prepend=True)
    page.contents_add(f" Q q {text}Q".encode())
