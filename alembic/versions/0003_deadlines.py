"""Deadlines of runs

Revision ID: 0003
Revises: 0002

"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give runs a deadline; those that are there have none."""
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deadline", sa.Float(), nullable=True))


def downgrade() -> None:
    """Forget the deadlines."""
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_column("deadline")
