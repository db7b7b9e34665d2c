"""Those who are answerable in the demo: employers, agencies, lenders, all invented."""

from dataclasses import dataclass
from functools import cache

from casework.demo.sources import table


@dataclass(frozen=True)
class Known:
    """Somebody of the register.

    Attributes:
        key: how the data files call them.
        name, kind, country: as they stand in the register.
    """

    key: str
    name: str
    kind: str
    country: str


@cache
def respondents() -> dict[str, Known]:
    """Everybody by key."""
    return {row["key"]: Known(**row) for row in table("respondents")["respondent"]}


def counted() -> str:
    """The key of the one whose name comes up again and again, and nowhere by chance."""
    return str(table("featured")["pattern"]["who"])
