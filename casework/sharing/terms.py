"""What is settled for every grant: what may be given, for how long, and on which agreement of the person."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from casework.access import desks
from casework.access.actor import Actor
from casework.access.desks import MemberLine
from casework.cases import chosen, gate, left
from casework.cases.opening import OpenCase
from casework.errors import Invalid
from casework.people.consents import Told
from casework.vault import Role, Section

#: Under which the person agrees to a lawyer, by name.
PURPOSE = "legal_ally"
#: A grant is asked for anew after this.
LONGEST = timedelta(days=90)


@dataclass(frozen=True)
class Wish:
    """What somebody wants to give.

    Attributes:
        ally_id: to whom.
        sections: chosen ones.
        files: ids of pieces of evidence.
        downloads: those of them that may be taken along.
        ends_on: the last day.
    """

    ally_id: UUID
    sections: tuple[Section, ...]
    files: tuple[UUID, ...]
    downloads: frozenset[UUID]
    ends_on: date


def allies(actor: Actor) -> list[MemberLine]:
    """The legal allies of a desk, by name."""
    return [one for one in desks.lines_of(actor.desk) if one.role is Role.ALLY and one.name]


def wished(ally_id: str, sections: list[str], files: list[str], downloads: list[str], day: str) -> Wish:
    """What a form says, as it was typed.

    Raises:
        Invalid: with the field that cannot be read.
    """
    taken = frozenset(map(UUID, downloads))
    pieces = tuple(dict.fromkeys([*map(UUID, files), *taken]))
    return Wish(UUID(ally_id), tuple(map(Section, sections)), pieces, taken, chosen.last_day(day))


def ally(actor: Actor, user_id: UUID) -> MemberLine:
    """One of them.

    Raises:
        Invalid: nobody here is this ally.
    """
    for one in allies(actor):
        if one.user_id == user_id:
            return one
    raise Invalid("Please choose from the list.", "ally")


def check(case: OpenCase, wish: Wish) -> Told:
    """Whether this may be given today.

    Returns:
        The agreement of the person that it stands on.

    Raises:
        Invalid: with the field that it belongs to.
    """
    chosen.check_parts(wish.sections, wish.files)
    gate.insist(case)
    told = agreed(case, ally(case.actor, wish.ally_id).name or "")
    if told is None:
        raise Invalid(
            "They have not agreed to share with this person. Ask them, and write their answer down first,"
            " with the same name.",
            "ally",
        )
    chosen.check_last_day(wish.ends_on, told, LONGEST)
    return told


def agreed(case: OpenCase, name: str) -> Told | None:
    """The person's agreement that holds today, for somebody by name."""
    return left.agreed(case, PURPOSE, name)


def about(case: OpenCase, wish: Wish) -> dict[str, Any]:
    """What the ally is told beside the keys; a name only where the part with the names is given.

    The desk's own name goes along: an ally holds no key of the desk, and would read a code instead.
    """
    named = Section.IDENTITY in wish.sections
    desk = desks.body(case.actor.desk)[0].get("name")
    told = {"ref": case.row.ref, "kinds": list(case.kinds), "called": case.called if named else None}
    return told | {"desk": desk}
