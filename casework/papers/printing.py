"""Setting a paper as PDF: in memory, with our own layout and fonts, tagged, its text to be copied."""

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Final

import typst
from babel import Locale

from casework import clock
from casework.deadlines.words import msgid
from casework.papers.blocks import BETWEEN, Paper
from casework.papers.plain_text import apart

_HERE = Path(__file__).parent
_LAYOUTS = _HERE / "layouts"
#: Tagged, readable aloud, with a title and a language.
_STANDARD: Final = "ua-1"
#: What the foot says where no speaker has read the fixed words (msgid).
UNREAD: Final = msgid("Fixed words made by a machine, not read by a speaker")


@cache
def _fonts() -> typst.Fonts:
    """Read once a process. No font of the machine is used: a paper looks the same everywhere."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_HERE / "fonts")]
    )


def pdf(paper: Paper, locale: Locale, mark: str = "", foot: str = "") -> bytes:
    """A paper as PDF.

    Args:
        paper: what it says.
        locale: its language, which says in which direction it runs.
        mark: stands across every page, so that a copy tells whose it was.
        foot: stands at the foot of every page.
    """
    compiler = _compiler(paper, locale, mark, foot)
    # The day and not the minute, as everywhere.
    day = datetime.combine(clock.today(), time(), UTC)
    try:
        found = compiler.compile(format="pdf", pdf_standards=_STANDARD, timestamp=day)
    except typst.TypstError:
        # A letter that none of our fonts has may not stand in a file that promises to be readable aloud. It
        # prints as an empty box then, and the file is tagged all the same.
        found = compiler.compile(format="pdf", timestamp=day)
    assert isinstance(found, bytes)  # noqa: S101 - a PDF is one file; this tells the type checker
    return found


def pictures(paper: Paper, locale: Locale, mark: str = "", foot: str = "", ppi: float = 72) -> list[bytes]:
    """The pages as PNG, to be looked at by whoever changes the layout."""
    found = _compiler(paper, locale, mark, foot).compile(format="png", ppi=ppi)
    return found if isinstance(found, list) else [found or b""]


def picture_of(drawing: str, ppi: float = 192) -> bytes:
    """A drawing as PNG, with our own fonts.

    Args:
        drawing: SVG of our own making.
        ppi: pixels an inch.
    """
    compiler = typst.Compiler(
        str(_LAYOUTS / "drawing.typ"),
        root=str(_LAYOUTS),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"drawing": drawing},
    )
    found = compiler.compile(format="png", ppi=ppi)
    assert isinstance(found, bytes)  # noqa: S101 - a drawing is one page; this tells the type checker
    return found


def _each_apart(text: str) -> str:
    """A line of several parts, such as a name and a reference: none turns the direction of the next."""
    return BETWEEN.join(apart(part) for part in text.split(BETWEEN))


def _compiler(paper: Paper, locale: Locale, mark: str, foot: str) -> typst.Compiler:
    said = {
        "lang": locale.language,
        "rtl": locale.text_direction == "rtl",
        "title": apart(paper.title),
        "lead": _each_apart(paper.lead),
        "mark": apart(mark),
        "foot": apart(foot),
        "blocks": paper.blocks,
    }
    return typst.Compiler(
        str(_LAYOUTS / "paper.typ"),
        root=str(_LAYOUTS),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(said, ensure_ascii=False)},
    )
