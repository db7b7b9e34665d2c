"""Files and papers of the demo: the photo of a diary beside the weeks, receipts beside the fees, sheets that were printed.

All of it is drawn here, small, of invented figures; there is no face and no place in it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import uuid4

from babel import Locale

from casework.cases import gate, opening
from casework.cases.opening import OpenCase
from casework.cases.values import Voice
from casework.demo import sheets
from casework.demo.circumstances import Circumstances
from casework.demo.deeds import Stage
from casework.evidence import examining, pictures, sorts
from casework.evidence import service as evidence
from casework.evidence.bodies import Description
from casework.evidence.coming import Coming
from casework.evidence.examining import Examined
from casework.money.account import proof, reading
from casework.money.account.ledger import Ledger, LedgerLine
from casework.money.amounts import Money
from casework.papers import service as papers
from casework.papers.service import Wish
from casework.vault import Section

#: Older cases have fewer files: most of what was closed long ago was a talk and a letter.
_LATELY: Final = timedelta(days=270)
_OFTEN, _SELDOM, _PRINTED = 0.7, 0.06, 0.3

_OF_KIND: Final = {"wage_theft": ("diary", "payslip"), "recruitment_debt": ("receipt", "messages")}
_PAPERS: Final = {
    "wage_theft": ("calculation", "hours", "demand"),
    "recruitment_debt": ("costs", "interest", "refund"),
}
_ENGLISH: Final = Voice(Locale("en"), str)


@dataclass(frozen=True)
class HandIn:
    """A file is handed in once the ledger stands, and the lines that it proves say so."""

    sort: str
    seed: int

    def do(self, stage: Stage) -> None:
        """Draw it from the ledger, keep it, and name it; nothing without the person's agreement."""
        case = opening.load(stage.actor, stage.ref)
        if not gate.allowed(case):
            return
        _, ledger = reading.listing(stage.actor, stage.ref)
        lines = _proved(self.sort, ledger)
        if not lines:
            return
        examined, said = _drawn(self.sort, lines, Random(self.seed))
        examining.keep(stage.store, examined)
        piece = evidence.add(stage.actor, stage.ref, examined, said, uuid4())
        ids = [line.id for line in lines]
        proof.prove(stage.actor, stage.ref, piece, ids, ids)


@dataclass(frozen=True)
class Print:
    """A paper is printed for the person."""

    paper: str

    def do(self, stage: Stage) -> None:
        """Make it, with what they agreed to; nothing without their agreement."""
        case = opening.load(stage.actor, stage.ref)
        if gate.allowed(case) and _has_money(case):
            told = frozenset({Section.IDENTITY, Section.MONEY, Section.EVIDENCE})
            papers.make(stage.actor, stage.store, stage.ref, Wish(self.paper, None, told, _ENGLISH), uuid4())


def handed_in(of: Circumstances, now: datetime, end: datetime) -> Iterator[HandIn]:
    """What is handed in once the ledger stands; nothing where the kind is not about money."""
    rng = Random(f"files {of.at.timestamp():.0f}")
    for sort in _OF_KIND.get(of.scene.kind, ()):
        if rng.random() < (_OFTEN if end - now < _LATELY else _SELDOM):
            yield HandIn(sort, rng.randrange(2**32))


def printed(of: Circumstances, now: datetime, end: datetime) -> Iterator[Print]:
    """What is printed once something is done: one paper in some of the late cases about money."""
    rng = Random(f"papers {of.at.timestamp():.0f}")
    if end - now < _LATELY and rng.random() < _PRINTED and of.scene.kind in _PAPERS:
        yield Print(rng.choice(_PAPERS[of.scene.kind]))


def _has_money(case: OpenCase) -> bool:
    return bool(reading.of_case(case).lines)


_PROVES: Final = {
    "diary": ("period",),
    "payslip": ("received",),
    "receipt": ("fee",),
    "messages": ("loan",),
}
_MOST: Final = 6


def _proved(sort: str, ledger: Ledger) -> Sequence[LedgerLine]:
    return ledger.lines_of(*_PROVES[sort])[:_MOST]


def _drawn(sort: str, lines: Sequence[LedgerLine], rng: Random) -> tuple[Examined, Description]:
    if sort == "messages":
        return _text(_chat(lines)), Description(what="messages", called="Chat with the lender", grade="copy")
    if sort == "diary":
        said = Description(what="diary", called="Notebook, front pages", grade="photo", holder="self")
        return _photo("My hours", list(_weeks(lines, rng)), rng), said
    if sort == "payslip":
        said = Description(what="payslips", called="Pay envelopes", grade="photo", holder="employer")
        return _photo("Pay received", [_amount(line) for line in lines], rng), said
    said = Description(what="receipts", called="Agency receipts", grade="photo", holder="family")
    return _photo("Received with thanks", [_amount(line) for line in lines], rng), said


def _weeks(lines: Iterable[LedgerLine], rng: Random) -> Iterator[str]:
    for line in lines:
        yield f"from {line.said['from']['date']}"
        for _week in range(3):
            yield "   ".join(str(rng.randint(8, 13)) for _day in range(6)) + "   off"


def _amount(line: LedgerLine) -> str:
    day = line.said.get("on", {}).get("date", "")
    return f"{day}  {_money(line, 'amount')}".strip()


def _money(line: LedgerLine, key: str) -> str:
    return str(Money(line.said[key]["minor"], line.said[key]["currency"]))


def _chat(lines: Sequence[LedgerLine]) -> bytes:
    return (
        f"Me: you said {_money(lines[0], 'stated')}, I was given less\n"
        "Lender: the rest is my fee. First payment on the first.\n"
        "Me: and the interest?\n"
        "Lender: you have read the paper.\n"
    ).encode()


def _photo(title: str, lines: Sequence[str], rng: Random) -> Examined:
    """A picture of our own with its copy; nobody else made it, so it needs no process that opens nothing."""
    data = sheets.photo(title, lines, rng)
    copy = pictures.copy_of(data)
    return Examined(_coming(data), sorts.JPEG, _coming(copy) if copy else None, sorts.JPEG)


def _text(data: bytes) -> Examined:
    return Examined(_coming(data), sorts.TEXT, None, sorts.TEXT)


def _coming(data: bytes) -> Coming:
    made = Coming()
    made.write(data)
    return made
