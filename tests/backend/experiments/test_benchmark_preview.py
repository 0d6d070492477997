"""What an order of a benchmark would mean, before anything is started."""

from typing import Any

import pytest

from backend.experiments.benchmark_configuration import BenchmarkOrder
from backend.experiments.benchmark_preview import BenchmarkPreview, preview_benchmark
from backend.experiments.errors import InvalidOrder
from backend.store import benchmarks
from backend.store.database import Database
from tests.backend.experiments.contest import contest, finished
from tests.backend.experiments.farm import Farm


def previewed(database: Database, order: BenchmarkOrder) -> BenchmarkPreview:
    with database.read() as session:
        return preview_benchmark(session, order)


def stages(found: BenchmarkPreview) -> dict[str, int]:
    return {stage.name: stage.trainings for stage in found.stages}


def test_nothing_is_stored(database: Database) -> None:
    previewed(database, contest())
    with database.read() as session:
        assert not benchmarks.page(session, limit=1)


def test_each_stage_has_its_trainings_and_what_may_be_left_out_counts_in_full(database: Database) -> None:
    found = previewed(database, contest(confirmation={"trials": 4}, problems=["mnist-1d", "digits"]))
    assert stages(found) == {"trials": 3 * 6 * 2, "confirmation": 3 * 4 * 2}
    assert found.trainings == 60


def test_what_is_tuned_is_counted_with_the_rivals_that_always_take_part(database: Database) -> None:
    contenders = [{"label": "evolved", "human_made": "momentum"}, {"label": "Adam", "human_made": "adam"}]
    tuning = {"trainings": 5, "by_chance": 5, "budget": "equal_tuning"}
    found = previewed(database, contest(contenders=contenders, tuning=tuning))
    assert stages(found) == {"tuning": 10, "trials": 12}
    shared = previewed(database, contest(contenders=contenders, tuning={**tuning, "budget": "equal_total"}))
    assert len(shared.resolved.contenders) > 2
    assert stages(shared)["trials"] == 6 * len(shared.resolved.contenders)


def test_what_so_few_trials_can_show_is_known_beforehand(database: Database) -> None:
    few, enough = previewed(database, contest(trials=3)), previewed(database, contest())
    assert few.power.comparisons == 2
    assert few.power.smallest_p == pytest.approx(0.2)
    assert few.power.fewest_trials == 5
    assert any("can show nothing" in warning for warning in few.warnings)
    assert enough.warnings == ()


def test_who_has_fewer_trainings_than_the_finalist_is_known_beforehand(database: Database) -> None:
    lion = {"label": "Lion", "human_made": "lion"}
    evolved = {"label": "evolved", "phenotype": "0.05", "searched": 70}
    found = previewed(database, contest(contenders=[evolved, lion], tuning={"trainings": 10, "budget": "equal_total"}))
    less = [warning for warning in found.warnings if "A lead over" in warning]
    assert less == [
        "Lion has 10 trainings for tuning, the finalist's search and tuning 80. A lead over it may come of that."
    ]


def test_without_a_finalist_there_is_nothing_to_test(database: Database) -> None:
    found = previewed(database, contest(finalists=[]))
    assert (found.power.comparisons, found.power.smallest_p, found.power.fewest_trials) == (0, None, None)
    assert "No contender is a finalist" in found.warnings[0]


def test_two_that_do_the_same_are_named(database: Database) -> None:
    both = [{"label": "evolved", "phenotype": "0.05"}, {"label": "twin", "phenotype": "add(0.02, 0.03)"}]
    found = previewed(database, contest(contenders=both))
    assert found.warnings == ("'twin' does the same as 'evolved': no trial can tell them apart.",)


def test_the_time_is_that_of_the_trainings_that_were_measured_here(farm: Farm) -> None:
    assert previewed(farm.database, contest()).estimate.seconds is None
    finished(farm, contest())
    found = previewed(farm.database, contest(protocol={"epochs": 6}))
    assert found.estimate.seconds == pytest.approx(18 * 0.3 * 2)


def test_a_preset_is_measured_already_and_what_differs_from_it_is_said(database: Database) -> None:
    order = {"preset": "gp-2025-comparison", "overrides": {"trials": 20}}
    found = previewed(database, BenchmarkOrder.model_validate(order))
    assert found.estimate.seconds is not None
    assert [(each.field, each.preset, each.value) for each in found.differences] == [("trials", 10, 20)]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"label": "slow", "phenotype": "0.02"}, "contenders.slow"),
        ({"label": "new", "phenotype": "0.02"}, "contenders.new"),
    ],
)
def test_contenders_differ_one_by_one(database: Database, changed: dict[str, Any], field: str) -> None:
    start = {"preset": "gp-2025-comparison"}
    with database.read() as session:
        own = preview_benchmark(session, BenchmarkOrder.model_validate(start)).resolved.declaration
    contenders = [*own.model_dump(mode="json")["contenders"], changed]
    found = previewed(database, BenchmarkOrder.model_validate({**start, "overrides": {"contenders": contenders}}))
    assert [(each.field, each.preset, each.value) for each in found.differences] == [(field, None, "phenotype 0.02")]


def test_what_cannot_be_carried_out_is_refused_as_a_launch_would(database: Database) -> None:
    with pytest.raises(InvalidOrder) as refused:
        previewed(database, contest(problems=["none-such"]))
    assert refused.value.errors[0].pointer == "/overrides/problems/0"
