import pytest
from pydantic import ValidationError

from backend.experiments.benchmark_configuration import BenchmarkConfiguration, ContenderOrder
from tests.backend.experiments.contest import declared


def refused(**changes: object) -> str:
    with pytest.raises(ValidationError) as error:
        BenchmarkConfiguration.model_validate(declared(**changes))
    return str(error.value)


def test_a_contender_is_exactly_one_thing() -> None:
    assert "exactly one of individual, phenotype" in refused(contenders=[{"label": "a"}])
    assert "names individual and built_in" in refused(contenders=[{"label": "a", "individual": 1, "built_in": "adam"}])


def test_constants_belong_to_what_people_made() -> None:
    assert "has constants" in refused(contenders=[{"label": "a", "phenotype": "0.1", "constants": {"rate": 0.1}}])


def test_a_grid_is_a_contender_for_each_value() -> None:
    order = ContenderOrder.model_validate(
        {"label": "step", "schedule": "step", "constants": {"every": 5}, "grid": {"learning_rate": [0.01, 0.1]}}
    )
    assert [(each.label, each.constants) for each in order.members] == [
        ("step 0.01", {"every": 5, "learning_rate": 0.01}),
        ("step 0.1", {"every": 5, "learning_rate": 0.1}),
    ]
    assert "two or more different values" in refused(
        contenders=[{"label": "a", "schedule": "step", "grid": {"learning_rate": [0.1, 0.1]}}]
    )


def test_names_are_given_once_and_finalists_are_among_the_contenders() -> None:
    twice = [{"label": "a", "phenotype": "0.1"}, {"label": "a", "phenotype": "0.2"}]
    assert "contenders name 'a' twice" in refused(contenders=twice, finalists=[])
    assert "problems name 'digits' twice" in refused(problems=["digits", "digits"])
    assert "'nobody', which is no contender; there are evolved, slow, fast" in refused(finalists=["nobody"])
    assert "no rival left" in refused(finalists=["evolved", "slow", "fast"])


@pytest.mark.parametrize("trials", [0, 1001, 2.5, "10"])
def test_trials_are_a_number_within_reason(trials: object) -> None:
    assert "trials" in refused(trials=trials)
