import pytest
from pydantic import ValidationError

from backend.experiments.configuration import LARGEST_SEED, Configuration, Order, Search


def test_the_defaults_are_a_valid_configuration() -> None:
    assert Configuration.model_validate(Configuration().model_dump(mode="json")) == Configuration()


@pytest.mark.parametrize(
    "search",
    [
        {"population_size": 2, "tournament_size": 3},
        {"population_size": 2, "tournament_size": 1, "elitism": 3},
        {"initial_depth": 5, "depth_limit": 4},
        {"crossover_rate": 1.01},
        {"crossover_rate": float("inf")},
        {"generations": True},
        {"generations": "7"},
        {"depth_limit": None},
        {"representation": "tree", "mutation_rate": None},
        {"representation": "tree", "adaptive_mutation": True},
        {"representation": "tree", "constant_mutation": "near"},
        {"representation": "tree", "recombination_of": "parts"},
        {"representation": "tree", "mutation_of": "subtrees"},
        {"representation": "tree", "population_size": 1, "tournament_size": 1, "elitism": 0},
    ],
)
def test_a_search_that_cannot_be_is_refused(search: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Search.model_validate(search)


@pytest.mark.parametrize(
    "changes",
    [
        {"evolves": "schedule_program"},
        {"evolves": "schedule_program", "search": {"representation": "tree"}},
        {"search": {"representation": "tree"}, "grammar": None},
        {"grammar": None},
    ],
)
def test_schedule_programs_are_bred_as_trees_without_a_grammar_and_nothing_else_is(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="trees"):
        Configuration.model_validate(changes)


@pytest.mark.parametrize("repetitions", [{}, {"repetitions": 1}])
def test_new_data_need_a_second_repetition_and_the_fault_is_theirs(repetitions: dict[str, int]) -> None:
    with pytest.raises(ValidationError, match="needs two repetitions or more") as error:
        Configuration.model_validate({"fitness": {"new_data": True, **repetitions}})
    assert [fault["loc"] for fault in error.value.errors()] == [("fitness", "new_data")]
    assert Configuration.model_validate({"fitness": {"new_data": True, "repetitions": 2}}).fitness.new_data


def test_a_population_of_one_is_possible() -> None:
    assert Search(population_size=1, tournament_size=1, elitism=1).population_size == 1


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_texts_that_no_database_holds_are_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="must not contain"):
        Order(name=text)


def test_the_seed_of_the_last_run_must_be_a_seed_as_well() -> None:
    assert Order(seed=LARGEST_SEED, runs=1).seed == LARGEST_SEED
    with pytest.raises(ValidationError, match="the last one's"):
        Order(seed=LARGEST_SEED, runs=2)


def test_elite_and_protected_seeds_fit_the_population_together() -> None:
    search = {"population_size": 2, "tournament_size": 1, "elitism": 1}
    seeded = {"seeds": ["0.1", "0.2"], "search": search}
    assert Configuration.model_validate(seeded)
    with pytest.raises(ValidationError, match="more would survive"):
        Configuration.model_validate({**seeded, "protect_seeds": True})
