"""The files in `data/`, read once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """What a file says.

    Args:
        name: without `.toml`, with the folder where it lies in one.
    """
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def kinds() -> list[str]:
    """The kinds of case that the demo has stories for."""
    return sorted(path.stem for path in (FOLDER / "kinds").glob("*.toml"))
