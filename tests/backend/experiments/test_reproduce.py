import shlex

from backend.experiments.configuration import Configuration, Order
from backend.experiments.presets import resolve
from backend.experiments.reproduce import reproduce
from backend.store.tables import Experiment, Run


def _words(
    preset: str | None, configuration: Configuration, generations: int | None = None, seed: int = 7
) -> list[str]:
    experiment = Experiment(preset=preset, configuration=configuration.model_dump())
    return shlex.split(
        reproduce(experiment, Run(seed=seed, generations=generations or configuration.search.generations))
    )


def test_a_preset_as_it_is_needs_only_its_name_and_the_seed() -> None:
    assert _words("quickstart", resolve(Order(preset="quickstart"))) == ["autolr", "run", "quickstart", "--seed", "7"]


def test_what_differs_is_set() -> None:
    order = Order(preset="quickstart", overrides={"search": {"population_size": 9}, "training": {"patience": 3}})
    assert _words("quickstart", resolve(order))[5:] == [
        "--set",
        "search.population_size=9",
        "--set",
        "training.patience=3",
    ]


def test_a_run_that_was_extended_is_made_at_once() -> None:
    words = _words("quickstart", resolve(Order(preset="quickstart")), generations=99)
    assert words[5:] == ["--set", "search.generations=99"]


def test_an_experiment_of_no_preset_or_of_a_lost_one_is_told_from_the_quickest() -> None:
    assert _words(None, Configuration())[2] == "quickstart"
    assert _words("lost", Configuration()) == _words(None, Configuration())


def test_a_grammar_survives_the_shell() -> None:
    text = "<start> ::= 0.1 | 'x' $HOME\n"
    assert f"grammar={text}" in _words(None, Configuration(grammar=text))


def test_what_follows_a_search_is_no_part_of_its_runs() -> None:
    order = Order(preset="quickstart", overrides={"benchmark": {"preset": "gp-2025-comparison"}})
    assert _words("quickstart", resolve(order)) == _words("quickstart", resolve(Order(preset="quickstart")))
