import pytest
from pydantic import ValidationError

from backend.experiments.benchmark_phases import Tuning


def test_new_data_need_a_second_seed() -> None:
    assert Tuning.model_validate({"seeds": 2, "new_data": True}).new_data
    with pytest.raises(ValidationError, match="needs two seeds or more") as error:
        Tuning.model_validate({"new_data": True})
    assert [fault["loc"] for fault in error.value.errors()] == [("new_data",)]


@pytest.mark.parametrize("reach", [1, 0.5, 1e7, "near"])
def test_better_constants_lie_within_reach(reach: object) -> None:
    with pytest.raises(ValidationError, match="reach"):
        Tuning.model_validate({"reach": reach})
