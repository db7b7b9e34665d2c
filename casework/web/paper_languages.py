"""The languages that papers are written in: those of the pages, and a few whose fixed words lie in files of their own.

`config/papers/<language>.toml` holds the words of labels, headings and short sentences. None of these files was
read by somebody who speaks the language: they were made by a machine, and a paper in one of them says so at its foot. What stands in no file stays English.
"""

import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from typing import Final

from babel import Locale
from flask_babel import force_locale, gettext

from casework.cases.values import Voice
from casework.settings import ROOT

_FOLDER: Final = ROOT / "config" / "papers"


@cache
def _files() -> Mapping[str, Mapping[str, str]]:
    """Words by language."""
    found = {}
    for path in sorted(_FOLDER.glob("*.toml")):
        found[path.stem] = dict(tomllib.loads(path.read_text(encoding="utf-8"))["words"])
    return found


def offered(of_pages: Collection[str]) -> list[tuple[str, str]]:
    """Languages with their names, in themselves.

    Args:
        of_pages: the languages of this installation's pages.
    """
    codes = [*of_pages, *(code for code in _files() if code not in of_pages)]
    return [(code, (Locale.parse(code).get_display_name(code) or code).capitalize()) for code in codes]


def words(language: str) -> Mapping[str, str]:
    """What stands in the file of a language, by its English; nothing where it has no file."""
    return _files().get(language, {})


def voice_in(language: str) -> Voice:
    """How a paper speaks, whatever the page speaks.

    Args:
        language: one of those that are offered.
    """
    own = words(language)

    def say(text: str) -> str:
        if text in own:
            return own[text]
        with force_locale(language):
            return str(gettext(text))

    return Voice(Locale.parse(language), say)


def from_a_file(language: str, of_pages: Collection[str]) -> bool:
    """Whether its words come from a file that no speaker has read."""
    return language in _files() and language not in of_pages
