"""grants to legal allies: what they were given, what is said about it, what they promised

Revision ID: 0017
Revises: 0010
Create Date: 2026-11-22 06:40:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("ally_id", sa.Uuid(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("form_token", sa.Uuid(), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=8), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("boxed_at", sa.Integer(), nullable=True),
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.Column("signer_id", sa.Uuid(), nullable=True),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=True),
        sa.Column("seen", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_grant_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_grant_desk_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
        sa.UniqueConstraint("form_token", name=op.f("uq_grant_form_token")),
    )
    for column in ("ally_id", "case_id", "desk_id"):
        op.create_index(op.f(f"ix_grant_{column}"), "grant", [column], unique=False)
    _of_grant("grant_message")
    _of_grant(
        "advice",
        sa.Column("ally_id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
    )
    op.create_index(op.f("ix_advice_ally_id"), "advice", ["ally_id"], unique=False)
    _of_desk(
        "undertaking",
        ["desk_id", "user_id", "version"],
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
    )
    _of_desk(
        "conflict_list",
        ["desk_id", "user_id"],
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("own", sa.LargeBinary(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
    )


def _of_grant(table: str, *more: sa.Column) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("form_token", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["grant_id"], ["grant.id"], name=op.f(f"fk_{table}_grant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f(f"fk_{table}_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f(f"fk_{table}_desk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("form_token", name=op.f(f"uq_{table}_form_token")),
    )
    for column in ("case_id", "grant_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _of_desk(table: str, once: list[str], *more: sa.Column) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["desk_id"], ["desk.id"], name=op.f(f"fk_{table}_desk_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(*once, name=op.f("_".join(["uq", table, *once]))),
    )


def downgrade() -> None:
    for table in ("conflict_list", "undertaking", "advice", "grant_message", "grant"):
        op.drop_table(table)
