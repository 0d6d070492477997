"""Evaluations of a benchmark by state

Revision ID: 0005
Revises: 0004

"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NAME = "ix_evaluation_benchmark_id_state_reason"


def upgrade() -> None:
    """Count what a benchmark still waits for from the index alone: its rows are long, and there may be 20,000."""
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.create_index(_NAME, ["benchmark_id", "state", "reason"], unique=False)


def downgrade() -> None:
    """Read the rows again."""
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.drop_index(_NAME)
