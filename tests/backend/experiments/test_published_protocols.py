"""The presets that repeat published comparisons say what the papers say ([DLR] section 5, [ALR] tables 2 and 3)."""

from itertools import pairwise

import numpy as np
import pytest

from backend.experiments.benchmark_configuration import BenchmarkOrder, ContenderOrder, ResolvedBenchmark
from backend.experiments.benchmark_presets import BenchmarkPreset, load_benchmark_preset, published_of
from backend.grammar.catalogue import load_grammar
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.schedule import Schedule, as_float32
from backend.problems.catalogue import get_problem
from backend.problems.problem import most_to_share
from backend.problems.result import EvaluationResult
from tests.backend.experiments.contest import launched, reread
from tests.backend.experiments.farm import Farm, scored

A, B, CONSTANT = "A (stand-in)", "B (stand-in)", "constant 0.01"

# (validation, test), mean and standard deviation of five.
SCENARIOS = {
    1: {A: ((0.751, 0.167), (0.692, 0.241)), CONSTANT: ((0.859, 0.003), (0.850, 0.004))},
    2: {B: ((0.854, 0.009), (0.848, 0.007)), CONSTANT: ((0.856, 0.004), (0.844, 0.002))},
    3: {
        A: ((0.894, 0.004), (0.887, 0.002)),
        B: ((0.891, 0.003), (0.854, 0.009)),
        CONSTANT: ((0.888, 0.002), (0.875, 0.004)),
    },
}
# (validation, test), mean and standard deviation of thirty, in per cent.
TABLES = {
    2: {
        "ADES": ((93.53, 0.11), (92.87, 0.16)),
        "Sign": ((92.08, 0.13), (91.29, 0.25)),
        "Adam": ((93.46, 0.10), (92.69, 0.20)),
        "RMSprop": ((93.61, 0.08), (92.80, 0.17)),
        "Nesterov": ((93.41, 0.14), (92.82, 0.15)),
    },
    3: {
        "ADES": ((82.04, 0.20), (81.85, 0.29)),
        "Sign": ((74.97, 0.40), (75.09, 0.50)),
        "Adam": ((81.93, 0.21), (81.56, 0.26)),
        "RMSprop": ((80.97, 0.27), (80.65, 0.45)),
        "Nesterov": ((82.45, 0.25), (82.03, 0.25)),
    },
}
TUNED = {
    "ades": {"beta_1": 0.08922, "beta_2": 0.0891},
    "sign": {"learning_rate": 0.0009},
    "adam": {"learning_rate": 0.001, "beta_1": 0.9, "beta_2": 0.999},
    "rmsprop": {"learning_rate": 0.001, "rho": 0.9},
    "nesterov": {"learning_rate": 0.01, "momentum": 0.9},
}
SIZES = ["", "-reduced"]


def figures(name: str) -> dict[tuple[str, str], tuple[float, float | None, int | None]]:
    """The preset's published figures by contender and part."""
    published = published_of(name)
    assert published is not None
    return {(each.contender, each.part): (each.mean, each.sd, each.n) for each in published.figures}


def stand_in(preset: BenchmarkPreset, label: str) -> ContenderOrder:
    (found,) = [each for each in preset.configuration.contenders if each.label == label]
    return found


def rates(preset: BenchmarkPreset, label: str) -> tuple[float, ...]:
    """The rates of a stand-in over the preset's epochs."""
    text = stand_in(preset, label).phenotype
    assert text is not None
    return Schedule.from_text(text).rates(preset.configuration.protocol.epochs)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_scenario_has_its_published_figures_and_the_schedules_that_were_tested(scenario: int, size: str) -> None:
    name, published = f"dlr-2020-scenario-{scenario}{size}", SCENARIOS[scenario]
    preset = load_benchmark_preset(name)
    assert [each.label for each in preset.configuration.contenders] == list(published)
    assert preset.configuration.finalists == tuple(each for each in published if each != CONSTANT)
    assert figures(name) == {
        (label, part): (*of_part, 5)
        for label, both in published.items()
        for part, of_part in zip(("validation", "test"), both, strict=True)
    }
    assert " expression was " in preset.description


@pytest.mark.parametrize(("scenario", "epochs", "patience"), [(1, 100, 3), (2, 20, None), (3, 100, None)])
def test_a_scenario_is_trained_as_published(scenario: int, epochs: int, patience: int | None) -> None:
    preset = load_benchmark_preset(f"dlr-2020-scenario-{scenario}")
    declared, protocol = preset.configuration, preset.configuration.protocol
    assert (declared.problems, declared.trials) == (("fashion-mnist-denser",), 5)
    assert (declared.tuning, declared.confirmation) == (None, None)
    assert (protocol.train, protocol.validation, protocol.batch_size) == (52_500, 7500, 1000)
    assert (protocol.epochs, protocol.patience, protocol.optimizer) == (epochs, patience, "sgd")
    assert protocol.keep == ("last" if patience is None else "best_loss")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scenario", [1, 3])
def test_a_goes_to_and_fro_between_a_high_and_a_low_rate_all_the_time(scenario: int, size: str) -> None:
    found = rates(load_benchmark_preset(f"dlr-2020-scenario-{scenario}{size}"), A)
    assert len(set(found)) == 2
    assert all(before != after for before, after in pairwise(found))
    assert max(found) > 10 * min(found)


@pytest.mark.parametrize(
    ("name", "epoch"),
    [
        ("dlr-2020-scenario-2", 20),
        ("dlr-2020-scenario-2-reduced", 5),
        ("dlr-2020-scenario-3", 60),
        ("dlr-2020-scenario-3-reduced", 6),
    ],
)
def test_b_is_a_constant_until_the_sixtieth_of_a_hundred_epochs(name: str, epoch: int) -> None:
    found = rates(load_benchmark_preset(name), B)
    assert len(set(found[:epoch])) == 1
    assert found[0] not in found[epoch:]


def test_the_rates_of_stand_ins_are_among_those_that_were_published() -> None:
    (rule,) = [rule for rule in load_grammar("dlr-2020").rules if rule.name == "lr_const"]
    published = {as_float32(float(str(rate))) for rate in rule.productions}
    assert len(published) == 100
    for scenario, contenders in SCENARIOS.items():
        for label in contenders.keys() - {CONSTANT}:
            assert set(rates(load_benchmark_preset(f"dlr-2020-scenario-{scenario}"), label)) <= published


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_its_published_figures_and_tunes_what_was_tuned(table: int, size: str) -> None:
    name = f"alr-2022-table-{table}{size}"
    declared = load_benchmark_preset(name).configuration
    assert {each.human_made: each.tune for each in declared.contenders} == {
        name: tuple(probe) for name, probe in TUNED.items()
    }
    assert not any(each.constants for each in declared.contenders)
    assert declared.finalists == ("ADES",)
    assert figures(name) == {
        (label, part): (round(mean / 100, 4), round(sd / 100, 4), 30)
        for label, both in TABLES[table].items()
        for part, (mean, sd) in zip(("validation", "test"), both, strict=True)
    }


@pytest.mark.parametrize(("table", "problem", "train"), [(2, "fashion-mnist", 53_000), (3, "cifar-10", 43_000)])
def test_a_table_is_trained_as_published(table: int, problem: str, train: int) -> None:
    declared = load_benchmark_preset(f"alr-2022-table-{table}").configuration
    protocol, tuning = declared.protocol, declared.tuning
    assert (declared.problems, declared.trials, declared.confirmation) == ((problem,), 30, None)
    assert (protocol.train, protocol.validation, get_problem(problem).parts.test) == (train, 7000, 10_000)
    assert train + 7000 == most_to_share(get_problem(problem))
    assert (protocol.epochs, protocol.batch_size, protocol.patience, protocol.keep) == (
        1000,
        1000,
        None,
        "best_accuracy",
    )
    assert tuning is not None
    assert (tuning.trainings, tuning.by_chance, tuning.epochs) == (101, 10, 100)
    assert (tuning.ranges, tuning.score, tuning.budget, tuning.race) == (
        "published",
        "validation",
        "equal_tuning",
        None,
    )


def test_the_probes_of_a_tuning_are_the_published_ones() -> None:
    for name, probe in TUNED.items():
        assert {constant: HUMAN_MADE_RULES[name].constants[constant] for constant in probe} == probe


@pytest.mark.parametrize(
    "name", [f"dlr-2020-scenario-{scenario}" for scenario in SCENARIOS] + [f"alr-2022-table-{each}" for each in TABLES]
)
def test_what_is_reduced_says_so_fits_half_an_hour_of_two_cores_and_can_show_something(name: str) -> None:
    whole, reduced = load_benchmark_preset(name), load_benchmark_preset(f"{name}-reduced")
    assert reduced.title == f"{whole.title}, reduced"
    assert not reduced.faithful
    assert "reduced" in reduced.description
    assert reduced.measured.core_minutes / 2 < 30
    assert reduced.configuration.trials >= 8
    assert reduced.configuration.problems == whole.configuration.problems
    assert reduced.configuration.protocol.patience == whole.configuration.protocol.patience
    assert reduced.configuration.protocol.keep == whole.configuration.protocol.keep


def work(farm: Farm) -> None:
    """Do all messages: the shorter the rule the better, but for luck; rules of some lengths diverge."""
    while farm.sender.sent:
        claimed = farm.claim_next()
        if claimed is not None:
            specified = claimed.specification
            length = len(str(specified.behaviour_content["weight"]))
            luck = float(np.random.default_rng(specified.seed).normal(0, 0.01))
            diverged = EvaluationResult.failed("diverged", "The loss is too large.")
            farm.finish(claimed, scored(0.5 + luck + 1 / length) if length % 5 else diverged)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_tuned_tried_and_judged_to_its_end(farm: Farm, table: int) -> None:
    tuning = {"trainings": 7, "by_chance": 3}
    order = BenchmarkOrder.model_validate(
        {"preset": f"alr-2022-table-{table}", "seed": 1, "overrides": {"tuning": tuning, "trials": 3}}
    )
    made = launched(farm, order)
    assert (made.benchmark.phase, len(made.evaluation_ids)) == ("tuning", 5 * 4)
    work(farm)
    done = reread(farm, made.benchmark)
    assert (done.state, done.message) == ("finished", None)
    found = ResolvedBenchmark.of_json(done.configuration)
    assert [(each.contender, each.trainings) for each in found.tuned] == [(place, 7) for place in range(5)]
    assert done.report is not None
    assert len(done.report["judged"]) == 4
