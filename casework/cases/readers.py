"""Who can see a case: everybody who works at the desk, or named members only (construction §5).

A restricted case is in no list, count or search of others, and to them its address answers as if there
were none. Its key is boxed to the named, so this is no rule alone.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import joined, opening, resealing
from casework.cases.changing import Differing
from casework.cases.opening import OpenCase
from casework.cases.person_held import changing_all
from casework.errors import Invalid
from casework.vault import DeskKeys, Role, keeping

#: Who can see it: named members, or None for everybody who works at the desk.
Named = frozenset[UUID] | None
FEWEST = 2

_when_restricted: list[Callable[[OpenCase], None]] = []


def when_restricted(tell: Callable[[OpenCase], None]) -> None:
    """Have a function called when a case is to be seen by named people only: it is counted nowhere from then on.

    Args:
        tell: is given the case, held, with its new key.
    """
    if tell not in _when_restricted:
        _when_restricted.append(tell)


@dataclass(frozen=True)
class Offered:
    """Whom a case may be restricted to.

    Attributes:
        people: who work on cases here.
        cards: the set of recovery cards, where the desk has one: it can stand for a second person.
    """

    people: frozenset[UUID]
    cards: UUID | None


def offered(actor: Actor) -> Offered:
    """Whom this desk's cases may be restricted to; the signed chain says who they are."""
    members = actor.desk.state.members
    sets = [who for who, member in members.items() if member.role is Role.RECOVERY]
    people = frozenset(who for who, member in members.items() if policy.works_cases(member.role))
    return Offered(people, sets[0] if sets else None)


def choose(actor: Actor, ref: str, wish: Named, seen: Named) -> OpenCase:
    """Say who can see a case from now on.

    Everything that is written of it is sealed anew under a key that only they are given.

    Args:
        actor: somebody who may see it.
        ref: its reference.
        wish: named members, or None for the whole desk.
        seen: who could see it when the sender looked.

    Raises:
        Differing: somebody else changed it meanwhile.
        Invalid: too few, somebody who does not work here, or whoever works on it is left out.
        NotFound, Denied: not for this person.
    """
    with changing_all(actor, ref, Action.CASE_RESTRICT, also_closed=True) as case:
        now = case.keys.named
        if now not in (seen, wish):
            raise Differing(now, wish, seen)
        narrow(case, wish)
        # Whoever may not know of the one must not read of the person in the other.
        for other in joined.each(case):
            narrow(other, wish)
    return case


def narrow(case: OpenCase, wish: Named) -> None:
    """Let these people see a case that is held, and nobody else; where that is so already, nothing happens.

    Raises:
        Invalid: as `choose`.
    """
    if wish != case.keys.named:
        _check(case.actor, case, wish)
        _put(case, wish)


def _check(actor: Actor, case: OpenCase, wish: Named) -> None:
    if wish is None:
        return
    among = offered(actor)
    if not wish <= among.people | ({among.cards} if among.cards else set()):
        raise Invalid("Choose among those who work on the cases of this desk.", "named")
    if len(wish) < FEWEST or not wish & among.people:
        raise Invalid("Choose two people at least, so that the case is not lost with one of them.", "named")
    if missing := {case.row.primary_id, case.row.backup_id} - {None} - wish:
        raise Invalid(
            "Whoever works on it must be able to see it: add them, or choose other workers first.",
            "named",
            left_out=len(missing),
        )


def _put(case: OpenCase, wish: Named) -> None:
    desk = case.actor.desk
    case.keys = (
        keeping.unrestrict(desk, case.keys) if wish is None else keeping.restrict(desk, case.keys, wish)
    )
    resealing.reseal(case)
    if wish is None:
        audit.record(desk, Event.CASE_UNRESTRICTED, case=case.keys)
    else:
        named = sorted(str(who) for who in wish)
        audit.record(desk, Event.CASE_RESTRICTED, case=case.keys, named=named)
        for tell in _when_restricted:
            tell(case)


def look(actor: Actor, ref: str) -> OpenCase:
    """Open a case for the page that says who can see it.

    Raises:
        NotFound, Denied: not for this person.
    """
    return opening.load(actor, ref, Action.CASE_RESTRICT)


def mine(actor: Actor) -> Collection[UUID]:
    """The restricted cases that this person is named in."""
    return keeping.restricted_cases(actor.desk)[0]


def hidden(desk: DeskKeys) -> Collection[UUID]:
    """The restricted cases of others: no list and no figure of this person may hold them."""
    return keeping.restricted_cases(desk)[1]
