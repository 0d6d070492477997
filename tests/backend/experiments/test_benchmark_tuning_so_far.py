from backend.benchmarks.tuning import Plan, Race, Raced, Told
from backend.experiments.benchmark_phases import Tuning
from backend.experiments.benchmark_tunables import TunableContender
from backend.experiments.benchmark_tuning_so_far import TuningSoFar, plan_of
from backend.store.tunings import TuningRow

PLAN = Plan(trainings=12, by_chance=2, batch=2, seeds=2, race=Race(best=2, trainings=3))


def test_a_plan_has_what_is_declared_and_the_trainings_of_its_contender() -> None:
    declared = Tuning.model_validate(
        {"by_chance": 2, "batch": 2, "seeds": 2, "race": {"best": 2, "trainings": 3, "new_data": False}}
    )
    assert plan_of(declared, 12) == PLAN
    assert plan_of(Tuning(), 7) == Plan(trainings=7, by_chance=10, batch=8)


def test_trainings_of_the_same_constants_are_told_as_one_and_the_race_apart() -> None:
    so_far = _so_far([0.4, 0.6, 0.5, None, 0.7, 0.7], [0.5, 0.6, 0.7, 0.1, None, 0.3])
    assert so_far.told == (Told(0, {"rate": 0.0}, 0.5), Told(1, {"rate": 1.0}, None), Told(2, {"rate": 2.0}, 0.7))
    assert so_far.raced == (Raced({"rate": 0.0}, (0.5, 0.6, 0.7)), Raced({"rate": 1.0}, (0.1, None, 0.3)))


def test_before_the_race_nobody_has_raced() -> None:
    assert _so_far([0.4, 0.6], []).raced == ()


def _so_far(tried: list[float | None], raced: list[float | None]) -> TuningSoFar:
    numbered = [*enumerate(tried), *enumerate(raced, start=PLAN.first_of_race)]
    rows = [_row(number, score) for number, score in numbered]
    return TuningSoFar("mnist-1d", 0, TunableContender(0, {}, 12), PLAN, tuple(rows))


def _row(number: int, score: float | None) -> TuningRow:
    place = number // 2 if number < PLAN.first_of_race else (number - PLAN.first_of_race) // 3
    return TuningRow(number, 0, "mnist-1d", number, {"rate": float(place)}, "finished", score, None, None)
