"""For machines that watch this one: is it alive, is it ready. Nothing about anybody."""

from flask import Blueprint, Response, jsonify

from casework.web import readiness
from casework.web.access import public

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@public
def alive() -> Response:
    """The process answers."""
    return jsonify(alive=True)


@pages.get("/readyz")
@public
def ready() -> tuple[Response, int]:
    """The database and Valkey answer too."""
    parts = readiness.state()
    return jsonify(parts), 200 if readiness.ready(parts) else 503
