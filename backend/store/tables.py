"""The tables. Times are seconds since the epoch by the database's clock; every column that is a state is text."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# SQLite numbers rows by itself only in a column of type INTEGER, PostgreSQL should have room for more.
Id = BigInteger().with_variant(Integer, "sqlite")
Document = JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(DeclarativeBase):
    """What all tables share: the naming of their constraints."""

    metadata = MetaData(naming_convention=NAMING)


class Experiment(Table):
    """One question: an engine, a grammar, a problem, parameters, a number of runs."""

    __tablename__ = "experiment"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    preset: Mapped[str | None] = mapped_column(String(100))
    # The resolved configuration: what was asked for, with every default filled in.
    configuration: Mapped[dict[str, Any]] = mapped_column(Document)
    # The grammar's text as it was then: a file that is edited later changes no experiment.
    grammar_text: Mapped[str] = mapped_column(Text)
    seed: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[float] = mapped_column(Float)
    idempotency_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    # Where it came from, if it was not simply ordered: imported files, or runs whose best it starts from.
    origin: Mapped[dict[str, Any] | None] = mapped_column(Document)


class Run(Table):
    """One seeded evolution."""

    __tablename__ = "run"
    __table_args__ = (UniqueConstraint("experiment_id", "index"), Index(None, "state"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    experiment_id: Mapped[int] = mapped_column(ForeignKey("experiment.id"))
    index: Mapped[int] = mapped_column(Integer)
    seed: Mapped[int] = mapped_column(BigInteger)
    # RunState: running, stopping, finished, stopped, cancelled, failed.
    state: Mapped[str] = mapped_column(String(20))
    # The generation that is being evaluated, or the last one evaluated once the run has ended.
    generation: Mapped[int] = mapped_column(Integer)
    generations: Mapped[int] = mapped_column(Integer)
    best_fitness: Mapped[float | None] = mapped_column(Float)
    best_individual_id: Mapped[int | None] = mapped_column(Id)
    # Of the last complete generation.
    digest: Mapped[str | None] = mapped_column(String(64))
    # Why the run failed or was stopped, in plain words.
    message: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[float] = mapped_column(Float)
    finished_at: Mapped[float | None] = mapped_column(Float)
    # When its time limit is over; set anew when it is extended.
    deadline: Mapped[float | None] = mapped_column(Float)


class Generation(Table):
    """One population of a run; complete once all its individuals have a fitness or a reason."""

    __tablename__ = "generation"
    __table_args__ = (UniqueConstraint("run_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    number: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str | None] = mapped_column(String(64))
    # GenerationSummary as JSON: best, median, quartiles, counts.
    summary: Mapped[dict[str, Any] | None] = mapped_column(Document)
    created_at: Mapped[float] = mapped_column(Float)
    completed_at: Mapped[float | None] = mapped_column(Float)


class Behaviour(Table):
    """What a phenotype does, whatever its text: the unit that is trained."""

    __tablename__ = "behaviour"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    content: Mapped[dict[str, Any]] = mapped_column(Document)


class Individual(Table):
    """A genotype at its place (index) in a generation, its phenotype and, in the end, its fitness or a reason."""

    __tablename__ = "individual"
    __table_args__ = (UniqueConstraint("run_id", "generation", "index"), Index(None, "behaviour_id"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    generation: Mapped[int] = mapped_column(Integer)
    index: Mapped[int] = mapped_column(Integer)
    genotype: Mapped[Any] = mapped_column(Document)
    phenotype: Mapped[str] = mapped_column(Text)
    # create, mutation, crossover, elite.
    operator: Mapped[str] = mapped_column(String(30))
    # Indices of the parents in the generation before.
    parents: Mapped[list[int]] = mapped_column(Document)
    # Absent where the phenotype cannot be trained at all (a rate that is no number).
    behaviour_id: Mapped[int | None] = mapped_column(ForeignKey("behaviour.id"))
    # new, seen_before, cannot_train: how it stood when it was bred.
    novelty: Mapped[str] = mapped_column(String(20))
    evaluated: Mapped[bool]
    fitness: Mapped[float | None] = mapped_column(Float)
    # Why there is no fitness: nan, diverged, cannot_train, timeout, lost, error.
    reason: Mapped[str | None] = mapped_column(String(30))


class Evaluation(Table):
    """One training and scoring of a behaviour on a fold; who wants it is said by requests."""

    __tablename__ = "evaluation"
    __table_args__ = (
        UniqueConstraint("run_id", "key"),
        UniqueConstraint("benchmark_id", "key"),
        Index(None, "state", "lease_expires_at"),
        # Runs and benchmarks are counted from these alone: the rows hold long documents.
        Index(None, "run_id", "state", "reason", "taken_from"),
        Index(None, "benchmark_id", "state", "reason", "taken_from"),
        # What is known already is looked for in all runs and benchmarks.
        Index(None, "key", "state"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    # Whose it is: a run's or a benchmark's, never both.
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    benchmark_id: Mapped[int | None] = mapped_column(ForeignKey("benchmark.id"))
    behaviour_id: Mapped[int] = mapped_column(ForeignKey("behaviour.id"))
    key: Mapped[str] = mapped_column(String(64))
    fold: Mapped[int] = mapped_column(Integer)
    # EvaluationSpecification as JSON: all that a worker needs, and all that the key covers.
    specification: Mapped[dict[str, Any]] = mapped_column(Document)
    # pending, running, finished, cancelled. A training that failed is finished, with a reason.
    state: Mapped[str] = mapped_column(String(20))
    # Counts the claims; a worker whose attempt is no longer this one may not write (the fence).
    attempt: Mapped[int] = mapped_column(Integer, default=0)
    owner: Mapped[str | None] = mapped_column(String(200))
    # Never null, so that one comparison finds every expired lease; 0 while nobody holds it.
    lease_expires_at: Mapped[float] = mapped_column(Float, default=0.0)
    sent_at: Mapped[float] = mapped_column(Float, default=0.0)
    created_at: Mapped[float] = mapped_column(Float)
    started_at: Mapped[float | None] = mapped_column(Float)
    finished_at: Mapped[float | None] = mapped_column(Float)
    score: Mapped[float | None] = mapped_column(Float)
    reason: Mapped[str | None] = mapped_column(String(30))
    message: Mapped[str | None] = mapped_column(Text)
    # Rows of the epochs done so far, refreshed about once a second while it trains.
    progress: Mapped[list[dict[str, Any]] | None] = mapped_column(Document)
    # EvaluationResult as JSON.
    result: Mapped[dict[str, Any] | None] = mapped_column(Document)
    # The evaluation that was trained, where its result was taken over instead of training again.
    taken_from: Mapped[int | None] = mapped_column(Id)


class Request(Table):
    """Who wants an evaluation: an individual, a baseline or an ablation of a run, or a contender of a benchmark."""

    __tablename__ = "request"
    __table_args__ = (
        Index(None, "evaluation_id"),
        Index(None, "individual_id"),
        Index(None, "run_id", "purpose"),
        Index(None, "benchmark_id", "purpose", "contender"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    benchmark_id: Mapped[int | None] = mapped_column(ForeignKey("benchmark.id"))
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    # individual, baseline, ablation; tuning, trial.
    purpose: Mapped[str] = mapped_column(String(20))
    individual_id: Mapped[int | None] = mapped_column(ForeignKey("individual.id"))
    # The baseline's name, or which term an ablation removes.
    label: Mapped[str | None] = mapped_column(String(100))
    # The contender's place in its benchmark, the round of its trials, and the number of the trial or tuning step.
    contender: Mapped[int | None] = mapped_column(Integer)
    round: Mapped[int | None] = mapped_column(Integer)
    number: Mapped[int | None] = mapped_column(Integer)
    # What a tuning tries in this training, by name.
    constants: Mapped[dict[str, Any] | None] = mapped_column(Document)


class Benchmark(Table):
    """A comparison of contenders that was declared beforehand: tuned, tried, judged."""

    __tablename__ = "benchmark"
    __table_args__ = (Index(None, "state"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    preset: Mapped[str | None] = mapped_column(String(100))
    # Set where a finished experiment had its best benchmarked.
    experiment_id: Mapped[int | None] = mapped_column(ForeignKey("experiment.id"))
    # The resolved declaration: contenders as they were then, problem, protocol, trials, budget.
    configuration: Mapped[dict[str, Any]] = mapped_column(Document)
    seed: Mapped[int] = mapped_column(BigInteger)
    # running, finished, cancelled, failed.
    state: Mapped[str] = mapped_column(String(20))
    # tuning, trials, confirmation: what is being done, or was done last.
    phase: Mapped[str] = mapped_column(String(20))
    # Why it failed, in plain words.
    message: Mapped[str | None] = mapped_column(Text)
    # What came out, written once when it has finished.
    report: Mapped[dict[str, Any] | None] = mapped_column(Document)
    created_at: Mapped[float] = mapped_column(Float)
    finished_at: Mapped[float | None] = mapped_column(Float)
    idempotency_key: Mapped[str | None] = mapped_column(String(200), unique=True)


class Proof(Table):
    """An export of an individual, and what came of running it beside our own arithmetic on a worker."""

    __tablename__ = "proof"
    __table_args__ = (
        UniqueConstraint("individual_id", "format", "source_digest"),
        Index(None, "state", "lease_expires_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    individual_id: Mapped[int] = mapped_column(ForeignKey("individual.id"))
    format: Mapped[str] = mapped_column(String(20))
    # SHA-256 of the source: another version of the program may write other code, which needs a proof of its own.
    source_digest: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    # pending, running, finished; claimed like an evaluation.
    state: Mapped[str] = mapped_column(String(20))
    attempt: Mapped[int] = mapped_column(Integer, default=0)
    owner: Mapped[str | None] = mapped_column(String(200))
    lease_expires_at: Mapped[float] = mapped_column(Float, default=0.0)
    sent_at: Mapped[float] = mapped_column(Float, default=0.0)
    created_at: Mapped[float] = mapped_column(Float)
    finished_at: Mapped[float | None] = mapped_column(Float)
    # The largest difference, or why it could not be proven here.
    result: Mapped[dict[str, Any] | None] = mapped_column(Document)


class Event(Table):
    """Append-only: what changed. The id is the id of the server-sent event."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "run_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    benchmark_id: Mapped[int | None] = mapped_column(ForeignKey("benchmark.id"))
    kind: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(Document)
    created_at: Mapped[float] = mapped_column(Float)


class Worker(Table):
    """One worker slot: one process that trains one evaluation at a time."""

    __tablename__ = "worker"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    host: Mapped[str] = mapped_column(String(200))
    pid: Mapped[int] = mapped_column(Integer)
    queue: Mapped[str] = mapped_column(String(100))
    started_at: Mapped[float] = mapped_column(Float)
    seen_at: Mapped[float] = mapped_column(Float)
    # {problem: null if it can be loaded, else why not}
    problems: Mapped[dict[str, Any]] = mapped_column(Document)
    # The numerics fingerprint: whatever changes the bits of a training.
    numerics: Mapped[dict[str, Any]] = mapped_column(Document)
