"""all files of a desk, to be taken along: asked for, agreed to

Revision ID: 0034
Revises: 0036
Create Date: 2026-11-22 17:20:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_export",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("form_token", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_desk_export_desk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_export")),
        sa.UniqueConstraint("form_token", name=op.f("uq_desk_export_form_token")),
    )
    op.create_index(op.f("ix_desk_export_desk_id"), "desk_export", ["desk_id"], unique=False)


def downgrade() -> None:
    op.drop_table("desk_export")
