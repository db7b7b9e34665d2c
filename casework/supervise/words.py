"""What the terminal says once pages come."""

import sys
from pathlib import Path

from casework.settings import Settings

_CODES = "flask --app wsgi casework demo codes"
_SET_UP = "flask --app wsgi casework set-up"


def log_of(settings: Settings) -> Path | None:
    """Where the log goes: in a demo to a file, so that it does not scroll the sign-ins away."""
    return settings.instance / "log" if settings.demo else None


def welcome(settings: Settings) -> None:
    """Say where to go; and in a demo, who can sign in and how."""
    lines = ["", f"Casework is ready: http://{settings.host}:{settings.port}", ""]
    if settings.demo:
        lines += ["This is a demo: everybody in it is invented. These people can sign in:", ""]
        lines += _sign_ins()
        lines += ["", f"The code of the moment for each of them:  .venv/bin/{_CODES}", ""]
        lines += [f"The log, which holds no content: {log_of(settings)}", ""]
    else:
        lines += [f"To found the first desk, ask for its one-time link:  .venv/bin/{_SET_UP}", ""]
    lines += ["Ctrl-C stops everything.", ""]
    sys.stdout.write("\n".join(lines))
    sys.stdout.flush()


def _sign_ins() -> list[str]:
    from casework import demo  # noqa: PLC0415 - an installation without a demo does not load it

    return [f"  {line}" for line in demo.sign_ins()]
