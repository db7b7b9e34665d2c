"""What a line of the log may be. Configures structlog and the standard library's logging alike."""

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

_ROOT = Path(__file__).resolve().parent.parent.parent
_FRAMES = 20  # the innermost ones; before them stands the server's own way to the view
_CAUSES = 4
_EVENT = re.compile(r"[a-z_]+(\.[a-z_]+)*")

#: All that a line may carry. Another key is left out, so that nobody logs a name "just for now".
KEYS = frozenset(
    {"at", "level", "event", "logger", "where", "error"}
    | {"request", "rule", "method", "status", "ms"}
    | {"job", "attempts", "count", "process", "code"},
)

#: For servers that want a configuration of the standard library's logging.
LIBRARIES: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "root": {"level": "WARNING", "handlers": ["content_free"]},
    "handlers": {"content_free": {"()": "casework.log.lines.ContentFree"}},
    "loggers": {
        "gunicorn.error": {"level": "WARNING", "handlers": [], "propagate": True},
        "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
    },
}


def configure() -> None:
    """Send everything that is logged here, ours and the libraries', to standard error without content."""
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.processors.add_log_level, _line],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: _Output(),
    )
    root = logging.getLogger()
    if not any(isinstance(handler, ContentFree) for handler in root.handlers):
        root.addHandler(ContentFree())
    root.setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    # A handler that fails would print the arguments of the line that it failed on.
    logging.raiseExceptions = False


def guard_process() -> None:
    """Of errors that nobody caught, in any thread, print no message either. For servers, not for terminals."""
    sys.excepthook = lambda _kind, error, trace: _uncaught(error.with_traceback(trace))
    threading.excepthook = lambda args: _uncaught(args.exc_value) if args.exc_value else None
    sys.unraisablehook = lambda args: _uncaught(args.exc_value) if args.exc_value else None


def describe(error: BaseException) -> list[dict[str, Any]]:
    """An exception and what caused it, without a word of what they say.

    Returns:
        For each the name of its class, and its frames as file and line, the innermost last.
    """
    found: list[dict[str, Any]] = []
    seen: BaseException | None = error
    while seen is not None and len(found) < _CAUSES:
        found.append({"class": type(seen).__qualname__, "frames": _frames(seen.__traceback__)})
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return found


class ContentFree(logging.Handler):
    """Writes a library's log line as its logger, its level and the place in the source, nothing else."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; the message and its arguments are never looked at."""
        line = structlog.contextvars.get_contextvars() | {
            "event": "library.line",
            "level": record.levelname.lower(),
            "logger": record.name,
            "where": f"{_short(record.pathname)}:{record.lineno}",
        }
        error = record.exc_info[1] if record.exc_info else None
        _write(line | ({"error": describe(error)} if error else {}))


class _Output:
    """Where structlog hands its finished lines."""

    def msg(self, **line: Any) -> None:
        _write(line)

    debug = info = warning = error = critical = exception = msg


def _line(_logger: object, _method: str, line: Mapping[str, Any]) -> Mapping[str, Any]:
    known = {key: value for key, value in line.items() if key in KEYS}
    error = line.get("exc_info")
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        known["error"] = describe(error)
    if not _EVENT.fullmatch(str(line["event"])):
        known["event"] = "event.unnamed"
    return known


def _uncaught(error: BaseException) -> None:
    _write({"event": "error.uncaught", "level": "critical", "error": describe(error)})


def _frames(trace: TracebackType | None) -> list[str]:
    steps = traceback.extract_tb(trace, limit=-_FRAMES)
    return [f"{_short(step.filename)}:{step.lineno}" for step in steps]


def _short(path: str) -> str:
    """A file's path as the source tree or its package names it, without the folders of this machine."""
    if "site-packages" in path:
        return path.rpartition("site-packages/")[2]
    return path.removeprefix(f"{_ROOT}/") if path.startswith(str(_ROOT)) else Path(path).name


def _write(line: Mapping[str, Any]) -> None:
    stamped = {"at": datetime.now(UTC).isoformat(timespec="milliseconds")} | dict(line)
    sys.stderr.write(json.dumps(stamped, default=lambda value: type(value).__name__) + "\n")
    sys.stderr.flush()
