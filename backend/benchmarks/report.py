"""What came out of a benchmark: the verdict in words, the comparisons behind it, the table, and what to be wary of."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from backend.benchmarks.budgets import unequal_budgets
from backend.benchmarks.comparison import Comparison, Outcome
from backend.benchmarks.curves import Curve, TimeToTarget, level_of, time_to_target
from backend.benchmarks.edges import Edge, edges
from backend.benchmarks.rounds import Declaration, Round
from backend.benchmarks.significance import LEVEL, fewest_trials, smallest_p
from backend.benchmarks.table import Row, all_pairs, best_places, compared, declared_pairs, rows
from backend.benchmarks.tuned import Tuned
from backend.benchmarks.verdict import headline, verdict

# Learning curves (validation accuracy) of the first round, by problem and place of the contender.
Curves = Mapping[tuple[str, int], Sequence[Curve]]


@dataclass(frozen=True)
class Judged:
    """A comparison of two contenders (their places), what came of trying it again, and both in words."""

    first: int
    second: int
    comparison: Comparison
    confirmation: Comparison | None
    sentence: str


@dataclass(frozen=True)
class Target:
    """How long each contender takes to the validation accuracy that the best rival reaches in half of its trials."""

    problem: str
    level: float
    times: tuple[TimeToTarget, ...]


@dataclass(frozen=True)
class Report:
    """All of it. `best` holds (problem, place) of whom a test shows to be better than all others."""

    headline: str
    judged: tuple[Judged, ...]
    rows: tuple[Row, ...]
    best: tuple[tuple[str, int], ...]
    pairs: tuple[Comparison, ...]
    edges: tuple[Edge, ...]
    targets: tuple[Target, ...]
    warnings: tuple[str, ...]
    tuned: tuple[Tuned, ...]

    def to_json(self) -> dict[str, Any]:
        """A JSON object of all fields."""
        return asdict(self)


def to_confirm(declared: Declaration, first: Round) -> tuple[tuple[str, int, int], ...]:
    """Return the declared comparisons that show a difference, either way: those that are to be tried again."""
    found = compared(declared, first, declared_pairs(declared))
    shown = (Outcome.BETTER, Outcome.WORSE)
    return tuple(pair for pair, each in zip(declared_pairs(declared), found, strict=True) if each.outcome in shown)


def report(
    declared: Declaration,
    first: Round,
    confirmation: Round | None,
    curves: Curves,
    tuned: Sequence[Tuned] = (),
) -> Report:
    """Return the report on a first round and, where something was tried again or tuned before, on that as well."""
    pairs = declared_pairs(declared)
    own = compared(declared, first, pairs)
    again = _confirmations(declared, first, confirmation)
    judged = tuple(
        Judged(pair[1], pair[2], each, again.get(pair), verdict(each, again.get(pair)))
        for pair, each in zip(pairs, own, strict=True)
    )
    others = compared(declared, first, all_pairs(declared))
    table = rows(declared, first)
    found_edges = (*(edge for each in tuned for edge in each.edges), *edges(declared, table))
    return Report(
        headline=headline([(each.comparison, each.confirmation) for each in judged]),
        judged=judged,
        rows=table,
        best=tuple(
            (problem, place)
            for problem in declared.problems
            for place in sorted(best_places(declared, problem, own, others))
        ),
        pairs=others,
        edges=found_edges,
        targets=_targets(declared, curves),
        warnings=warnings(declared, min((each.n for each in own), default=0)),
        tuned=tuple(tuned),
    )


def warnings(declared: Declaration, trials: int) -> tuple[str, ...]:
    """Return what such a benchmark cannot show, whatever comes out: known before anything is trained."""
    return (*_too_few(declared, trials), *unequal_budgets(declared))


def _too_few(declared: Declaration, trials: int) -> tuple[str, ...]:
    count = len(declared_pairs(declared))
    if count == 0 or (least := smallest_p(trials, count)) < LEVEL:
        return ()
    return (
        f"{trials} trial{'' if trials == 1 else 's'} and {count} comparison{'' if count == 1 else 's'} can show "
        f"nothing: the smallest p they can reach is {least:.2g}. At least {fewest_trials(count)} trials are needed.",
    )


def _confirmations(
    declared: Declaration, first: Round, confirmation: Round | None
) -> dict[tuple[str, int, int], Comparison]:
    if confirmation is None:
        return {}
    pairs = to_confirm(declared, first)
    return dict(zip(pairs, compared(declared, confirmation, pairs), strict=True))


def _targets(declared: Declaration, curves: Curves) -> tuple[Target, ...]:
    return tuple(target for problem in declared.problems if (target := _target(declared, problem, curves)))


def _target(declared: Declaration, problem: str, curves: Curves) -> Target | None:
    places = range(len(declared.entrants))
    rivals = [place for place in places if place not in declared.finalists]
    levels = [level for place in rivals if (level := level_of(curves.get((problem, place), ()))) is not None]
    if not levels:
        return None
    level = max(levels)
    return Target(problem, level, tuple(time_to_target(curves.get((problem, place), ()), level) for place in places))
