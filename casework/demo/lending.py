"""A legal ally of the demo: what she promises, what she is given of two cases, what she asks and notes."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import select

from casework import clock
from casework.cases import consenting, gate, opening
from casework.cases.changing import CLOSED
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.db import db
from casework.demo.agreeing import agreeing
from casework.demo.deeds import Stage
from casework.evidence import examining, saving
from casework.evidence import service as evidence
from casework.evidence.bodies import Description
from casework.evidence.coming import Coming
from casework.sharing import conflicts, grants, reading, talking, terms, undertaking
from casework.sharing.terms import Wish
from casework.vault import Section

_LARGEST = 1_000_000


@dataclass(frozen=True)
class GetReady:
    """The ally promises, and says whom she acts for or against."""

    names: str

    def do(self, stage: Stage) -> None:
        """Both, one after the other."""
        undertaking.accept(stage.actor)
        conflicts.save(stage.actor, self.names, conflicts.own(stage.actor).rev)


@dataclass(frozen=True)
class Lend:
    """A coordinator gives an ally parts of a case, and a photo, for so many days; the person was asked before."""

    to: str
    sections: tuple[str, ...]
    days: int
    photo: tuple[str, ...]
    take: bool

    def do(self, stage: Stage) -> None:
        """Ask, hand in the photo, give; a demo of very few cases may have none to give."""
        case, ally = next(_suitable(stage), None), stage.user(self.to)
        if case is None:
            return
        ref, name = case.row.ref, terms.ally(stage.actor, ally).name or ""
        consenting.record(
            stage.actor,
            ref,
            agreeing(terms.PURPOSE, name, "What happened, the money, and the payslip"),
            uuid4(),
        )
        piece = _hand_in(stage, ref, self.photo)
        taken = frozenset({piece}) if self.take else frozenset[UUID]()
        ends = clock.today() + timedelta(days=self.days)
        chosen = tuple(map(Section, self.sections))
        grants.make(stage.actor, ref, Wish(ally, chosen, (piece,), taken, ends), uuid4())
        if not self.take:
            _save_copy(stage, ref, piece, name)


def _suitable(stage: Stage) -> Iterator[OpenCase]:
    """Open cases of the desk whose person agreed to casework and whom no ally reads yet, the oldest first."""
    mine = select(Case.ref).where(Case.desk_id == stage.actor.desk_id, Case.status != CLOSED)
    for ref in db.session.scalars(mine.order_by(Case.opened_on, Case.ref)).all():
        case = opening.for_upkeep(stage.actor, ref)
        if not case.emergency and gate.allowed(case) and not grants.rows_of(case):
            yield case


def _hand_in(stage: Stage, ref: str, lines: tuple[str, ...]) -> UUID:
    coming = Coming()
    coming.write(_photo(lines))
    examined = examining.examine(coming, _LARGEST)
    examining.keep(stage.store, examined)
    said = Description(what="payslips", called=lines[0], grade="photo")
    return evidence.add(stage.actor, ref, examined, said, uuid4())


def _save_copy(stage: Stage, ref: str, piece_id: UUID, name: str) -> None:
    """Save the copy for looking at, to be brought to the ally on paper: under the same agreement, and among what left."""
    case, piece = evidence.look(stage.actor, ref, piece_id)
    told = next(one for one in saving.recipients(case) if one.answer.recipient == name)
    called = f"No. {piece.number}: {piece.said.called}"
    saving.save(
        stage.actor,
        stage.store,
        ref,
        piece_id,
        saving.Wish(original=False, recipient=str(told.id), called=called),
        uuid4(),
    )


def _photo(lines: tuple[str, ...]) -> bytes:
    """A sheet of paper with a few lines on it; nobody in it exists."""
    sheet = Image.new("RGB", (900, 560), (246, 243, 236))
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(34)
    for number, line in enumerate(lines):
        pen.text((70, 70 + 62 * number), line, fill=(50, 46, 40), font=font)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=80)
    return out.getvalue()


@dataclass(frozen=True)
class AskDesk:
    """The ally reads what ends first, asks the desk, and notes something for herself."""

    question: str
    note: str

    def do(self, stage: Stage) -> None:
        """Read, ask, note; where nothing was given there is nothing to ask about."""
        first = next(iter(reading.home(stage.actor).open), None)
        if first is None:
            return
        reading.section(stage.actor, first.ref, first.sections[0])
        talking.ask(stage.actor, first.ref, self.question, uuid4())
        talking.note(stage.actor, first.ref, self.note, uuid4())
