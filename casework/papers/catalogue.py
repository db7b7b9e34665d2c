"""Which papers there are, what each may tell, and under which agreement of the person it may leave."""

from collections.abc import Callable
from dataclasses import dataclass

from casework.deadlines.words import msgid
from casework.errors import NotFound
from casework.papers import hours, indicators, letters, receipts, sheets, workings
from casework.papers.blocks import Paper
from casework.papers.contents import Contents
from casework.vault import Section

H, I, S, L, M, T, E, P, *_ = Section  # noqa: E741 - sections in their order, written as columns below; no paper tells of the others

_HELPERS = ("legal_ally", "referral", "complaint", "litigation")
_OFFICES = (*_HELPERS, "authority")
#: An embassy hears only what looks for somebody or lets somebody act, and only by two people.
_STATES = (*_OFFICES, "embassy")


@dataclass(frozen=True)
class Sort:
    """A sort of paper.

    Attributes:
        key: as it stands in addresses and sealed rows.
        title: English msgid.
        help: what it is for (msgid).
        tells: sections that it can tell of.
        purposes: agreements under which it may go to somebody else; to the person it may always go.
        write: writes it.
        money: whether it needs the ledger, counted.
        entries: whether it tells what was noted.
    """

    key: str
    title: str
    help: str
    tells: tuple[Section, ...]
    purposes: tuple[str, ...]
    write: Callable[[Contents], Paper]
    money: bool = False
    entries: bool = False


def _sort(key: str, title: str, help: str, *rest: object, **more: bool) -> Sort:  # noqa: A002 - the field's word
    return Sort(key, title, help, *rest, **more)  # type: ignore[arg-type] # the table below is read as columns


SORTS = (
    _sort("case_sheet", msgid("Case sheet"), msgid("Everything that may be told, section by section."), (H, I, S, L, M, T, E, P), _HELPERS, sheets.case_sheet, entries=True),
    _sort("chronology", msgid("Chronology"), msgid("What happened, the oldest first."), (I, S), _OFFICES, sheets.chronology, entries=True),
    _sort("emergency", msgid("Emergency sheet"), msgid("One page for a lawyer who has an hour."), (H, I, L, T), _HELPERS, sheets.emergency),
    _sort("locator", msgid("Locator sheet"), msgid("For finding somebody who was taken."), (I, L), _STATES, sheets.locator),
    _sort("authority", msgid("Authority to act"), msgid("The person signs that somebody may act for them."), (I,), _STATES, sheets.authority),
    _sort("indicators", msgid("Indicator sheet"), msgid("Signs of forced labour: what is known, and what was not asked."), (I, S), _HELPERS, indicators.sheet),
    _sort("hours", msgid("Table of hours"), msgid("What was worked, from the ledger."), (I, M, E), (*_OFFICES, "employer"), hours.table, money=True),
    _sort("calculation", msgid("Calculation"), msgid("Wages owed, every line with its working."), (I, M, E), (*_OFFICES, "employer"), workings.calculation, money=True),
    _sort("costs", msgid("What the job cost"), msgid("Recruitment money, item by item."), (I, M, E), (*_OFFICES, "employer"), workings.costs, money=True),
    _sort("interest", msgid("What the loan really costs"), msgid("The true interest, and how long the debt lasts."), (I, M, E), _OFFICES, workings.interest, money=True),
    _sort("demand", msgid("Demand for wages"), msgid("A letter to the employer, with the calculation."), (I, M, E), ("employer",), letters.demand, money=True),
    _sort("refund", msgid("Demand for a refund"), msgid("A letter to the agency or the employer."), (I, M, E), ("employer",), letters.refund, money=True),
    _sort("receipt", msgid("Receipt of payment"), msgid("Signed when money is received."), (I, M), ("employer",), receipts.receipt, money=True),
    _sort("checklist", msgid("Before you sign a settlement"), msgid("To read through with the person."), (), (), sheets.checklist),
)  # fmt: skip


def get(key: str) -> Sort:
    """A sort of paper.

    Raises:
        NotFound: there is none.
    """
    for one in SORTS:
        if one.key == key:
            return one
    raise NotFound


#: The one that is for a payment.
RECEIPT = get("receipt")
