"""Chinese and Korean names: no space inside, the family name first, each character one syllable.

Chinese characters are read in Mandarin, and in Cantonese where `config/codes/han_names.toml` knows them all:
who comes from Hong Kong carries papers spelt that way.
"""

import re
import tomllib
from functools import cache
from itertools import product
from pathlib import Path

from anyascii import anyascii

_FILE = Path(__file__).resolve().parents[2] / "config" / "codes" / "han_names.toml"
#: Chinese and Korean family names of two characters; all others have one.
_TWO_CHARACTERS = (
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 司徒 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 남궁 황보 제갈 선우 독고"
)
_DOUBLE_FAMILY = frozenset(_TWO_CHARACTERS.split())
_SYLLABLE = re.compile(r"[A-Z][a-z]*|[a-z]+")
_MOST = 3


def is_syllabic(letter: str) -> bool:
    """Han and Hangul: one character, one syllable."""
    return "\u3400" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3" or "\uf900" <= letter <= "\ufaff"


def read(text: str) -> list[tuple[str, ...]]:
    """A name written without spaces as family and given name, each with its spellings in Latin letters.

    王小明 → wang, xiaoming: the family name comes first and is short, the rest is one given name.

    Args:
        text: Han or Hangul characters.
    """
    cut = 2 if text[:2] in _DOUBLE_FAMILY and text[2:] else 1
    return [found for part in (text[:cut], text[cut:]) if (found := _spelt(part))]


def _spelt(part: str) -> tuple[str, ...]:
    mandarin = "".join(_SYLLABLE.findall(anyascii(part))).lower()
    known = [_cantonese().get(character, ()) for character in part]
    cantonese = ["".join(syllables) for syllables in product(*known)] if part else []
    return tuple(dict.fromkeys(filter(None, (mandarin, *cantonese))))[:_MOST]


@cache
def _cantonese() -> dict[str, tuple[str, ...]]:
    """For every known character its syllables, in the order of the file."""
    table: dict[str, str] = tomllib.loads(_FILE.read_text("utf-8"))["cantonese"]
    known: dict[str, tuple[str, ...]] = {}
    for syllable, characters in table.items():
        for character in dict.fromkeys(characters):
            known[character] = (*known.get(character, ()), syllable)
    return known
