"""returns for other installations as files, and windows that were lost

Revision ID: 0038
Revises: 0034
Create Date: 2026-11-22 17:20:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("trend_window") as batch:
        batch.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("withdrawer_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("withdrawal", sa.LargeBinary(length=64), nullable=True))
    with op.batch_alter_table("trend_return") as batch:
        batch.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("trend_return") as batch:
        batch.alter_column("number", server_default=None)
    op.create_table(
        "trend_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("window_id", sa.Uuid(), nullable=False),
        sa.Column("plan", sa.String(length=20), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["desk_id"], ["desk.id"], name=op.f("fk_trend_file_desk_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trend_file")),
        sa.UniqueConstraint("desk_id", "window_id", name=op.f("uq_trend_file_desk_id_window_id")),
    )
    op.create_index(op.f("ix_trend_file_desk_id"), "trend_file", ["desk_id"], unique=False)


def downgrade() -> None:
    op.drop_table("trend_file")
    with op.batch_alter_table("trend_return") as batch:
        batch.drop_column("number")
    with op.batch_alter_table("trend_window") as batch:
        batch.drop_column("withdrawal")
        batch.drop_column("withdrawer_id")
        batch.drop_column("withdrawn_on")
