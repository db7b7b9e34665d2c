"""rows of dates are found by the rules that they were counted with

Revision ID: 0032
Revises: 0038
Create Date: 2026-11-22 17:40:00
"""

from alembic import op

revision = "0032"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_case_dates_counted", "case_dates", ["desk_id", "stamp", "case_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_case_dates_counted", table_name="case_dates")
