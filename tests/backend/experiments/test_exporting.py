import pytest

from backend.experiments.exporting import Exported, exported, provable
from backend.export.formats import NotExportable
from backend.store import individuals
from backend.store.lists import run_in_experiment
from tests.backend.experiments.farm import Farm, order

RULES: dict[str, object] = {"evolves": "update_rule", "grammar": "alr-2022-gradient", "seeds": ["adam"]}


def file_of(farm: Farm, overrides: dict[str, object], format_name: str) -> Exported:
    small = {"population_size": 1, "generations": 1, "tournament_size": 1}
    launched = farm.launch(order(overrides={**overrides, "search": small}))
    with farm.database.read() as session:
        row = run_in_experiment(session, launched.runs[0].id)
        (individual,) = individuals.of_generation(session, launched.runs[0].id, 0)
    assert row is not None
    return exported(row, individual, format_name, "http://localhost/individuals/1")


def test_a_schedule_becomes_a_file_that_says_where_it_comes_from(farm: Farm) -> None:
    file = file_of(farm, {"grammar": "<a> ::= 0.05"}, "keras")
    assert file.file_name == "schedule_1.py"
    assert "Page: http://localhost/individuals/1" in file.source
    compile(file.source, file.file_name, "exec")


@pytest.mark.parametrize("format_name", ["keras", "torch", "optax"])
def test_a_rule_becomes_a_file_for_each_library(farm: Farm, format_name: str) -> None:
    file = file_of(farm, RULES, format_name)
    assert file.file_name == "update_rule_1.py"
    compile(file.source, file.file_name, "exec")


def test_a_schedule_is_for_keras_alone(farm: Farm) -> None:
    with pytest.raises(NotExportable, match="possible is keras"):
        file_of(farm, {"grammar": "<a> ::= 0.05"}, "torch")


def test_what_is_proven_stays_the_same_when_the_fitness_becomes_known(farm: Farm) -> None:
    launched = farm.launch(order())
    run_id = launched.runs[0].id
    sources = []
    for _ in range(2):
        with farm.database.read() as session:
            row, individual = run_in_experiment(session, run_id), individuals.of_generation(session, run_id, 0)[1]
        assert row is not None
        sources.append(provable(row, individual, "keras"))
        farm.work()
    assert row is not None
    assert individual.fitness is not None
    assert sources[0] == sources[1]
    assert repr(individual.fitness) in exported(row, individual, "keras").source
