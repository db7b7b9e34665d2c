"""What a campaign writes down: each sort of item with its page of questions and what it belongs to. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.cases import kinds
from casework.cases.fields import Field
from casework.errors import Invalid, NotFound

#: Below this many people a number may point to one of them.
FEW = 3


@dataclass(frozen=True)
class Sort:
    """One sort of item.

    Attributes:
        key: what is stored.
        of: the sorts that it may belong to.
        must: whether it cannot stand alone.
    """

    key: str
    of: tuple[str, ...] = ()
    must: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its questions."""
        return kinds.page(f"campaign/{self.key}")


#: In the order of a campaign's page.
SORTS = {
    one.key: one
    for one in (
        Sort("target"),
        Sort("demand", of=("target",), must=True),
        Sort("spokesperson"),
        Sort("endorsement"),
        Sort("action", of=("target",)),
        Sort("reply", of=("demand", "action")),
        Sort("check", of=("demand",), must=True),
        Sort("outcome", of=("demand",)),
        Sort("report"),
        Sort("lesson"),
    )
}


def sort_named(key: str) -> Sort:
    """The sort of this key.

    Raises:
        NotFound: there is none.
    """
    if key not in SORTS:
        raise NotFound
    return SORTS[key]


def brief() -> tuple[Field, ...]:
    """The questions about the campaign itself."""
    return kinds.page("campaign/brief")


def insist(sort: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of the answers, if they can be kept.

    Args:
        sort: of the item.
        told: the answers, each of them well-formed.

    Raises:
        Invalid: somebody would speak without having agreed; nobody would stand with it; a result would be paid in two
            currencies; a number would point to one person.
    """
    checked = dict(told)
    if sort == "spokesperson" and told.get("consent") != "yes":
        raise Invalid("Nobody speaks for a campaign who did not say yes to it.", "consent")
    if sort == "endorsement" and not (told.get("name") or "").strip():
        raise Invalid("Choose it from the directory, or write its name.", "name")
    if sort == "outcome":
        _one_currency(told)
        checked |= _counted(told)
    return checked


def _one_currency(told: Mapping[str, Any]) -> None:
    sums = [told[key] for key in ("paid", "awarded", "claimed") if told.get(key)]
    if len({one["currency"] for one in sums}) > 1:
        raise Invalid("Write these sums in one currency; make another outcome of what is in another.", "paid")


def _counted(told: Mapping[str, Any]) -> dict[str, Any]:
    """The exact number only where those affected agreed; else nothing beyond three or more."""
    if told.get("count") in (None, "") or told.get("counted") == "yes":
        return {}
    if int(told["count"]) < FEW:
        raise Invalid("Fewer than three would be known: leave it empty, or ask them first.", "count")
    return {"count": FEW}
