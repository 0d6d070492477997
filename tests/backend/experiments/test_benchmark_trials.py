import pytest

from backend.experiments.benchmark_configuration import BenchmarkConfiguration
from backend.experiments.benchmark_trials import check_protocol, scored_part
from backend.experiments.errors import InvalidOrder
from backend.problems.catalogue import get_problem
from tests.backend.experiments.contest import declared


def given(**changes: object) -> BenchmarkConfiguration:
    return BenchmarkConfiguration.model_validate(declared(**changes))


def test_trials_are_scored_on_the_test_part_or_on_fitness_where_there_is_none() -> None:
    assert scored_part(given(), get_problem("mnist-1d")) == "test"
    assert scored_part(given(), get_problem("mnist-1d-2025")) == "fitness"
    assert scored_part(given(protocol={"scored": "fitness"}), get_problem("mnist-1d")) == "fitness"


@pytest.mark.parametrize(
    ("protocol", "field", "said"),
    [
        ({"scored": "test"}, "scored", "has no such part"),
        ({"patience": 3}, "patience", "has no validation part"),
        ({"keep": "best_loss"}, "keep", "has no validation part"),
    ],
)
def test_what_a_problem_does_not_have_cannot_be_read(protocol: dict[str, object], field: str, said: str) -> None:
    with pytest.raises(InvalidOrder) as refused:
        check_protocol(given(problems=["mnist-1d-2025"], protocol=protocol))
    assert [error.pointer for error in refused.value.errors] == [f"/overrides/protocol/{field}"]
    assert said in refused.value.errors[0].detail
