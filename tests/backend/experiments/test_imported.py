from backend.experiments.import_original import read_import, store_import
from backend.experiments.imported import imported, is_imported
from backend.experiments.progress import run_document
from backend.experiments.reproduce import reproduce
from backend.store.database import Database
from tests.backend.experiments.farm import Farm, order
from tests.backend.originals.made import schedules
from tests.backend.originals.reading import given


def test_an_imported_run_says_how_much_of_it_another_program_made(database: Database) -> None:
    with database.write() as session:
        experiment, (run,) = store_import(session, read_import(given(schedules().files())))
        known = imported(experiment, run)
    assert is_imported(experiment)
    assert known is not None
    assert known.generations == 3
    assert any(left.key == "<var>" for left in known.not_taken_over)


def test_nothing_was_trained_or_saved_for_it_here_and_no_command_makes_it(database: Database) -> None:
    with database.write() as session:
        experiment, (run,) = store_import(session, read_import(given(schedules().files())))
    with database.read() as session:
        document = run_document(session, run.id)
    assert (document["trainings"], document["trainings_saved"], document["imported_generations"]) == (0, 0, 3)
    assert reproduce(experiment, run) is None


def test_a_run_of_ours_is_no_imported_one(database: Database) -> None:
    launched = Farm(database).launch(order())
    assert not is_imported(launched.experiment)
    assert imported(launched.experiment, launched.runs[0]) is None
