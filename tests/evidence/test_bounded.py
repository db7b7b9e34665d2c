"""Files that were made to hurt: a viewing copy is refused, the original stays, and nothing else notices."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from casework.errors import Invalid
from casework.evidence import bounded, examining, jpeg, viewing
from casework.settings import ROOT
from tests.evidence import made

MB = 1024 * 1024


def peak() -> int:
    """The most memory that this process had since it was asked to forget it, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def examined(data: bytes):
    return examining.examine(made.coming(data), 25 * MB)


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param(lambda: made.scanned(7900, 7900), id="a picture in three scans"),
        pytest.param(lambda: made.pdf_bomb(900), id="a stream packed three times"),
        pytest.param(lambda: made.pdf_of_many(400_000), id="very many objects"),
    ],
)
def test_a_bomb_has_no_copy_and_is_kept(bomb):
    data = bomb()
    Path("/proc/self/clear_refs").write_text("5")
    idle = peak()
    found = examined(data)
    assert found.copy is None
    assert found.original.size == len(data)
    assert peak() - idle < 64


def test_a_small_picture_in_several_scans_is_copied():
    data = made.scanned(900, 700)
    assert jpeg.scans(data) == 3
    assert examined(data).copy is not None


def test_a_phone_photo_with_a_preview_has_one_scan():
    """The preview in its notes is a JPEG of its own; taking its scan for one of the photo's would refuse every photo."""
    preview = made.picture(notes=False)
    length = (len(preview) + 2).to_bytes(2)
    photo = made.picture(notes=False)
    assert jpeg.scans(photo[:2] + b"\xff\xe1" + length + preview + photo[2:]) == 1


@pytest.mark.parametrize("around", [("/FlateDecode",), ("/ASCIIHexDecode", "/FlateDecode")])
def test_a_photo_that_is_packed_once_more_loses_its_notes_too(around):
    found = examined(made.packed_photo(*around))
    found.copy.seek(0)
    with pikepdf.open(io.BytesIO(found.copy.readall())) as copy:
        photo = copy.pages[0].Resources.XObject.P
        assert photo.Filter == pikepdf.Name.DCTDecode
        assert photo.read_raw_bytes().startswith(b"\xff\xd8")
        assert made.PLACE not in photo.read_raw_bytes()


def test_what_hangs_behind_a_jpeg_goes_with_its_notes():
    assert b"Qzx" not in jpeg.without_notes(made.picture() + b"\xff\xd8Qzx")


def test_a_large_document_stays_small_on_this_side():
    data = made.pdf_of(os.urandom(24 * MB))
    coming = made.coming(data)
    Path("/proc/self/clear_refs").write_text("5")
    idle = peak()
    found = examining.examine(coming, 25 * MB)
    assert found.copy is not None
    assert found.copy.size > 24 * MB
    assert peak() - idle < 64 - 24  # what came in lies in memory already


def test_the_process_knows_none_of_our_secrets_and_opens_nothing(monkeypatch):
    monkeypatch.setenv("CASEWORK_SECRET", "Qzxsecret")
    code = (
        "import os, socket, sys; from casework.evidence import viewing; viewing._warm_up(); viewing._give_up()\n"
        "for act in (lambda: open('/etc/hostname'), lambda: open(os.devnull, 'w'), socket.socket, os.fork):\n"
        "    try: act()\n"
        "    except OSError: continue\n"
        "    sys.exit(1)\n"
        "sys.exit(2 if 'CASEWORK_SECRET' in os.environ else 0)"
    )
    root = os.geteuid() == 0
    code = code.replace(", os.fork", "") if root else code  # root may have as many processes as it likes
    asked = [sys.executable, "-s", "-B", "-c", code]
    assert subprocess.run(asked, env={"PYTHONPATH": str(ROOT)}, cwd="/", check=False).returncode == 0


def test_one_that_never_answers_is_ended(monkeypatch):
    monkeypatch.setattr(bounded, "_PATIENCE", 0.2)
    stuck = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(
        bounded,
        "_process",
        lambda _sort: subprocess.Popen(stuck, stdin=subprocess.PIPE, stdout=subprocess.PIPE),
    )
    assert bounded.copy_of(made.coming(made.picture()), "picture", MB) is None


def test_a_copy_that_grows_too_large_is_none():
    assert bounded.copy_of(made.coming(made.pdf()), "document", 100) is None


def test_a_broken_file_says_so_in_its_own_words():
    for sort, word in (("picture", "picture"), ("document", "PDF")):
        with pytest.raises(Invalid, match=word):
            bounded.copy_of(made.coming(b"%PDF-1.7\nnothing"), sort, MB)


def test_what_it_answers_is_what_is_read():
    assert (viewing.COPIED, viewing.BROKEN) == (bounded._COPIED, bounded._BROKEN)
