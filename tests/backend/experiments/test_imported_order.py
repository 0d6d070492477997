import pytest

from backend.experiments.imported_order import imported_order, run_seed
from backend.originals.errors import UnreadableOriginal
from tests.backend.originals.made import facilitated, rules, schedules
from tests.backend.originals.reading import read


def test_settings_and_grammar_make_a_configuration_that_can_be_launched() -> None:
    files = facilitated().files()
    found = imported_order(read({name: files[name] for name in ("parameters.yml", "facilitated.txt")}))
    configuration = found.configuration
    assert configuration.evolves == "update_rule"
    assert configuration.search.mutation_rate is None
    assert configuration.search.generations == 3
    assert configuration.fitness.floor == 0.8
    assert "mutation_rate 0.05" in str(configuration.grammar)


def test_a_grammar_alone_is_launched_with_the_defaults() -> None:
    found = imported_order(read({"g.txt": rules().files()["grammars/adaptive.txt"]}))
    assert found.overrides.keys() == {"evolves", "grammar"}


def test_dumps_have_the_last_word_on_sizes() -> None:
    files = schedules().files()
    path = "made_schedules/run_0/_parameters.json"
    files[path] = (
        files[path].replace(b'"popsize": 6', b'"popsize": 9').replace(b'"max_tree_depth": 17', b'"max_tree_depth": 6')
    )
    found = imported_order(read(files))
    assert found.configuration.search.population_size == 6
    assert found.configuration.search.depth_limit is not None
    assert found.configuration.search.depth_limit > 6
    assert {left.key for left in found.not_taken_over} == {"POPSIZE", "MAX_TREE_DEPTH"}


def test_a_problem_that_is_not_here_is_named_at_its_line_and_its_runs_are_refused() -> None:
    with pytest.raises(UnreadableOriginal, match=r"_parameters\.json, line \d+: mnist on cifar10 is no problem here"):
        imported_order(read(rules(DATASET="cifar10").files()))


def test_the_nearest_problem_is_offered_where_there_are_no_runs() -> None:
    files = rules(DATASET="cifar10").files()
    found = imported_order(read({name: files[name] for name in ("parameters.yml", "grammars/adaptive.txt")}))
    assert found.configuration.problem == "fashion-mnist"


def test_a_value_that_only_the_configuration_refuses_is_refused_at_its_line() -> None:
    files = rules(BATCH_SIZE=100_000).files()
    with pytest.raises(UnreadableOriginal, match=r"line \d+: BATCH_SIZE \(training\.batch_size\) is 100000"):
        imported_order(read(files))


def test_what_begins_a_population_is_left_out_where_there_is_one() -> None:
    found = imported_order(read(rules(PREPOPULATE=True, GENES=["adam"]).files()))
    assert found.configuration.seeds == ()
    assert any(left.key == "GENES" for left in found.not_taken_over)


def test_what_is_planted_and_protected_and_for_how_long_can_be_launched() -> None:
    files = rules(PREPOPULATE=True, GENES=["adam"], PROTECT=True, TIME_STOP=60).files()
    found = imported_order(read({name: files[name] for name in ("parameters.yml", "grammars/adaptive.txt")}))
    assert (found.configuration.seeds, found.configuration.protect_seeds) == (("adam",), True)
    assert found.configuration.search.time_limit_minutes == 1
    left = imported_order(read(files)).not_taken_over
    assert {each.key for each in left} == {"GENES", "PROTECT", "TIME_STOP"}


def test_a_seed_that_is_too_large_is_replaced() -> None:
    assert run_seed(5, 7) == 5
    assert run_seed(2**60, 7) == run_seed(None, 7) == 7
