"""The filled desk copied into plain columns: the same people, the same cases, the same words."""

from dataclasses import asdict
from typing import Any

from flask import Flask
from sqlalchemy import select

from bench import _plain_tables as tables
from bench._filled import Filled, every_card, in_batches, size_of
from bench._plain_tables import plain
from casework.access import desks
from casework.access.actor import Actor
from casework.access.models import Desk
from casework.audit import service as audit
from casework.cases.asking import Section
from casework.cases.opening import OpenCase
from casework.db import db
from casework.deadlines import service as deadlines
from casework.people import consents
from casework.respondents import register
from casework.search.card import Card
from tests import factories

Rows = list[Any]


def copy(filled: Filled, app: Flask) -> float:
    """Copy what the two pages show, and of the logged cases everything that is known.

    Args:
        filled: the real desk.
        app: the plain application, with empty tables.

    Returns:
        Bytes of the plain database that one of the logged cases takes.
    """
    people, logged, looked_at, others = _rows(filled)
    with app.app_context():
        plain.create_all()
        store(people)
        before = size_of(plain.session)
        store(logged)
        case_bytes = (size_of(plain.session) - before) / len(filled.logged)
        store(looked_at)
        store(others)
    return case_bytes


def store(rows: Rows) -> None:
    """Put rows into the plain database."""
    in_batches(rows, _add, plain.session)


def _add(some: Rows) -> None:
    """What others point at goes first: without relationships SQLAlchemy leaves the order to us."""
    order = [table.name for table in plain.metadata.sorted_tables]
    for name in order:
        plain.session.add_all(row for row in some if row.__tablename__ == name)
        plain.session.flush()


def _rows(filled: Filled) -> tuple[Rows, Rows, Rows, Rows]:
    with filled.app.app_context():
        asha = filled.asha()
        cards = {card.ref: card for card in every_card(asha)}
        logged = [row for ref in filled.logged for row in _case(asha, cards.pop(ref))]
        looked_at = _case(asha, cards.pop(filled.ref))
        others = [_line(asha, card) for card in cards.values()]
        found = people(asha), logged, looked_at, others
        db.session.rollback()
        return found


def people(asha: Actor) -> Rows:
    """The network and a desk of somebody, with everybody there and the register."""
    here, above = asha.desk, asha.network
    found: Rows = [_desk(above, None), _desk(here, above.desk_id)]
    lines = [(keys.desk_id, line) for keys in (above, here) for line in desks.lines_of(keys)]
    found += [
        tables.Person(id=user_id, login=str(user_id)) for user_id in {line.user_id for _, line in lines}
    ]
    found += [
        tables.Member(desk_id=desk_id, person_id=line.user_id, role=line.role.value, name=line.name)
        for desk_id, line in lines
    ]
    known = register.listing(asha).known
    return [*found, *(tables.Respondent(id=one.id, network_id=above.desk_id, name=one.name) for one in known)]


def _desk(keys: Any, network_id: Any) -> tables.Desk:
    code = db.session.scalar(select(Desk.code).where(Desk.id == keys.desk_id))
    name, hours = desks.body(keys)[0]["name"], dict(desks.response_hours(keys))
    return tables.Desk(id=keys.desk_id, code=code, name=name, response_hours=hours, network_id=network_id)


def _case(asha: Actor, card: Card) -> Rows:
    """A case with its answers, its consents and its record."""
    case = factories.reload(asha, card.ref)
    due = deadlines.next_of(case)
    db.session.expunge_all()
    return [
        _line(asha, card, due.zone if due else None),
        *_parts(case),
        *_consents(asha, case),
        *_events(asha, case),
    ]


def _line(asha: Actor, card: Card, due_zone: str | None = None) -> tables.Case:
    """A row of a case; where its next date strikes stands beside the day, as our sealed row keeps it."""
    names = (
        "ref",
        "called",
        "kind",
        "risk",
        "status",
        "host",
        "home",
        "sector",
        "primary",
        "backup",
        "opened",
        "changed",
        "due",
    )
    told = {name: getattr(card, name) for name in names}
    told |= {name: list(getattr(card, name)) for name in ("other_kinds", "flags")}
    return tables.Case(id=card.case_id, desk_id=asha.desk_id, due_zone=due_zone, **told)


def _parts(case: OpenCase) -> Rows:
    return [
        tables.Part(case_id=case.id, name=section.value, answers=dict(case.section(section).values))
        for section in Section
    ]


def _consents(asha: Actor, case: OpenCase) -> Rows:
    told = consents.listing(asha, case.keys).told
    return [
        tables.Consent(
            id=one.id, case_id=case.id, answer={k: str(v) for k, v in asdict(one.answer).items() if v}
        )
        for one in told
    ]


def _events(asha: Actor, case: OpenCase) -> Rows:
    return [
        tables.Event(
            desk_id=case.desk_id,
            case_id=case.id,
            person_id=seen.actor_id,
            at=seen.at,
            what=str(seen.event),
            details=seen.details,
        )
        for seen in audit.of_case(asha.desk, case.keys)
    ]
