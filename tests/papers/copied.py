"""The text of a PDF as somebody would copy it: glyphs through the maps that the file carries."""

import io
import re

import pikepdf

_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


def text_of(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return "\n".join(_page(page) for page in document.pages)


def _page(page: pikepdf.Page) -> str:
    maps = {str(name): _map(font) for name, font in page.Resources.get("/Font", {}).items()}
    said, now, instead = [], {}, False
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                now = maps[str(operands[0])]
            case "BDC" if isinstance(operands[1], pikepdf.Dictionary) and "/ActualText" in operands[1]:
                said.append(str(operands[1].ActualText))
                instead = True
            case "EMC":
                instead = False
            case "Tj" | "TJ" if not instead:
                parts = operands[0] if str(operator) == "TJ" else [operands[0]]
                raw = b"".join(bytes(one) for one in parts if isinstance(one, pikepdf.String))
                said.append("".join(now.get(raw[at : at + 2], "\ufffd") for at in range(0, len(raw), 2)))
    return "\n".join(said)


def _map(font: pikepdf.Object) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    cmap = font.ToUnicode.read_bytes()
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for glyph, letters in _PAIR.findall(block):
            found[bytes.fromhex(glyph.decode())] = bytes.fromhex(letters.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, letters in _RANGE.findall(block):
            start = int(letters, 16)
            for number in range(int(first, 16), int(last, 16) + 1):
                found[number.to_bytes(2)] = chr(start + number - int(first, 16))
    return found
