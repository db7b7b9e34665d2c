"""Plays a plan: lets the clock stand at each step's moment, and each person do their deed."""

from collections import deque
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

from casework import clock
from casework.access.actor import Actor
from casework.cases.models import Case
from casework.demo import cast
from casework.demo.answerable import respondents
from casework.demo.cast import Person
from casework.demo.founding import Network
from casework.demo.telling import Step
from casework.respondents import register
from casework.store import Store

_COMES_AT = time(10, 5)


class Player:
    """The stage on which the deeds are done.

    Args:
        network: of the demo; people come to it when their day has come.
        end: today and now.
        store: where files and papers go, sealed.

    Attributes:
        actor: whose turn it is.
        case: which case it is about; None for what belongs to none, and before it is logged.
    """

    actor: Actor
    case: Case | None
    _turn: Step

    def __init__(self, network: Network, end: datetime, store: Store) -> None:
        self._network, self.store = network, store
        self._waiting = deque(
            sorted(((_coming(one, end), one) for one in cast.people()), key=lambda pair: pair[0])
        )
        self._actors: dict[tuple[str, str], Actor] = {}
        self._cases: dict[int, Case] = {}
        self._respondents: dict[str, UUID] = {}

    @property
    def logged(self) -> int:
        """How many cases there are so far."""
        return len(self._cases)

    @property
    def row(self) -> Case:
        """The plain row of the case."""
        if self.case is None:
            raise LookupError("the case was not logged yet")
        return self.case

    @property
    def ref(self) -> str:
        """The reference of the case."""
        return self.row.ref

    def user(self, login: str) -> UUID:
        """The id of somebody."""
        return self._network.keys[login].user_id

    def respondent(self, key: str) -> UUID:
        """The id of somebody of the register; they are entered by whoever names them first."""
        if key not in self._respondents:
            known = respondents()[key]
            entered = register.enter(self.actor, known.kind, known.name, known.country, uuid4())
            self._respondents[key] = entered.id
        return self._respondents[key]

    def play(self, steps: Iterable[Step]) -> None:
        """Do what the steps say, one after another; people who are due come first."""
        for step in steps:
            self.welcome(step.at)
            with clock.at(step.at):
                self._do(step)

    def renewed(self) -> Actor:
        """Whose turn it is, with the keys of their desk as they are after a change of these."""
        self._actors.clear()
        self.actor = self._actor(self._turn.who, self._turn.desk)
        return self.actor

    def colleague(self, login: str, desk: str) -> Actor:
        """Somebody at another desk, with the keys that it has now."""
        self._actors.pop((login, desk), None)
        return self._actor(login, desk)

    @property
    def desk_code(self) -> str:
        """How addresses call the desk of this turn."""
        return self._network.codes[self._turn.desk]

    def _do(self, step: Step) -> None:
        self._turn = step
        self.actor, self.case = self._actor(step.who, step.desk), self._cases.get(step.case)
        step.deed.do(self)
        if self.case is not None:
            self._cases[step.case] = self.case

    def welcome(self, until: datetime) -> None:
        """Let everybody come who is due."""
        while self._waiting and self._waiting[0][0] <= until:
            moment, person = self._waiting.popleft()
            with clock.at(moment):
                self._network.welcome(person)
            # What everybody knows of their desks has changed.
            self._actors.clear()

    def _actor(self, login: str, desk: str) -> Actor:
        """Opened once for many steps: between two arrivals nobody's keys change."""
        if (login, desk) not in self._actors:
            self._actors[login, desk] = self._network.actor(login, desk)
        return self._actors[login, desk]


def _coming(person: Person, end: datetime) -> datetime:
    """The morning on which somebody comes, by the clock of their desk."""
    first = person.desks[0] if person.desks else next(iter(cast.desks()))
    zone = cast.desks()[first].zone
    day = end.astimezone(zone).date() - timedelta(days=person.since)
    return datetime.combine(day, _COMES_AT, zone)
