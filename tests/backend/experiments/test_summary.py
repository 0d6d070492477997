import pytest

from backend.experiments.summary import Extents, Spread, summarise
from backend.store.tables import Individual


def individual(
    fitness: float | None,
    novelty: str = "new",
    reason: str | None = None,
    behaviour: int = 1,
    phenotype: str = "add(epoch, 1)",
) -> Individual:
    return Individual(fitness=fitness, novelty=novelty, reason=reason, behaviour_id=behaviour, phenotype=phenotype)


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


def test_the_size_of_what_was_bred_is_kept_those_without_fitness_included() -> None:
    texts = ["loss", "sin(loss)", "add(epoch, sin(loss))"]
    summary = summarise(
        [individual(0.1, phenotype=text) for text in texts[:2]] + [individual(None, phenotype=texts[2])]
    )
    assert summary.extents == Extents(nodes=Spread(1.5, 2, 3, 4), depth=Spread(0.5, 1, 1.5, 2))


def test_of_a_rule_all_functions_count() -> None:
    rule = "x = 0; y = 0; z = 0; weight = multiply(0.1, g)"
    assert summarise([individual(0.1, phenotype=rule)]).extents.nodes.largest == 6
