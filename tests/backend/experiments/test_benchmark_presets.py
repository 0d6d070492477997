import pytest

from backend.experiments.benchmark_configuration import BenchmarkOrder
from backend.experiments.benchmark_presets import benchmark_presets, load_benchmark_preset, resolve_benchmark
from backend.experiments.benchmark_trials import check_protocol
from backend.experiments.errors import InvalidOrder
from backend.settings.resources import PRESETS


@pytest.mark.parametrize("name", [path.stem for path in (PRESETS / "benchmarks").glob("*.yaml")])
def test_every_preset_has_its_files_name_and_a_protocol_that_fits_its_problems(name: str) -> None:
    preset = load_benchmark_preset(name)
    assert preset.name == name
    check_protocol(preset.configuration)


def test_the_published_comparison_is_one_of_ten_seeds_under_adam() -> None:
    declared = load_benchmark_preset("gp-2025-comparison").configuration
    assert [each.label for each in declared.contenders] == ["evolved", "constant", "step", "cosine"]
    assert (declared.trials, declared.protocol.epochs, declared.protocol.batch_size) == (10, 30, 128)
    assert declared.protocol.optimizer == "adam"
    assert declared.finalists == ("evolved",)


def test_an_individual_takes_the_finalists_place_and_changes_lie_over_the_preset() -> None:
    order = BenchmarkOrder.model_validate(
        {
            "preset": "gp-2025-comparison",
            "overrides": {"protocol": {"epochs": 5}},
            "finalists": [{"label": "individual 345", "individual": 345}],
        }
    )
    found = resolve_benchmark(order)
    assert [each.label for each in found.contenders] == ["individual 345", "constant", "step", "cosine"]
    assert (found.finalists, found.protocol.epochs, found.protocol.optimizer) == (("individual 345",), 5, "adam")


def test_an_unknown_preset_is_answered_with_the_known_ones() -> None:
    with pytest.raises(InvalidOrder, match=r"there are .*gp-2025-comparison, gp-2025-rates"):
        load_benchmark_preset("nothing")


def test_presets_come_quickest_first() -> None:
    minutes = [preset.measured.core_minutes for preset in benchmark_presets()]
    assert minutes == sorted(minutes)
