"""The lines of a case's ledger: entered, changed, struck out. Nothing that was written is ever thrown away.

Each is a sealed row of the neutral table, so the store shows neither that a case has a ledger nor what
stands in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import neutral, questions
from casework.cases.changing import Differing, changing
from casework.cases.models import Entry
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Conflict, Invalid, NotFound
from casework.money.account import whole
from casework.money.account.ledger import LedgerLine
from casework.money.account.reading import line_of, of_case
from casework.money.account.sorts import Sort
from casework.vault import Section

Said = Mapping[str, Any]

_MOST = 2000


@dataclass(frozen=True)
class New:
    """A line that is to be entered.

    Attributes:
        sort: of line.
        said: the answers to its questions.
        number: its place among those that are entered together, so that they find each other.
        period: the place of the pay period that it belongs to, if that is entered with it.
    """

    sort: Sort
    said: Said
    number: int = 0
    period: int | None = None


def add(actor: Actor, ref: str, new: Sequence[New], form_token: UUID) -> None:
    """Enter lines, all of them or none.

    Args:
        actor: who enters them.
        ref: the case's reference.
        new: in order; a pay period comes before what belongs to it.
        form_token: of the form; the same one twice enters them once.

    Raises:
        Invalid: a line cannot be counted with, alone or beside the others; there are too many.
        Conflict: the token belongs to another case.
    """
    with changing(actor, ref, Action.CASE_WORK) as case:
        if neutral.sent_before(case, form_token) is None:
            enter(case, new, form_token)


def enter(case: OpenCase, new: Sequence[New], form_token: UUID) -> None:
    """The same on a case that is being changed. Arguments and errors are those of `add`."""
    ledger = of_case(case)
    if len(ledger.lines) + len(new) > _MOST:
        raise Invalid("There is room for %(most)s lines in a ledger.", most=_MOST)
    names: dict[int, str] = {}
    bodies: list[bytes] = []
    for place, one in enumerate(new):
        said = dict(one.said) if one.period is None else {**one.said, "period": names[one.period]}
        token = form_token if place == 0 else uuid5(form_token, str(place))
        row = neutral.add(case, Section.MONEY, _body(case.actor, one, said), token)
        names[one.number] = str(row.id)
        whole.fits(ledger, one.sort, one.sort.value(said, str(row.id)))
        ledger = ledger.with_line(line_of(row, neutral.opened(case, row, Section.MONEY)))
        bodies.append(row.body)
    audit.record(
        case.actor.desk, Event.LINES_ADDED, case=case.keys, lines=len(new), rows=audit.digest(*bodies)
    )


def change(actor: Actor, ref: str, line_id: UUID, said: Said, rev: int) -> None:
    """Write a line anew.

    Args:
        actor: who changes it.
        ref: the case's reference.
        line_id: which one.
        said: all its answers.
        rev: the revision that the sender had seen.

    Raises:
        Differing: somebody else changed it meanwhile; carries both versions.
        Invalid: it cannot be counted with.
        NotFound: there is no such line.
    """
    with changing(actor, ref, Action.CASE_WORK) as case:
        row, line = held(case, line_id)
        if line.rev != rev and dict(line.said) != dict(said):
            raise Differing(line, dict(said), rev)
        rest = of_case(case).without(line_id)
        whole.fits(rest, line.sort, line.sort.value(said, str(line_id)))
        body = {**neutral.opened(case, row, Section.MONEY), "said": dict(said)}
        rewrite(case, row, body | _by(actor))
        audit.record(
            actor.desk,
            Event.LINE_CHANGED,
            case=case.keys,
            line=str(line_id),
            rows=audit.digest(row.body),
        )


def strike(actor: Actor, ref: str, line_id: UUID, rev: int, *, struck: bool) -> None:
    """Strike a line out, so that it counts no more, or put it back. It stays to be read either way.

    Raises:
        Conflict: somebody else changed it meanwhile.
        Invalid: put back, it cannot be counted with beside the others; or other lines belong to it.
        NotFound: there is no such line.
    """
    with changing(actor, ref, Action.CASE_WORK) as case:
        row, line = held(case, line_id)
        if line.struck == struck:
            return
        if line.rev != rev:
            raise Conflict("somebody else changed this line meanwhile")
        rest = of_case(case).without(line_id)
        if struck:
            whole.may_go(rest, line)
        else:
            whole.fits(rest, line.sort, line.sort.value(line.said, str(line_id)))
        rewrite(case, row, {**neutral.opened(case, row, Section.MONEY), "struck": struck})
        audit.record(
            actor.desk,
            Event.LINE_STRUCK,
            case=case.keys,
            line=str(line_id),
            struck=struck,
            rows=audit.digest(row.body),
        )


def held(case: OpenCase, line_id: UUID) -> tuple[Entry, LedgerLine]:
    """A line and its row, in a case that is held for a change.

    Raises:
        NotFound: there is no such line.
    """
    row = neutral.row(case, line_id, Section.MONEY)
    body = neutral.opened(case, row, Section.MONEY)
    if "said" not in body:
        raise NotFound
    return row, line_of(row, body)


def rewrite(case: OpenCase, row: Entry, body: neutral.Body) -> None:
    """Seal a line anew."""
    body.pop("fill", None)
    neutral.write(case, row, Section.MONEY, body)
    db.session.flush()


def _body(actor: Actor, new: New, said: Said) -> neutral.Body:
    given = {key: value for key, value in said.items() if questions.given(value)}
    return {"type": new.sort.key, "said": given, "number": new.number, **_by(actor)}


def _by(actor: Actor) -> neutral.Body:
    return {"by": str(actor.user_id), "at": clock.now().isoformat()}
