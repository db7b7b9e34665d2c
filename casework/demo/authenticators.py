"""The authenticator secrets of the demo's people, in a file beside the database, so that codes can be shown.

A real installation has nothing like it: there the secret is in the person's phone and inside their seal.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casework import clock
from casework.errors import NotFound
from casework.settings import DEMO_PEOPLE
from casework.vault import totp

FILE = DEMO_PEOPLE


@dataclass(frozen=True)
class Current:
    """The code of the moment.

    Attributes:
        login: whose.
        code: six digits; each counts once.
        seconds: how long the authenticator app would still show it.
    """

    login: str
    code: str
    seconds: int

    def __str__(self) -> str:
        return f"{self.login:<8}  {self.code[:3]} {self.code[3:]}   ({self.seconds} seconds)"


def keep(instance: Path, secrets: Mapping[str, str]) -> None:
    """Write the secrets down, for their owner's eyes only; what was there before goes.

    Args:
        instance: the private folder of this installation.
        secrets: in base32, by login.
    """
    fresh = instance / f"{FILE}.new"
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump(dict(secrets), out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(instance / FILE)


def logins(instance: Path) -> list[str]:
    """Whose secrets were written down; nobody's where no demo was made."""
    path = instance / FILE
    return list(json.loads(path.read_text("utf-8"))) if path.exists() else []


def codes(instance: Path) -> list[Current]:
    """The code of this half minute of everybody in the demo.

    Args:
        instance: the private folder of this installation.

    Raises:
        NotFound: no demo was made here.
    """
    path = instance / FILE
    if not path.exists():
        raise NotFound
    now = clock.now()
    left = totp.STEP_SECONDS - int(now.timestamp()) % totp.STEP_SECONDS
    secrets: dict[str, str] = json.loads(path.read_text("utf-8"))
    return [Current(login, totp.code_at(secret, now), left) for login, secret in secrets.items()]
