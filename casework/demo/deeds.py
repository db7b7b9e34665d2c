"""What people of the demo do, one deed at a time, each through the service that a page would call."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

from casework import clock
from casework.access import arrivals
from casework.access.actor import Actor
from casework.cases import (
    arriving,
    assignment,
    consenting,
    entries,
    exceptions,
    first_contact,
    life,
    links,
    readers,
    sections,
)
from casework.cases.ending import Ending
from casework.cases.first_contact import FirstContact
from casework.cases.models import Case
from casework.people.consents import Answer
from casework.store import Store
from casework.vault import Section

#: How long after a deportation somebody asks how they are.
_ASK_AGAIN = timedelta(days=30)


class Stage(Protocol):
    """What a deed finds when it is its turn; the clock stands at its moment already."""

    actor: Actor
    case: Case | None
    store: Store

    @property
    def desk_code(self) -> str:
        """How addresses call the desk."""

    def renewed(self) -> Actor:
        """The actor with the keys of their desk as they are after a change of these."""

    def colleague(self, login: str, desk: str) -> Actor:
        """Somebody at another desk, for what two desks do at one moment: they compare something, one answers the other."""

    @property
    def ref(self) -> str:
        """The reference of the case that it is about."""

    @property
    def row(self) -> Case:
        """The plain row of that case."""

    def user(self, login: str) -> UUID:
        """The id of somebody who signs in with a login."""

    def respondent(self, key: str) -> UUID:
        """The id of somebody of the register, who is entered when they are first named."""


class Deed(Protocol):
    """One thing that somebody does."""

    def do(self, stage: Stage) -> None:
        """Do it now."""


@dataclass(frozen=True)
class SignIn:
    """Somebody comes to work."""

    def do(self, stage: Stage) -> None:
        """Their desks record it."""
        arrivals.arrive(stage.actor.person)


@dataclass(frozen=True)
class Log:
    """A first contact becomes a case."""

    contact: FirstContact

    def do(self, stage: Stage) -> None:
        """Log it, and remember the case."""
        stage.case = first_contact.log(stage.actor, self.contact, uuid4())


@dataclass(frozen=True)
class Arrive:
    """Somebody opens the page of the case; with a reason where it is not their own."""

    reason: str | None = None

    def do(self, stage: Stage) -> None:
        """Open it."""
        if self.reason:
            arriving.say_why(stage.actor, stage.ref, self.reason)
        else:
            arriving.arrive(stage.actor, stage.ref)


@dataclass(frozen=True)
class Save:
    """A section is read, then saved with more answers in it."""

    section: Section
    values: Mapping[str, Any]

    def do(self, stage: Stage) -> None:
        """Read it for its revision, as the page does, and save."""
        seen = sections.view(stage.actor, stage.ref, self.section)
        sections.save(stage.actor, stage.ref, self.section, self.values, seen.rev)


@dataclass(frozen=True)
class Note:
    """Something is noted: what it was, and in which words."""

    type: str
    text: str

    def do(self, stage: Stage) -> None:
        """Note it as of this moment."""
        entries.add(stage.actor, stage.ref, self.type, clock.now(), self.text, uuid4())


@dataclass(frozen=True)
class Ask:
    """The person is asked for one thing, and answers."""

    answer: Answer

    def do(self, stage: Stage) -> None:
        """Write the answer down."""
        consenting.record(stage.actor, stage.ref, self.answer, uuid4())


@dataclass(frozen=True)
class TakeBack:
    """The person takes an agreement back."""

    purpose: str

    def do(self, stage: Stage) -> None:
        """Find what they agreed to, and end it."""
        told = consenting.listing(stage.actor, stage.ref).told
        newest = next(one for one in told if one.answer.purpose == self.purpose)
        consenting.withdraw(stage.actor, stage.ref, newest.id)


@dataclass(frozen=True)
class Assign:
    """Who works on it, and who stands in: logins."""

    primary: str
    backup: str

    def do(self, stage: Stage) -> None:
        """Say so."""
        pair = stage.user(self.primary), stage.user(self.backup)
        assignment.assign(stage.actor, stage.ref, *pair, (stage.row.primary_id, stage.row.backup_id))


@dataclass(frozen=True)
class Link:
    """Somebody's part in it."""

    respondent: str
    role: str

    def do(self, stage: Stage) -> None:
        """Link them."""
        links.link(stage.actor, stage.ref, stage.respondent(self.respondent), self.role)


@dataclass(frozen=True)
class Move:
    """It goes on, or back."""

    to: str

    def do(self, stage: Stage) -> None:
        """Move it."""
        life.move(stage.actor, stage.ref, self.to, stage.row.status)


@dataclass(frozen=True)
class Close:
    """It ends: on the day of its end the person is told, and where it was referred the other side has said yes."""

    ending: Ending

    def do(self, stage: Stage) -> None:
        """Close it."""
        today, facts = clock.today(), self.ending.facts
        told = replace(
            self.ending,
            told_on=today if self.ending.person_told == "yes" else None,
            accepted_on=today if facts.get("accepted") else None,
            ask_on=today + _ASK_AGAIN if facts.get("monitored") else None,
        )
        life.close(stage.actor, stage.ref, told, stage.row.status)


@dataclass(frozen=True)
class Reopen:
    """It is taken up again."""

    motive: str
    to: str

    def do(self, stage: Stage) -> None:
        """Reopen it."""
        life.reopen(stage.actor, stage.ref, self.motive, self.to)


@dataclass(frozen=True)
class ReadRecord:
    """A coordinator reads who did what."""

    def do(self, stage: Stage) -> None:
        """Read it; that is recorded too."""
        arriving.record_of(stage.actor, stage.ref)


@dataclass(frozen=True)
class Lapse:
    """The 72 hours of an emergency are over: what the house does by itself, every few minutes."""

    def do(self, _stage: Stage) -> None:
        """Take the names away."""
        exceptions.lapse()


@dataclass(frozen=True)
class Restrict:
    """From now on only named people see it: logins."""

    named: tuple[str, ...]

    def do(self, stage: Stage) -> None:
        """Say so; everything is sealed anew."""
        readers.choose(stage.actor, stage.ref, frozenset(map(stage.user, self.named)), None)
