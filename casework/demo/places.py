"""Countries of the demo: their money, their clocks, the names and languages of who comes from there."""

from dataclasses import dataclass
from functools import cache

from casework.demo.sources import table


@dataclass(frozen=True)
class Place:
    """A country.

    Attributes:
        code: ISO 3166-1 alpha-2.
        currency: ISO 4217.
        rate: about how much of it one US dollar buys; for likely amounts only.
        zone: IANA name.
        share: how likely somebody comes from there.
        names: which names people from there have; empty where nobody in the demo comes from.
        languages: what they speak, the frequent ones more often.
    """

    code: str
    currency: str
    rate: float
    zone: str
    share: int = 1
    names: str = ""
    languages: tuple[str, ...] = ()


@cache
def place(code: str) -> Place:
    """A country of the demo."""
    row = table("places")[code]
    return Place(code, **{**row, "languages": tuple(row.get("languages", ()))})
