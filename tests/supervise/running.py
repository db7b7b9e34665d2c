"""The supervisor in an installation of its own, for stories of starting, serving, being killed and ending."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from casework.settings import ROOT

PATIENCE = 120  # seconds


class Running:
    """The supervisor in an installation of its own."""

    def __init__(self, folder, **environ):
        self.folder = folder
        self.instance = folder / "instance"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "CASEWORK_INSTANCE": str(self.instance),
            "CASEWORK_DEMO": "0",
            "PORT": str(self.port),
        } | environ
        self.said = folder / "said"
        self.process = None

    def start(self):
        with self.said.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "casework.supervise"],
                cwd=ROOT,
                env=self.environ,
                stdout=out,
                stderr=out,
            )
        return self

    def until_ready(self, minutes=2):
        end = time.monotonic() + minutes * 60
        while "Casework is ready" not in self.words():
            assert self.process.poll() is None, self.words()
            assert time.monotonic() < end, self.words()
            time.sleep(0.05)
        return self

    def words(self):
        return self.said.read_text("utf-8")

    def get(self, path):
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            asked.request("GET", path)
            answer = asked.getresponse()
            return answer.status, answer.read()
        finally:
            asked.close()

    def family(self):
        """The ids of all processes that were started with this installation in their environment."""
        mark = f"CASEWORK_INSTANCE={self.instance}\0".encode()
        return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/environ") if mark in read(path)]

    def until_alone(self):
        end = time.monotonic() + PATIENCE
        while self.family():
            assert time.monotonic() < end
            time.sleep(0.05)

    def end(self, number):
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def read(path):
    """What a file of /proc holds; nothing, when its process is gone."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
