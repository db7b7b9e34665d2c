"""steady_clock: how late it is by the time that the server has run

Revision ID: 0044
Revises: 0032
Create Date: 2026-11-22 21:15:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "steady_clock",
        sa.Column("start", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ran", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("start", name=op.f("pk_steady_clock")),
    )


def downgrade() -> None:
    op.drop_table("steady_clock")
