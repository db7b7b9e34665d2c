"""A release as a Frictionless data package: what describes the CSV, so that programmes read it without asking.

Source: Data Package, version 2.0 (datapackage.org), with Table Dialect and Table Schema.
"""

from hashlib import sha256
from typing import Any

from casework.trends.exports import SEEN, TAGS, as_csv, as_value
from casework.trends.releases import Release

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_DAYS = {"from", "until"}
_NUMBERS = {"count", "low", "high", "within", "shown_from"}


def described(release: Release, path: str) -> dict[str, Any]:
    """What stands in `datapackage.json`.

    Args:
        release: whose CSV is described.
        path: where the CSV lies, seen from the description.
    """
    raw, told = as_csv(release).encode(), as_value(release)
    return {
        "$schema": PROFILE,
        "name": f"casework-release-{release.digest[:16]}",
        "id": told["id"],
        "title": f"Cases from {told['from']} to {told['until']}",
        "description": SEEN,
        "created": f"{told['released'] or told['until']}T00:00:00Z",
        "sha256": release.digest,
        "ledger": told["ledger"],
        "indicators": told["indicators"],
        "resources": [
            {
                "name": "figures",
                "type": "table",
                "path": path,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(raw),
                "hash": f"sha256:{sha256(raw).hexdigest()}",
                # The second line holds the tags of the Humanitarian Exchange Language.
                "dialect": {"headerRows": [1], "commentRows": [2], "lineTerminator": "\r\n"},
                "schema": {"fields": [_field(name) for name in TAGS], "missingValues": [""]},
            }
        ],
    }


def _field(name: str) -> dict[str, Any]:
    kind = "date" if name in _DAYS else "integer" if name in _NUMBERS else "string"
    return {"name": name, "type": kind, "hxl": TAGS[name]}
