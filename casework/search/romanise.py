"""From any script to plain Latin letters, word by word.

`anyascii` covers nearly every script, but three families need more than a letter by letter reading:
Arabic and Hebrew leave out short vowels, the scripts of South Asia carry an unwritten `a`, and Han and
Hangul write a name without spaces. Arabic letters and those of South Asia are read straight into the
sounds of `casework.search.sounds`; everything else into Latin spelling that is read there.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from anyascii import anyascii

from casework.search import arabic, han, indic

_INVISIBLE = dict.fromkeys(
    map(
        ord,
        "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2060\ufeff\u00ad\u0640",
    )
)
#: Apostrophes stand inside a word (N'Diaye, Qur'an); they are not heard.
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻʾʿ`´′"))  # fmt: skip
_WORD = re.compile(
    r"[^\W\d_]+(?:[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff\u1000-\u109f\u0e00-\u0eff\u200c\u200d]+[^\W\d_]*)*"
)
#: Letters whose sound anyascii loses with their mark.
_MARKED = str.maketrans(
    {
        "ç": "ch",
        "ş": "sh",
        "ș": "sh",
        "č": "ch",
        "ć": "ch",
        "š": "sh",
        "ś": "sh",
        "ž": "zh",
        "ğ": "g",
        "ə": "a",
        "ñ": "n",
    }
)


class Writing(Enum):
    """How a word has to be read on."""

    LATIN = "latin"  # Latin spelling, vowels and all
    SOUNDS = "sounds"  # already in the sounds of `sounds`, vowels and all
    ABJAD = "abjad"  # already in sounds, but short vowels were not written


@dataclass(frozen=True)
class Word:
    """One word of a name in small Latin letters, with every way in which it may be read.

    Attributes:
        readings: the likeliest first; never empty.
        writing: what the letters mean.
    """

    readings: tuple[str, ...]
    writing: Writing


def words(name: str) -> list[Word]:
    """The words of a name, romanised, in the order in which they were written.

    Args:
        name: a name in any script or mixture of scripts.
    """
    clean = unicodedata.normalize("NFKC", name).translate(_INVISIBLE).translate(_APOSTROPHES)
    found = (_word(part) for part in _parts(clean))
    return [word for group in found for word in group if any(word.readings)]


def _parts(clean: str) -> list[str]:
    """Words as written; an Arabic compound with a zero-width non-joiner is two, an Indic one is not."""
    parts: list[str] = []
    for match in _WORD.finditer(clean):
        text = match.group()
        parts += text.split("\u200c") if arabic.is_arabic(text[0]) else [text.replace("\u200c", "")]
    return [part.replace("\u200d", "") for part in parts if part]


def _word(text: str) -> list[Word]:
    """One written word: usually one word, two for a Han or Hangul name written without a space."""
    first = text[0]
    if arabic.is_arabic(first):
        return [Word(readings, Writing.ABJAD) for readings in arabic.read(text)]
    if indic.is_indic(first):
        return [Word(indic.read(text), Writing.SOUNDS)]
    if _is_hebrew(first):
        return [Word((_plain(text),), Writing.ABJAD)]
    if han.is_syllabic(first):
        return [Word(spellings, Writing.LATIN) for spellings in han.read(text)]
    if "г" in text.lower():
        # Г is g in Russia and h in Ukraine; Russian papers write a foreign h with it (Гусейн).
        return [Word((_plain(text), _plain(re.sub("[Гг]", "h", text))), Writing.LATIN)]
    # Whoever types Ayşe without its mark types Ayse: both are readings.
    return [
        Word(tuple(dict.fromkeys((_plain(text.lower().translate(_MARKED)), _plain(text)))), Writing.LATIN)
    ]


def _plain(text: str) -> str:
    return re.sub(r"[^a-z]", "", anyascii(text).lower())


def _is_hebrew(letter: str) -> bool:
    return "\u0590" <= letter <= "\u05ff"
