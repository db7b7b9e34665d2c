"""what people of a desk are told, and what a legal step needs of somebody's status

Revision ID: 0004
Revises: 0009
Create Date: 2026-11-22 03:40:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _of_case("heads_up", sa.Column("on", sa.Date(), nullable=False))
    _of_case(
        "legal_status", sa.Column("purge_on", sa.Date(), nullable=False), sa.UniqueConstraint("case_id")
    )
    _index("heads_up", "case_id", "desk_id")
    _index("legal_status", "purge_on")


def _of_case(name: str, *more: sa.Column[object] | sa.UniqueConstraint) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("case_id", sa.Uuid(), sa.ForeignKey("case.id", ondelete="CASCADE"), nullable=False),
        sa.Column("desk_id", sa.Uuid(), sa.ForeignKey("desk.id"), nullable=False),
        sa.Column("tag", sa.LargeBinary(8), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        *more,
    )


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    op.drop_table("legal_status")
    op.drop_table("heads_up")
