"""Tables of teams. That there is one, and who is in it, is plain; what they do lies in one sealed body, at one size."""

from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


class Team(Revised, Model):
    """What a team of the network writes together. The one that has the network's own id is everybody's."""

    __tablename__ = "team"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    form_token: Mapped[UUID] = mapped_column(unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class TeamBox(Model):
    """The key of a team, for one of its members."""

    __tablename__ = "team_box"

    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    generation: Mapped[int]
    blob: Mapped[bytes] = mapped_column(LargeBinary)
