import pytest

from backend.experiments.configuration import Order
from backend.experiments.errors import InvalidOrder
from backend.experiments.preview import Preview, preview
from backend.store import individuals, workers
from tests.backend.experiments.farm import RULES, SMALL, Farm, order, rules_order


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: the queries below have tests of their own on both."""
    return sqlite_url


def _preview(farm: Farm, wanted: Order) -> Preview:
    with farm.database.read() as session:
        return preview(session, wanted)


def test_the_samples_are_the_individuals_that_the_run_begins_with(farm: Farm) -> None:
    shown = _preview(farm, order())
    run_id = farm.launch(order()).runs[0].id
    with farm.database.read() as session:
        population = individuals.of_generation(session, run_id, 0)
    assert [sample.phenotype for sample in shown.samples] == [one.phenotype for one in population]


def test_without_a_seed_the_samples_stay_while_one_types(farm: Farm) -> None:
    first = _preview(farm, order(seed=None))
    overrides = {**SMALL, "search": {**SMALL["search"], "generations": 9}}
    assert _preview(farm, order(seed=None, overrides=overrides)).samples == first.samples


def test_few_samples_are_drawn_of_a_huge_population(farm: Farm) -> None:
    assert len(_preview(farm, order(overrides={"search": {"population_size": 5000}})).samples) == 6
    assert len(_preview(farm, order(overrides={"search": {"population_size": 1, "tournament_size": 1}})).samples) == 1


def test_what_differs_from_the_preset_is_said(farm: Farm) -> None:
    shown = _preview(farm, Order(preset="quickstart", overrides={"search": {"generations": 99}}))
    assert [(difference.field, difference.value) for difference in shown.differences] == [("search.generations", 99)]


def test_an_order_with_a_fault_has_no_preview(farm: Farm) -> None:
    with pytest.raises(InvalidOrder):
        _preview(farm, order(overrides={"training": {"train": 10**6}}))


@pytest.mark.parametrize(
    ("overrides", "warning"),
    [
        ({"search": {"population_size": 4, "tournament_size": 2, "elitism": 4}}, "whole population is elite"),
        ({"search": {"mutation_rate": 0, "crossover_rate": 0}}, "Neither mutation nor crossover"),
        ({"grammar": "<start> ::= 0.1 - epoch"}, "None of the samples can train"),
        ({"training": {"first_epoch": 0}}, "published for epochs counted from 1"),
    ],
)
def test_what_is_allowed_but_probably_not_meant_is_warned_of(
    farm: Farm, overrides: dict[str, object], warning: str
) -> None:
    assert any(warning in shown for shown in _preview(farm, order(overrides=overrides)).warnings)


def test_days_are_warned_of(farm: Farm) -> None:
    huge = Order(preset="quickstart", overrides={"search": {"generations": 1_000_000}})
    assert any("days" in warning for warning in _preview(farm, huge).warnings)


def test_workers_that_cannot_load_the_data_are_warned_of(farm: Farm) -> None:
    assert "No worker is present: the runs wait for one." in _preview(farm, order()).warnings
    with farm.database.write() as session:
        problems: dict[str, str | None] = {"mnist-1d": "mnist1d is not installed"}
        workers.announce(session, name="a", host="box", pid=1, queue="cpu", problems=problems, numerics={})
    assert "No worker present can load mnist-1d: mnist1d is not installed" in _preview(farm, order()).warnings
    with farm.database.write() as session:
        workers.announce(session, name="b", host="box", pid=1, queue="cpu", problems={"mnist-1d": None}, numerics={})
    assert not any("orker" in warning for warning in _preview(farm, order()).warnings)


def test_rules_are_shown_as_formulas_those_that_are_planted_first(farm: Farm) -> None:
    shown = _preview(farm, rules_order())
    run_id = farm.launch(rules_order()).runs[0].id
    with farm.database.read() as session:
        population = individuals.of_generation(session, run_id, 0)
    assert [sample.phenotype for sample in shown.samples] == [one.phenotype for one in population]
    assert shown.samples[0].portrait.words.startswith("Momentum")
    assert all(sample.rates is None and str(sample.formula).startswith("<math") for sample in shown.samples)


def test_of_many_seeds_a_few_are_shown_and_as_many_that_are_drawn(farm: Farm) -> None:
    search = {"population_size": 40, "generations": 4, "tournament_size": 2}
    shown = _preview(farm, rules_order(overrides={**RULES, "search": search, "seeds": ["sgd"] * 20}))
    assert len(shown.samples) == 12
    assert len({sample.phenotype for sample in shown.samples[:6]}) == 1


def test_a_seed_that_is_no_rule_is_a_fault_that_points_at_it(farm: Farm) -> None:
    with pytest.raises(InvalidOrder) as fault:
        _preview(farm, rules_order(overrides={**RULES, "seeds": ["sgd", "sdg"]}))
    assert fault.value.errors[0].pointer == "/overrides/seeds/1"


def test_rules_that_cannot_train_are_warned_of_and_epochs_are_not(farm: Farm) -> None:
    grammar = "# evolves: update_rule\n<start> ::= x = 0; y = 0; z = 0; weight = 0.1"
    warnings = _preview(farm, rules_order(overrides={**RULES, "grammar": grammar, "seeds": []})).warnings
    assert any("None of the samples can train. The first one: The weight change is 0.1" in each for each in warnings)
    counted = {**RULES, "training": {"first_epoch": 1}}
    assert not any("epochs counted" in each for each in _preview(farm, rules_order(overrides=counted)).warnings)
