"""the campaign's copy of a story

Revision ID: 0036
Revises: 0037
Create Date: 2026-11-22 17:20:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "story_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_story_copy_desk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_copy")),
    )
    op.create_index(op.f("ix_story_copy_desk_id"), "story_copy", ["desk_id"], unique=False)


def downgrade() -> None:
    op.drop_table("story_copy")
