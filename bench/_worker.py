"""A fresh process of one of the two applications: it shows pages and says how much memory it then holds.

What to do comes as JSON on standard input; the answer is a number of bytes.
"""

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from casework.settings import Settings


def main() -> None:
    """Show the pages in turn, then say what the process holds."""
    told = json.load(sys.stdin)
    client = _client(told)
    for number in range(told["pages"]):
        assert client.get(told["paths"][number % len(told["paths"])]).status_code == 200  # noqa: PLR2004 - all is well
    sys.stdout.write(str(_resident()))


def _client(told: dict[str, Any]) -> FlaskClient:
    """A browser at one of the applications; the other one's modules stay out of this process."""
    peppers = {int(number): bytes.fromhex(pepper) for number, pepper in told["peppers"].items()}
    settings = Settings(
        profile="testing",
        database_url=told["database_url"],
        redis_url=told["redis_url"],
        peppers=peppers,
        secret=bytes.fromhex(told["secret"]),
        instance=Path(told["instance"]),
        secure_cookies=False,
    )
    if told["person"]:
        plain = import_module("bench._plain")
        found: FlaskClient = plain.browser(plain.create_app(settings, settings.database_url), told["person"])
        return found
    client: FlaskClient = import_module("casework.app").create_app(settings).test_client()
    client.set_cookie(*told["cookie"])
    return client


def _resident() -> int:
    """Bytes of memory that are in use now, on Linux."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
