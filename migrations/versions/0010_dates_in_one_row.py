"""dates in one row a case, so that neither their number nor their days tell the kind of a case

Revision ID: 0010
Revises: 0012
Create Date: 2026-11-22 06:30:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What lies under the seals cannot be moved without keys: dates are counted anew at the next save of each case,
    # and what people said of them before this is gone. No version with the older tables was ever released.
    op.drop_table("deadline")
    op.drop_table("case_dates")
    _case_dates("days", "body")
    op.create_table(
        "held_dates",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_held_dates_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_held_dates_desk_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_held_dates")),
    )


def downgrade() -> None:
    op.drop_table("held_dates")
    op.drop_table("case_dates")
    _case_dates("body")
    op.create_table(
        "deadline",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=8), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("wake_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("backup_id", sa.Uuid(), nullable=True),
        sa.Column("form_token", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("brief", sa.LargeBinary(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["backup_id"], ["user.id"], name=op.f("fk_deadline_backup_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_deadline_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_deadline_desk_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_deadline_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint("form_token", name=op.f("uq_deadline_form_token")),
    )
    op.create_index("ix_deadline_case_id", "deadline", ["case_id"])
    op.create_index("ix_deadline_desk_id_state_due_on", "deadline", ["desk_id", "state", "due_on"])
    op.create_index("ix_deadline_wake_at", "deadline", ["wake_at"])


def _case_dates(*sealed: str) -> None:
    op.create_table(
        "case_dates",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("stamp", sa.LargeBinary(length=8), nullable=False),
        *(sa.Column(name, sa.LargeBinary(), nullable=False) for name in sealed),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_dates_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_case_dates_desk_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_dates")),
    )
    op.create_index("ix_case_dates_desk_id", "case_dates", ["desk_id"])
