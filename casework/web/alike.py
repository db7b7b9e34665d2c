"""The warning that somebody may be known already: what it shows, and how it is answered."""

from collections.abc import Iterable
from typing import Any

from flask import request

from casework.search.service import Hit
from casework.web.lists_shown import row, why

#: The button that says: I have looked, it is somebody else.
DISTINCT = "distinct"


def confirmed() -> bool:
    """Whether the sender has seen the warning and said that it is somebody else."""
    return DISTINCT in request.form


def alike_rows(hits: Iterable[Hit]) -> list[dict[str, Any]]:
    """Cases as lines of a list, each with the reason."""
    return [row(hit.card, why(hit.reason)) for hit in hits]
