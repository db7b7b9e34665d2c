"""One process that is kept running, and never outlives its supervisor."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from casework.settings import ROOT
from casework.supervise.private import CannotRun

_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_LIBC = ctypes.CDLL(None)

#: So many ends within so many seconds, and it is no accident any more.
MOST_ENDS = 5
WITHIN = 30.0


class KeepsEnding(CannotRun):
    """A process ended again and again."""


class Child:
    """A process and its restarts.

    Args:
        name: how it is called when something is said about it.
        command: the program and its arguments.
        environ: its whole environment.
        log: the file that gets what it says; the terminal, if left out.
        quiet: whether its standard output is thrown away, and only its errors are said.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environ: Mapping[str, str],
        *,
        log: Path | None = None,
        quiet: bool = False,
    ) -> None:
        self.name = name
        self._command = list(command)
        self._environ = dict(environ)
        self._log = log
        self._output = subprocess.DEVNULL if quiet else None
        self._process: subprocess.Popen[bytes] | None = None
        self._ends: list[float] = []

    def start(self) -> None:
        """Start the process in a group of its own, so that Ctrl-C reaches the supervisor alone."""
        with contextlib.ExitStack() as held:
            log = held.enter_context(self._log.open("ab")) if self._log else None
            self._process = subprocess.Popen(  # noqa: S603 - our own programs with our own arguments
                self._command,
                cwd=ROOT,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                stdout=self._output or log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - one thread here, and no other way to ask for it
            )

    @property
    def words(self) -> str:
        """Where what it says can be read."""
        return f"its own words stand in {self._log}" if self._log else "its own words stand above"

    def running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def status(self) -> int | None:
        """How it ended: 0 is well, None is not yet."""
        return self._process.poll() if self._process else None

    def restart_if_ended(self) -> None:
        """Start it again if it ended.

        Raises:
            KeepsEnding: it did so too often in too short a time.
        """
        if self.running():
            return
        now = time.monotonic()
        self._ends = [end for end in self._ends if now - end < WITHIN] + [now]
        if len(self._ends) >= MOST_ENDS:
            raise KeepsEnding(f"the {self.name} keeps ending; {self.words}")
        self.start()

    def stop(self, patience: float) -> None:
        """End it politely, and after a while not.

        Args:
            patience: in seconds.
        """
        if self._process is None or not self.running():
            return
        self._process.terminate()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it at once, with its whole group: a server's own children must not go on without it."""
        if self._process is not None and self.running():
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _die_with_parent() -> None:
    if sys.platform == "linux":
        _LIBC.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
