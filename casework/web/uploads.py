"""Files that come with a form: sealed as they stream in.

Werkzeug's own way is a temporary file for whatever is larger than 500 kB, in the clear.
"""

from typing import IO

import flask
from flask import current_app, request

from casework.db import READ_ONLY, db
from casework.evidence.coming import Coming

#: Bytes of a form around its file, and of a file that is a little too large to be said so beside its field.
_AROUND = 2 * 1024 * 1024


class Request(flask.Request):
    """A request whose files never touch a disk."""

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002 - Werkzeug's signature
        content_type: str | None,  # noqa: ARG002 - as above
        filename: str | None = None,  # noqa: ARG002 - as above
        content_length: int | None = None,  # noqa: ARG002 - as above
    ) -> IO[bytes]:
        return Coming().stream


def wait_for_file() -> None:
    """Let this request bring a file. No transaction is open while it comes: it may take a quarter of an hour."""
    request.max_content_length = current_app.config["CASEWORK"].largest_file + _AROUND
    db.session.rollback()
    request.form  # noqa: B018 - reading it is what takes the body
    db.session.connection(execution_options={READ_ONLY: True})
