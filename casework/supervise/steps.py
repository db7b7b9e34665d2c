"""What is done once before serving, and the wait until pages come."""

import http.client
import sys
import time
from collections.abc import Callable, Mapping

from casework.settings import Settings
from casework.supervise.child import Child
from casework.supervise.private import CannotRun

_LOOK = 0.1  # seconds
_PATIENCE = 90.0  # seconds for the first page; an old laptop needs some of them
_STOP_WITHIN = 5.0

Stopping = Callable[[], bool]


class StepFailed(CannotRun):
    """A step did not end well. Says which."""


def prepare(settings: Settings, environ: Mapping[str, str], stopping: Stopping) -> None:
    """Bring the tables up to date; then, for a demo whose tables are empty, make its people.

    Raises:
        StepFailed: one of them ended badly.
    """
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    _run(Child("tables", [*flask, "db", "upgrade"], environ, quiet=True), stopping)
    if settings.demo:
        _run(Child("demo", [*flask, "casework", "demo", "seed"], environ), stopping)


def wait_for_page(settings: Settings, server: Child, stopping: Stopping) -> bool:
    """Wait until the server is ready for people.

    Returns:
        Whether it is; not so when somebody asked to stop meanwhile.

    Raises:
        StepFailed: it ended, or was not ready in time.
    """
    end = time.monotonic() + _PATIENCE
    while not stopping():
        if _ready(settings):
            return True
        if not server.running() or time.monotonic() > end:
            raise StepFailed(f"the web server did not come up; {server.words}")
        time.sleep(_LOOK)
    return False


def _run(step: Child, stopping: Stopping) -> None:
    if stopping():
        return
    step.start()
    while step.running():
        if stopping():
            step.stop(_STOP_WITHIN)
            return
        time.sleep(_LOOK)
    if step.status != 0:
        raise StepFailed(f"the step {step.name!r} did not end well; {step.words}")


def _ready(settings: Settings) -> bool:
    asked = http.client.HTTPConnection(settings.host, settings.port, timeout=5)
    try:
        asked.request("GET", "/readyz", headers={"Host": "localhost"})
        return asked.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        asked.close()
