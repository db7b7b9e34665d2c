"""What a word sounds like, written with twenty-one letters, and its skeleton of consonants.

Spelling differs by who wrote a name down: a French prefecture (Mouhamadou, Aïcha, Djibril), an English
employer (Mohamed, Aisha, Jibril), a Somali or Turkish passport (Maxamed, Cemal). Where one spelling may
mean several sounds, a word has several readings and the best one counts.

The letters: `b d f g h j k l m n p r s t v y z`, `c` for sh and ch, and three vowels `a i u`.
"""

import re
from collections.abc import Sequence
from itertools import product

_MOST = 6
#: Every letter that a reading is written with.
SOUNDS = b"abcdefghijklmnopqrstuvwxyz"

#: Spellings with one sound, in this order.
_SPELT = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch|tsch|tch|sj|shch|sh", "C"),
        (r"tj(?=[aeiou])", "C"),
        (r"dzh|zh|dj|dg(?=[ei])", "j"),
        (r"ph", "f"),
        (r"ck|qu(?=[eiy])|q", "k"),
        (r"gh|gu(?=[eiy])", "g"),
        (r"t[sz](?=.)|zz", "s"),
        (r"^ou(?=[aei])|^w", "v"),
        (r"oe", "u"),
    )
)
#: Spellings with several sounds, the likeliest first. `C` is sh or ch, already read.
_AMBIGUOUS = (
    (re.compile(r"kh"), ("h", "k")),
    (re.compile(r"ch"), ("C", "k", "h")),
    (re.compile(r"th"), ("t", "s")),
    (re.compile(r"dh"), ("d", "z")),
    (re.compile(r"dz"), ("j", "dz")),
    (re.compile(r"^g(?=[ei])"), ("g", "j")),  # Gehad is Jihad in Egypt; Georgios keeps its g
    (re.compile(r"^rh"), ("r", "g")),  # in the Maghreb غ is written rh
    (re.compile(r"(?<=[bjlr])h"), ("", "h")),  # Abhay, but also Farhan and Subhan
    (re.compile(r"x"), ("ks", "h", "C")),  # Latin, Somali, Chinese and Spanish
    (re.compile(r"(?<=[aeiouy])h$"), ("", "h")),
    (re.compile(r"^c(?=[auo])"), ("k", "", "j", "C")),  # Somali: the throat's catch; Turkish; Indonesian
    (re.compile(r"c(?=[eiy])"), ("s", "", "j")),
    (re.compile(r"c"), ("k", "j")),
    (re.compile(r"w"), ("u", "v")),
    (re.compile(r"^j(?=[aou])"), ("j", "y")),
)
_ARTICLE = re.compile(r"^[ae]l(?=[^aeiouy].{3}|.{5})")
_VOWELS = str.maketrans("eioyuC", "iiuiuc")
_RUNS = re.compile(r"(.)\1+")
_GLIDES = re.compile(r"a+([iu])")
_INITIAL_Y = re.compile(r"^i+(?=[au])")
#: Consonants that are heard, or written down, for one another: p and b by Arabic speakers, z and j in Bengal,
#: v and b in Nepal, t and d in Somalia, k and g in Turkish.
_KINSHIP = bytes.maketrans(b"pfvzcjdg", b"bbbssstk")
_UNHEARD = b"aiuy"


def hear(latin: str) -> tuple[str, ...]:
    """The sounds of a word in small Latin letters: every reading, the likeliest first.

    Args:
        latin: letters a to z only.
    """
    article = _ARTICLE.match(latin)
    spellings = [latin, latin[article.end() :]] if article else [latin]
    heard = (sounds for spelling in spellings for sounds in _readings(spelling))
    return tuple(dict.fromkeys(sounds for sounds in heard if sounds))[:_MOST]


def _readings(latin: str) -> list[str]:
    for pattern, sound in _SPELT:
        latin = pattern.sub(sound, latin)
    choices = [(pattern, sounds) for pattern, sounds in _AMBIGUOUS if pattern.search(latin)]
    return [_said(latin, choices, chosen) for chosen in product(*(sounds for _, sounds in choices))]


def _said(
    latin: str, choices: Sequence[tuple[re.Pattern[str], Sequence[str]]], chosen: tuple[str, ...]
) -> str:
    for (pattern, _), sound in zip(choices, chosen, strict=True):
        latin = pattern.sub(sound, latin)
    return settle(latin.translate(_VOWELS))


def settle(sounds: str) -> str:
    """Doubled letters once, and gliding vowels as the vowel they end on: Hussain, Husein and Hosein are one."""
    plain = _INITIAL_Y.sub("y", _RUNS.sub(r"\1", sounds))
    return _RUNS.sub(r"\1", _GLIDES.sub(r"\1", plain))


def skeleton(sounds: str) -> str:
    """The consonants alone, kin consonants as one."""
    return skeletons(sounds.encode()).decode()


def skeletons(sounds: bytes) -> bytes:
    """The skeletons of many words, with line breaks between."""
    return sounds.translate(_KINSHIP, _UNHEARD)


def kin(sounds: bytes) -> bytes:
    """Many words, with line breaks between, with kin consonants as one."""
    return sounds.translate(_KINSHIP)
