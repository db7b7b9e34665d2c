"""What is written of organisations and formations: each sort of item with its questions. Pure."""

from casework.cases import kinds
from casework.cases.fields import Field
from casework.errors import NotFound

#: What stands alone, and what belongs to a formation.
ALONE, OF_FORMATION = ("organisation", "formation"), ("member", "seat", "deed")


def fields(sort: str) -> tuple[Field, ...]:
    """The questions of a sort.

    Raises:
        NotFound: there is none of this key.
    """
    if sort not in (*ALONE, *OF_FORMATION):
        raise NotFound
    return kinds.page(f"formation/{sort}")
