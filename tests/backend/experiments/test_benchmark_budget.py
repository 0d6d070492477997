from typing import Any

import pytest

from backend.experiments.benchmark_budget import MAIN_RIVALS, trainings_of_search
from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.benchmark_overview import benchmark_detail
from backend.experiments.benchmark_presets import resolve_benchmark
from backend.experiments.errors import InvalidOrder
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.store.fittest import fittest
from backend.store.run_summaries import facts_of
from backend.store.tables import Run
from tests.backend.experiments.contest import contest, launched, reread
from tests.backend.experiments.farm import RULES, Farm, rules_order

EVOLVED: dict[str, Any] = {
    "label": "evolved",
    "phenotype": "x = 0; y = 0; z = 0; weight = multiply(0.1, g)",
    "kind": "update_rule",
}
SHARED: dict[str, Any] = {
    "contenders": [EVOLVED | {"searched": 70}, {"label": "Lion", "human_made": "lion"}],
    "finalists": ["evolved"],
    "tuning": {"trainings": 10, "by_chance": 2, "batch": 4},
    "trials": 2,
}


def test_the_main_rivals_take_part_unless_they_are_named_already() -> None:
    own = {"label": "my own", "human_made": "adamw-cosine"}
    found = resolve_benchmark(contest(**{**SHARED, "contenders": [*SHARED["contenders"], own]}))
    named = [each.human_made for each in found.contenders]
    assert sorted(filter(None, named)) == sorted(["lion", *MAIN_RIVALS])
    assert named[2] == "adamw-cosine"


def test_the_main_rivals_are_rules_of_two_families_under_three_schedules_with_decay() -> None:
    assert len(MAIN_RIVALS) == 6
    assert all("weight_decay" in HUMAN_MADE_RULES[name].constants for name in MAIN_RIVALS)


@pytest.mark.parametrize(
    "changes",
    [{"tuning": {"trainings": 10, "budget": "equal_tuning"}}, {"tuning": None}, {"finalists": []}],
)
def test_nobody_is_added_where_budgets_are_not_shared_out(changes: dict[str, Any]) -> None:
    assert len(resolve_benchmark(contest(**{**SHARED, **changes})).contenders) == 2


def test_the_main_rivals_have_what_search_and_tuning_of_the_finalist_took_and_others_may_have_less(farm: Farm) -> None:
    made = launched(farm, contest(**SHARED))
    resolved = ResolvedBenchmark.of_json(made.benchmark.configuration)
    assert [(each.searched, each.trainings) for each in resolved.contenders] == [(70, 10), (0, 10), *[(0, 80)] * 6]
    with farm.database.read() as session:
        detail = benchmark_detail(session, reread(farm, made.benchmark))
    assert detail.less == {1}
    assert any("Lion has 10 trainings for tuning" in warning for warning in detail.warnings)


def test_what_has_no_constants_to_tune_has_no_trainings(farm: Farm) -> None:
    contenders = [EVOLVED | {"tune": []}, {"label": "Lion", "human_made": "lion"}]
    made = launched(farm, contest(**{**SHARED, "contenders": contenders}))
    found = ResolvedBenchmark.of_json(made.benchmark.configuration).contenders
    assert [each.trainings for each in found] == [0, 10, *[10] * 6]


def test_a_label_that_a_main_rival_needs_is_refused_in_words() -> None:
    taken = {"label": next(iter(MAIN_RIVALS.values())), "human_made": "lion"}
    with pytest.raises(InvalidOrder) as refused:
        resolve_benchmark(contest(**{**SHARED, "contenders": [EVOLVED, taken]}))
    assert taken["label"] in refused.value.errors[0].detail


def test_a_search_counts_all_runs_of_its_experiment_and_those_that_its_seeds_came_from(farm: Farm) -> None:
    first = farm.launch(rules_order().model_copy(update={"runs": 2}))
    farm.work()
    own = _trainings(farm, [run.id for run in first.runs])
    assert own > 0
    seeds = [f"run:{first.runs[1].id}"]
    second = farm.launch(rules_order(overrides={**RULES, "seeds": seeds}))
    farm.work()
    with farm.database.read() as session:
        assert trainings_of_search(session, first.runs[0].id) == own
        both = trainings_of_search(session, second.runs[0].id)
        best = fittest(session, [second.runs[0].id], 1)[0]
    assert both == own + _trainings(farm, [second.runs[0].id])
    made = launched(farm, contest(**{**SHARED, "contenders": [_individual(best.id), SHARED["contenders"][1]]}))
    assert ResolvedBenchmark.of_json(made.benchmark.configuration).contenders[0].searched == both


def _individual(individual_id: int) -> dict[str, Any]:
    return {"label": "evolved", "individual": individual_id}


def _trainings(farm: Farm, run_ids: list[int]) -> int:
    """Evaluations of individuals alone: baselines are none of the search."""
    with farm.database.read() as session:
        found = [session.get(Run, run_id) for run_id in run_ids]
        facts = facts_of(session, [run for run in found if run is not None])
    return sum(each.trainings for each in facts.values())
