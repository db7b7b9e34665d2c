"""Viewing copies of pictures: decoded, turned upright, made smaller and written anew as JPEG.

What a copy is written from is pixels alone, so neither place nor camera, nor a script that hides in a
picture, comes along. It runs in the process of `viewing` alone.
"""

import io
import struct
import zlib

from PIL import Image, ImageOps, UnidentifiedImageError

from casework.evidence import jpeg

#: Pixels of a picture that is decoded as a whole: an A4 page at 300 dots an inch fits.
LARGEST = 9_000_000
#: Pixels of a JPEG, which can be decoded at an eighth of its size.
LARGEST_JPEG = 64_000_000
#: The longer side of a copy.
_SIDE = 2000
_QUALITY = 82
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")

# Our own limit is asked before anything is decoded; Pillow's is only a warning.
Image.MAX_IMAGE_PIXELS = None

#: What Pillow raises of a picture that does not decode.
BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    struct.error,
    zlib.error,
)


def copy_of(data: bytes) -> bytes | None:
    """The viewing copy of a picture; None where it is too large to be decoded here.

    Args:
        data: the picture.

    Raises:
        BROKEN: it does not decode.
    """
    with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
        return _written(image) if _fits(image, data) else None


def _fits(image: Image.Image, data: bytes) -> bool:
    """Whether decoding it stays small; a JPEG of several scans is held as a whole while it is decoded."""
    pixels = image.width * image.height
    scaled = image.format == "JPEG" and not image.info.get("progressive") and jpeg.scans(data) <= 1
    return pixels <= (LARGEST_JPEG if scaled else LARGEST)


def _written(image: Image.Image) -> bytes:
    _decode_small(image)
    image.thumbnail((_SIDE, _SIDE))
    upright = _on_white(ImageOps.exif_transpose(image))
    # A new picture has none of the old one's notes, whatever they are called.
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _decode_small(image: Image.Image) -> None:
    """A JPEG is decoded at a half, a quarter or an eighth, where it has more pixels than are shown."""
    scale = next((by for by in (1, 2, 4, 8) if image.width * image.height / by**2 <= LARGEST), 8)
    if scale > 1:
        image.draft("RGB", (image.width // scale, image.height // scale))


def _on_white(image: Image.Image) -> Image.Image:
    if "transparency" not in image.info and image.mode not in {"RGBA", "LA", "PA"}:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground
