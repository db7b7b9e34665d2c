"""A file of 25 MB sealed while it comes in beside a plain upload through the same server; and a case sheet.

The sheet stands beside the same words set by the same engine as one plain paragraph: what headings, tables and tags cost.
"""

import http.client
import multiprocessing
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import flask
from babel import Locale
from werkzeug.serving import make_server

from casework.evidence import examining
from casework.evidence.coming import Coming
from casework.papers import printing
from casework.papers.blocks import Paper
from casework.store import Store
from casework.web import uploads

_SIZE = 25 * 1024 * 1024
_ROUNDS = 7
_HEAD = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
_BODY = _HEAD + b"ID3\x04\0\0\0\0\0\x23" + os.urandom(_SIZE - 10) + b"\r\n--b--\r\n"


def _server(request_class: type[flask.Request]) -> flask.Flask:
    """A server of one page: it takes a file, keeps it, and says how much memory that took at most."""
    app = flask.Flask("bench")
    app.request_class = request_class
    folder = Path(tempfile.mkdtemp())
    store = Store(folder.as_uri())

    @app.post("/")
    def take() -> str:
        Path("/proc/self/clear_refs").write_text("5")
        idle = _memory("VmRSS")
        stream = flask.request.files["file"].stream
        if request_class is uploads.Request:
            examining.keep(store, examining.examine(cast(Coming, stream), 2 * _SIZE))
        else:
            path = folder / "plain"
            flask.request.files["file"].save(path)
            with path.open("rb") as kept:
                os.fsync(kept.fileno())
        return str(_memory("VmHWM") - idle)

    return app


def _memory(what: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what))


def _serve(request_class: type[flask.Request], port: int) -> None:
    make_server("127.0.0.1", port, _server(request_class)).serve_forever()


def _send(port: int) -> tuple[float, int]:
    """Seconds of one upload, and the memory that it took above idle in kB."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("POST", "/", _BODY, {"Content-Type": "multipart/form-data; boundary=b"})
    took = int(connection.getresponse().read())
    return time.perf_counter() - started, took


def _port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _uploads() -> list[dict[str, Any]]:
    ports = {one: _port() for one in (uploads.Request, flask.Request)}
    servers = [multiprocessing.Process(target=_serve, args=pair, daemon=True) for pair in ports.items()]
    for server in servers:
        server.start()
    time.sleep(2)
    times: dict[type, list[tuple[float, int]]] = {one: [] for one in ports}
    for _ in range(_ROUNDS):
        for one, port in ports.items():
            times[one].append(_send(port))
    for server in servers:
        server.terminate()
    rates = {one: _SIZE / 2**20 / statistics.median(took for took, _ in made) for one, made in times.items()}
    ours, theirs = rates[uploads.Request], rates[flask.Request]
    most = max(kb for _, kb in times[uploads.Request]) / 1024
    return [
        _line("sealing an attachment of 25 MB, beside a plain upload", ours, theirs, "MB/s"),
        _line("memory of it above idle", most, None, "MB"),
    ]


def _line(name: str, ours: float, theirs: float | None, unit: str) -> dict[str, Any]:
    ratio = ours / theirs if theirs else None
    return {"name": name, "ours": ours, "theirs": theirs, "unit": unit, "ratio": ratio, "n": _ROUNDS}


def _sheet() -> dict[str, Any]:
    paper = Paper("Case sheet", "KQ7M-2XPD")
    for section in range(7):
        paper.heading(f"Section {section}")
        paper.facts([(f"Question {number}", "An answer of some length, " * 4) for number in range(12)])
    paper.table(["When", "What", "In words"], [["1 Mar 2026", "Call", "She rang. " * 12]] * 50, [3, 2, 8], [])
    bare = Paper("Case sheet", "KQ7M-2XPD")
    bare.text("\n".join(_words(paper.blocks)))
    printing.pdf(bare, Locale("ar"))
    times = [(_printed(paper), _printed(bare)) for _ in range(_ROUNDS)]
    ours, theirs = (statistics.median(column) for column in zip(*times, strict=True))
    return _line("case sheet of 84 answers and 50 notes, vs its bare words", ours, theirs, "ms")


def _printed(paper: Paper) -> float:
    started = time.perf_counter()
    printing.pdf(paper, Locale("ar"), "Lawyer · 22 Nov 2026", "KQ7M-2XPD")
    return (time.perf_counter() - started) * 1000


def _words(found: Any) -> Iterator[str]:
    """Every text of a paper, without headings, tables and lines around them."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        yield from _words([value for key, value in found.items() if key not in ("is", "widths", "numbers")])
    elif isinstance(found, list | tuple):
        for one in found:
            yield from _words(one)


def run() -> list[dict[str, Any]]:
    """Medians; the memory is the most that any of the uploads took."""
    return [*_uploads(), _sheet()]


if __name__ == "__main__":
    sys.stdout.write(f"{run()}\n")
