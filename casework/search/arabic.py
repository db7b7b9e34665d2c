"""Words in Arabic letters (Arabic, Persian, Urdu, Pashto, Kurdish, Uyghur), read into sounds.

Short vowels are not written, so a word stands for many; where a letter is read differently by
language (ث is `th` in Arabic and `s` in Persian) all readings are given, the likeliest first.
"""

import re

#: One sound a letter, by the alphabet of `casework.search.sounds`.
_SOUNDS = {
    **dict.fromkeys("بٻ", "b"), **dict.fromkeys("پڀ", "p"), **dict.fromkeys("تطټٹٺ", "t"),
    **dict.fromkeys("جژڄ", "j"), **dict.fromkeys("چشڇښ", "c"), **dict.fromkeys("حهہھەۀۂۿ", "h"),
    **dict.fromkeys("دډڈڊڍ", "d"), **dict.fromkeys("رړڑڕ", "r"), **dict.fromkeys("زځ", "z"),
    **dict.fromkeys("سصڅ", "s"), **dict.fromkeys("غگګڳ", "g"), "ف": "f", "ڤ": "v", "ۋ": "v",
    **dict.fromkeys("قكکڪ", "k"), **dict.fromkeys("لڵ", "l"), "م": "m", **dict.fromkeys("نںڼڭ", "n"),
    **dict.fromkeys("وؤۆۇۈ", "u"), **dict.fromkeys("يیېێےىئۍ", "i"), **dict.fromkeys("اآٱ", "a"),
    "أ": "a", "إ": "i", "ة": "a", "ۃ": "a", "ږ": "g",
    # ع and ء inside a word are a catch of the throat that no other spelling keeps.
    "ع": "", "ء": "",
}  # fmt: skip

#: Letters that are read in more than one way, wherever they stand.
_ALSO = {"ث": "ts", "ذ": "dz", "ض": "dz", "ظ": "zd", "خ": "hk", "و": "uv"}
#: At the start of a word these only carry a vowel, which may be any of these.
_INITIAL = {"ا": "ai", "أ": "au", "إ": "i", "آ": "a", "ٱ": "ai", "ع": "aui", "و": "v", "ي": "y", "ی": "y"}
#: At the end ه is silent or stands for a vowel in Persian and Urdu, and ى is always `a`.
_FINAL = {"ه": ("a", ""), "ہ": ("a", ""), "ە": ("a",), "ى": ("a",), "ة": ("a",)}
_ARTICLE = re.compile(r"^ال(?=..)")
_MOST = 6
#: Compounds that are written together as often as apart: servant of …, … of the faith, … of God,
#: and the first halves of Persian double names.
_TOGETHER = (
    (re.compile(r"^(عبد)(?:ال|أل)?(.{2,})$"), 2),
    (re.compile(r"^(.{2,})(الدين|الدین|اُلدین)$"), 2),
    (re.compile(r"^(محمد|غلام)(.{3,})$"), 2),
    (re.compile(r"^(امیر|امير|أمير)(.{4,})$"), 2),
    (re.compile(r"^(.{3,})(الله|اللہ|ٱلله)$"), 2),
)
_GOD = re.compile(r"^(?:ال|ٱل)?ل?ل[هہ]$")


def is_arabic(letter: str) -> bool:
    """Whether a letter belongs to the Arabic script."""
    return "\u0600" <= letter <= "\u06ff" or "\u0750" <= letter <= "\u077f"


def read(text: str) -> list[tuple[str, ...]]:
    """One written word as one or two words, each with its readings in sounds.

    Args:
        text: a word in Arabic letters, normalised by NFKC.
    """
    letters = "".join(c for c in text if c in _SOUNDS or c in _ALSO)
    return [_readings(part) for part in _apart(letters) if part]


def _apart(letters: str) -> list[str]:
    for pattern, count in _TOGETHER:
        if found := pattern.match(letters):
            return [found.group(i + 1) for i in range(count)]
    return [letters]


def _readings(letters: str) -> tuple[str, ...]:
    if _GOD.match(letters):
        return ("ala",)
    bare = _ARTICLE.sub("", letters)
    # الياس is Ilyas, not "the Yas": a word that begins like the article is read both ways.
    wholes = [bare, letters] if bare != letters else [letters]
    return tuple(dict.fromkeys(reading for whole in wholes for reading in _spell(whole)))[:_MOST]


def _spell(letters: str) -> list[str]:
    """Every reading of a word, the likeliest first."""
    readings = [""]
    for place, letter in enumerate(letters):
        choices = _choices(letter, first=place == 0, last=place == len(letters) - 1 and place > 0)
        readings = [start + choice for choice in choices for start in readings][:_MOST]
    return readings


def _choices(letter: str, *, first: bool, last: bool) -> tuple[str, ...]:
    if first and letter in _INITIAL:
        return tuple(_INITIAL[letter])
    if last and letter in _FINAL:
        return _FINAL[letter]
    return tuple(_ALSO.get(letter, "")) or (_SOUNDS[letter],)
