"""groups of people with cases of their own

Revision ID: 0011
Revises: 0017
Create Date: 2026-11-22 06:55:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("form_token", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_case_group_desk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_group")),
        sa.UniqueConstraint("form_token", name=op.f("uq_case_group_form_token")),
    )
    with op.batch_alter_table("case_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_group_desk_id"), ["desk_id"], unique=False)


def downgrade() -> None:
    op.drop_table("case_group")
