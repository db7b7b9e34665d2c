"""Something found, and why."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why something was found. Of several, the one that says most about a difference."""

    REFERENCE = "reference"
    PHONE = "phone ends"
    DOCUMENT = "document ends"
    ADDRESS = "address"
    LETTERS = "same letters"
    SOUND = "same sound"
    REVERSED = "reversed order"
    ALIAS = "alias"
    INITIALS = "initials"
    ALIKE = "nearly the same"


@dataclass(frozen=True)
class Match:
    """Something found.

    Attributes:
        place: its number in what was searched.
        score: from 0 to 1; 1 is the same.
        reason: why.
    """

    place: int
    score: float
    reason: Reason
