"""What left: every paper that was made, for whom, under which agreement, and a sealed copy of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import left as leaving
from casework.cases.copying import CopyFile
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import NotFound, Refused
from casework.evidence.coming import Coming
from casework.evidence.models import StoredFile
from casework.papers.models import Departure
from casework.store import Store
from casework.vault import Secret, Section, filing
from casework.vault.catalogue import field as sealed

BODY = sealed("departure.body")
KEYS = sealed("departure.keys")
_LIKE = 1000


@dataclass(frozen=True, kw_only=True)
class Left:
    """Something that was made to leave.

    Attributes:
        id: of its row.
        paper: which sort.
        recipient: to whom, as the person named them; empty for the person themselves.
        purpose: of the list `consent_purposes`; empty for the person themselves.
        consent_id: the agreement that allowed it; None for the person themselves.
        data: which details the person agreed to, in their words.
        home_state: whether it is an authority of the country that the person comes from, as was answered.
        sections: what it told of.
        language: that it is written in.
        file_id, size: of the sealed copy.
        by, at: who made it, and when.
    """

    id: UUID = field(default_factory=uuid4)
    paper: str
    recipient: str
    purpose: str
    consent_id: UUID | None
    data: str
    home_state: str = "no"
    sections: tuple[str, ...]
    language: str
    file_id: UUID
    size: int
    by: UUID
    at: datetime = field(default_factory=clock.now)


def keep(case: OpenCase, store: Store, left: Left, copy: Coming, form_token: UUID) -> UUID:
    """Write down what is about to leave, with its sealed copy.

    Args:
        case: held for a change.
        store: where the copy goes.
        left: what it is.
        copy: the paper itself.
        form_token: of the form.
    """
    store.put(copy.file_id, copy.sealed())
    row = Departure(
        id=left.id, case_id=case.id, desk_id=case.desk_id, form_token=form_token, on=clock.today()
    )
    row.tag, row.generation = case.keys.tag(Section.HEADER), case.keys.generation
    value = _value(left)
    fill = " " * (_LIKE - len(str(value).encode()))
    row.body = case.keys.seal(BODY, row.id, Section.HEADER, {"is": value, "fill": fill})
    row.keys = filing.seal_keys(case.keys, KEYS, row.id, Section.HEADER, [copy.key])
    case.keys.statement.add(BODY, row.id, row.body)
    case.keys.statement.add(KEYS, row.id, row.keys)
    db.session.add_all([row, StoredFile(id=copy.file_id, case_id=case.id, desk_id=case.desk_id)])
    db.session.flush()
    rows = audit.digest(row.body, row.keys)
    audit.record(
        case.actor.desk, Event.PAPER_MADE, case=case.keys, departure=str(row.id), paper=left.paper, rows=rows
    )
    return row.id


def made_before(case: OpenCase, form_token: UUID) -> UUID | None:
    """The id of what the same form made already."""
    wanted = select(Departure.id).where(Departure.form_token == form_token, Departure.case_id == case.id)
    return db.session.scalar(wanted)


def of_case(case: OpenCase) -> tuple[Left, ...]:
    """Everything that left, newest first; what does not open is recorded and left out."""
    found = []
    query = select(Departure).where(Departure.case_id == case.id).execution_options(populate_existing=True)
    rows, whole = case.keys.statement.stored(BODY, lambda: db.session.scalars(query).all())
    if not whole or not case.keys.statement.whole(KEYS, [(row.id, row.keys) for row in rows]):
        case.complain(BODY.name)
    for row in rows:
        try:
            found.append(_open(case, row))
        except Refused:
            case.complain(BODY.name)
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def left(case: OpenCase) -> list[leaving.Left]:
    """What left as a paper, for `cases.left.everything`; what the person was given themselves did not leave them."""
    return [
        leaving.Left(one.purpose, one.recipient, one.data, one.at) for one in of_case(case) if one.purpose
    ]


def one(case: OpenCase, departure_id: UUID) -> tuple[Left, Departure]:
    """Something that left.

    Raises:
        NotFound: this case has no such thing.
        Refused: it does not open.
    """
    row = db.session.scalar(
        select(Departure).where(Departure.id == departure_id, Departure.case_id == case.id)
    )
    if row is None:
        raise NotFound
    return _open(case, row), row


def copy_of(case: OpenCase, store: Store, left: Left, row: Departure) -> Iterator[bytes]:
    """The bytes of the copy that was kept.

    Raises:
        NotFound: it was taken away with everything that identified the person.
    """
    key = filing.open_keys(case.keys, KEYS, row.id, Section.HEADER, row.keys)[0]
    return filing.opened(key, left.file_id, left.size, store.get(left.file_id))


def part_of_copy(case: OpenCase) -> list[dict[str, Any]]:
    """What left as a paper, as JSON takes it, for the copy that a person gets; with the name of its file there."""
    told = [_value(one) for one in of_case(case)]
    kept = ("paper", "recipient", "purpose", "data", "sections", "language", "at")
    return [{key: one[key] for key in kept} | {"file": _name(number)} for number, one in enumerate(told, 1)]


def files_of_copy(case: OpenCase, store: Store) -> Iterator[CopyFile]:
    """The papers that were kept, under names that say nothing; each is opened when its turn comes.

    Args:
        case: opened by whoever makes the copy.
        store: where they lie.
    """
    for number, left in enumerate(of_case(case), 1):
        _, row = one(case, left.id)
        key = filing.open_keys(case.keys, KEYS, row.id, Section.HEADER, row.keys)[0]
        yield CopyFile(_name(number), partial(_opened, store, key, left))


def _opened(store: Store, key: Secret, left: Left) -> Iterator[bytes]:
    return filing.opened(key, left.file_id, left.size, store.get(left.file_id))


def _name(number: int) -> str:
    return f"papers/{number}.pdf"


def _value(left: Left) -> dict[str, Any]:
    return {
        "paper": left.paper,
        "recipient": left.recipient,
        "purpose": left.purpose,
        "consent": str(left.consent_id) if left.consent_id else None,
        "data": left.data,
        "home_state": left.home_state,
        "sections": list(left.sections),
        "language": left.language,
        "file": str(left.file_id),
        "size": left.size,
        "by": str(left.by),
        "at": left.at.isoformat(),
    }


def _open(case: OpenCase, row: Departure) -> Left:
    sealed_value = case.keys.open(BODY, row.id, Section.HEADER, row.body)
    if not isinstance(sealed_value, dict) or not isinstance(sealed_value.get("is"), dict):
        raise Refused
    value = sealed_value["is"]
    return Left(
        id=row.id,
        paper=value["paper"],
        recipient=value["recipient"],
        purpose=value["purpose"],
        consent_id=UUID(value["consent"]) if value["consent"] else None,
        data=value["data"],
        home_state=value["home_state"],
        sections=tuple(value["sections"]),
        language=value["language"],
        file_id=UUID(value["file"]),
        size=value["size"],
        by=UUID(value["by"]),
        at=datetime.fromisoformat(value["at"]),
    )
