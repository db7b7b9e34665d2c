"""A small world for the vault's tests: a desk with two coordinators, a volunteer and somebody who will leave."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

import sqlalchemy as sa

from casework.db import db
from casework.vault import CaseKeys, DeskKeys, PersonKeys, Section, catalogue, keeping, meeting_code

ENTRY = catalogue.field("entry.body")


def add_row(table_name, row_id):
    """A row that satisfies a table of a room above, whatever columns it has by now."""
    table = db.metadata.tables[table_name]
    if db.session.execute(sa.select(table.c.id).where(table.c.id == row_id)).first() is None:
        values = {column.name: _filling(column) for column in table.columns if _must_be_given(column)}
        db.session.execute(table.insert().values(values | {"id": row_id}))
    return row_id


def _must_be_given(column):
    return not column.nullable and column.default is None and column.server_default is None


def _filling(column):
    for key in column.foreign_keys:
        return add_row(key.column.table.name, uuid.uuid4())
    kind = column.type.python_type
    fillings = {
        uuid.UUID: uuid.uuid4,
        bytes: lambda: uuid.uuid4().bytes * 2,
        str: lambda: uuid.uuid4().hex[: getattr(column.type, "length", None) or 8],
        dt.datetime: lambda: dt.datetime.now(dt.UTC),
        dt.date: lambda: dt.datetime.now(dt.UTC).date(),
    }
    return fillings[kind]() if kind in fillings else kind()


@dataclass
class Written:
    """What was sealed, to be compared with what opens."""

    case_id: uuid.UUID
    row_id: uuid.UUID
    section: Section
    text: str
    blob: bytes


@dataclass
class World:
    """People, a desk, and what they wrote."""

    desk_id: uuid.UUID
    people: dict[str, PersonKeys]
    written: list[Written] = field(default_factory=list)

    def open(self, name: str) -> DeskKeys:
        return keeping.open_desk(self.people[name], self.desk_id)

    def new_case(self, desk: DeskKeys, named=None) -> CaseKeys:
        case_id = add_row("case", uuid.uuid4())
        return keeping.new_restricted(desk, case_id, named) if named else keeping.new_case(desk, case_id)

    def write(self, desk: DeskKeys, case: CaseKeys, text: str, section=Section.LEGAL) -> Written:
        case = keeping.writable(desk, case)
        row_id = uuid.uuid4()
        sealed = case.seal(ENTRY, row_id, section, text)
        self.written.append(Written(case.case_id, row_id, section, text, sealed))
        return self.written[-1]

    def read(self, desk: DeskKeys, one: Written):
        return keeping.open_case(desk, one.case_id).open(ENTRY, one.row_id, one.section, one.blob)

    def everything_opens(self, name: str) -> None:
        desk = self.open(name)
        for one in self.written:
            assert self.read(desk, one) == one.text


def join(world: World, coordinator: str, name: str, role: str) -> PersonKeys:
    """Somebody meets the desk, compares codes, and is admitted."""
    joiner = world.people[name] = PersonKeys.create(uuid.uuid4())
    shown, seq = keeping.meet(joiner, world.desk_id)
    desk = world.open(coordinator)
    assert shown == meeting_code(desk.state, joiner.user_id, joiner.x_public, joiner.ed_public, seq)
    keeping.admit(desk, joiner.user_id, role, joiner.x_public, joiner.ed_public)
    return joiner


def found_world(cases: int = 2) -> World:
    """A desk with two coordinators, a worker, somebody who will leave, an ally, and cases with two texts each."""
    world = World(add_row("desk", uuid.uuid4()), {"first": PersonKeys.create(uuid.uuid4())})
    keeping.found_desk(world.people["first"], world.desk_id)
    join(world, "first", "second", "coordinator")
    for name, role in (("worker", "volunteer"), ("leaver", "volunteer"), ("ally", "ally")):
        join(world, "second", name, role)
    desk = world.open("worker")
    for number in range(cases):
        case = world.new_case(desk)
        for section in (Section.IDENTITY, Section.LEGAL):
            world.write(desk, case, f"{number} {section}", section)
    return world
