"""Numbers as people type them: telephone and document numbers, in any digits and format.

Of a number only its end is kept, the last six characters: enough to find a case, little to know.
"""

import re
import unicodedata
from dataclasses import dataclass

from anyascii import anyascii

from casework.cases import addresses, references

TAIL = 6
#: A shorter end would match too many.
LEAST = 4
PHONE, DOCUMENT = 10, 36
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_DIGITS = re.compile(r"(?<![^\W_])\+?\(?\d(?:[\s().\-/]*\d){3,}(?![^\W_])")
_LETTERS_AND_DIGITS = re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d_])[^\W_]{4,}\b")
_REFERENCE = re.compile(r"\b[^\W_]{4}\s?-?\s?[^\W_]{4}\b")

#: Half a reference or more, by which somebody asks who remembers no more of it.
_PIECE = re.compile(r"(?<![^\W_])[^\W_]{4,7}(?![^\W_])")


@dataclass(frozen=True)
class Typed:
    """What somebody typed into the search, sorted.

    Attributes:
        numbers: ends of numbers, digits only: of a telephone or a document.
        documents: ends of numbers with letters.
        reference: the reference of a case, as written, or what looks like one but was misheard.
        pieces: what may be a part of a reference.
        addresses: marks of e-mail addresses.
        name: what is left.
    """

    numbers: tuple[str, ...]
    documents: tuple[str, ...]
    reference: str | None
    pieces: tuple[str, ...]
    addresses: tuple[str, ...]
    name: str


def plain(text: str) -> str:
    """A text with the digits of any script as 0 to 9, and compatibility forms resolved."""
    return "".join(_digit(c) for c in unicodedata.normalize("NFKC", text))


def _digit(letter: str) -> str:
    value = unicodedata.digit(letter, None)
    return letter if value is None else str(value)


def phone_tail(phone: str) -> str:
    """The last six digits of a telephone number; fewer when it has fewer.

    Args:
        phone: as written, in any digits, with any signs between them.
    """
    return "".join(c for c in plain(phone) if c.isdigit())[-TAIL:]


def document_tail(number: str) -> str:
    """The last six letters and digits of a document's number, in capital Latin letters."""
    return "".join(c for c in anyascii(plain(number)).upper() if c.isascii() and c.isalnum())[-TAIL:]


def typed(text: str) -> Typed:
    """Sort what somebody typed.

    Args:
        text: names, numbers or a reference, in any script, digits and format.
    """
    rest = plain(text)
    marks = tuple(addresses.mark(one) for one in addresses.addresses(rest))
    rest = addresses.without(rest)
    pieces = tuple(m.group().upper() for m in _PIECE.finditer(rest) if _of_reference(m.group()))
    reference = next((r for m in _REFERENCE.finditer(rest) if (r := _reference(m.group()))), None)
    if reference and references.read(reference):
        rest = _REFERENCE.sub(" ", rest)
    numbers = tuple(phone_tail(m.group()) for m in _DIGITS.finditer(rest))
    rest = _DIGITS.sub(" ", rest)
    documents = tuple(document_tail(m.group()) for m in _LETTERS_AND_DIGITS.finditer(rest))
    name = _LETTERS_AND_DIGITS.sub(" ", rest)
    return Typed(numbers, documents, reference, pieces, marks, name)


def _reference(text: str) -> str | None:
    """Eight letters and digits as a reference, if they all are of those that references are made of."""
    letters = "".join(c for c in text.upper() if c.isalnum())
    return references.written(letters) if _of_reference(letters) else None


def _of_reference(letters: str) -> bool:
    """Whether references are made of these letters; as they have no vowels, few words are."""
    return set(letters.upper()) <= set(references.ALPHABET)


def coded(tail: str, base: int) -> int:
    """A tail as a number. A 1 is set before it, so that leading zeros and its length are kept.

    Args:
        tail: at most six characters.
        base: PHONE for digits, DOCUMENT for letters and digits.

    Raises:
        ValueError: the tail is too long or has other characters.
    """
    if len(tail) > TAIL or not tail.isascii() or not tail.isalnum() or tail != tail.upper():
        raise ValueError("no tail of a number")
    return int("1" + tail, base)


def uncoded(code: int, base: int) -> str:
    """The tail from its number.

    Raises:
        ValueError: no tail has this number.
    """
    letters = []
    while code > 0:
        code, digit = divmod(code, base)
        letters.append(_LETTERS[digit])
    if letters[-1:] != ["1"] or not 1 < len(letters) <= TAIL + 1:
        raise ValueError("no tail of a number")
    return "".join(reversed(letters[:-1]))
