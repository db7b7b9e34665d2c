"""`python -m casework.supervise`: from an empty folder to a page that can be opened."""

import os
import signal
import sys
import time
from pathlib import Path

from casework import settings
from casework.settings import ROOT, Settings
from casework.supervise import private, valkey, words
from casework.supervise.child import Child
from casework.supervise.steps import prepare, wait_for_page

_LOOK = 0.3  # seconds between two looks at the processes
_PATIENCE = 12.0  # seconds that each may take to end

_PROCESSES = {
    "delivery": ("casework.jobs", "beat"),
    "worker": ("casework.jobs", "work"),
    "web server": ("gunicorn", "-c", "deploy/gunicorn.conf.py", "wsgi:app"),
}


class Stop:
    """Whether somebody asked to stop."""

    asked = False

    def ask(self, *_: object) -> None:
        """As a handler of signals."""
        self.asked = True


def main() -> int:
    """Run until somebody asks to stop.

    Returns:
        The exit status: 0 after a clean stop.
    """
    stop = Stop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop.ask)
    private.close_doors()
    try:
        return _run(stop)
    except (settings.UnsafeSettings, private.CannotRun) as error:
        sys.stderr.write(f"Casework does not run: {error}.\n")
        return 1


def _run(stop: Stop) -> int:
    instance = Path(os.environ.get("CASEWORK_INSTANCE", ROOT / "instance")).absolute()
    private.make_folder(instance)
    settings.make_secrets(instance)
    environ = dict(os.environ) | {"PYTHONUNBUFFERED": "1"}
    children: list[Child] = []
    socket = valkey.socket_path(instance)
    with private.hold(private.make_folder(instance / "run")):
        if "CASEWORK_REDIS_URL" not in environ:
            environ["CASEWORK_REDIS_URL"] = f"unix://{socket}"
            children.append(valkey.embedded(socket, environ))
        chosen = settings.load(environ)
        settings.refuse_demo_people(chosen)
        private.wait_for_port(chosen.host, chosen.port, _PATIENCE)
        try:
            _start(chosen, environ, children, stop)
            _watch(children, stop)
        finally:
            # The last that was started ends first: the server, the worker, the delivery, then Valkey.
            for child in reversed(children):
                child.stop(_PATIENCE)
    return 0


def _start(chosen: Settings, environ: dict[str, str], children: list[Child], stop: Stop) -> None:
    def stopping() -> bool:
        return stop.asked

    for child in children:
        child.start()
    prepare(chosen, environ, stopping)
    log = words.log_of(chosen)
    if log:
        log.unlink(missing_ok=True)
    for name, module in _PROCESSES.items():
        if stop.asked:
            return
        children.append(Child(name, [sys.executable, "-m", *module], environ, log=log))
        children[-1].start()
    if wait_for_page(chosen, children[-1], stopping):
        words.welcome(chosen)


def _watch(children: list[Child], stop: Stop) -> None:
    while not stop.asked:
        for child in children:
            child.restart_if_ended()
        time.sleep(_LOOK)


if __name__ == "__main__":
    sys.exit(main())
