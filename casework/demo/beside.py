"""A small network beside the large one: what little can be said of few, and "too few to show" for the rest.

One person of the large network coordinates this one too, as people do who help a young network on its feet.
"""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from casework import clock
from casework.cases import consenting, first_contact
from casework.cases.first_contact import FirstContact
from casework.demo import cast, invented, published, settled
from casework.demo.agreeing import agreeing
from casework.demo.cast import NETWORK
from casework.demo.founding import Network
from casework.demo.sources import table
from casework.people.consents import CASEWORK
from casework.vault import Role

_PLAN = "small"
_TOLD = "What they need to know to help"


def found(network: Network) -> Network:
    """Found it, log its cases, release its years.

    Args:
        network: the large one, with all of its people; whoever comes to the small one is among its keys afterwards.
    """
    said, end = table("beside"), clock.now()
    made = Network(network.door, network.keys, name=said["network"], plans=cast.beside_desks())
    founded = end - timedelta(days=said["since"])
    with clock.at(founded):
        for person in cast.beside():
            made.welcome(person)
        made.join(cast.steward(), NETWORK, Role.COORDINATOR)
    older, newer = _years(clock.today())
    _release(made, 0, older, founded)
    for row in said["case"]:
        _log(made, row, end - timedelta(days=row["days"]))
    settled.settle(made, cast.beside())
    _release(made, 1, newer)
    return made


def _years(today: date) -> tuple[date, date]:
    """The first days of two years that end when the large network's last window does."""
    end = published.after_the_last(today)
    return end.replace(year=end.year - 2), end.replace(year=end.year - 1)


def _release(made: Network, number: int, first_on: date, announced: datetime | None = None) -> None:
    said = table("beside")
    sheet = invented.sheet(Random(number), said["people"][number])
    logins = (made.hosts[NETWORK], said["steward"])
    published.release(made, logins, _PLAN, first_on, sheet, announced)


def _log(made: Network, row: dict[str, Any], moment: datetime) -> None:
    """A first contact, and whether the person wants to be counted."""
    (desk,) = made.plans
    language = row["answers"]["language"]
    with clock.at(moment):
        actor = made.actor(row["who"], desk)
        yes = agreeing(CASEWORK, data=_TOLD, language=language)
        case = first_contact.log(actor, FirstContact(answers=row["answers"], consent=yes, take=True), uuid4())
        if row["counted"]:
            consenting.record(actor, case.ref, agreeing("trends", data=_TOLD, language=language), uuid4())
