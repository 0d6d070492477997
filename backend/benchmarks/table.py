"""The table of a benchmark: what each contender reached on each problem, and who may be called the best there."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from backend.benchmarks.comparison import Comparison, Contest, Outcome, compare
from backend.benchmarks.rounds import Declaration, Round
from backend.benchmarks.scores import Summary, summarise


@dataclass(frozen=True)
class Row:
    """One contender (its place) on one problem."""

    problem: str
    contender: int
    summary: Summary


def rows(declared: Declaration, scores: Round) -> tuple[Row, ...]:
    """Return the table's rows, problem by problem."""
    return tuple(
        Row(problem, place, summarise(scores.get((problem, place), ()), declared.seed))
        for problem in declared.problems
        for place in range(len(declared.entrants))
    )


def contests(declared: Declaration, scores: Round, pairs: Sequence[tuple[str, int, int]]) -> tuple[Contest, ...]:
    """Return the contests of these (problem, first, second)."""
    return tuple(
        Contest(
            problem,
            declared.entrants[first].label,
            declared.entrants[second].label,
            scores.get((problem, first), ()),
            scores.get((problem, second), ()),
        )
        for problem, first, second in pairs
    )


def declared_pairs(declared: Declaration) -> tuple[tuple[str, int, int], ...]:
    """Return the declared comparisons on all problems, as (problem, finalist, rival)."""
    return tuple((problem, *pair) for problem in declared.problems for pair in declared.comparisons)


def all_pairs(declared: Declaration) -> tuple[tuple[str, int, int], ...]:
    """Return every pair of contenders on all problems: for the table alone, they were not declared."""
    every = tuple(combinations(range(len(declared.entrants)), 2))
    return tuple((problem, *pair) for problem in declared.problems for pair in every)


def best_places(
    declared: Declaration, problem: str, own: Sequence[Comparison], others: Sequence[Comparison]
) -> frozenset[int]:
    """Return the places that a test shows to be better than all they were held against: at most one, or none.

    A finalist is held against its rivals in the declared comparisons (`own`, in their order), anybody against
    everybody in `others`, those of all pairs.
    """
    against = dict(zip(declared_pairs(declared), own, strict=True))
    every = dict(zip(all_pairs(declared), others, strict=True))
    places = range(len(declared.entrants))
    return frozenset(
        place
        for place in places
        if _beats_rivals(place, problem, against) or _beats_everybody(place, problem, every, len(places))
    )


def _beats_rivals(place: int, problem: str, against: dict[tuple[str, int, int], Comparison]) -> bool:
    outcomes = [found.outcome for (where, own, _), found in against.items() if where == problem and own == place]
    return bool(outcomes) and all(outcome is Outcome.BETTER for outcome in outcomes)


def _beats_everybody(place: int, problem: str, every: dict[tuple[str, int, int], Comparison], contenders: int) -> bool:
    wins = sum(
        (first == place and found.outcome is Outcome.BETTER) or (second == place and found.outcome is Outcome.WORSE)
        for (where, first, second), found in every.items()
        if where == problem
    )
    return contenders > 1 and wins == contenders - 1


def compared(declared: Declaration, scores: Round, pairs: Sequence[tuple[str, int, int]]) -> tuple[Comparison, ...]:
    """Return the comparisons of these pairs, corrected as one family."""
    return compare(contests(declared, scores, pairs))
