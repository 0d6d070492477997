import pytest

from backend.experiments.errors import IdempotencyConflict, InvalidOrder
from backend.store import experiments, generations, individuals, requests, workers
from backend.store.requests import Requester
from tests.backend.experiments.farm import Farm, order


def test_a_launched_experiment_has_its_runs_with_seeds_in_a_row(farm: Farm) -> None:
    launched = farm.launch(order(runs=3))
    assert [run.seed for run in launched.runs] == [7, 8, 9]
    assert launched.experiment.configuration["search"]["population_size"] == 6


def test_generation_0_is_stored_and_each_new_behaviour_is_sent_once(farm: Farm) -> None:
    launched = farm.launch(order())
    with farm.database.read() as session:
        population = individuals.of_generation(session, launched.runs[0].id, 0)
        assert generations.get_one(session, launched.runs[0].id, 0) is not None
    behaviours = {individual.behaviour_id for individual in population}
    assert len(population) == 6
    assert len(farm.sender.sent) == len(set(farm.sender.sent))
    assert len(behaviours) <= len(farm.sender.sent) <= len(behaviours) + 1  # and constant 0.01


def test_the_baseline_is_evaluated_under_the_runs_own_protocol(farm: Farm) -> None:
    launched = farm.launch(order())
    with farm.database.read() as session:
        answers = requests.answers(session, Requester(launched.runs[0].id, requests.BASELINE, label="constant 0.01"))
    assert [answer.specification["epochs"] for answer in answers] == [5]


def test_the_grammars_text_is_kept_with_the_experiment(farm: Farm) -> None:
    text = "<start> ::= 0.1 | 0.01 | 0.001"
    launched = farm.launch(order(overrides={"grammar": text}))
    assert launched.experiment.grammar_text == text


def test_an_order_without_a_seed_gets_one_that_can_be_typed_again(farm: Farm) -> None:
    assert 0 <= farm.launch(order(seed=None)).experiment.seed < 2**31


def test_the_same_order_with_the_same_key_gives_the_same_experiment(farm: Farm) -> None:
    first = farm.launch(order(), "key")
    again = farm.launch(order(), "key")
    assert again.experiment.id == first.experiment.id
    assert again.evaluation_ids == []


def test_another_order_with_the_same_key_is_refused(farm: Farm) -> None:
    farm.launch(order(), "key")
    for other in (order(seed=0), order(seed=8), order(name="another"), order(runs=2)):
        with pytest.raises(IdempotencyConflict, match="used before"):
            farm.launch(other, "key")


@pytest.mark.parametrize(
    ("changes", "pointer", "words"),
    [
        ({"preset": "quikstart"}, "/preset", "there are quickstart"),
        ({"overrides": {"problem": "mnist-2d"}}, "/overrides/problem", "mnist-1d"),
        ({"overrides": {"grammar": "dlr"}}, "/overrides/grammar", "dlr-2020"),
        ({"overrides": {"grammar": "<a> ::= <a>"}}, "/overrides/grammar", "line 1"),
        ({"overrides": {"grammar": "<a> ::= import_os"}}, "/overrides/grammar", "import_os"),
        ({"overrides": {"search": {"population_size": 0}}}, "/overrides/search/population_size", "given: 0"),
        ({"overrides": {"search": {"population_size": 10**9}}}, "/overrides/search/population_size", "5000"),
        ({"overrides": {"search": {"tournament_size": 21}}}, "/overrides/search", "only 20 individuals"),
        ({"overrides": {"search": {"mutation_rate": 1.5}}}, "/overrides/search/mutation_rate", "given: 1.5"),
        ({"overrides": {"search": {"mutation_rate": float("nan")}}}, "/overrides/search/mutation_rate", "finite"),
        ({"runs": 251}, "/runs", "5000 are allowed"),
        (
            {"overrides": {"serach": {}}},
            "/overrides/serach",
            "there are evolves, grammar, problem, seeds, protect_seeds, search",
        ),
        ({"overrides": {"search": 7}}, "/overrides/search", "given: 7"),
        ({"overrides": {"training": {"train": 2801}}}, "/overrides/training/train", "only 2800"),
        ({"overrides": {"training": {"train": 10, "batch_size": 11}}}, "/overrides/training/batch_size", "only 10"),
    ],
)
def test_what_is_wrong_with_an_order_is_said_at_its_field_and_nothing_is_stored(
    farm: Farm, changes: dict[str, object], pointer: str, words: str
) -> None:
    with pytest.raises(InvalidOrder) as error:
        farm.launch(order(**{"overrides": {}, **changes}))
    assert [fault.pointer for fault in error.value.errors] == [pointer]
    assert words in error.value.errors[0].detail
    with farm.database.read() as session:
        assert experiments.count(session) == 0


def test_a_problem_that_no_present_worker_can_load_is_refused_with_the_reason(farm: Farm) -> None:
    with farm.database.write() as session:
        workers.announce(
            session,
            name="w",
            host="h",
            pid=1,
            queue="cpu",
            problems={"digits": None, "mnist-1d": "install mnist1d"},
            numerics={},
        )
    with pytest.raises(InvalidOrder, match="install mnist1d"):
        farm.launch(order())
    farm.launch(order(overrides={"problem": "digits"}))
