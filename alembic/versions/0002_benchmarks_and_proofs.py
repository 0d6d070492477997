"""Add benchmarks and proofs of exports; an evaluation is a run's or a benchmark's."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Document = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _create_benchmark()
    _create_proof()
    with op.batch_alter_table("experiment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("origin", Document, nullable=True))
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.alter_column("run_id", existing_type=Id, nullable=True)
        batch_op.add_column(sa.Column("benchmark_id", Id, nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_evaluation_benchmark_id"), "benchmark", ["benchmark_id"], ["id"])
        batch_op.create_unique_constraint(batch_op.f("uq_evaluation_benchmark_id_key"), ["benchmark_id", "key"])
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.alter_column("run_id", existing_type=Id, nullable=True)
        batch_op.add_column(sa.Column("benchmark_id", Id, nullable=True))
        batch_op.add_column(sa.Column("contender", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("round", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_request_benchmark_id"), "benchmark", ["benchmark_id"], ["id"])
        batch_op.create_index(
            batch_op.f("ix_request_benchmark_id_purpose_contender"),
            ["benchmark_id", "purpose", "contender"],
            unique=False,
        )
    with op.batch_alter_table("event", schema=None, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("benchmark_id", Id, nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_event_benchmark_id"), "benchmark", ["benchmark_id"], ["id"])


def _create_benchmark() -> None:
    op.create_table(
        "benchmark",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("preset", sa.String(length=100), nullable=True),
        sa.Column("experiment_id", Id, nullable=True),
        sa.Column("configuration", Document, nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("report", Document, nullable=True),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("finished_at", sa.Float(), nullable=True),
        sa.Column("idempotency_key", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["experiment_id"], ["experiment.id"], name=op.f("fk_benchmark_experiment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benchmark")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_benchmark_idempotency_key")),
    )
    op.create_index(op.f("ix_benchmark_state"), "benchmark", ["state"], unique=False)


def _create_proof() -> None:
    op.create_table(
        "proof",
        sa.Column("id", Id, nullable=False),
        sa.Column("individual_id", Id, nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("source_digest", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=True),
        sa.Column("lease_expires_at", sa.Float(), nullable=False),
        sa.Column("sent_at", sa.Float(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("finished_at", sa.Float(), nullable=True),
        sa.Column("result", Document, nullable=True),
        sa.ForeignKeyConstraint(["individual_id"], ["individual.id"], name=op.f("fk_proof_individual_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof")),
        sa.UniqueConstraint(
            "individual_id", "format", "source_digest", name=op.f("uq_proof_individual_id_format_source_digest")
        ),
    )
    op.create_index(op.f("ix_proof_state_lease_expires_at"), "proof", ["state", "lease_expires_at"], unique=False)


def downgrade() -> None:
    """Go back to what runs alone need; whatever belongs to benchmarks is lost."""
    op.execute("DELETE FROM request WHERE run_id IS NULL")
    op.execute("DELETE FROM evaluation WHERE run_id IS NULL")
    with op.batch_alter_table("event", schema=None, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_event_benchmark_id"), type_="foreignkey")
        batch_op.drop_column("benchmark_id")
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_benchmark_id_purpose_contender"))
        batch_op.drop_constraint(batch_op.f("fk_request_benchmark_id"), type_="foreignkey")
        for name in ("number", "round", "contender", "benchmark_id"):
            batch_op.drop_column(name)
        batch_op.alter_column("run_id", existing_type=Id, nullable=False)
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_evaluation_benchmark_id_key"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_evaluation_benchmark_id"), type_="foreignkey")
        batch_op.drop_column("benchmark_id")
        batch_op.alter_column("run_id", existing_type=Id, nullable=False)
    with op.batch_alter_table("experiment", schema=None) as batch_op:
        batch_op.drop_column("origin")
    op.drop_index(op.f("ix_proof_state_lease_expires_at"), "proof")
    op.drop_table("proof")
    op.drop_index(op.f("ix_benchmark_state"), "benchmark")
    op.drop_table("benchmark")
