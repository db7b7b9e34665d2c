"""drafts and late forms name their case, so that they go with it

Revision ID: 0013
Revises: 0006
Create Date: 2026-11-22 06:30:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0006"
branch_labels = None
depends_on = None

_TABLES = ("draft", "late_form")


def upgrade() -> None:
    for table in _TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("case_id", sa.Uuid(), nullable=True))
            batch_op.create_index(batch_op.f(f"ix_{table}_case_id"), ["case_id"], unique=False)
            batch_op.create_foreign_key(
                batch_op.f(f"fk_{table}_case_id"), "case", ["case_id"], ["id"], ondelete="CASCADE"
            )


def downgrade() -> None:
    for table in _TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_case_id"), type_="foreignkey")
            batch_op.drop_index(batch_op.f(f"ix_{table}_case_id"))
            batch_op.drop_column("case_id")
