"""Headers of every answer: nothing is kept by a browser or a proxy, nothing foreign runs."""

from flask import Flask, Response, request

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
_PLAIN = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: browsers then leave out Origin and Referer, which forms are checked by.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "X-Robots-Tag": "noindex, nofollow",
}
_YEAR = 31_536_000


def install(app: Flask, *, https: bool) -> None:
    """Add the headers to every answer.

    Args:
        app: the application.
        https: whether browsers reach it by HTTPS, and should insist on that from now on.
    """

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in _PLAIN.items():
            # A file that somebody handed in comes with a stricter policy of its own.
            response.headers.setdefault(name, value)
        if request.endpoint == "static":
            # File names carry a digest of their content, so they may be kept for ever.
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        else:
            response.headers["Cache-Control"] = "no-store"
        if https:
            response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}; includeSubDomains"
        return response
