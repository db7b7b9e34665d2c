"""A private place: files for their owner only, no core dumps, and one supervisor at a time."""

import errno
import fcntl
import os
import resource
import socket
import time
from pathlib import Path
from typing import IO

_LOOK = 0.2  # seconds


class CannotRun(RuntimeError):
    """Something stands in the way. The message is for whoever typed the command."""


class AlreadyRunning(CannotRun):
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
        CannotRun: it is there, and belongs to somebody else.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.is_symlink() or path.stat().st_uid != os.geteuid():
        raise CannotRun(f"{path} belongs to somebody else")
    path.chmod(0o700)
    return path


def wait_for_port(host: str, port: int, patience: float) -> None:
    """Wait until nobody listens at an address: a killed server may need a moment to be gone.

    Args:
        host, port: where this installation will be.
        patience: in seconds.

    Raises:
        CannotRun: somebody else is there to stay.
    """
    end = time.monotonic() + patience
    while _taken(host, port):
        if time.monotonic() > end:
            raise CannotRun(f"port {port} is taken; choose another one with PORT=8001")
        time.sleep(_LOOK)


def _taken(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        # As servers do: an address that only rests after its last connection is free.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


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
        raise AlreadyRunning(f"it is already running from {folder.parent}") from error
    return lock
