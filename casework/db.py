"""The engine, the base of all tables, and keys made before a row is written.

Nobody but the entrance (a request, a job, a command) commits. Rooms use `db.session` and leave the
transaction to whoever opened it.
"""

import sqlite3
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import psycopg
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, TypeDecorator, Uuid, event, orm
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

#: Associated data binds a row's id into its ciphertext, so ids are random and made here, before INSERT.
Key = Annotated[uuid.UUID, mapped_column(Uuid, primary_key=True, default=uuid.uuid4)]


class Utc(TypeDecorator[datetime]):
    """A moment in UTC, aware going in and coming out; SQLite keeps no zone of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Refuse a moment without a zone; store the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Give the zone back where the store dropped it."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of all tables; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        },
    )
    # On the registry, not on the class: Flask-SQLAlchemy derives its own base from this one.
    registry = orm.registry(metadata=metadata, type_annotation_map={datetime: Utc()})


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:
    Model = Base
else:
    # Flask-SQLAlchemy's own subclass at run time; type checkers cannot follow a class made by a call.
    Model = db.Model


class Revised:
    """A row that two people may change at once: the second finds that its revision is gone (StaleDataError)."""

    rev: Mapped[int] = mapped_column()

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands in the class
        """Let SQLAlchemy count the revisions, and compare them in every UPDATE."""
        return {"version_id_col": cls.rev}


#: Execution option that a page sets when it only reads: its transaction then takes no write lock.
READ_ONLY = "casework_read_only"


def at_one_moment() -> None:
    """Let everything that this transaction reads be as it is now, whatever others write meanwhile.

    Called before anything is read; the transaction takes no lock that anybody waits for. SQLite's
    readers see one moment anyway.
    """
    options: dict[str, Any] = {READ_ONLY: True}
    if db.engine.dialect.name != "sqlite":
        options["isolation_level"] = "REPEATABLE READ"
    db.session.connection(execution_options=options)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:
    """SQLite: enforce foreign keys, overwrite what is deleted, and let readers go on while one writes."""
    if not isinstance(connection, sqlite3.Connection):
        return
    # Python's own transaction handling starts too late; `_begin` below starts each one itself.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "busy_timeout=10000",
        "synchronous=FULL",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "before_cursor_execute")
def _answer_in_binary(
    _connection: Connection, cursor: Any, statement: str, _parameters: Any, _context: Any, _many: Any
) -> None:
    """PostgreSQL: sealed bytes as they are. Written out as hexadecimal text they take four times as long.

    Its own catalogue has types that are only known as text.
    """
    if isinstance(cursor, psycopg.Cursor) and "pg_catalog" not in statement:
        cursor.format = psycopg.pq.Format.BINARY


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """SQLite: take the write lock at the start, so that read-then-write never fails half way."""
    if connection.dialect.name == "sqlite":
        reading = connection.get_execution_options().get(READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
