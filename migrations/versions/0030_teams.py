"""teams of the network that share a key: campaigns, formations

Revision ID: 0030
Revises: 0013a
Create Date: 2026-11-22 13:50:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0013a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("form_token", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_team_desk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("form_token", name=op.f("uq_team_form_token")),
    )
    op.create_index(op.f("ix_team_desk_id"), "team", ["desk_id"], unique=False)
    op.create_table(
        "team_box",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_box_team_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["user.id"], name=op.f("fk_team_box_member_id")),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_team_box_desk_id")),
        sa.PrimaryKeyConstraint("team_id", "member_id", name=op.f("pk_team_box")),
    )
    op.create_index(op.f("ix_team_box_desk_id"), "team_box", ["desk_id"], unique=False)


def downgrade() -> None:
    op.drop_table("team_box")
    op.drop_table("team")
