"""dates and rule marks

Revision ID: 0006
Revises: 0001
Create Date: 2026-11-22 03:22:21.011863
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('shift_note',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('desk_id', sa.Uuid(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('form_token', sa.Uuid(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['desk_id'], ['desk.id'], name=op.f('fk_shift_note_desk_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shift_note')),
    sa.UniqueConstraint('form_token', name=op.f('uq_shift_note_form_token'))
    )
    with op.batch_alter_table('shift_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shift_note_desk_id'), ['desk_id'], unique=False)


    op.create_table('rule_mark',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('desk_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.Column('mark', sa.String(length=12), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('form_token', sa.Uuid(), nullable=False),
    sa.Column('signature', sa.LargeBinary(length=64), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['desk_id'], ['desk.id'], name=op.f('fk_rule_mark_desk_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_rule_mark_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_mark')),
    sa.UniqueConstraint('form_token', name=op.f('uq_rule_mark_form_token'))
    )
    with op.batch_alter_table('rule_mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rule_mark_desk_id'), ['desk_id'], unique=False)

    op.create_table('case_dates',
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('desk_id', sa.Uuid(), nullable=False),
    sa.Column('stamp', sa.LargeBinary(length=8), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_dates_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['desk_id'], ['desk.id'], name=op.f('fk_case_dates_desk_id')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_dates'))
    )
    with op.batch_alter_table('case_dates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_dates_desk_id'), ['desk_id'], unique=False)

    op.create_table('deadline',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('desk_id', sa.Uuid(), nullable=False),
    sa.Column('tag', sa.LargeBinary(length=8), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('wake_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('backup_id', sa.Uuid(), nullable=True),
    sa.Column('form_token', sa.Uuid(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('brief', sa.LargeBinary(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['backup_id'], ['user.id'], name=op.f('fk_deadline_backup_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_deadline_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['desk_id'], ['desk.id'], name=op.f('fk_deadline_desk_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_deadline_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deadline')),
    sa.UniqueConstraint('form_token', name=op.f('uq_deadline_form_token'))
    )
    with op.batch_alter_table('deadline', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deadline_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_deadline_desk_id_state_due_on', ['desk_id', 'state', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_deadline_wake_at'), ['wake_at'], unique=False)




def downgrade() -> None:
    op.drop_table('shift_note')

    with op.batch_alter_table('deadline', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deadline_wake_at'))
        batch_op.drop_index('ix_deadline_desk_id_state_due_on')
        batch_op.drop_index(batch_op.f('ix_deadline_case_id'))

    op.drop_table('deadline')
    with op.batch_alter_table('case_dates', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_dates_desk_id'))

    op.drop_table('case_dates')
    with op.batch_alter_table('rule_mark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rule_mark_desk_id'))

    op.drop_table('rule_mark')

