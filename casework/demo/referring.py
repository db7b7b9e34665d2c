"""Two desks of the demo refer people to each other: cards compared, packets accepted, declined, waiting."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select

from casework import clock
from casework.cases import consenting, gate, opening
from casework.cases.changing import CLOSED
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.db import db
from casework.demo.agreeing import agreeing
from casework.demo.deeds import Stage
from casework.packets import accepting, arriving, desk_cards, partners, sending, terms
from casework.packets.terms import Wish
from casework.vault import Section

_LARGEST = 1_000_000


@dataclass(frozen=True)
class CompareCards:
    """Coordinators of two desks bring each other their cards and read the codes to each other."""

    other: str
    desk: str

    def do(self, stage: Stage) -> None:
        """Both ways."""
        one, other = stage.actor, stage.colleague(self.other, self.desk)
        for here, there in ((one, other), (other, one)):
            card = desk_cards.own(there)
            partners.compared(here, partners.bring(here, card.text), card.code)
        stage.renewed()


@dataclass(frozen=True)
class ReferToDesk:
    """Somebody is asked and referred to another desk, where somebody accepts, declines, or nobody has looked yet."""

    told: str
    sections: tuple[str, ...]
    other: str
    desk: str
    answer: str
    words: str

    def do(self, stage: Stage) -> None:
        """Ask, send, answer; a demo of very few cases may have none to refer."""
        case = next(_suitable(stage), None)
        partner = next(iter(partners.ready(stage.actor)), None)
        if case is None or partner is None:
            return
        ref = case.row.ref
        consenting.record(
            stage.actor,
            ref,
            agreeing(terms.PURPOSE, partner.name, "What happened, and how to reach them"),
            uuid4(),
        )
        ends = clock.today() + timedelta(days=21)
        wish = Wish(partner.id, tuple(map(Section, self.sections)), (), self.told, ends)
        files = sending.prepare(stage.actor, stage.store, ref, wish)
        packet_id = sending.send(stage.actor, ref, wish, files, uuid4())
        there = stage.colleague(self.other, self.desk)
        if self.answer == "declined":
            arriving.decline(there, packet_id, self.words)
        elif self.answer:
            arriving.read(there, packet_id)
            ready = accepting.prepare(there, stage.store, packet_id, _LARGEST)
            accepting.accept(there, packet_id, ready, take=True)
            accepting.tell(there, packet_id, self.answer, self.words)


def _suitable(stage: Stage) -> Iterator[OpenCase]:
    """Open cases of the desk whose person agreed to casework and who were not referred yet, the oldest first."""
    mine = select(Case.ref).where(Case.desk_id == stage.actor.desk_id, Case.status != CLOSED)
    for ref in db.session.scalars(mine.order_by(Case.opened_on, Case.ref)).all():
        case = opening.for_upkeep(stage.actor, ref)
        if (
            not case.emergency
            and not case.keys.restricted
            and gate.allowed(case)
            and not sending.rows_of(case)
        ):
            yield case
