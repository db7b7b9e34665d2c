"""windows, returns, releases of published figures, and the ledger of what they cost

Revision ID: 0025
Revises: 0021
Create Date: 2026-11-22 13:50:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _table(
        "trend_window",
        sa.Column("plan", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("stewards", sa.LargeBinary(), nullable=False),
        sa.Column("signer_id", sa.Uuid(), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("form_token", sa.Uuid(), nullable=False),
        sa.UniqueConstraint("form_token", name=op.f("uq_trend_window_form_token")),
    )
    _of_window(
        "trend_return",
        ["window_id", "from_id"],
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("signer_id", sa.Uuid(), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("boxes", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
    _of_window(
        "trend_half",
        ["window_id", "from_id", "to_id"],
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
    )
    _of_window(
        "trend_release",
        ["window_id"],
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("run_on", sa.Date(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("first_signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("second_signature", sa.LargeBinary(length=64), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
    )
    _of_window(
        "trend_ledger",
        ["window_id", "part"],
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("plan", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=False),
        sa.Column("scales", sa.Text(), nullable=False),
        sa.Column("epsilon", sa.Float(), nullable=False),
        sa.Column("delta", sa.Float(), nullable=False),
        sa.Column("opendp", sa.String(length=20), nullable=False),
        sa.Column("output", sa.String(length=64), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
    )


def _table(table: str, *more: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["desk_id"], ["desk.id"], name=op.f(f"fk_{table}_desk_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_desk_id"), table, ["desk_id"], unique=False)


def _of_window(table: str, once: list[str], *more: sa.schema.SchemaItem) -> None:
    _table(
        table,
        sa.Column("window_id", sa.Uuid(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["window_id"], ["trend_window.id"], name=op.f(f"fk_{table}_window_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint(*once, name=op.f("_".join(["uq", table, *once]))),
    )


def downgrade() -> None:
    for table in ("trend_ledger", "trend_release", "trend_half", "trend_return", "trend_window"):
        op.drop_table(table)
