"""A name taken apart: particles left aside, compounds opened, each part with what it sounds like.

Names have no common grammar. There may be one part or seven, the family name first, last or none at all,
and the same compound is written together, apart or with a hyphen (Abdurrahman, Abdul Rahman, عبد الرحمن).
So a name is only a list of parts here, and order is judged later.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from casework.search.romanise import Word, Writing, words
from casework.search.sounds import hear, settle


@dataclass(frozen=True)
class Part:
    """One part of a name.

    Attributes:
        sounds: its readings in the letters of `sounds`, the likeliest first.
        abjad: whether short vowels are missing.
        letters: the plain letters as romanised, before they were read.
    """

    sounds: tuple[str, ...]
    abjad: bool
    letters: str

    @property
    def is_initial(self) -> bool:
        """One letter that stands for a name."""
        return len(self.letters) == 1


_LITTLE_WORDS = (
    "al el ul ur ar as ad an at az ud us il bin ben ibn ibnu bint binti binte bt bte wuld ould mint ag "
    "de del dela delos delas della di du da das do dos des la las lo los le van von der den ter ten e y zu af "
    "oglu ogly ogli oghlu kizi kyzy qizi gizi mr mrs ms miss dr haji hajji alhaji hajj"
)
_PARTICLES = frozenset(_LITTLE_WORDS.split())
#: بن ابن بنت آل, as read.
_ABJAD_PARTICLES = frozenset({"bn", "abn", "ibn", "bnt", "al"})
#: Malay papers: anak lelaki, anak perempuan; Indian ones: son, daughter, wife of.
_CHILD_OF = re.compile(r"(?<!\w)(?:a|s|d|w)\s?/\s?(?:l|p|o)\b\.?", re.IGNORECASE)

Spellings = tuple[str, ...]
_SERVANT, _FAITH, _GOD = ("abd",), ("din",), ("alah",)
#: Halves of compounds that scripts of South Asia write as words of their own: আব্দুল, উদ্দিন, উল্লাহ.
_FIXED = ([_SERVANT], [_FAITH], [_GOD])


def _after_servant(rest: str) -> Spellings:
    """The second half of Abdul…: the article may have gone, stayed as `l`, or doubled the next letter."""
    # Abdelaziz is abd-el-aziz, Abdelatif is abd-el-latif.
    return (rest[1:], rest) if re.match(r"l...", rest) else (rest,)


#: Words that are names written together, and what they come apart into. The first that fits counts.
_COMPOUNDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[Spellings]]], ...] = (
    (
        re.compile(r"^[cg]?abd(?:[aeiou]*l+[ae]h?i?|oulaye|oulahi|ilahi)$|^ablaye$"),
        lambda _: [_SERVANT, _GOD],
    ),
    (re.compile(r"^[ac]?abd(?:[aeiou]+[lrsnz]?|i)?$"), lambda _: [_SERVANT]),
    (re.compile(r"^[cg]?abd(?:[aeiou]+)?(.{3,})$"), lambda found: [_SERVANT, _after_servant(found[1])]),
    (re.compile(r"^(?:u|e)?d+(?:in|een|ine)$"), lambda _: [_FAITH]),
    (
        re.compile(r"^(.{3,}?)(?:[aeiou]l?)(?:dd|tt|d(?=[ei]+ne?$)(?<=[ue]d))(?:in|een|ine|ien|yn)$"),
        lambda found: [(found[1],), _FAITH],
    ),
    (re.compile(r"^(?:o?u|a)ll?ah?$"), lambda _: [_GOD]),
    (re.compile(r"^(.{3,}?)(?:o?ull?ah|ollah|allah|(?<=....)ulla)$"), lambda found: [(found[1],), _GOD]),
    # Persian double names: Mohammadreza, Gholamali, Amirhossein.
    (
        re.compile(r"^(moham+ad|mohamed|muham+ad|(?:gh|g|q)[ou]lam)(.{3,})$"),
        lambda found: [(found[1],), (found[2],)],
    ),
    (re.compile(r"^(am[ie]+r)(.{4,})$"), lambda found: [(found[1],), (found[2],)]),
    (
        re.compile(
            r"^(gebre|gebra|haile|hayle|hailu|tekle|tekla|wolde|welde|habte|kidane|fikre|amde|tsegaye|"
            r"dela|delos|delas|santa)(.{4,})$"
        ),
        lambda found: [(found[1],), (found[2],)],
    ),
)


def parts(name: str) -> list[Part]:
    """The parts of a name, in the order written.

    Args:
        name: a name in any script.
    """
    opened = [part for word in words(_CHILD_OF.sub(" ", name)) for part in _open(word)]
    # "Ben", "Al" or "De La" alone are somebody's name.
    return [part for part in opened if not _is_particle(part)] or opened


def _is_particle(part: Part) -> bool:
    return part.letters in (_ABJAD_PARTICLES if part.abjad else _PARTICLES)


def _open(word: Word) -> list[Part]:
    if word.writing is Writing.LATIN:
        first, *more = (_apart(reading) for reading in word.readings)
        # A reading that comes apart in another way is another name.
        same = [first, *(other for other in more if len(other) == len(first))]
        return [_part(tuple(dict.fromkeys(sum(spellings, ())))) for spellings in zip(*same, strict=True)]
    if word.writing is Writing.SOUNDS and _apart(word.readings[0]) in _FIXED:
        return [_part(_apart(word.readings[0])[0])]
    sounds = tuple(dict.fromkeys(settle(reading) for reading in word.readings))
    return [Part(sounds, word.writing is Writing.ABJAD, word.readings[0])]


def _part(spellings: tuple[str, ...]) -> Part:
    heard = tuple(dict.fromkeys(sounds for spelling in spellings for sounds in hear(spelling)))
    return Part(heard, abjad=False, letters=spellings[0])


def _apart(latin: str) -> list[Spellings]:
    """A Latin word as the words it is made of, each with its possible spellings."""
    for pattern, come_apart in _COMPOUNDS:
        if found := pattern.match(latin):
            return come_apart(found)
    return [(latin,)]
