"""The lines of a case's ledger, opened and made ready to be counted with."""

from datetime import datetime
from uuid import UUID

from casework.access.actor import Actor
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import neutral, opening
from casework.cases.models import Entry
from casework.cases.opening import OpenCase
from casework.errors import Invalid, Refused
from casework.money.account import sorts
from casework.money.account.ledger import Ledger, LedgerLine
from casework.vault import Section


def listing(actor: Actor, ref: str) -> tuple[OpenCase, Ledger]:
    """The ledger of a case; opening it is recorded.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref)
    ledger = of_case(case)
    audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section="ledger")
    return case, ledger


def of_case(case: OpenCase) -> Ledger:
    """The ledger of a case that is open already."""
    found, refused = [], 0
    for row in neutral.rows(case, Section.MONEY):
        try:
            body = neutral.opened(case, row, Section.MONEY)
        except Refused:
            refused += 1
            continue
        if "said" in body:
            found.append(line_of(row, body))
    if refused:
        case.complain(f"{neutral.BODY.name}/ledger")
    found.sort(key=lambda line: (line.at, line.number))
    return Ledger(tuple(found), refused)


def one(actor: Actor, ref: str, line_id: UUID) -> tuple[OpenCase, Ledger, LedgerLine]:
    """One line, with the ledger around it; opening it is recorded.

    Raises:
        NotFound: there is no such line.
    """
    case, ledger = listing(actor, ref)
    return case, ledger, ledger.line(line_id)


def line_of(row: Entry | neutral.Seen, body: neutral.Body) -> LedgerLine:
    """A row as a line; what cannot be counted with any more says why not."""
    sort = sorts.get(body["type"])
    value, wrong = None, None
    try:
        value = sort.value(body["said"], str(row.id))
    except Invalid as refused:
        wrong = refused
    return LedgerLine(
        id=row.id,
        sort=sort,
        said=body["said"],
        value=value,
        wrong=wrong,
        struck=bool(body.get("struck")),
        by=UUID(body["by"]),
        at=datetime.fromisoformat(body["at"]),
        number=int(body.get("number", 0)),
        rev=row.rev,
    )
