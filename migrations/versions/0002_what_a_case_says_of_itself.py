"""what a case says of itself

Revision ID: 0002
Revises: 0005
Create Date: 2026-11-22 03:10:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A statement is sealed, and a migration has no keys: cases of before have none and do not open.
    # No batch for this table: on SQLite it would be made anew, and dropping the old one takes along what points to it.
    op.add_column("case", sa.Column("statement", sa.LargeBinary(), nullable=True))
    op.add_column("case", sa.Column("exception_token", sa.Uuid(), nullable=True))
    with op.batch_alter_table("case_section", schema=None) as batch_op:
        batch_op.drop_column("rev")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_column("ends_on")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_event_desk_id"))


def downgrade() -> None:
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_desk_id"), ["desk_id"], unique=False)
    # What stood there lies under the seals; the older code compares neither and goes on from here.
    for table, column, kind, value in (
        ("consent", "ends_on", sa.Date(), "1970-01-01"),
        ("case_section", "rev", sa.Integer(), "1"),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column(column, kind, nullable=False, server_default=value))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(column, existing_type=kind, existing_nullable=False, server_default=None)
    op.drop_column("case", "exception_token")
    op.drop_column("case", "statement")
