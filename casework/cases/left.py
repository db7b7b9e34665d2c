"""What may leave, and what left already: whom something about the person was given to, told when a consent is taken back.

Withdrawing cannot fetch anything back; it can say where it is. Each room that lets something out hands its own
list in, so that none is forgotten here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from casework import clock
from casework.cases.opening import OpenCase
from casework.people import consents
from casework.people.consents import CASEWORK, Told


@dataclass(frozen=True)
class Left:
    """One thing that left.

    Attributes:
        purpose: of the list `consent_purposes`.
        recipient: who has it.
        what: in words.
        at: when it left.
    """

    purpose: str
    recipient: str
    what: str
    at: datetime


Tell = Callable[[OpenCase], Iterable[Left]]

_rooms: list[Tell] = []


def out_of(tell: Tell) -> None:
    """Have a room asked what it let out.

    Args:
        tell: is given an open case, and says what left it.
    """
    if tell not in _rooms:
        _rooms.append(tell)


def agreed(case: OpenCase, purpose: str, recipient: str) -> Told | None:
    """The agreement under which something may leave for somebody today: the one rule for papers, packets, allies and contacts.

    All of it stands on casework: who took that back, or let it run out, is asked anew before anything more leaves.

    Args:
        case: opened.
        purpose: of the list `consent_purposes`, one that names a recipient.
        recipient: as the person named them.
    """
    casework = consents.listing(case.actor, case.keys).newest(CASEWORK)
    if casework is not None and not casework.holds(clock.today()):
        return None
    return consents.live(case.actor, case.keys, purpose, recipient)


def everything(case: OpenCase, purpose: str | None = None, recipient: str = "") -> list[Left]:
    """What left, newest first.

    Args:
        case: opened.
        purpose: only for this one; for casework everything, because all the rest stands on it.
        recipient: only to this one, where the purpose names somebody.
    """
    found = [one for tell in _rooms for one in tell(case)]
    if purpose is not None and purpose != "casework":
        found = [
            one
            for one in found
            if one.purpose == purpose and (not recipient or _same(one.recipient, recipient))
        ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _same(one: str, other: str) -> bool:
    return one.casefold().strip() == other.casefold().strip()
