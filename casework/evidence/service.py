"""The evidence of a case: handed in, described, looked at, taken out."""

from casework.evidence.handing_in import LONGEST, NOTHING, add, check, may_add
from casework.evidence.listing import Evidence, listing, seen
from casework.evidence.looking import Opened, look, open_file, opened_file, original, to_give
from casework.evidence.mending import DELETE, describe, remove
from casework.evidence.rows import rows_of

__all__ = [
    "DELETE",
    "LONGEST",
    "NOTHING",
    "Evidence",
    "Opened",
    "add",
    "check",
    "describe",
    "listing",
    "look",
    "may_add",
    "open_file",
    "opened_file",
    "original",
    "remove",
    "rows_of",
    "seen",
    "to_give",
]
