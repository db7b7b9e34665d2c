"""QR codes as data addresses: no file is ever made of what they carry."""

import segno


def data_uri(text: str) -> str:
    """An SVG of a QR code, for an `<img>`.

    Args:
        text: what a phone is to read.
    """
    uri: str = segno.make(text, micro=False).svg_data_uri(scale=5, border=2)
    return uri
