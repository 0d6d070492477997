import json
from collections.abc import Mapping

import pytest

from backend.originals.assigned import from_yaml
from backend.originals.errors import UnreadableOriginal
from backend.originals.grammars import read_original_grammar
from backend.originals.keys import KNOWN
from backend.originals.parameters import OriginalParameters, read_parameters
from tests.backend.originals.made import RULES, SCHEDULES


def parameters(settings: Mapping[str, object]) -> OriginalParameters:
    text = "".join(f"{key}: {json.dumps(value)}\n" for key, value in settings.items())
    return read_parameters(from_yaml(text, "p.yml"), "p.yml")


def left(settings: Mapping[str, object]) -> dict[str, str]:
    return {each.key: each.why for each in parameters(settings).not_taken_over}


def test_the_settings_of_a_search_for_rules_are_taken_over() -> None:
    assert parameters(RULES).nested() == {
        "problem": "fashion-mnist",
        "search": {
            "population_size": 6,
            "generations": 3,
            "elitism": 1,
            "tournament_size": 2,
            "crossover_rate": 0.9,
            "mutation_rate": 0.15,
            "initial_depth": 6,
            "depth_limit": 17,
        },
        "training": {"batch_size": 1000, "epochs": 20, "patience": 5, "validation": 3500, "fitness": 3500},
        "fitness": {"floor": 0.8, "folds": 5},
    }


def test_the_settings_of_2020_are_of_the_denser_network_and_call_the_fitness_part_test() -> None:
    read = parameters(SCHEDULES)
    assert read.values["problem"] == "fashion-mnist-denser"
    assert read.values["training.fitness"] == 1500
    assert (read.name, read.grammar_file, read.seed) == ("made_schedules", "dynamic.txt", 1)


def test_of_two_names_of_the_fitness_part_the_newer_one_counts_and_the_other_is_listed() -> None:
    both = {**RULES, "FITNESS_SIZE": 3000, "TEST_SIZE": 1000}
    assert parameters(both).values["training.fitness"] == 3000
    assert left(both)["TEST_SIZE"] == "FITNESS_SIZE is given as well, and counts."


def test_every_setting_is_taken_over_or_listed() -> None:
    settings = {
        **RULES,
        **dict.fromkeys(KNOWN - RULES.keys() - {"TEST_SIZE", "TRAINING_SIZE"}, True),
        "GENES": "all",
        "TIME_STOP": 60,
    }
    read = parameters(settings)
    listed = {each.key for each in read.not_taken_over}
    named = {"EXPERIMENT_NAME", "GRAMMAR", "SELECTION_TYPE", "DATASET", "MODEL", "PREPOPULATE"}
    assert {setting.key for setting in read.places.values()} | listed | named >= settings.keys()


def test_unknown_keys_are_listed_with_their_line() -> None:
    text = "POPSIZE: 5\nGENERATIONS: 5\nSEED: 1\nMYSTERY: 5\n"
    listed = [str(each) for each in read_parameters(from_yaml(text, "p.yml"), "p.yml").not_taken_over]
    assert "p.yml, line 4: MYSTERY: the key is not known." in listed


@pytest.mark.parametrize("settings", [{"version": 3, "services": {}}, {"SEED": 1, "EPOCHS": 5}, {}])
def test_a_file_of_another_program_is_refused(settings: Mapping[str, object]) -> None:
    with pytest.raises(UnreadableOriginal, match="no parameter file"):
        parameters(settings)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("POPSIZE", "many", "POPSIZE must be a number, not 'many'"),
        ("POPSIZE", 0, "POPSIZE must be a whole number of at least 1"),
        ("PROB_CROSSOVER", 90, "from 0 to 1"),
        ("PROB_MUTATION", {"0": 2}, "PROB_MUTATION of '0' must be from 0 to 1"),
        ("PROB_MUTATION", {"x": 0.1}, "a key of PROB_MUTATION must be a number"),
        ("FITNESS_FLOOR", -1, "from 0 to 1"),
        ("PREPOPULATE", "yes", "true or false"),
        ("SEED", -1, "SEED must be"),
    ],
)
def test_a_value_that_cannot_be_is_refused_where_it_stands(key: str, value: object, said: str) -> None:
    with pytest.raises(UnreadableOriginal, match=rf"p\.yml, line \d+: .*{said}"):
        parameters({**RULES, key: value})


def test_the_last_of_two_settings_of_one_key_counts() -> None:
    text = "POPSIZE: 5\nGENERATIONS: 5\nELITISM: 1\nPOPSIZE: 7\n"
    read = read_parameters(from_yaml(text, "p.yml"), "p.yml")
    assert read.values["search.population_size"] == 7
    assert "second time" in read.not_taken_over[0].why


def test_rates_by_number_become_rates_by_name() -> None:
    read = parameters({**RULES, "PROB_MUTATION": {"0": 0.0, "1": 0.15, "2": 0.5}})
    grammar = read_original_grammar("<e> ::= <c>\n<c> ::= 0.1\n<var> ::= epoch\n", "g.txt")
    assert read.values["search.mutation_rate"] is None
    assert read.rates_by_name(grammar) == {"e": 0.0, "c": 0.15}


def test_a_non_terminal_without_a_rate_is_named() -> None:
    read = parameters({**RULES, "PROB_MUTATION": {"0": 0.0}})
    grammar = read_original_grammar("<e> ::= <c>\n<c> ::= 0.1\n", "g.txt")
    with pytest.raises(UnreadableOriginal, match="no rate for non-terminal 1, <c>"):
        read.rates_by_name(grammar)


def test_one_rate_for_all_is_no_rate_by_name() -> None:
    assert parameters(RULES).rates_by_name(read_original_grammar("<e> ::= 0.1\n", "g.txt")) is None


@pytest.mark.parametrize(
    ("genes", "seeds"),
    [("all", ["adam", "rmsprop", "momentum"]), (["Adam", "rmsprop"], ["adam", "rmsprop"]), ("adam", ["adam"])],
)
def test_what_a_population_begins_with_becomes_seeds(genes: object, seeds: list[str]) -> None:
    assert parameters({**RULES, "PREPOPULATE": True, "GENES": genes}).values["seeds"] == seeds


def test_genes_have_no_effect_unless_they_are_wanted() -> None:
    assert "PREPOPULATE is not set" in left({**RULES, "GENES": "all"})["GENES"]
    assert parameters({**RULES, "PREPOPULATE": True}).values["seeds"] == ["adam", "rmsprop", "momentum"]
    assert "'nadam'" in left({**RULES, "PREPOPULATE": True, "GENES": ["nadam"]})["GENES"]


def test_what_has_no_counterpart_is_listed() -> None:
    listed = left(
        {**RULES, "SELECTION_TYPE": "stochastic", "FAKE_FITNESS": True, "MODEL": "mnist.h5", "DATASET": "cifar10"}
    )
    assert "stochastic" in listed["SELECTION_TYPE"]
    assert "no training" in listed["FAKE_FITNESS"]
    assert "nearest is fashion-mnist" in listed["DATASET"]


def test_a_part_that_is_larger_than_the_problem_has_is_made_smaller_and_listed() -> None:
    settings = {**RULES, "VALIDATION_SIZE": 7000}
    assert parameters(settings).values["training.validation"] == 3500
    assert "3,500" in left(settings)["VALIDATION_SIZE"]


def test_nothing_watched_is_no_patience() -> None:
    assert "training.patience" not in parameters({**RULES, "PATIENCE": 0}).values


def test_a_time_limit_is_in_minutes_here() -> None:
    assert parameters({**RULES, "TIME_STOP": 5400}).values["search.time_limit_minutes"] == 90
    assert "search.time_limit_minutes" not in parameters({**RULES, "TIME_STOP": None}).values
