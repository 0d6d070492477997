from backend.experiments.benchmark_asking import ask_for_trials, evaluation_of
from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.benchmark_trials import first_round, specification_of
from backend.store import benchmarks
from tests.backend.experiments.contest import contest, launched
from tests.backend.experiments.farm import Farm


def test_what_is_there_is_not_asked_for_anew(farm: Farm) -> None:
    made = launched(farm, contest())
    with farm.database.write() as session:
        benchmark = benchmarks.lock(session, made.benchmark.id)
        assert benchmark is not None
        resolved = ResolvedBenchmark.of_json(benchmark.configuration)
        trial = first_round(resolved)[0]
        specification = specification_of(resolved, benchmark.seed, trial)
        evaluation, is_new = evaluation_of(session, benchmark, specification)
        assert (evaluation.id, is_new) == (made.evaluation_ids[0], False)
        assert ask_for_trials(session, benchmark, resolved, first_round(resolved)) == []
