"""The words of a file, between the page that shows them and the form that types them: sealed, for this session, for a while."""

from datetime import timedelta

from casework.vault import passphrase
from casework.web import kept

_WHAT = "export words"
_LIFE = timedelta(minutes=30)


def draw() -> tuple[str, str]:
    """New words.

    Returns:
        The token that recalls them in this session, and the words.
    """
    words = passphrase.generate()
    while "-" in words:
        # Other software takes a hyphen for what it is, and not for a space as we do.
        words = passphrase.generate()
    return kept.keep(_WHAT, {"words": words}, _LIFE), words


def recall(token: str | None) -> str | None:
    """The words of a token; None where they were forgotten, or are of another session."""
    return kept.recall(_WHAT, token).get("words")


def same(drawn: str, typed: str) -> bool:
    """Whether the words were typed as they were drawn."""
    return passphrase.normalise(typed) == passphrase.normalise(drawn)
