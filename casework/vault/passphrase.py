"""Passphrases: six drawn words, or one's own when it is strong enough (construction §1)."""

import secrets
import unicodedata
from functools import lru_cache
from importlib.resources import files

from zxcvbn import zxcvbn

from casework.errors import Invalid

WORDS = 6
#: Guesses that an own passphrase must withstand, by zxcvbn's estimate.
GUESSES = 10**16
#: zxcvbn raises above this many characters; a longer passphrase is judged by its beginning.
JUDGED = 72
#: Nobody types more; what comes from elsewhere should not cost us time.
LONGEST = 512


@lru_cache(maxsize=1)
def words() -> tuple[str, ...]:
    """The 7,776 words of the EFF's long list (CC BY 3.0), as xkcdpass ships it."""
    text = (files("xkcdpass") / "static" / "eff-long").read_text("utf-8")
    return tuple(text.split())


def generate() -> str:
    """Six words drawn by the operating system's randomness: 77 bits."""
    return " ".join(secrets.choice(words()) for _ in range(WORDS))


def normalise(passphrase: str) -> str:
    """One form for all ways to type it: NFKC, casefold, hyphens as spaces, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).casefold().replace("-", " ").split())


def check_own(passphrase: str) -> None:
    """Refuse a passphrase that somebody chose and that could be guessed.

    Args:
        passphrase: as typed.

    Raises:
        Invalid: with a sentence for whoever typed it.
    """
    text = normalise(passphrase)
    if len(text) > LONGEST:
        raise Invalid("This passphrase is too long.", "passphrase")
    if not text or zxcvbn(text[:JUDGED], max_length=JUDGED)["guesses"] < GUESSES:
        raise Invalid("This passphrase could be guessed. Take more words, or the one we drew.", "passphrase")
