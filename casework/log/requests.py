"""One line for each request: the rule of its route, never the address with the ids in it."""

import os
import time

import structlog
from flask import Flask, Response, g, request

from casework.log.lines import configure

#: Asked every few seconds by machines, or kept by browsers: nothing that a line would tell.
_SILENT = ("static", "health.alive", "health.ready")


def install(app: Flask) -> None:
    """Log the requests of an application, and everything else, without content.

    Args:
        app: the application; to be called before whatever else hooks into requests.
    """
    configure()
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_began = time.monotonic()
    # Made here and not taken from a header: a header is something that somebody typed.
    structlog.contextvars.bind_contextvars(request=os.urandom(8).hex())


def _end(response: Response) -> Response:
    if request.endpoint not in _SILENT:
        structlog.get_logger().info(
            "request.done",
            rule=request.url_rule.rule if request.url_rule else None,
            method=request.method if request.url_rule else None,
            status=response.status_code,
            ms=round((time.monotonic() - g.get("request_began", time.monotonic())) * 1000),
        )
    structlog.contextvars.unbind_contextvars("request")
    return response
