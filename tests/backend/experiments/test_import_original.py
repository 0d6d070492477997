import json
import math

import pytest
from sqlalchemy import func, select

from backend.experiments.advance import advance_run
from backend.experiments.extend import extend
from backend.experiments.import_original import read_import, store_import
from backend.experiments.overview import overviews
from backend.originals.errors import UnreadableOriginal
from backend.store import generations, individuals
from backend.store.database import Database
from backend.store.lists import run_in_experiment
from backend.store.tables import Behaviour, Evaluation, Experiment, Generation, Individual, Request, Run, Table
from tests.backend.experiments.farm import RULES, Farm, order
from tests.backend.originals.made import Files, Made, facilitated, rules, schedules
from tests.backend.originals.reading import given


def imported(database: Database, files: Files) -> tuple[Experiment, list[Run]]:
    """Import the files and return what was stored."""
    read = read_import(given(files))
    with database.write() as session:
        return store_import(session, read)


def population(database: Database, run: Run, generation: int) -> list[Individual]:
    """The individuals of a generation as stored."""
    with database.read() as session:
        return list(individuals.of_generation(session, run.id, generation))


def rows(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    with database.read() as session:
        tables = Table.metadata.sorted_tables
        return {table.name: session.execute(select(func.count()).select_from(table)).scalar_one() for table in tables}


@pytest.mark.parametrize("made", [schedules(), rules(), facilitated()], ids=["schedules", "rules", "facilitated"])
def test_a_run_is_finished_with_every_generation_complete(database: Database, made: Made) -> None:
    _, (run,) = imported(database, made.files())
    assert (run.state, run.generation, run.generations) == ("finished", 2, 3)
    with database.read() as session:
        complete = generations.completed(session, run.id)
        assert [each.number for each in complete] == [0, 1, 2]
        assert all(each.digest and each.summary for each in complete)
        assert complete[-1].digest == run.digest


def test_scores_are_the_originals_and_nan_is_a_reason(database: Database) -> None:
    files = rules().files()
    _, (run,) = imported(database, files)
    dumped = json.loads(files["made_rules/run_0/iteration_1.json"])
    found = population(database, run, 1)
    assert [each.fitness for each in found] == [None if math.isnan(d["fitness"]) else -d["fitness"] for d in dumped]
    assert all((each.reason == "nan") == (each.fitness is None) and each.evaluated for each in found)


def test_the_best_of_the_run_is_known(database: Database) -> None:
    _, (run,) = imported(database, rules().files())
    everyone = [each for number in range(3) for each in population(database, run, number)]
    best = max((each for each in everyone if each.fitness is not None), key=lambda each: each.fitness or 0.0)
    assert run.best_fitness == best.fitness
    assert run.best_individual_id == min(each.id for each in everyone if each.fitness == best.fitness)


def test_no_evaluation_is_invented(database: Database) -> None:
    imported(database, rules().files())
    counts = rows(database)
    assert counts[Evaluation.__tablename__] == counts[Request.__tablename__] == 0
    assert counts[Individual.__tablename__] == 18


def test_parents_are_indices_in_the_generation_before(database: Database) -> None:
    _, (run,) = imported(database, rules().files())
    first, second = population(database, run, 0), population(database, run, 1)
    assert all(not each.parents and each.operator == "create" for each in first)
    assert second[0].operator == "elite"
    assert second[0].phenotype == first[second[0].parents[0]].phenotype
    assert all(0 <= parent < 6 for each in second for parent in each.parents)


def test_equal_files_have_equal_digests_and_a_changed_score_another(database: Database) -> None:
    files = schedules().files()
    path = "made_schedules/run_0/iteration_0.json"
    changed = json.loads(files[path])
    changed[0]["fitness"] = -0.123
    _, (one,) = imported(database, files)
    _, (again,) = imported(database, files)
    _, (other,) = imported(database, {**files, path: json.dumps(changed).encode()})
    assert one.digest == again.digest != other.digest


@pytest.mark.parametrize("made", [schedules(), facilitated()], ids=["schedules", "facilitated"])
def test_the_run_goes_on_from_its_last_population_with_trainings_of_our_own(database: Database, made: Made) -> None:
    _, (imported_run,) = imported(database, made.files())
    farm = Farm(database)
    with database.write() as session:
        assert not extend(session, imported_run.id, 2)
    advance_run(database, farm.sender, imported_run.id)
    farm.work()
    with database.read() as session:
        assert [each.number for each in generations.completed(session, imported_run.id)] == [0, 1, 2, 3, 4]
        (overview,) = overviews(session, [row for row in [run_in_experiment(session, imported_run.id)] if row])
    assert overview.state == "finished"
    assert overview.digest != imported_run.digest
    # The elite as well is trained here before it is trusted: the original's score was measured by another program.
    elite = population(database, imported_run, 3)[0]
    assert elite.operator == "elite"
    assert rows(database)[Evaluation.__tablename__] == farm.trained > 0


def test_another_run_begins_from_the_best_of_an_imported_one(database: Database) -> None:
    experiment, (run,) = imported(database, rules().files())
    overrides = {**RULES, "grammar": experiment.grammar_text, "seeds": [f"run:{run.id}"]}
    launched = Farm(database).launch(order(overrides=overrides))
    planted = population(database, launched.runs[0], 0)[0]
    with database.read() as session:
        best = session.get_one(Individual, run.best_individual_id)
    assert planted.operator == "seed"
    assert planted.behaviour_id == best.behaviour_id


def test_rates_for_each_non_terminal_stand_in_the_grammar(database: Database) -> None:
    experiment, _ = imported(database, facilitated().files())
    assert experiment.configuration["search"]["mutation_rate"] is None
    assert "# mutation_rate 0.15: alpha_const, beta_const, sigma_const, grad_const" in experiment.grammar_text


def test_several_runs_are_one_experiment(database: Database) -> None:
    _, runs = imported(database, Made(schedules().settings, runs=3).files())
    assert [run.index for run in runs] == [0, 1, 2]
    assert [run.seed for run in runs] == [0, 1, 2]
    assert len({run.digest for run in runs}) == 3


def test_a_run_that_was_broken_off_is_stopped(database: Database) -> None:
    files = {path: content for path, content in rules().files().items() if "iteration_2" not in path}
    _, (run,) = imported(database, files)
    assert (run.state, run.generation, run.generations) == ("stopped", 1, 3)


def test_where_it_came_from_is_kept(database: Database) -> None:
    experiment, _ = imported(database, schedules(EXPERIMENT_NAME="a\x00b\u202e").files())
    assert experiment.origin is not None
    assert experiment.origin["kind"] == "import"
    assert experiment.origin["generations"] == [3]
    assert {"file": "grammars/dynamic.txt", "line": 7, "key": "<var>"}.items() <= next(
        left.items() for left in experiment.origin["not_taken_over"] if left["key"] == "<var>"
    )
    assert experiment.name == "a b"


def test_individuals_of_one_behaviour_share_it(database: Database) -> None:
    _, (run,) = imported(database, schedules().files())
    everyone = [each for number in range(3) for each in population(database, run, number)]
    ids = {each.behaviour_id for each in everyone if each.behaviour_id is not None}
    assert rows(database)[Behaviour.__tablename__] == len(ids)
    assert {each.novelty for each in everyone} <= {"new", "seen_before", "cannot_train"}
    assert sum(each.novelty == "new" for each in everyone) == len(ids)


@pytest.mark.parametrize(
    "path", ["made_rules/run_0/iteration_2.json", "grammars/adaptive.txt", "made_rules/run_0/_parameters.json"]
)
def test_nothing_is_stored_where_one_file_is_no_use(database: Database, path: str) -> None:
    files = rules().files()
    before = rows(database)
    with pytest.raises(UnreadableOriginal):
        imported(database, {**files, path: files[path][: len(files[path]) // 2]})
    assert rows(database) == before


def test_a_dump_of_another_grammar_is_refused_and_nothing_is_stored(database: Database) -> None:
    before = rows(database)
    files = {**rules().files(), "grammars/adaptive.txt": schedules().files()["grammars/dynamic.txt"]}
    with pytest.raises(UnreadableOriginal, match="another grammar"):
        imported(database, files)
    assert rows(database) == before


def test_without_runs_there_is_nothing_to_store(database: Database) -> None:
    read = read_import(given({"g.txt": rules().files()["grammars/adaptive.txt"]}))
    assert read.grammar is not None
    with database.write() as session, pytest.raises(ValueError, match="no runs"):
        store_import(session, read)


def test_generations_hold_what_they_had(database: Database) -> None:
    imported(database, schedules().files())
    assert rows(database)[Generation.__tablename__] == 3
