"""The same desk over plain columns: tables as an ordinary application would have them, nothing sealed."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, ForeignKey, Index, String, orm
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of the plain tables."""

    registry = orm.registry(type_annotation_map={dict[str, Any]: JSON(), list[Any]: JSON()})


plain = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:
    Model = Base
else:
    Model = plain.Model


class Person(Model):
    """Somebody who signs in."""

    __tablename__ = "person"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    login: Mapped[str] = mapped_column(String(80), unique=True)


class Desk(Model):
    """A desk, or the network that desks form."""

    __tablename__ = "desk"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    response_hours: Mapped[dict[str, Any]]
    network_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.id"))


class Member(Model):
    """Who works at a desk."""

    __tablename__ = "member"
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(80))


class Respondent(Model):
    """Somebody who is answerable."""

    __tablename__ = "respondent"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    network_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))


class Case(Model):
    """A case, with everything that lists show in columns of their own."""

    __tablename__ = "case"
    __table_args__ = (Index("ix_case_lately", "desk_id", "changed", "ref"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"))
    ref: Mapped[str] = mapped_column(String(12), unique=True)
    called: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(40), index=True)
    other_kinds: Mapped[list[Any]]
    risk: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(40))
    host: Mapped[str] = mapped_column(String(2))
    home: Mapped[str] = mapped_column(String(2))
    sector: Mapped[str] = mapped_column(String(40))
    primary: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    backup: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    opened: Mapped[date]
    changed: Mapped[date]
    due: Mapped[date | None]
    due_zone: Mapped[str | None] = mapped_column(String(64))
    flags: Mapped[list[Any]]
    exception_ends_at: Mapped[datetime | None]


class Part(Model):
    """The answers of one section of a case."""

    __tablename__ = "part"
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    answers: Mapped[dict[str, Any]]


class Consent(Model):
    """One answer of a person to one question."""

    __tablename__ = "consent"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    answer: Mapped[dict[str, Any]]


class Event(Model):
    """What was done, by whom."""

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(primary_key=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(40))
    details: Mapped[dict[str, Any]]
