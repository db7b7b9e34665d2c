"""packets between desks: other desks' cards, what was sent, what came, its files

Revision ID: 0023
Revises: 0027
Create Date: 2026-11-22 13:40:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "partner_desk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        _desk("partner_desk"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_desk")),
    )
    op.create_table(
        "packet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=8), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("form_token", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_packet_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_packet_desk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packet")),
        sa.UniqueConstraint("form_token", name=op.f("uq_packet_form_token")),
    )
    op.create_table(
        "arrival",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("signer_id", sa.Uuid(), nullable=True),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.Column("kept", sa.LargeBinary(), nullable=True),
        sa.Column("reply", sa.LargeBinary(), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        _desk("arrival"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival")),
    )
    op.create_table(
        "arrival_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("arrival_id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["arrival_id"], ["arrival.id"], name=op.f("fk_arrival_file_arrival_id"), ondelete="CASCADE"
        ),
        _desk("arrival_file"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival_file")),
    )
    for table, column in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


_INDEXES = (
    ("partner_desk", "desk_id"),
    ("packet", "case_id"),
    ("packet", "desk_id"),
    ("arrival", "desk_id"),
    ("arrival", "ends_on"),
    ("arrival_file", "arrival_id"),
)


def _desk(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_desk_id")
    return sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    for table in ("arrival_file", "arrival", "packet", "partner_desk"):
        op.drop_table(table)
