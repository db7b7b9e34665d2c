"""Words in the scripts of South Asia, read into sounds.

Unicode lays out Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada and Malayalam in
parallel blocks of 128, after the Indian standard ISCII, so one table by place in the block reads all nine.
A consonant carries an `a` unless a vowel sign, a killed vowel or the end of the word follows.
"""

_FIRST, _LAST, _BLOCK = 0x0900, 0x0D7F, 0x80
_BENGALI = 0x0980

_VOWELS = {
    0x05: "a", 0x06: "a", 0x07: "i", 0x08: "i", 0x09: "u", 0x0A: "u", 0x0B: "ri", 0x0E: "i", 0x0F: "i",
    0x10: "i", 0x11: "u", 0x12: "u", 0x13: "u", 0x14: "u",
}  # fmt: skip
_SIGNS = {
    0x3E: "a", 0x3F: "i", 0x40: "i", 0x41: "u", 0x42: "u", 0x43: "ri", 0x45: "i", 0x46: "i", 0x47: "i",
    0x48: "i", 0x49: "u", 0x4A: "u", 0x4B: "u", 0x4C: "u", 0x57: "u",
}  # fmt: skip
#: k kh g gh ṅ · c ch j jh ñ · ṭ ṭh ḍ ḍh ṇ · t th d dh n ṉ · p ph b bh m · y r ṟ l ḷ ḻ v ś ṣ s h
_CONSONANTS = dict(zip(range(0x15, 0x3A), "kkggnccjjnttddnttddnnpfbbmyrrlllvccsh", strict=True))
_DOTTED = {0x16: "h", 0x1C: "z", 0x21: "r", 0x22: "r", 0x2F: "y", 0x2B: "f"}
_NUKTA, _VIRAMA, _NASAL, _ANUSVARA = 0x3C, 0x4D, 0x01, 0x02
_LABIALS = frozenset("pfbm")
#: Letters that stand outside the parallel places, as letters inside: ज्ञ is written j-ñ and said gy (Nepal,
#: the Hindi belt); the Gurmukhi nasal; Assamese r and v; Malayalam consonants without a vowel.
_INSTEAD = (
    ("ज्ञ", "ग्य"), ("ੰ", "ਂ"), ("ৎ", "ত্"), ("ৰ", "র"), ("ৱ", "ভ"), ("ൺ", "ണ്"), ("ൻ", "ന്"), ("ർ", "ര്"),
    ("ൽ", "ല്"), ("ൾ", "ള്"), ("ൿ", "ക്"),
)  # fmt: skip


def is_indic(letter: str) -> bool:
    """Whether a letter belongs to one of the nine parallel blocks."""
    return _FIRST <= ord(letter) <= _LAST


def read(text: str) -> tuple[str, ...]:
    """The readings of one written word in sounds, the likeliest first.

    Args:
        text: a word in one of the nine scripts.
    """
    for outside, inside in _INSTEAD:
        text = text.replace(outside, inside)
    places = [_place(c) for c in text if is_indic(c)]
    sounds = "".join(_sound(places, i) for i in range(len(places))).replace("ngh", "ng")
    # Bengali য is said j; the transcription of names keeps y as often (Yusuf and Jusuf, Yadav and Jadab).
    found = ("j" + sounds[1:], sounds) if text[0] == chr(_BENGALI + 0x2F) else (sounds,)
    # After a conjunct the last `a` is mostly kept: Mahendra, Krishna, but Brahm.
    ends_joined = places[-2:-1] == [_VIRAMA] and places[-1] in _CONSONANTS
    return (*found, *(f"{one}a" for one in found)) if ends_joined else found


def _place(letter: str) -> int:
    return (ord(letter) - _FIRST) % _BLOCK


def _sound(places: list[int], i: int) -> str:
    place = places[i]
    following = places[i + 1] if i + 1 < len(places) else None
    if place in _CONSONANTS:
        return _consonant(places, i)
    if place == _ANUSVARA:
        return _nasal(following)
    return _VOWELS.get(place) or _SIGNS.get(place) or ("n" if place == _NASAL and following else "")


def _nasal(following: int | None) -> str:
    """A nasal takes the place of what follows; before h it is said ng: सिंह is Singh."""
    sound = _CONSONANTS.get(following or 0)
    if sound == "h":
        return "ng"
    return "m" if sound in _LABIALS else "n"


def _consonant(places: list[int], i: int) -> str:
    """A consonant, with its unwritten `a` where it has one."""
    rest = places[i + 1 :]
    dotted = bool(rest) and rest[0] == _NUKTA
    sound = _DOTTED.get(places[i], _CONSONANTS[places[i]]) if dotted else _CONSONANTS[places[i]]
    if sound == "y" and i > 0:
        sound = "i"
    after = rest[1:] if dotted else rest
    silent = not after or after[0] == _VIRAMA or after[0] in _SIGNS
    return sound if silent else sound + "a"
