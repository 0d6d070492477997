from pydantic import JsonValue

from backend.experiments.configuration import Configuration
from backend.experiments.differences import Difference, differences


def test_a_configuration_does_not_differ_from_itself() -> None:
    assert differences(Configuration(), Configuration()) == ()


def test_every_field_that_differs_is_named_with_both_values() -> None:
    other = Configuration.model_validate(
        {"problem": "digits", "search": {"population_size": 40}, "training": {"patience": 3}}
    )
    assert differences(Configuration(), other) == (
        Difference("problem", "mnist-1d", "digits"),
        Difference("search.population_size", 20, 40),
        Difference("training.patience", None, 3),
    )


def test_a_group_that_only_one_of_them_has_differs_as_a_whole() -> None:
    following: dict[str, JsonValue] = {"preset": "gp-2025-comparison", "overrides": {}, "best": 2}
    other = Configuration.model_validate({"benchmark": following})
    assert differences(Configuration(), other) == (Difference("benchmark", None, following),)
    assert differences(other, Configuration()) == (Difference("benchmark", following, None),)
