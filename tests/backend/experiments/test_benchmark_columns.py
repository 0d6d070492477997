from backend.experiments.benchmark_columns import scores_csv, trials_csv
from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.store import trials
from backend.store.tables import Benchmark
from backend.store.trials import TrialRow
from tests.backend.experiments.contest import contest, finished
from tests.backend.experiments.farm import Farm

FORMULA = [{"label": "=1+1", "phenotype": "0.05"}, {"label": "b", "phenotype": "0.01"}]


def stored(farm: Farm) -> tuple[Benchmark, ResolvedBenchmark, list[TrialRow]]:
    done = finished(farm, contest(contenders=FORMULA, finalists=["=1+1"], trials=2))
    with farm.database.read() as session:
        rows = trials.of_benchmark(session, done.id, with_results=True)
    return done, ResolvedBenchmark.of_json(done.configuration), rows


def test_names_that_spreadsheets_would_compute_are_made_text(farm: Farm) -> None:
    benchmark, resolved, rows = stored(farm)
    assert scores_csv(benchmark, resolved, rows).splitlines()[0] == "problem,round,trial,seed,'=1+1,b"
    assert "'=1+1" in trials_csv(benchmark, resolved, rows)


def test_what_is_not_finished_has_no_row_and_what_failed_an_empty_cell(farm: Farm) -> None:
    benchmark, resolved, rows = stored(farm)
    changed = [row if row.contender else _without_score(row) for row in rows if row.number == 0]
    (line,) = scores_csv(benchmark, resolved, changed).splitlines()[1:]
    assert line.split(",")[4] == ""
    assert line.split(",")[5] != ""
    assert scores_csv(benchmark, resolved, []).splitlines() == ["problem,round,trial,seed,'=1+1,b"]


def _without_score(row: TrialRow) -> TrialRow:
    return TrialRow(**{**vars(row), "score": None, "reason": "nan"})
