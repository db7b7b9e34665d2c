"""Hashes that two people read to each other: thirty digits, in six groups of five."""

_DIGITS, _GROUP = 30, 5


def code(digest: bytes) -> str:
    """The code of a hash, as it is shown and read out.

    Args:
        digest: SHA-256 of what is compared.
    """
    digits = f"{int.from_bytes(digest, 'big') % 10**_DIGITS:0{_DIGITS}d}"
    return " ".join(digits[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))


def heard(shown: str, digits: str) -> bool:
    """Whether somebody typed the code that is shown, in any grouping and with the digits of any script."""
    typed = "".join(str(int(letter)) for letter in digits if letter.isdecimal())
    return typed == shown.replace(" ", "")
