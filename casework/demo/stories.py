"""Stories of the demo: one that a campaign has, one still thought over, one taken back, one that a legal ally signed."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access.actor import Actor
from casework.campaigns import service as campaigns
from casework.cases import gate, opening
from casework.cases.changing import CLOSED
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.db import db
from casework.demo.cast import NETWORK
from casework.demo.founding import Network
from casework.demo.sources import table
from casework.sharing import grants, reading
from casework.stories import approving, danger, passing, service, signing, used
from casework.stories.service import Sent
from casework.vault import Section


def tell(network: Network) -> None:
    """Let the desk and the campaign do what data/stories.toml says; a small demo may have fewer people for it."""
    said = table("stories")
    worker, team = network.actor(said["by"], said["desk"]), network.actor(said["campaign_team"], NETWORK)
    coordinator = network.actor(said["coordinator"], said["desk"])
    now = clock.now()
    for case, one in zip(_suitable(worker), said["story"], strict=False):
        teller = _Teller(worker, coordinator, team, case.row.ref, _spoken(case))
        for hours, deed in _deeds(teller, one):
            with clock.at(now - timedelta(hours=hours)):
                deed()
    _signed(network, said, _Teller(worker, coordinator, team, "", ""))


def _signed(network: Network, said: Mapping[str, Any], teller: "_Teller") -> None:
    """A story of the case whose legal part the ally reads; a demo of very few cases may have given her none."""
    one, now = said["signed"], clock.now()
    ally = network.actor(one["ally"], said["desk"])
    lent = next((each for each in reading.home(ally).open if service.SECTION in each.sections), None)
    if lent is None:
        return
    case = opening.for_upkeep(teller.worker, lent.ref)
    teller.ref, teller.language = lent.ref, _spoken(case)
    deeds: dict[str, Callable[[], None]] = {
        "approved": lambda: teller.write(one, guarded="yes"),
        "signed": lambda: teller.sign(ally, one),
        "seconded": lambda: teller.second(one),
        "again": teller.again,
    }
    for step, deed in deeds.items():
        with clock.at(now - timedelta(hours=one[step])):
            deed()


class _Teller:
    def __init__(self, worker: Actor, coordinator: Actor, team: Actor, ref: str, language: str) -> None:
        self.worker, self.coordinator, self.team = worker, coordinator, team
        self.ref, self.language = ref, language
        self.story = UUID(int=0)

    def write(self, one: Mapping[str, Any], guarded: str = "no") -> None:
        told = {"title": one["title"], "text": one["text"], "language": "en", "guarded": guarded}
        self.story = service.write(self.worker, self.ref, told, uuid4())
        approving.approve(self.worker, self.ref, self.story, self._yes(), self._sent())

    def sign(self, ally: Actor, one: Mapping[str, Any]) -> None:
        told = {"lawyer": one["lawyer"], "harm": one["harm"]}
        signing.approve(ally, self.ref, self.story, told, self._sent().rev, uuid4())

    def second(self, one: Mapping[str, Any]) -> None:
        approving.second(self.coordinator, self.ref, self.story, {"harm": one["harm"]}, self._sent())

    def again(self) -> None:
        approving.ask_again(self.worker, self.ref, self.story, self._yes(), self._sent())

    def give(self, one: Mapping[str, Any]) -> None:
        campaign = next(iter(passing.campaigns(self.coordinator)))
        passing.give(self.coordinator, self.ref, self.story, campaign, self._sent())
        found = campaigns.look(self.team, campaign)
        item = next(
            each.item for each in used.listing(self.team, found) if each.item.told["title"] == one["title"]
        )
        for told in one["uses"]:
            used.use(self.team, campaign, item.id, told, uuid4())

    def back(self) -> None:
        service.take_back(self.worker, self.ref, self.story)

    def _yes(self) -> dict[str, Any]:
        how = {"how": "spoken", "language": self.language, "interpreter": "worker", "present": ["nobody"]}
        return how | {"read_back": "yes", "given": "yes"}

    def _sent(self) -> Sent:
        return Sent(service.one(self.worker, self.ref, self.story)[1].rev, uuid4())


def _deeds(teller: _Teller, one: Mapping[str, Any]) -> Iterator[tuple[int, Any]]:
    yield one["approved"], lambda: teller.write(one)
    if "again" in one:
        yield one["again"], teller.again
    if "given" in one:
        yield one["given"], lambda: teller.give(one)
    if "back" in one:
        yield one["back"], teller.back


def _suitable(actor: Actor) -> Iterator[OpenCase]:
    """Open cases that no ally reads, of people who agreed to casework and are in no danger that asks for others, the oldest first."""
    mine = select(Case.ref).where(Case.desk_id == actor.desk_id, Case.status != CLOSED)
    for ref in db.session.scalars(mine.order_by(Case.opened_on, Case.ref)).all():
        case = opening.for_upkeep(actor, ref)
        if (
            not case.emergency
            and gate.allowed(case)
            and not danger.needs_two(case, "no")
            and not grants.rows_of(case)
            and not case.keys.restricted
        ):
            yield case


def _spoken(case: OpenCase) -> str:
    return str(case.section(Section.HEADER).values["language"])
