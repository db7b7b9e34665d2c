"""evidence and papers

Revision ID: 0008
Revises: 0003
Create Date: 2026-11-22 03:20:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_stored_file_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_stored_file_desk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_file_case_id"), ["case_id"], unique=False)

    for table in ("attachment", "departure"):
        op.create_table(
            table,
            sa.Column("id", sa.Uuid(), nullable=False),
            sa.Column("case_id", sa.Uuid(), nullable=False),
            sa.Column("desk_id", sa.Uuid(), nullable=False),
            sa.Column("tag", sa.LargeBinary(length=8), nullable=False),
            sa.Column("generation", sa.Integer(), nullable=False),
            sa.Column("on", sa.Date(), nullable=False),
            sa.Column("form_token", sa.Uuid(), nullable=False),
            sa.Column("body", sa.LargeBinary(), nullable=False),
            sa.Column("keys", sa.LargeBinary(), nullable=False),
            sa.Column("rev", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(
                ["case_id"], ["case.id"], name=op.f(f"fk_{table}_case_id"), ondelete="CASCADE"
            ),
            sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f(f"fk_{table}_desk_id")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            sa.UniqueConstraint("form_token", name=op.f(f"uq_{table}_form_token")),
        )
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_{table}_case_id"), ["case_id"], unique=False)

    op.create_table(
        "paper_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_paper_text_desk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_text")),
    )
    with op.batch_alter_table("paper_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_text_desk_id"), ["desk_id"], unique=False)


def downgrade() -> None:
    for table in ("paper_text", "departure", "attachment", "stored_file"):
        op.drop_table(table)
