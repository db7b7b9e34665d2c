"""For machines that watch this one: is it alive, is it ready. Nothing about anybody."""

from flask import Blueprint, Response, jsonify

from casework.web import readiness
from casework.web.access import Declared

# "Writes" only so that the guard begins no transaction: whether one can begin is what is asked here.
_ANYBODY = Declared(signed_in=False, writes=True)

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return jsonify(alive=True)


@pages.get("/readyz")
def ready() -> tuple[Response, int]:
    """The database and Valkey answer too."""
    parts = readiness.state()
    return jsonify(parts), 200 if readiness.ready(parts) else 503


alive.access = ready.access = _ANYBODY  # type: ignore[attr-defined] # read by the guard
