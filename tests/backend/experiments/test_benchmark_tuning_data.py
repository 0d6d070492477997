from backend.experiments.benchmark_tuning_data import contender_importances, contender_tunings
from backend.figures.values import ContenderImportance, ContenderTuning
from backend.store.tables import Benchmark
from tests.backend.experiments.contest import contest, finished, launched, reread, worked
from tests.backend.experiments.farm import Farm

CONTENDERS = [
    {"label": "evolved", "phenotype": "0.05", "trainings": 0},
    {"label": "constant", "schedule": "constant"},
    {"label": "cosine", "schedule": "cosine"},
]
TUNING = {"trainings": 6, "by_chance": 3, "batch": 2, "budget": "equal_tuning"}


def tunings(farm: Farm, benchmark: Benchmark) -> list[ContenderTuning]:
    with farm.database.read() as session:
        return contender_tunings(session, benchmark, "mnist-1d")


def importances(farm: Farm, benchmark: Benchmark) -> list[ContenderImportance]:
    with farm.database.read() as session:
        return contender_importances(session, benchmark, "mnist-1d")


def test_a_tuning_is_told_while_it_goes_with_the_constants_of_each_training(farm: Farm) -> None:
    made = launched(farm, contest(contenders=CONTENDERS, tuning=TUNING))
    assert tunings(farm, made.benchmark) == []
    worked(farm)
    found = tunings(farm, reread(farm, made.benchmark))
    assert {each.label for each in found} == {"constant", "cosine"}
    assert [point.number for point in found[0].points] == list(range(6))
    assert found[0].points[0].words.splitlines()[1].startswith("learning rate ")


def test_finalists_come_first_then_those_that_reached_most(farm: Farm) -> None:
    done = finished(farm, contest(contenders=CONTENDERS, finalists=["cosine"], tuning=TUNING))
    assert [each.label for each in tunings(farm, done)] == ["cosine", "constant"]
    done = finished(farm, contest(contenders=CONTENDERS, tuning=TUNING, seed=8))
    reached = [max(point.score or 0 for point in each.points) for each in tunings(farm, done)]
    assert reached == sorted(reached, reverse=True)


def test_a_race_is_told_after_all_that_was_tried(farm: Farm) -> None:
    race = {**TUNING, "trainings": 14, "seeds": 2, "race": {"best": 2, "trainings": 3}}
    done = finished(farm, contest(contenders=CONTENDERS[:2], tuning=race))
    (found,) = tunings(farm, done)
    assert [(point.number, point.raced) for point in found.points] == [
        *((number, False) for number in range(4)),
        (4, True),
        (5, True),
    ]
    assert "(mean of 2 seeds)" in found.points[0].words
    assert "(race, 3 fresh seeds)" in found.points[5].words


def test_constants_that_nothing_can_be_said_of_are_told_why(farm: Farm) -> None:
    done = finished(farm, contest(contenders=CONTENDERS[:2], tuning=TUNING))
    (found,) = importances(farm, done)
    assert (found.label, found.why) == ("constant", "the only constant that was tuned")


def test_without_a_tuning_there_is_nothing_to_tell(farm: Farm) -> None:
    done = finished(farm, contest())
    assert (tunings(farm, done), importances(farm, done)) == ([], [])
