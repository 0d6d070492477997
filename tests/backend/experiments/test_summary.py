import pytest

from backend.experiments.summary import summarise
from backend.store.tables import Individual


def individual(
    fitness: float | None, novelty: str = "new", reason: str | None = None, behaviour: int = 1
) -> Individual:
    return Individual(fitness=fitness, novelty=novelty, reason=reason, behaviour_id=behaviour)


def test_the_spread_counts_only_individuals_that_have_a_fitness() -> None:
    summary = summarise([individual(0.1), individual(0.2), individual(0.3), individual(None, reason="nan")])
    assert (summary.best, summary.median) == (0.3, 0.2)
    assert summary.mean == pytest.approx(0.2)
    assert summary.lower_quartile == pytest.approx(0.15)
    assert summary.upper_quartile == pytest.approx(0.25)
    assert summary.invalid_share == 0.25


def test_a_generation_in_which_all_failed_has_no_spread() -> None:
    summary = summarise([individual(None, reason="nan"), individual(None, reason="diverged")])
    assert (summary.best, summary.median, summary.mean, summary.invalid_share) == (None, None, None, 1.0)
    assert summary.failed == {"diverged": 1, "nan": 1}


def test_individuals_are_counted_by_how_they_stood_when_they_were_bred() -> None:
    summary = summarise([individual(0.1), individual(0.1, "seen_before"), individual(0.2, behaviour=2)])
    assert (summary.new, summary.seen_before, summary.cannot_train) == (2, 1, 0)
    assert summary.distinct_behaviours == 2
