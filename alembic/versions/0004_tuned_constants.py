"""Constants of tunings

Revision ID: 0004
Revises: 0003

"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Document = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Let requests say which constants a tuning tries."""
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("constants", Document, nullable=True))


def downgrade() -> None:
    """Forget the constants; trainings of tunings stay as what they are."""
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.drop_column("constants")
