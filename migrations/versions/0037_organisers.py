"""who wants to organise, boxed to the organiser they chose; signals that coordinators share

Revision ID: 0037
Revises: 0025
Create Date: 2026-11-22 17:20:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organiser",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("own", sa.LargeBinary(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_organiser_desk_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_organiser_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organiser")),
    )
    op.create_index(op.f("ix_organiser_desk_id"), "organiser", ["desk_id"], unique=False)
    op.create_index(op.f("ix_organiser_user_id"), "organiser", ["user_id"], unique=False)
    op.create_table(
        "introduction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_introduction_desk_id")),
        sa.ForeignKeyConstraint(["to_id"], ["user.id"], name=op.f("fk_introduction_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
    )
    op.create_index(op.f("ix_introduction_desk_id"), "introduction", ["desk_id"], unique=False)
    op.create_index(op.f("ix_introduction_ends_on"), "introduction", ["ends_on"], unique=False)
    op.create_index(op.f("ix_introduction_to_id"), "introduction", ["to_id"], unique=False)
    op.create_table(
        "signal_shared",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_signal_shared_desk_id")),
        sa.ForeignKeyConstraint(["member_id"], ["user.id"], name=op.f("fk_signal_shared_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_shared")),
        sa.UniqueConstraint("desk_id", "member_id", name=op.f("uq_signal_shared_desk_id_member_id")),
    )
    op.create_index(op.f("ix_signal_shared_desk_id"), "signal_shared", ["desk_id"], unique=False)
    op.create_index(op.f("ix_signal_shared_member_id"), "signal_shared", ["member_id"], unique=False)


def downgrade() -> None:
    op.drop_table("signal_shared")
    op.drop_table("introduction")
    op.drop_table("organiser")
