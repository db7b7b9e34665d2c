"""How gunicorn serves Casework, under `make run` and in an installation alike: `gunicorn -c deploy/gunicorn.conf.py wsgi:app`.

One process with threads: its limit of passphrase checks at once then holds for the machine.
"""

# ruff: noqa: INP001 - gunicorn reads it by its path
import gc
import os
from typing import Any

from casework import log, settings

_chosen = settings.load()
settings.refuse_demo_people(_chosen)
_host = f"[{_chosen.host}]" if ":" in _chosen.host else _chosen.host

bind = f"{_host}:{_chosen.port}"
worker_class = "gthread"
workers = int(os.environ.get("CASEWORK_WORKERS", "1"))
threads = int(os.environ.get("CASEWORK_THREADS", "8"))
timeout = 60
graceful_timeout = 8
umask = 0o077
# The file that a worker touches to show that it lives: in memory, so that no disk is waited for.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - gunicorn opens and unlinks it itself
# No second door: gunicorn would open a socket for commands in the home folder.
control_socket_disable = True
# Addresses name cases, so there is no access log; the application logs the rule of each route instead.
accesslog = None
errorlog = "-"
logconfig_dict = log.LIBRARIES


def post_fork(_server: Any, _worker: Any) -> None:
    """In each worker: an error that nobody caught prints no message."""
    log.guard_process()


def post_worker_init(_worker: Any) -> None:
    """What lives as long as the process is left alone: looking through all of it takes 20 ms out of somebody's page."""
    gc.collect()
    gc.freeze()
