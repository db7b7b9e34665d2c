"""signals: what a desk keeps of them, what it tells other desks in bands, what coordinators write to each other

Revision ID: 0027
Revises: 0030
Create Date: 2026-11-22 14:00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("signal_book", "signal_told"):
        op.create_table(
            table,
            sa.Column("id", sa.Uuid(), nullable=False),
            sa.Column("desk_id", sa.Uuid(), nullable=False),
            sa.Column("week", sa.Date(), nullable=False),
            sa.Column("body", sa.LargeBinary(), nullable=False),
            sa.Column("rev", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f(f"fk_{table}_desk_id")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            sa.UniqueConstraint("desk_id", name=op.f(f"uq_{table}_desk_id")),
        )
    op.create_table(
        "signal_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("form_token", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_signal_note_desk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_note")),
        sa.UniqueConstraint("desk_id", "form_token", name=op.f("uq_signal_note_desk_id_form_token")),
    )
    op.create_index(op.f("ix_signal_note_desk_id"), "signal_note", ["desk_id"], unique=False)


def downgrade() -> None:
    for table in ("signal_note", "signal_told", "signal_book"):
        op.drop_table(table)
