"""The warning that somebody may be known already: what it shows, and how it is answered."""

from collections.abc import Iterable
from typing import Any

from flask import request, url_for

from casework.search.service import Hit
from casework.web.lists_shown import row, why

#: The button that says: I have looked, it is somebody else.
DISTINCT = "distinct"


def confirmed() -> bool:
    """Whether the sender has seen the warning and said that it is somebody else."""
    return DISTINCT in request.form


def alike_rows(hits: Iterable[Hit], join: str = "") -> list[dict[str, Any]]:
    """Cases as lines of a list, each with the reason.

    Args:
        hits: what was found.
        join: reference of the case that is being written, which each of them may be joined with; empty for none.
    """
    return [row(hit.card, why(hit.reason)) | _joining(hit, join) for hit in hits]


def _joining(hit: Hit, join: str) -> dict[str, str]:
    return {"join_href": url_for("cases.join", ref=join, other=hit.card.ref)} if join else {}
