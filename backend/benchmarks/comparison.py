"""A finalist held against a rival: comparisons that were declared before anything was trained, in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from backend.benchmarks.effect_size import a12, trials_needed
from backend.benchmarks.scores import Scores
from backend.benchmarks.significance import LEVEL, holm, mann_whitney, signed_rank


@dataclass(frozen=True)
class Contest:
    """Two contenders' scores on a problem, trial by trial: those of one place in the lists had the same seed."""

    problem: str
    finalist: str
    rival: str
    ours: Scores
    theirs: Scores


class Outcome(StrEnum):
    """What a comparison shows."""

    BETTER = "better"
    WORSE = "worse"
    NO_DIFFERENCE = "no_difference"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True)
class Comparison:
    """What the trials of two contenders say. None stands for what cannot be said.

    `p` is Mann-Whitney's, `p_holm` the same corrected for all declared comparisons, `p_pairs` and `p_pairs_holm` those
    of the signed-rank test. `difference` is that of the means, finalist minus rival. `trials_needed` a side would show
    a difference of this size.
    """

    problem: str
    finalist: str
    rival: str
    n: int
    n_rival: int
    failed: int
    failed_rival: int
    difference: float | None
    p: float | None
    p_holm: float | None
    p_pairs: float | None
    p_pairs_holm: float | None
    a12: float | None
    trials_needed: int | None
    outcome: Outcome


def compare(contests: Sequence[Contest]) -> tuple[Comparison, ...]:
    """Return the comparisons; together they are the family that the p values are corrected for."""
    p_values = [mann_whitney(each.ours, each.theirs) for each in contests]
    p_pairs = [_paired(each) for each in contests]
    corrected, corrected_pairs = holm(p_values), holm(p_pairs)
    return tuple(
        _comparison(each, len(contests), (p_values[place], corrected[place]), (p_pairs[place], corrected_pairs[place]))
        for place, each in enumerate(contests)
    )


def _comparison(
    contest: Contest,
    declared: int,
    p_values: tuple[float | None, float | None],
    p_pairs: tuple[float | None, float | None],
) -> Comparison:
    share = a12(contest.ours, contest.theirs)
    return Comparison(
        problem=contest.problem,
        finalist=contest.finalist,
        rival=contest.rival,
        n=len(contest.ours),
        n_rival=len(contest.theirs),
        failed=_failed(contest.ours),
        failed_rival=_failed(contest.theirs),
        difference=_difference(contest),
        p=p_values[0],
        p_holm=p_values[1],
        p_pairs=p_pairs[0],
        p_pairs_holm=p_pairs[1],
        a12=share,
        trials_needed=None if share is None else trials_needed(share, declared),
        outcome=_outcome(contest, p_values[1], share),
    )


def _outcome(contest: Contest, p_holm: float | None, share: float | None) -> Outcome:
    if min(len(contest.ours), len(contest.theirs)) < 2 or not _scores(contest.ours) + _scores(contest.theirs):
        return Outcome.CANNOT_SAY
    if p_holm is None or share is None or p_holm >= LEVEL or share == 0.5:
        return Outcome.NO_DIFFERENCE
    return Outcome.BETTER if share > 0.5 else Outcome.WORSE


def _paired(contest: Contest) -> float | None:
    return signed_rank(contest.ours, contest.theirs) if len(contest.ours) == len(contest.theirs) else None


def _difference(contest: Contest) -> float | None:
    ours, theirs = _scores(contest.ours), _scores(contest.theirs)
    return sum(ours) / len(ours) - sum(theirs) / len(theirs) if ours and theirs else None


def _scores(scores: Scores) -> list[float]:
    return [score for score in scores if score is not None]


def _failed(scores: Scores) -> int:
    return len(scores) - len(_scores(scores))
