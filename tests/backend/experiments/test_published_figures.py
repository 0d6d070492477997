from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from backend.experiments.benchmark_presets import BenchmarkPreset, published_of
from backend.experiments.published_figures import Published
from backend.settings.resources import PRESETS

FIGURE = {"contender": "ADES", "problem": "fashion-mnist", "part": "test", "mean": 0.9287, "sd": 0.0016, "n": 30}


def preset(**changes: object) -> dict[str, Any]:
    """The reduced preset, one of its published figures changed."""
    whole = yaml.safe_load((PRESETS / "benchmarks" / "alr-2022-table-2-reduced.yaml").read_text())
    return {**whole, "published": {"source": "a table", "figures": [{**FIGURE, **changes}]}}


def test_a_presets_published_figures_are_read_as_they_stand_in_its_file() -> None:
    found = BenchmarkPreset.model_validate(preset()).published
    assert found is not None
    assert found.figures[0].model_dump() == FIGURE
    assert (found.source, found.word) == ("a table", "published")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"contender": "Adams"}, "published figures name 'Adams', which is no contender; there are ADES, "),
        ({"problem": "digits"}, "published figures are on 'digits', which is no problem here; there are fashion-mnist"),
        ({"part": "train"}, "'validation', 'test' or 'fitness'"),
        ({"mean": 92.87}, "less than or equal to 1"),
        ({"deviation": 0.1}, "Extra inputs are not permitted"),
    ],
)
def test_what_does_not_fit_the_preset_is_named(changes: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        BenchmarkPreset.model_validate(preset(**changes))


def test_a_figure_is_given_once_for_a_contender_a_problem_and_a_part() -> None:
    twice = {"source": "a table", "figures": [FIGURE, {**FIGURE, "mean": 0.1}]}
    with pytest.raises(ValidationError, match="give 'ADES' on the test part of fashion-mnist twice"):
        Published.model_validate(twice)
    assert Published.model_validate({**twice, "figures": [FIGURE, {**FIGURE, "part": "validation"}]})


def test_a_benchmark_shows_the_figures_of_contenders_and_problems_that_it_still_has() -> None:
    found = published_of("alr-2022-table-2-reduced")
    assert found is not None
    assert {each.contender for each in found.of(("ADES", "mine"), ("fashion-mnist",))} == {"ADES"}
    assert found.of(("ADES",), ("mnist-1d",)) == ()


@pytest.mark.parametrize("name", [None, "mnist-1d-rules", "gone", "../benchmarks/alr-2022-table-2-reduced"])
def test_without_published_figures_there_are_none(name: str | None) -> None:
    assert published_of(name) is None
