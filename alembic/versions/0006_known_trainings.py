"""Known trainings

Revision ID: 0006
Revises: 0005

"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_KEY = "ix_evaluation_key_state"
_OWNERS = ("run_id", "benchmark_id")


def upgrade() -> None:
    """Let evaluations say whose result they took over, be found by key, and be counted with it from an index alone."""
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken_from", Id, nullable=True))
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.create_index(_KEY, ["key", "state"], unique=False)
        for owner in _OWNERS:
            batch_op.drop_index(f"ix_evaluation_{owner}_state_reason")
            columns = [owner, "state", "reason", "taken_from"]
            batch_op.create_index(f"ix_evaluation_{owner}_state_reason_taken_from", columns, unique=False)


def downgrade() -> None:
    """Forget what was taken over; the results stay."""
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.drop_index(_KEY)
        for owner in _OWNERS:
            batch_op.drop_index(f"ix_evaluation_{owner}_state_reason_taken_from")
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.drop_column("taken_from")
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        for owner in _OWNERS:
            batch_op.create_index(f"ix_evaluation_{owner}_state_reason", [owner, "state", "reason"], unique=False)
