from backend.experiments.design import design_of
from backend.experiments.settle import outcome, settle_requesters
from backend.problems.result import EvaluationResult
from backend.store import individuals, requests
from backend.store.requests import Requester
from tests.backend.experiments.farm import Farm, order, scored

ONE = {"population_size": 1, "generations": 1, "tournament_size": 1}
BASELINE = "constant 0.01"


def test_two_individuals_of_one_behaviour_share_an_evaluation_and_its_score(farm: Farm) -> None:
    twins = {"grammar": "<a> ::= 0.1 | 0.10", "search": {"population_size": 10, "generations": 1}}
    launched = farm.launch(order(overrides=twins))
    assert len(farm.sender.sent) == 2  # the behaviour, and constant 0.01
    farm.work()
    with farm.database.read() as session:
        population = individuals.of_generation(session, launched.runs[0].id, 0)
    assert {individual.phenotype for individual in population} == {"0.1", "0.10"}
    assert len({individual.fitness for individual in population}) == 1


def test_a_baseline_shares_its_evaluation_with_individuals_that_behave_like_it(farm: Farm) -> None:
    launched = farm.launch(order(overrides={"grammar": "<a> ::= 0.01", "search": ONE}))
    assert len(farm.sender.sent) == 1
    farm.work()
    assert farm.run(launched).state == "finished"


def test_an_individual_takes_over_the_reason_of_the_fold_that_failed(farm: Farm) -> None:
    launched = farm.launch(order(overrides={"search": ONE, "fitness": {"folds": 2}}))
    farm.train_next()  # the first fold of the baseline
    for result in (scored(0.9), EvaluationResult.failed("diverged", "Too large.")):
        claimed = farm.claim_next()
        while claimed is not None and claimed.specification.behaviour_content["rates"][0] < 0.0101:
            farm.finish(claimed, scored(0.5))
            claimed = farm.claim_next()
        assert claimed is not None
        farm.finish(claimed, result)
    with farm.database.read() as session:
        (individual,) = individuals.of_generation(session, launched.runs[0].id, 0)
    assert (individual.evaluated, individual.fitness, individual.reason) == (True, None, "diverged")


def test_the_outcome_of_a_baseline_is_unknown_until_all_its_folds_are_done(farm: Farm) -> None:
    launched = farm.launch(order(overrides={"search": ONE, "fitness": {"folds": 2}}))
    requester = Requester(launched.runs[0].id, requests.BASELINE, label=BASELINE)
    seen = []
    while farm.sender.sent:
        with farm.database.read() as session:
            seen.append(outcome(session, design_of(launched.experiment), requester))
        farm.train_next()
    with farm.database.read() as session:
        final = outcome(session, design_of(launched.experiment), requester)
    assert seen[:2] == [None, None]
    assert final is not None
    assert final[0] is not None


def test_nothing_follows_from_an_evaluation_of_an_ended_run(farm: Farm) -> None:
    launched = farm.launch(order(overrides={"search": ONE}))
    farm.work()
    with farm.database.write() as session:
        assert settle_requesters(session, launched.evaluation_ids[0]) == []
        assert settle_requesters(session, 4711) == []
