"""Pages go over slow networks, so text is compressed.

Compression can betray a secret that stands beside what a stranger chose (BREACH). Here a stranger's page
cannot send our cookies at all (SameSite=Strict), and the one secret in a form is masked anew each time.
"""

import gzip

from flask import Flask, Response, request

_LEAST = 500
#: Above the usual six: the longest forms in Arabic are two hundred bytes lighter for half a millisecond.
_LEVEL = 8
_TEXT = {"text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"}


def install(app: Flask) -> None:
    """Compress what is text and not tiny, for browsers that take it."""

    @app.after_request
    def compress(response: Response) -> Response:
        if response.mimetype not in _TEXT or response.status_code in {204, 304}:
            return response
        response.vary.add("Accept-Encoding")
        if "gzip" not in request.headers.get("Accept-Encoding", "") or "Content-Encoding" in response.headers:
            return response
        # A static file is handed over as a file; its few kilobytes are read here instead.
        response.direct_passthrough = False
        handed_over = response.response
        body = response.get_data()
        if hasattr(handed_over, "close"):
            handed_over.close()
        if len(body) >= _LEAST:
            response.set_data(gzip.compress(body, _LEVEL, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
            # An ETag names these very bytes; the address carries a digest anyway.
            response.headers.pop("ETag", None)
        return response
