"""How like the parts of a searched name the parts of all names are.

Two measures are weighed: the skeleton of kin consonants, which survives most misspelling, and all sounds
with their vowels, which tells Hassan from Hussein. Both count the longest common subsequence (Indel).
The weights were set on tests/search/pairs.tsv.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

from casework.search.aliases import others
from casework.search.parts import Part
from casework.search.ragged import Array
from casework.search.sounds import kin, skeleton
from casework.search.vocabulary import Vocabulary

#: How much the skeleton counts against all sounds together, when it has four consonants or more. A skeleton
#: of two (Amina, Mona, Imen) says little.
_BONES = 0.55
_FULL_SKELETON = 4
#: How much of the agreement of all sounds is that of the vowels alone.
_VOWELS = 0.3
#: What an unexpected i or u costs where one side left short vowels out: it may well be a short vowel.
_SHORT_VOWEL = 0.03
#: What it costs not to have exactly the same sounds, so that who is written as searched comes first.
_NOT_EXACTLY = 0.05
#: With less in common than this share of the shorter word, no weighing reaches `LEAST`.
_HOPELESS = 0.45
#: Below this two words are two names.
LEAST = 0.72
#: From here on two words sound the same.
SOUND = 0.9
ALIAS, BEGINNING, INITIAL = 0.95, 0.8, 0.75
_LEAST_BEGINNING = 3


@dataclass(frozen=True)
class Likeness:
    """How like each entry of a vocabulary the parts of a query are.

    Attributes:
        score: a row for each part; from 0, another name, to 1, the same sounds.
        alias: a row for each part; whether the table of aliases made it.
    """

    score: Array
    alias: Array


def likeness(parts: Sequence[Part], vocabulary: Vocabulary) -> Likeness:
    """Compare the parts of a query with a vocabulary."""
    shape = (len(parts), len(vocabulary))
    score, alias = np.zeros(shape, np.float32), np.zeros(shape, bool)
    if not len(vocabulary) or not parts:
        return Likeness(score, alias)
    for i, (part, readings) in enumerate(zip(parts, _alike(parts, vocabulary), strict=True)):
        score[i] = np.maximum.reduceat(readings, vocabulary.firsts)
        score[i][score[i] < LEAST] = 0
        known = _known_as(part, vocabulary)
        alias[i] = known & (score[i] < SOUND)
        score[i][known] = np.maximum(score[i][known], ALIAS)
    return Likeness(score, alias)


def _alike(parts: Sequence[Part], vocabulary: Vocabulary) -> list[Array]:
    """For each part the likeness of each reading, by the best reading of the part."""
    said = [(i, sounds) for i, part in enumerate(parts) for sounds in part.sounds]
    common = _common([kin(sounds.encode()).decode() for _, sounds in said], vocabulary.kin)
    lengths = np.array([[len(sounds)] for _, sounds in said])
    hopeful = common >= _HOPELESS * np.minimum(lengths, vocabulary.lengths)
    near = np.flatnonzero(np.any(hopeful, axis=0))
    few = vocabulary.some(near)
    common_bones = _common([skeleton(sounds) for _, sounds in said], few.bones)
    best = [np.zeros(len(vocabulary.ends), np.float32) for _ in parts]
    for (i, sounds), sound_row, bone_row in zip(said, common[:, near], common_bones, strict=True):
        if parts[i].is_initial:
            _initials(sounds[0], vocabulary, best[i])
        else:
            like = _weighed(sounds, parts[i].abjad, sound_row, bone_row, few.measures)
            best[i][near] = np.maximum(best[i][near], like)
            _marked(sounds, parts[i].abjad, vocabulary, best[i])
    return best


def _common(words: list[str], known: list[str]) -> Array:
    """The length of the longest common subsequence of each word with each known one."""
    lengths: Array = cdist(words, known, scorer=LCSseq.similarity, dtype=np.uint8)
    return lengths


def _marked(sounds: str, abjad: bool, vocabulary: Vocabulary, best: Array) -> None:
    """What is exactly so, begins so, or is only an initial of it, which may be the one."""
    best[vocabulary.exactly(sounds)] = 1
    _raise(best, vocabulary.exactly(sounds[0]), INITIAL)
    if len(sounds) >= _LEAST_BEGINNING and not abjad:
        _raise(best, vocabulary.beginning(sounds), BEGINNING)


def _raise(best: Array, places: Array, to: float) -> None:
    best[places] = np.maximum(best[places], to)


def _weighed(sounds: str, abjad: bool, common: Array, common_bones: Array, measures: Array) -> Array:
    """The two measures together: of skeletons, and of all sounds."""
    bones = len(skeleton(sounds))
    _, bone_lengths, _, _ = measures
    fit = _fit(sounds, abjad, common, common_bones, measures)
    total = bones + bone_lengths
    bone_fit = np.where(total > 0, 2.0 * common_bones / np.maximum(total, 1), fit)
    weight = _BONES / _FULL_SKELETON * np.minimum(np.maximum(bone_lengths, bones), _FULL_SKELETON)
    like: Array = weight * bone_fit + (1 - weight) * fit - _NOT_EXACTLY
    return like


def _fit(sounds: str, abjad: bool, common: Array, common_bones: Array, measures: Array) -> Array:
    """How well all sounds agree: of both sides, or of the side that left short vowels out."""
    lengths, bone_lengths, high_vowels, short = measures
    both = 2.0 * common / (len(sounds) + lengths)
    # What of the common sequence is no consonant, is vowels: those that stand in the same order.
    vowels = (len(sounds) - len(skeleton(sounds))) + lengths - bone_lengths
    vowel_fit = 2.0 * (common - np.minimum(common_bones, common)) / np.maximum(vowels, 1)
    both = np.where(vowels > 0, (1 - _VOWELS) * both + _VOWELS * vowel_fit, both)
    more = high_vowels - sum(map(sounds.count, "iu"))
    shorter = len(sounds) if abjad else np.maximum(lengths, 1)
    one = common / shorter - _SHORT_VOWEL * np.maximum(more if abjad else -more, 0)
    fit: Array = np.where(short == abjad, both, one)
    return fit


def _initials(letter: str, vocabulary: Vocabulary, best: Array) -> None:
    """An initial stands for every name that begins so."""
    best[vocabulary.beginning(letter)] = INITIAL
    best[vocabulary.exactly(letter)] = 1


def _known_as(part: Part, vocabulary: Vocabulary) -> Array:
    """Which entries are the same name elsewhere, by the table of aliases."""
    known = np.zeros(len(vocabulary), bool)
    for short in (False, True):
        forms = [sounds for sounds, abjad in others(part) if abjad == short]
        entries = np.searchsorted(vocabulary.firsts, vocabulary.exactly(*forms), "right") - 1
        known[entries[vocabulary.abjad[entries] == short]] = True
    return known
