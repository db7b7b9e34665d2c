"""Pictures of sheets of paper with a few lines on them: diaries, receipts, payslips. Nobody in them exists."""

import io
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageDraw, ImageFont

_PAPER, _RULED, _INK = (246, 243, 236), (214, 221, 228), (44, 52, 84)
_WIDE, _HIGH, _LINE, _MARGIN = 900, 1200, 52, 70


def photo(title: str, lines: Sequence[str], rng: Random) -> bytes:
    """A photographed sheet, a little askew, as JPEG without notes.

    Args:
        title: what stands at its head, in the letters of ASCII.
        lines: what stands on it; as many as fit.
        rng: how askew it lies.
    """
    sheet = Image.new("RGB", (_WIDE, _HIGH), _PAPER)
    pen = ImageDraw.Draw(sheet)
    for y in range(2 * _LINE + _MARGIN, _HIGH, _LINE):
        pen.line((_MARGIN / 2, y, _WIDE - _MARGIN / 2, y), fill=_RULED, width=2)
    pen.text((_MARGIN, _MARGIN), title, fill=_INK, font=ImageFont.load_default(38))
    font = ImageFont.load_default(30)
    most = (_HIGH - 3 * _LINE - _MARGIN) // _LINE
    for number, line in enumerate(lines[:most]):
        y = _MARGIN + _LINE * (number + 2) - 40
        pen.text((_MARGIN + rng.randint(-4, 4), y), line, fill=_INK, font=font)
    table = sheet.rotate(rng.uniform(-1.6, 1.6), fillcolor=(122, 98, 74), expand=True)
    out = io.BytesIO()
    table.save(out, "JPEG", quality=72)
    return out.getvalue()
