"""References that say nothing: four and four letters, random, with a check character.

No letter or digit that is mistaken for another on paper or by telephone, and no vowels, so that no
reference reads as a word.
"""

import secrets

ALPHABET = "BCDFGHJKMNPQRTVWXYZ2346789"
_LENGTH = 7


def new() -> str:
    """A new reference, such as `K7QD-2MXR`."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))
    return written(body + check_character(body))


def check_character(body: str) -> str:
    """The last letter, by which a wrong letter is noticed, and most swapped ones.

    A weighted sum modulo the 26 characters. The weights share no factor with 26 (odd, and not 13),
    so no single wrong letter passes.
    """
    weights = (1, 3, 5, 7, 9, 11, 15)
    total = sum(w * ALPHABET.index(c) for w, c in zip(weights, body, strict=True))
    return ALPHABET[total % len(ALPHABET)]


def written(letters: str) -> str:
    """Eight letters as people write them, with a hyphen in the middle."""
    return f"{letters[:4]}-{letters[4:]}"


def read(text: str) -> str | None:
    """The reference that somebody typed, or None where it is none.

    Small letters, spaces and a missing hyphen are forgiven.
    """
    letters = "".join(c for c in text.upper() if c.isalnum())
    if len(letters) != _LENGTH + 1 or any(c not in ALPHABET for c in letters):
        return None
    return written(letters) if check_character(letters[:-1]) == letters[-1] else None
