"""Results that were kept with their inputs and rules, so that a printed sheet can be counted again years later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import neutral, opening
from casework.cases.changing import changing
from casework.cases.opening import OpenCase
from casework.errors import Invalid, NotFound, Refused
from casework.money import calculators
from casework.money.account import reading
from casework.money.account.counting import Calculation, calculation
from casework.money.calculators import Reproduced
from casework.money.rules import RuleBook
from casework.vault import Section

_TYPE = "result"


@dataclass(frozen=True)
class Kept:
    """A result that was kept.

    Attributes:
        id: of its row.
        name: of the calculator.
        record: inputs, rules, lines and results, as `calculators.record` gives them.
        by, at: who kept it, and when.
    """

    id: UUID
    name: str
    record: Mapping[str, Any]
    by: UUID
    at: datetime


def count(actor: Actor, ref: str, book: RuleBook) -> tuple[OpenCase, Calculation]:
    """Everything that the ledger of a case says, counted for today; opening it is recorded.

    Raises:
        NotFound, Denied: not for this person.
    """
    case, ledger = reading.listing(actor, ref)
    return case, calculation(ledger, book, clock.today())


def keep(actor: Actor, ref: str, name: str, about: str, book: RuleBook, form_token: UUID) -> UUID:
    """Count once more and keep the result.

    Args:
        actor: who keeps it.
        ref: the case's reference.
        name, about: which calculation, as `counting.Count` has them.
        book: the rules of today.
        form_token: of the form; the same one twice keeps it once.

    Returns:
        The id of what was kept.

    Raises:
        NotFound: there is no such calculation.
        Invalid: it cannot be counted.
    """
    with changing(actor, ref, Action.CASE_WORK) as case:
        row = neutral.sent_before(case, form_token)
        if row is None:
            made = calculation(reading.of_case(case), book, clock.today()).find(name, about)
            if made is None:
                raise NotFound
            if made.working is None:
                raise made.trouble or Invalid("This cannot be counted yet.")
            body = {"type": _TYPE, "record": calculators.record(made.working, book)}
            body |= {"by": str(actor.user_id), "at": clock.now().isoformat()}
            row = neutral.add(case, Section.MONEY, body, form_token)
            rows = audit.digest(row.body)
            audit.record(actor.desk, Event.RESULT_KEPT, case=case.keys, line=str(row.id), rows=rows)
    return row.id


def listing(actor: Actor, ref: str) -> tuple[OpenCase, tuple[Kept, ...]]:
    """What was kept, newest first; opening it is recorded.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref)
    audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section="ledger")
    return case, of_case(case)


def of_case(case: OpenCase) -> tuple[Kept, ...]:
    """What was kept of a case that is open already, newest first."""
    found = []
    for row in neutral.rows(case, Section.MONEY):
        try:
            body = neutral.opened(case, row, Section.MONEY)
        except Refused:
            case.complain(f"{neutral.BODY.name}/ledger")
            continue
        if body["type"] == _TYPE:
            found.append(_kept(row.id, body))
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def again(actor: Actor, ref: str, kept_id: UUID, book: RuleBook) -> tuple[OpenCase, Kept, Reproduced]:
    """Count a kept result again, with its own inputs and rules.

    Raises:
        NotFound: nothing like this was kept.
        Invalid: its record is broken.
    """
    case, kept = listing(actor, ref)
    for one in kept:
        if one.id == kept_id:
            return case, one, calculators.reproduce(dict(one.record), book)
    raise NotFound


def _kept(row_id: UUID, body: neutral.Body) -> Kept:
    record = body["record"]
    return Kept(
        row_id,
        str(record["calculator"]),
        record,
        UUID(body["by"]),
        datetime.fromisoformat(body["at"]),
    )
