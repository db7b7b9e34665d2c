"""A file that was handed in, checked by its content and with its viewing copy, before anything is kept."""

from dataclasses import dataclass

from casework.errors import Invalid
from casework.evidence import bounded, sorts
from casework.evidence.coming import Coming
from casework.evidence.sorts import Sort
from casework.store import Store

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Examined:
    """A file that may be kept.

    Attributes:
        original: as it came, sealed.
        sort: what it is.
        copy: without notes about place and maker; None where none can be made.
        copy_sort: what the copy is.
    """

    original: Coming
    sort: Sort
    copy: Coming | None
    copy_sort: Sort

    @property
    def files(self) -> tuple[Coming, ...]:
        """What goes to the store."""
        return (self.original, self.copy) if self.copy else (self.original,)


def examine(coming: Coming, largest: int) -> Examined:
    """Check a file and make its viewing copy.

    Args:
        coming: the file, as it came in.
        largest: bytes that a file may have.

    Raises:
        Invalid: it is empty, too large, broken, or of a sort that is not taken.
    """
    if coming.size > largest:
        raise Invalid(
            "This file is larger than %(most)s megabytes. Send it in parts, or photograph it smaller.",
            "file",
            most=largest // _MEGABYTE,
        )
    sort = sorts.of(coming.stream)
    copy = _copy(coming, sort, largest)
    return Examined(coming, sort, copy, sorts.JPEG if sort.name == "picture" else sort)


def _copy(coming: Coming, sort: Sort, largest: int) -> Coming | None:
    if sort.name not in {"document", "picture"}:
        return None
    return bounded.copy_of(coming, sort.name, largest)


def keep(store: Store, examined: Examined) -> None:
    """Put the sealed files into the store and let go of them. A row has to name them soon, else they are swept away.

    Raises:
        StoreAway: the store does not take them.
    """
    for one in examined.files:
        store.put(one.file_id, one.sealed())
        one.close()
