"""A private place: files for their owner only, no core dumps, and one supervisor at a time."""

import fcntl
import os
import resource
from pathlib import Path
from typing import IO


class AlreadyRunning(RuntimeError):
    """Another supervisor holds this installation."""


def close_doors() -> None:
    """From here on new files are for their owner only, and a crash leaves no picture of the memory."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def make_folder(path: Path) -> Path:
    """A folder that nobody else may look into, made if it is missing.

    Args:
        path: the folder; those above it are made as well.

    Raises:
        PermissionError: it is there, and belongs to somebody else.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.is_symlink() or path.stat().st_uid != os.geteuid():
        raise PermissionError(f"{path} belongs to somebody else")
    path.chmod(0o700)
    return path


def hold(folder: Path) -> IO[str]:
    """Hold a folder for this supervisor. The kernel lets go when the process ends, however it ends.

    Args:
        folder: where the lock lies.

    Returns:
        The lock; it is held as long as this is open.

    Raises:
        AlreadyRunning: another process holds it.
    """
    lock = (folder / "lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise AlreadyRunning(str(folder)) from error
    return lock
