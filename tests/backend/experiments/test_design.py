import pytest

from backend.experiments.configuration import Configuration
from backend.experiments.design import design, design_of
from backend.experiments.errors import InvalidOrder
from backend.experiments.presets import load_preset
from backend.experiments.representations import text_of_grammar
from backend.problems.fitness_rule import NextFold
from backend.search.seeds import Place
from backend.search.tree_gp import TreeGP
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


@pytest.mark.parametrize(("field", "value"), [("patience", 3), ("val_loss", "measured")])
def test_what_reads_a_validation_part_is_refused_where_there_is_none(field: str, value: object) -> None:
    faithful = load_preset("gp-mnist1d-2025").configuration.model_dump()
    faithful["training"][field] = value
    with pytest.raises(InvalidOrder, match="has no validation part") as error:
        design(Configuration.model_validate(faithful))
    assert [fault.pointer for fault in error.value.errors] == [f"/overrides/training/{field}"]


def test_a_stored_experiment_keeps_the_grammar_that_it_began_with(farm: Farm) -> None:
    experiment = farm.launch(order(overrides={"grammar": "<a> ::= 0.1 | 0.2"})).experiment
    experiment.grammar_text = "<a> ::= 0.3"
    grammar = design_of(experiment).grammar
    assert grammar is not None
    assert grammar.text == "<a> ::= 0.3"


def test_an_evaluation_depends_on_run_and_fold_alone_besides_its_behaviour() -> None:
    made = design(configured(fitness={"folds": 2}))
    behaviour = made.evolved.behaviour("0.1")

    def key(fold: int, seed: int, place: Place | None = None) -> str:
        return made.specification(behaviour.kind, behaviour.content, NextFold(fold), seed, place).key

    keys = {key(fold, seed) for fold in (0, 1) for seed in (1, 2)}
    assert len(keys) == 4
    assert key(0, 1, Place(3, 4)) in keys


def test_with_seeds_of_its_own_an_evaluation_depends_on_the_individuals_place_as_well() -> None:
    made = design(configured(fitness={"seeds": "per_individual"}))
    behaviour = made.evolved.behaviour("0.1")
    places = [Place(0, 0), Place(0, 1), Place(1, 0), None]
    keys = {made.specification(behaviour.kind, behaviour.content, NextFold(0), 1, place).key for place in places}
    assert len(keys) == 4


def test_repetitions_may_be_on_new_data_that_all_individuals_and_folds_meet() -> None:
    made = design(configured(fitness={"folds": 2, "repetitions": 3, "new_data": True, "seeds": "per_individual"}))
    data = {
        repetition: {
            made.specification(behaviour.kind, behaviour.content, NextFold(fold, repetition), 1, place).data_seed
            for behaviour in (made.evolved.behaviour("0.1"), made.evolved.behaviour("0.2"))
            for fold in (0, 1)
            for place in (Place(0, 0), Place(2, 1))
        }
        for repetition in (0, 1, 2)
    }
    assert data[0] == {None}
    assert all(len(seeds) == 1 for seeds in data.values())
    assert len(set.union(*data.values())) == 3
    behaviour = made.evolved.behaviour("0.1")
    other_run = made.specification(behaviour.kind, behaviour.content, NextFold(0, 1), 2)
    assert other_run.data_seed not in data[1]


def test_new_data_that_would_mix_in_test_samples_are_refused() -> None:
    with pytest.raises(InvalidOrder, match="would mix test samples of digits") as error:
        design(configured(problem="digits", training={"batch_size": 32}, fitness={"repetitions": 2, "new_data": True}))
    assert [fault.pointer for fault in error.value.errors] == ["/overrides/fitness/new_data"]


def test_repetitions_differ_by_their_seed() -> None:
    made = design(configured(fitness={"repetitions": 2}))
    behaviour = made.evolved.behaviour("0.1")
    first, second = (
        made.specification(behaviour.kind, behaviour.content, NextFold(0, repetition), 1) for repetition in (0, 1)
    )
    assert first.seed != second.seed
    assert (first.fold, first.repetition, second.fold, second.repetition) == (0, 0, 0, 1)


def test_trees_have_no_grammar_and_train_with_the_optimizer_that_is_asked_for() -> None:
    made = design(load_preset("gp-mnist1d").configuration)
    behaviour = made.evolved.behaviour("multiply(0.001, loss)")
    assert made.grammar is None
    assert isinstance(made.representation, TreeGP)
    assert made.parameters.breeding == "mating_pool"
    assert made.specification(behaviour.kind, behaviour.content, NextFold(0), 1).optimizer == "adam"


def test_rules_are_trained_by_themselves_and_schedules_by_sgd() -> None:
    made = design(configured(evolves="update_rule", grammar="alr-2022"))
    baseline = made.evolved.baselines["SGD 0.01"]
    assert made.specification(baseline.kind, baseline.content, NextFold(0), 1).optimizer == "rule"
    schedule = design(Configuration()).evolved.behaviour("0.1")
    assert design(Configuration()).specification(schedule.kind, schedule.content, NextFold(0), 1).optimizer == "sgd"


def test_a_grammar_of_the_other_kind_is_refused() -> None:
    with pytest.raises(InvalidOrder, match="cannot be evolved here"):
        design(configured(grammar="alr-2022"))
    with pytest.raises(InvalidOrder, match="cannot be evolved here"):
        design(configured(evolves="update_rule"))


def test_the_grammars_own_mutation_rates_are_taken_where_none_is_given() -> None:
    facilitated = {"evolves": "update_rule", "grammar": "alr-facilitated", "search": {"mutation_rate": None}}
    grammar = design(configured(**facilitated)).grammar
    assert grammar is not None
    assert grammar.notes.mutation_rates["start"] == 0
    with pytest.raises(InvalidOrder, match="gives no rates"):
        design(configured(search={"mutation_rate": None}))


def test_the_constants_of_seeds_become_productions_of_the_runs_grammar() -> None:
    seeded = configured(
        evolves="update_rule", grammar="joint", seeds=["x = 0; y = 0; z = 0; weight = multiply(0.777, g)"]
    )
    assert "0.777" in text_of_grammar(seeded)
    assert "0.777" not in text_of_grammar(configured(evolves="update_rule", grammar="joint"))
