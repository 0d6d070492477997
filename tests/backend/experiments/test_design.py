import pytest

from backend.experiments.configuration import Configuration
from backend.experiments.design import design, design_of, text_of_grammar
from backend.experiments.errors import InvalidOrder
from tests.backend.experiments.farm import Farm, order


def configured(**groups: object) -> Configuration:
    return Configuration.model_validate(groups)


def test_parts_that_are_not_given_are_the_problems_own() -> None:
    made = design(configured(training={"train": 100, "batch_size": 10}))
    assert (made.parts.train, made.parts.validation, made.parts.fitness, made.parts.test) == (100, 400, 800, 10000)


def test_every_part_that_is_too_large_is_named() -> None:
    with pytest.raises(InvalidOrder) as error:
        design(configured(training={"train": 10**6, "validation": 10**6}))
    pointers = [fault.pointer for fault in error.value.errors]
    assert pointers == ["/overrides/training/train", "/overrides/training/validation"]


def test_a_batch_must_fit_into_a_fold() -> None:
    with pytest.raises(InvalidOrder, match="a fold has only 50"):
        design(configured(training={"train": 100, "batch_size": 51}, fitness={"folds": 2}))


def test_a_stored_experiment_keeps_the_grammar_that_it_began_with(farm: Farm) -> None:
    experiment = farm.launch(order(overrides={"grammar": "<a> ::= 0.1 | 0.2"})).experiment
    experiment.grammar_text = "<a> ::= 0.3"
    assert design_of(experiment).grammar.text == "<a> ::= 0.3"


def test_an_evaluation_depends_on_run_and_fold_alone_besides_its_behaviour() -> None:
    made = design(configured(fitness={"folds": 2}))
    behaviour = made.evolved.behaviour("0.1")
    keys = {made.specification(behaviour.kind, behaviour.content, fold, seed).key for fold in (0, 1) for seed in (1, 2)}
    again = made.specification(behaviour.kind, behaviour.content, 0, 1)
    assert len(keys) == 4
    assert again.key in keys


def test_rules_are_trained_by_themselves_and_schedules_by_sgd() -> None:
    made = design(configured(evolves="update_rule", grammar="alr-2022"))
    baseline = made.evolved.baselines["SGD 0.01"]
    assert made.specification(baseline.kind, baseline.content, 0, 1).optimizer == "rule"
    schedule = design(Configuration()).evolved.behaviour("0.1")
    assert design(Configuration()).specification(schedule.kind, schedule.content, 0, 1).optimizer == "sgd"


def test_a_grammar_of_the_other_kind_is_refused() -> None:
    with pytest.raises(InvalidOrder, match="cannot be evolved here"):
        design(configured(grammar="alr-2022"))
    with pytest.raises(InvalidOrder, match="cannot be evolved here"):
        design(configured(evolves="update_rule"))


def test_the_grammars_own_mutation_rates_are_taken_where_none_is_given() -> None:
    facilitated = {"evolves": "update_rule", "grammar": "alr-facilitated", "search": {"mutation_rate": None}}
    assert design(configured(**facilitated)).grammar.notes.mutation_rates["start"] == 0
    with pytest.raises(InvalidOrder, match="gives no rates"):
        design(configured(search={"mutation_rate": None}))


def test_the_constants_of_seeds_become_productions_of_the_runs_grammar() -> None:
    seeded = configured(
        evolves="update_rule", grammar="joint", seeds=["x = 0; y = 0; z = 0; weight = multiply(0.777, g)"]
    )
    assert "0.777" in text_of_grammar(seeded)
    assert "0.777" not in text_of_grammar(configured(evolves="update_rule", grammar="joint"))
