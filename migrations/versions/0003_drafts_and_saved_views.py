"""drafts, late forms and saved views: what belongs to one person alone

Revision ID: 0003
Revises: 0001
Create Date: 2026-11-22 03:10:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0001"
branch_labels = None
depends_on = None

_INDEXED = {
    "draft": ("desk_id", "owner_id", "purge_on"),
    "late_form": ("desk_id", "owner_id", "purge_on"),
    "saved_view": ("desk_id", "owner_id"),
}


def upgrade() -> None:
    _own_table("draft", "body", sa.Column("purge_on", sa.Date(), nullable=False))
    _own_table("late_form", "box", sa.Column("purge_on", sa.Date(), nullable=False))
    _own_table("saved_view", "body")


def _own_table(name: str, sealed: str, *more: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("desk_id", sa.Uuid(), nullable=False),
        *more,
        sa.Column(sealed, sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f(f"fk_{name}_desk_id")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user.id"], name=op.f(f"fk_{name}_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    with op.batch_alter_table(name, schema=None) as batch_op:
        for column in _INDEXED[name]:
            batch_op.create_index(batch_op.f(f"ix_{name}_{column}"), [column], unique=False)


def downgrade() -> None:
    for name, columns in reversed(_INDEXED.items()):
        with op.batch_alter_table(name, schema=None) as batch_op:
            for column in columns:
                batch_op.drop_index(batch_op.f(f"ix_{name}_{column}"))
        op.drop_table(name)
