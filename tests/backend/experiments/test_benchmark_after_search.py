"""What follows a search is checked before the search begins."""

from typing import Any

import pytest

from backend.experiments.benchmark_after_search import benchmark_after
from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.configuration import Order
from backend.experiments.errors import InvalidOrder
from backend.experiments.launch import launch
from backend.experiments.presets import resolve
from backend.experiments.preview import preview
from backend.store import benchmarks, experiments
from backend.store.database import Database
from tests.backend.experiments.contest import SMALL as RIVALS
from tests.backend.experiments.farm import Farm, order, programs_order, rules_order

BENCHMARK: dict[str, Any] = {"overrides": RIVALS, "best": 2}


def searching(**benchmark: Any) -> Any:
    return order(overrides={**order().overrides, "benchmark": {**BENCHMARK, **benchmark}})


def refusal(database: Database, wanted: Any) -> list[tuple[str, str]]:
    with database.write() as session, pytest.raises(InvalidOrder) as refused:
        launch(session, wanted)
    with database.read() as session:
        assert experiments.count(session) == 0
    return [(fault.pointer, fault.detail) for fault in refused.value.errors]


def test_a_search_without_a_benchmark_is_followed_by_none(database: Database) -> None:
    with database.read() as session:
        assert benchmark_after(session, resolve(order())) is None


def test_placeholders_take_the_place_of_the_finalists_of_whom_nobody_knows_yet(farm: Farm) -> None:
    made = farm.launch(searching())
    with farm.database.read() as session:
        (standing,) = benchmarks.of_experiments(session, [made.experiment.id])
        waiting = benchmarks.get(session, standing.id)
        assert waiting is not None
        assert (waiting.state, waiting.seed, waiting.name) == ("waiting", 7, made.experiment.name)
        resolved = ResolvedBenchmark.of_json(waiting.configuration)
    assert [each.label for each in resolved.contenders] == ["evolved 1", "evolved 2", "slow", "fast"]
    assert [each.source for each in resolved.contenders][:2] == [
        "holds the place of the best of the runs that it waits for"
    ] * 2
    assert resolved.comparisons == ((0, 2), (0, 3), (1, 2), (1, 3))


@pytest.mark.parametrize("wanted", [order, rules_order, programs_order], ids=["schedules", "rules", "programs"])
def test_every_kind_of_phenotype_can_be_compared(database: Database, wanted: Any) -> None:
    overrides = {**wanted().overrides, "benchmark": {"preset": "mnist-1d-rules", "best": 1}}
    with database.read() as session:
        found = benchmark_after(session, resolve(wanted(overrides=overrides)))
    assert found is not None
    assert found.finalists == (0,)


@pytest.mark.parametrize(
    ("benchmark", "pointer", "said"),
    [
        ({"preset": "none-such", "overrides": {}}, "/overrides/benchmark/preset", "no benchmark preset 'none-such'"),
        ({"best": 7}, "/overrides/benchmark/best", "is 7, but the population has only 6 individuals"),
        ({"best": 0}, "/overrides/benchmark/best", "greater than or equal to 1"),
        ({"overrides": {}}, "/overrides/benchmark", "one of them must say who the rivals are"),
        (
            {"overrides": {**RIVALS, "problems": ["none-such"]}},
            "/overrides/benchmark/overrides/problems/0",
            "none-such",
        ),
        (
            {"overrides": {**RIVALS, "contenders": [{"label": "a", "schedule": "none-such"}]}},
            "/overrides/benchmark/overrides/contenders",
            "no schedule 'none-such'",
        ),
        (
            {"overrides": {**RIVALS, "contenders": [{"label": "evolved 1", "schedule": "cosine"}]}},
            "/overrides/benchmark/preset",
            "contenders name 'evolved 1' twice",
        ),
        ({"overrides": {**RIVALS, "nonsense": 1}}, "/overrides/benchmark/overrides/nonsense", "no such field"),
    ],
)
def test_what_could_not_be_carried_out_after_hours_is_refused_at_once(
    database: Database, benchmark: dict[str, Any], pointer: str, said: str
) -> None:
    ((found, detail),) = refusal(database, searching(**benchmark))
    assert found == pointer
    assert said in detail


@pytest.mark.parametrize("val_loss", ["measured", "dead"])
def test_programs_that_read_the_validation_loss_are_not_tried_where_there_is_none(
    database: Database, val_loss: str
) -> None:
    overrides = programs_order().overrides
    training = {"epochs": 5, "optimizer": "adam", "val_loss": val_loss}
    benchmark = {"overrides": {**RIVALS, "problems": ["mnist-1d-2025"]}, "best": 1}
    wanted = resolve(programs_order(overrides={**overrides, "benchmark": benchmark, "training": training}))
    with database.read() as session:
        if val_loss == "dead":
            assert benchmark_after(session, wanted) is not None
            return
        with pytest.raises(InvalidOrder, match="no validation part, but schedule programs may read its loss"):
            benchmark_after(session, wanted)


def test_a_preview_says_what_follows(database: Database) -> None:
    with database.read() as session:
        assert preview(session, order()).benchmark_trainings is None
        found = preview(session, searching())
    assert (found.benchmark_trainings, found.benchmark_seconds) == (4 * 6, None)


def test_a_preset_knows_what_search_and_verdict_cost(database: Database) -> None:
    with database.read() as session:
        found = preview(session, Order(preset="search-then-verdict"))
    assert found.estimate.seconds is not None
    assert found.benchmark_seconds is not None
    assert found.estimate.seconds < found.benchmark_seconds
    first, less = found.warnings
    assert first == "No worker is present: the runs wait for one."
    assert less.startswith("constant, step, cosine and one-cycle have 10 trainings for tuning, the finalist's search")
