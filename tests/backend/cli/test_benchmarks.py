import json

from backend.settings.settings import Settings
from backend.store.database import Database
from backend.store.migrate import upgrade
from tests.backend.cli.programs import Program
from tests.backend.experiments.contest import contest, finished
from tests.backend.experiments.farm import Farm


def test_benchmarks_are_listed_with_their_verdicts(autolr: Program, settings: Settings) -> None:
    database = Database(settings.database_url)
    upgrade(database)
    finished(Farm(database), contest(name="mine"))
    database.close()
    listed = autolr("benchmarks")
    assert "evolved: better in 2 of 2 declared comparisons." in listed.out
    (found,) = json.loads(autolr("benchmarks", "--json").out)["items"]
    assert (found["name"], found["state"], found["trainings"]) == ("mine", "finished", 18)
