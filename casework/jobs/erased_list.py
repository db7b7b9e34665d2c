"""The list of erased cases beside the database: it is held against a backup before that is served again.

It holds ids only, one a line. It belongs apart from backups: a copy of it in a backup is as old as the backup.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from flask import current_app

from casework.cases import erasing

NAME = "erased-cases"


def path() -> Path:
    """Where the list lies."""
    folder: Path = current_app.config["CASEWORK"].instance
    return folder / NAME


def read(file: Path) -> set[UUID]:
    """The ids of a list; none where there is no list yet.

    Raises:
        ValueError: a line is no id.
    """
    return {UUID(line) for line in file.read_text("ascii").split()} if file.exists() else set()


def keep() -> None:
    """Write every erased case to the list. What stands there stays; a kill leaves the old list whole."""
    file = path()
    ids = read(file) | set(erasing.erased_ids())
    if ids != read(file):
        _write(file, sorted(ids))


def _write(file: Path, ids: Iterable[UUID]) -> None:
    beside = file.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(
        os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
    ) as out:
        out.writelines(f"{one}\n" for one in ids)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
