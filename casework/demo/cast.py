"""Who works in the demo, at which desk, and what they sign in with. Known to the whole world."""

from dataclasses import dataclass, field
from datetime import time
from functools import cache
from zoneinfo import ZoneInfo

from casework.demo.sources import table

NETWORK = "network"

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ROLES = {"ally": "legal ally", "campaign": "campaign team"}


@dataclass(frozen=True)
class DeskPlan:
    """A desk of the demo.

    Attributes:
        key: how the data files call it.
        name: as its members see it.
        country: where it is.
        zone: of its clock on the wall.
        closed, busiest: days of the week, Monday being 0.
        opens, closes: on all other days.
        share: how many of a hundred cases are its own.
    """

    key: str
    name: str
    country: str
    zone: ZoneInfo
    closed: int
    busiest: int
    opens: time
    closes: time
    share: int


@dataclass(frozen=True)
class Person:
    """Somebody who works in the demo.

    Attributes:
        login, passphrase: what they sign in with, beside a code.
        name: how their desks call them.
        role: at each of their desks, or in the network where they have none.
        desks: keys; their own first.
        since: how many days ago they came.
    """

    login: str
    name: str
    role: str
    desks: tuple[str, ...]
    since: int
    passphrase: str = field(repr=False)

    @property
    def works_cases(self) -> bool:
        """Whether this is somebody who works on cases."""
        return self.role in {"volunteer", "coordinator"}


@dataclass(frozen=True)
class SignIn:
    """One line of who can sign in, and how.

    Attributes:
        login, passphrase: as typed.
        role, desk: in words.
    """

    login: str
    passphrase: str
    role: str
    desk: str

    def __str__(self) -> str:
        return f"{self.login:<8}  {self.passphrase:<46}  {self.role}, {self.desk}"


@cache
def desks() -> dict[str, DeskPlan]:
    """The desks of the large network by key."""
    return {row["key"]: _desk(**row) for row in table("people")["desk"]}


@cache
def beside_desks() -> dict[str, DeskPlan]:
    """The desks of the small network by key."""
    return {row["key"]: _desk(**row) for row in table("beside")["desk"]}


def _desk(
    key: str, name: str, country: str, zone: str, closed: str, busiest: str, hours: list[int], cases: int
) -> DeskPlan:
    opens, closes = (time(hour) for hour in hours)
    days = _DAYS.index(closed), _DAYS.index(busiest)
    return DeskPlan(key, name, country, ZoneInfo(zone), *days, opens, closes, cases)


@cache
def people() -> tuple[Person, ...]:
    """Everybody of the large network, in the order in which they came."""
    return _people("people")


@cache
def beside() -> tuple[Person, ...]:
    """Everybody of the small network alone, in the order in which they came."""
    return _people("beside")


def everybody() -> tuple[Person, ...]:
    """Everybody of both networks."""
    return (*people(), *beside())


def steward() -> Person:
    """Who of the large network coordinates the small one too."""
    return next(one for one in people() if one.login == table("beside")["steward"])


def _people(file: str) -> tuple[Person, ...]:
    return tuple(Person(**{**row, "desks": tuple(row["desks"])}) for row in table(file)["person"])


def network_name() -> str:
    """How the large network of the demo is called."""
    return str(table("people")["network"])


def sign_ins() -> list[SignIn]:
    """Who can sign in, in the order of the desks; the code of the moment comes from `codes`."""
    return [
        SignIn(one.login, one.passphrase, _ROLES.get(one.role, one.role), _where(one)) for one in everybody()
    ]


def _where(person: Person) -> str:
    known = {**desks(), **beside_desks()}
    places = [known[key].name for key in person.desks] or ["the network"]
    if person == steward():
        places.append(f"the small network {table('beside')['network']}")
    return " and ".join(places)
