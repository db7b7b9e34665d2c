"""Synthetic files: pictures with notes in them, PDF with scripts, sounds, texts."""

import io
import wave

import pikepdf
from PIL import Image

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
