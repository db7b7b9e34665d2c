"""A long list, a page at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Pages:
    """Which part of a list a page shows.

    Attributes:
        found: how many lines there are.
        size: how many a page holds.
        wanted: the number that was asked for; one that is not there becomes the nearest.
    """

    found: int
    size: int
    wanted: int

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, ceil(self.found / self.size))

    @property
    def page(self) -> int:
        """The number of this page, from 1."""
        return min(max(self.wanted, 1), self.pages)

    @property
    def first(self) -> int:
        """The index of its first line."""
        return (self.page - 1) * self.size

    @property
    def last(self) -> int:
        """The index after its last line."""
        return min(self.first + self.size, self.found)

    def links(self, href: Callable[[int], str]) -> dict[str, object]:
        """What the `pager` piece needs.

        Args:
            href: the address of a page by its number.
        """
        return {
            "page": self.page,
            "pages": self.pages,
            "previous": href(self.page - 1) if self.page > 1 else None,
            "next": href(self.page + 1) if self.page < self.pages else None,
        }
