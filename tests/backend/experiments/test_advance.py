from itertools import pairwise

from backend.experiments.advance import advance
from backend.problems.result import EvaluationResult
from backend.store import generations, individuals
from tests.backend.experiments.farm import SMALL, Farm, order


def test_a_run_of_four_generations_ends_with_generation_3_and_a_digest_for_each(farm: Farm) -> None:
    launched = farm.launch(order())
    farm.work()
    run = farm.run(launched)
    assert (run.state, run.generation) == ("finished", 3)
    with farm.database.read() as session:
        done = generations.completed(session, run.id)
    assert [generation.number for generation in done] == [0, 1, 2, 3]
    assert len({generation.digest for generation in done}) == 4
    assert run.digest == done[-1].digest


def test_the_best_of_the_run_is_the_best_individual_of_all_generations(farm: Farm) -> None:
    launched = farm.launch(order())
    farm.work()
    run = farm.run(launched)
    with farm.database.read() as session:
        everyone = [i for number in range(4) for i in individuals.of_generation(session, run.id, number)]
    best = max(i.fitness for i in everyone if i.fitness is not None)
    assert run.best_fitness == best
    assert next(i for i in everyone if i.fitness == best).id == run.best_individual_id


def test_the_elite_keeps_the_best_fitness_from_falling(farm: Farm) -> None:
    launched = farm.launch(order())
    farm.work()
    with farm.database.read() as session:
        done = generations.completed(session, launched.runs[0].id)
    bests = [generation.summary["best"] for generation in done if generation.summary]
    assert all(earlier <= later for earlier, later in pairwise(bests))


def test_the_order_in_which_evaluations_finish_changes_no_digest(farm: Farm) -> None:
    launched = farm.launch(order())
    farm.work()
    again = farm.launch(order())
    while farm.sender.sent:
        farm.sender.sent.reverse()
        farm.train_next()
    assert farm.run(again).digest == farm.run(launched).digest


def test_another_seed_gives_another_digest(farm: Farm) -> None:
    launched = farm.launch(order(runs=2))
    farm.work()
    assert farm.run(launched, 0).digest != farm.run(launched, 1).digest


def test_a_behaviour_is_trained_once_in_a_run(farm: Farm) -> None:
    farm.launch(order())
    farm.work()
    with farm.database.read() as session:
        everyone = [i for number in range(4) for i in individuals.of_generation(session, 1, number)]
    distinct = {i.behaviour_id for i in everyone}
    assert len(distinct) < len(everyone)
    assert farm.trained in (len(distinct), len(distinct) + 1)  # and constant 0.01
    first_met = set()
    for individual in everyone:
        expected = "seen_before" if individual.behaviour_id in first_met else "new"
        first_met.add(individual.behaviour_id)
        assert individual.novelty == expected


def test_advancing_a_generation_that_is_not_evaluated_does_nothing(farm: Farm) -> None:
    launched = farm.launch(order())
    with farm.database.write() as session:
        assert advance(session, launched.runs[0].id) == ([], False)
    assert farm.run(launched).generation == 0


def test_advancing_an_unknown_or_ended_run_does_nothing(farm: Farm) -> None:
    launched = farm.launch(order())
    farm.work()
    with farm.database.write() as session:
        assert advance(session, launched.runs[0].id) == ([], False)
        assert advance(session, 12345) == ([], False)


def test_individuals_without_usable_rates_get_a_reason_and_are_never_trained(farm: Farm) -> None:
    negative = {"grammar": "<start> ::= negative(0.1) | 0.1", "search": {"population_size": 20, "generations": 1}}
    launched = farm.launch(order(overrides=negative))
    farm.work()
    with farm.database.read() as session:
        population = individuals.of_generation(session, launched.runs[0].id, 0)
        summary = generations.get_one(session, launched.runs[0].id, 0).summary
    failed = [individual for individual in population if individual.phenotype.startswith("negative")]
    assert failed
    assert all((i.fitness, i.reason, i.novelty) == (None, "cannot_train", "cannot_train") for i in failed)
    assert summary is not None
    assert summary["cannot_train"] == len(failed)
    assert summary["invalid_share"] == len(failed) / 20


def test_a_generation_in_which_no_machine_could_train_fails_the_run_with_the_first_message(farm: Farm) -> None:
    launched = farm.launch(order())
    while farm.sender.sent:
        claimed = farm.claim_next()
        assert claimed is not None
        farm.finish(claimed, EvaluationResult.failed("error", "The disk is full."))
    run = farm.run(launched)
    assert run.state == "failed"
    assert "The disk is full." in (run.message or "")


def test_further_folds_follow_only_above_the_floor_and_the_worst_counts(farm: Farm) -> None:
    changes = {"search": {"population_size": 6, "generations": 1}, "fitness": {"folds": 3, "floor": 0.97}}
    launched = farm.launch(order(overrides={**changes, "training": {"epochs": 5}}))
    farm.work()
    with farm.database.read() as session:
        population = individuals.of_generation(session, launched.runs[0].id, 0)
    assert all(individual.evaluated for individual in population)
    assert farm.run(launched).state == "finished"
    assert farm.trained > len({individual.behaviour_id for individual in population})


def test_a_phenotype_that_nests_too_deeply_for_the_language_cannot_train_and_ends_nothing(farm: Farm) -> None:
    nested = "negative(" * 60
    grammar = f"<a> ::= {nested}<a>{')' * 60} | 0.1"
    search = {"population_size": 20, "generations": 1}
    launched = farm.launch(order(overrides={"grammar": grammar, "search": search}))
    farm.work()
    assert farm.run(launched).state == "finished"
    with farm.database.read() as session:
        population = individuals.of_generation(session, launched.runs[0].id, 0)
    assert {"cannot_train"} == {i.reason for i in population if i.phenotype.count("(") > 100}


def test_no_two_of_the_elite_behave_the_same_where_behaviours_are_what_survives(farm: Farm) -> None:
    changes = {"search": {"elitism": 3, "elitism_of": "behaviours", "mutation_rate": 0.02}}
    launched = farm.launch(order(overrides={**SMALL, **changes, "search": {**SMALL["search"], **changes["search"]}}))
    farm.work()
    run = farm.run(launched)
    with farm.database.read() as session:
        for number in range(1, 4):
            elite = [i for i in individuals.of_generation(session, run.id, number) if i.operator == "elite"]
            assert len(elite) == 3
            assert len({individual.behaviour_id for individual in elite}) == 3
