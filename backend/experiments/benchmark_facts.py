"""What a benchmark is, in a few facts, and what is to be said of one that has not finished."""

from datetime import UTC, datetime

from backend.experiments.benchmark_configuration import BenchmarkConfiguration, ResolvedBenchmark
from backend.experiments.benchmark_overview import BenchmarkOverview
from backend.store.benchmarks import BenchmarkState

_BUDGETS = {
    "equal_total": "main rivals as many trainings as the finalist's search and tuning together",
    "equal_tuning": "all the same, as published; easier for what was evolved",
}


def facts_of(found: BenchmarkOverview) -> tuple[tuple[str, str], ...]:
    """Return (name, value) pairs, both in plain words."""
    declared = found.resolved.declaration
    known = f", {found.taken_over:,} of them known from earlier trainings" if found.taken_over else ""
    failed = f", {found.failed:,} failed" if found.failed else ""
    facts = {
        "state": found.state,
        "trainings": f"{found.finished:,} of {found.asked:,}{known}{failed}",
        "contenders": f"{len(found.resolved.contenders)}",
        "trials each": f"{declared.trials}, on common seeds",
        "confirmation": _confirmation(declared),
        "tuning": _tuning(found.resolved),
        "protocol": _protocol(declared),
        "problems": ", ".join(declared.problems),
        "seed": str(found.seed),
        "preset": found.preset,
        "began": _time(found.created_at),
        "ended": None if found.finished_at is None else _time(found.finished_at),
    }
    return tuple((name, value) for name, value in facts.items() if value is not None)


def unfinished(found: BenchmarkOverview) -> str | None:
    """Return what is to be said of a benchmark that has not finished; None of one that has."""
    match found.state:
        case BenchmarkState.FINISHED:
            return None
        case BenchmarkState.CANCELLED:
            return "Cancelled before its end: this is what there was, and no verdict was given."
        case BenchmarkState.FAILED:
            return f"It failed, and no verdict was given. {found.message or ''}".strip()
    return (
        f"Not finished yet ({found.state}): {found.finished:,} of {found.asked:,} trainings so far. "
        "The verdict is given once, when all trials are done."
    )


def _tuning(resolved: ResolvedBenchmark) -> str | None:
    tuning = resolved.declaration.tuning
    if tuning is None:
        return None
    said = f"{tuning.trainings:,} trainings on each problem, {tuning.score} accuracy"
    # Benchmarks from before budgets were shared out have no word of them.
    shared = resolved.finalists and any(each.trainings is not None for each in resolved.contenders)
    return f"{said}; {_BUDGETS[tuning.budget]}" if shared else said


def _confirmation(declared: BenchmarkConfiguration) -> str | None:
    again = declared.confirmation
    if again is None:
        return None
    return f"what differs is tried again {again.trials} times{' on new data' if again.new_data else ''}"


def _protocol(declared: BenchmarkConfiguration) -> str:
    protocol = declared.protocol
    return f"{protocol.epochs:,} epoch{'' if protocol.epochs == 1 else 's'}, batch {protocol.batch_size:,}"


def _time(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
