"""Tables around grants; the grants themselves are the vault's, because they hold keys."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


def _case() -> Mapped[UUID]:
    return mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)


class GrantMessage(Model):
    """A question, an answer, a piece of advice that was shared; who said it lies under the grant's own key."""

    __tablename__ = "grant_message"

    id: Mapped[Key]
    grant_id: Mapped[UUID] = mapped_column(ForeignKey("grant.id", ondelete="CASCADE"), index=True)
    case_id: Mapped[UUID] = _case()
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"))
    on: Mapped[date]
    form_token: Mapped[UUID] = mapped_column(unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Advice(Revised, Model):
    """What an ally notes for themselves, privileged: nobody of the desk can open it."""

    __tablename__ = "advice"

    id: Mapped[Key]
    grant_id: Mapped[UUID] = mapped_column(ForeignKey("grant.id", ondelete="CASCADE"), index=True)
    case_id: Mapped[UUID] = _case()
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"))
    ally_id: Mapped[UUID] = mapped_column(index=True)
    on: Mapped[date]
    form_token: Mapped[UUID] = mapped_column(unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Undertaking(Model):
    """That an ally promised to keep to the rules of a desk, signed with their own key."""

    __tablename__ = "undertaking"
    __table_args__ = (UniqueConstraint("desk_id", "user_id", "version"),)

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id", ondelete="CASCADE"))
    user_id: Mapped[UUID]
    version: Mapped[int]
    on: Mapped[date]
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))


class ConflictList(Revised, Model):
    """Whom an ally acts for or against: boxed to the desk, which compares, and kept readable for themselves."""

    __tablename__ = "conflict_list"
    __table_args__ = (UniqueConstraint("desk_id", "user_id"),)

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id", ondelete="CASCADE"))
    user_id: Mapped[UUID]
    on: Mapped[date]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    own: Mapped[bytes] = mapped_column(LargeBinary)
