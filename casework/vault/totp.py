"""Codes of an authenticator app (RFC 6238): 6 digits, 30 seconds, one step of slack, each step once."""

import hmac
import unicodedata
from datetime import datetime

import pyotp

from casework.errors import Refused
from casework.vault.secret import Secret

STEP_SECONDS = 30
DIGITS = 6
#: Clocks of phones are a little off: one step before and after counts too.
SLACK = 1


def new_secret() -> str:
    """A fresh secret of 160 bits, in base32 as authenticator apps take it."""
    return pyotp.random_base32()


def uri(secret: str, account: str, issuer: str = "Casework") -> str:
    """The address that a QR code carries to an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def code_at(secret: str, moment: datetime) -> str:
    """The code of a moment, as an authenticator app shows it."""
    return pyotp.TOTP(secret).generate_otp(step_at(moment))


def step_at(moment: datetime) -> int:
    """The number of the half minute that a moment lies in."""
    return int(moment.timestamp()) // STEP_SECONDS


def use(secret: Secret, code: str, last_step: int, moment: datetime) -> int:
    """Hold a code against the steps around a moment.

    Args:
        secret: base32, wrapped because a refused code must not show it in a traceback.
        code: as typed, in any digits, with or without spaces.
        last_step: the step of the last code that was taken; it and all before it are spent.
        moment: now.

    Returns:
        The step that this code belongs to: the next `last_step`.

    Raises:
        Refused: it belongs to none that is left.
    """
    typed, now = _digits(code), step_at(moment)
    app = pyotp.TOTP(secret.expose().decode())
    steps = range(now - SLACK, now + SLACK + 1)
    # Every step is compared, so that the time taken says nothing about which one was near.
    fitting = [step for step in steps if hmac.compare_digest(app.generate_otp(step).encode(), typed)]
    left = [step for step in fitting if step > last_step]
    if not left:
        raise Refused
    return left[-1]


def _digits(code: str) -> bytes:
    """The digits of a code in any script, as ASCII; anything that is no code becomes one that never fits."""
    values = [unicodedata.digit(sign, -1) for sign in code if not sign.isspace()]
    if len(values) != DIGITS or -1 in values:
        return b""
    return "".join(map(str, values)).encode()
