"""kept: what stays of closed cases, and the clock that purging goes by

Revision ID: 0013a
Revises: 0014
Create Date: 2026-11-22 06:45:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0013a"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_kept_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_kept_desk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept")),
        sa.UniqueConstraint("case_id", name=op.f("uq_kept_case_id")),
    )
    with op.batch_alter_table("kept", schema=None) as batch_op:
        for column in ("desk_id", "review_on", "ends_on"):
            batch_op.create_index(batch_op.f(f"ix_kept_{column}"), [column], unique=False)
    op.create_table(
        "purge_clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purge_clock")),
    )


def downgrade() -> None:
    op.drop_table("purge_clock")
    op.drop_table("kept")
